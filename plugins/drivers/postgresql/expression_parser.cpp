#include "expression_parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "expression_cursor.hpp"

namespace dbctl::postgresql {
namespace {

class Parser : TokenCursor {
 public:
  using TokenCursor::TokenCursor;

  Parsed whole() {
    auto result = expression(any);
    if (peek().kind != Token::Kind::end) throw NotUnderstood{};
    return result;
  }

 private:
  static std::string inside(const Parsed& part, int level) {
    return part.level < level ? "(" + part.text + ")" : part.text;
  }
  static Parsed binary(const Parsed& left, std::string_view operation, const Parsed& right, int level) {
    // AND and OR associate; of all others only the left side may bind equally
    const bool associates = level == both || level == either;
    return {inside(left, level == comparison ? level + 1 : level) + " " + std::string(operation) + " " +
                inside(right, associates ? level : level + 1),
            level};
  }
  static Parsed negated(const Parsed& part) { return {"not " + inside(part, negation), negation}; }

  Parsed expression(int least) {
    auto left = prefix();
    while (infix(left, least)) {
    }
    return left;
  }

  Parsed prefix() {
    if (take_word("not")) return negated(expression(negation));
    if (take_symbol("-")) return signed_number(expression(sign));
    if (take_symbol("+")) return expression(sign);
    auto part = postfix(atom());
    return part;
  }
  static Parsed signed_number(const Parsed& part) { return {"-" + inside(part, sign), sign}; }

  /// Extends `left` by one operator that binds at least as tightly as `least`.
  bool infix(Parsed& left, int least) {
    if (least <= either && take_word("or")) return left = binary(left, "or", expression(both), either), true;
    if (least <= both && take_word("and")) return left = binary(left, "and", expression(negation), both), true;
    if (least <= is && at_word("is")) return left = is_test(left), true;
    if (least <= pattern && pattern_test(left)) return true;
    if (least <= comparison && at_comparison()) return left = compare(left), true;
    if (least <= zone && at_word("at") && at_word("time", 1)) {
      skip(2);
      expect_word("zone");
      return left = binary(left, "at time zone", expression(collation), zone), true;
    }
    if (least <= collation && take_word("collate")) {
      auto name = spelling(take());
      while (take_symbol(".")) name += "." + spelling(take());
      return left = {inside(left, collation) + " collate " + name, collation}, true;
    }
    return arithmetic(left, least);
  }

  bool arithmetic(Parsed& left, int least) {
    if (peek().kind != Token::Kind::symbol) return false;
    const auto& symbol = peek().text;
    int level = other;
    if (symbol == "+" || symbol == "-")
      level = sum;
    else if (symbol == "*" || symbol == "/" || symbol == "%")
      level = product;
    else if (symbol == "^")
      level = power;
    else if (std::string_view("(),[].:").find(symbol) != std::string_view::npos || symbol == "::" || at_comparison())
      return false;
    if (level < least) return false;
    const auto operation = take().text;
    left = binary(left, operation, expression(level + 1), level);
    return true;
  }

  bool at_comparison() const {
    static constexpr std::array operators = std::to_array<std::string_view>({"=", "<", ">", "<=", ">=", "<>"});
    return peek().kind == Token::Kind::symbol && std::ranges::find(operators, peek().text) != operators.end();
  }

  /// `a = b`, `a = ANY (ARRAY[…])` which is IN, `a <> ALL (ARRAY[…])` which is NOT IN.
  Parsed compare(const Parsed& left) {
    const auto operation = take().text;
    const bool some = at_word("any") || at_word("some"), all = at_word("all");
    if ((some || all) && at_symbol("(", 1)) {
      const auto quantifier = all ? "all" : "any";
      skip(2);
      const auto list = expression(any);
      expect_symbol(")");
      if (list.array && operation == (all ? "<>" : "=")) return in_list(left, list.items, all);
      return {inside(left, pattern) + " " + operation + " " + quantifier + " (" + list.text + ")", comparison};
    }
    return binary(left, operation, expression(pattern), comparison);
  }

  static Parsed in_list(const Parsed& left, const std::vector<std::string>& items, bool negative) {
    if (items.size() == 1) return {inside(left, pattern) + (negative ? " <> " : " = ") + items.front(), comparison};
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ", ") + item;
    return {inside(left, other) + (negative ? " not in (" : " in (") + list + ")", pattern};
  }

  /// IS [NOT] NULL, TRUE, DISTINCT FROM …; the server prints IS NOT DISTINCT FROM as a negation.
  Parsed is_test(const Parsed& left) {
    expect_word("is");
    const bool negative = take_word("not");
    if (take_word("distinct")) {
      expect_word("from");
      const auto test = binary(left, "is distinct from", expression(comparison), is);
      return negative ? negated(test) : test;
    }
    const auto word = take();
    if (word.kind != Token::Kind::word) throw NotUnderstood{};
    return {inside(left, is) + (negative ? " is not " : " is ") + word.text, is};
  }

  bool pattern_test(Parsed& left) {
    const bool negative = at_word("not");
    const std::size_t ahead = negative ? 1 : 0;
    if (at_word("in", ahead) && at_symbol("(", ahead + 1)) {
      skip(ahead + 2);
      std::vector<std::string> items;
      do items.push_back(expression(any).text);
      while (take_symbol(","));
      expect_symbol(")");
      return left = in_list(left, items, negative), true;
    }
    if (at_word("between", ahead)) {
      skip(ahead + 1);
      if (at_word("symmetric")) throw NotUnderstood{};
      const auto low = expression(other);
      expect_word("and");
      const auto high = expression(other);
      left = binary(binary(left, negative ? "<" : ">=", low, comparison), negative ? "or" : "and",
                    binary(left, negative ? ">" : "<=", high, comparison), negative ? either : both);
      return true;
    }
    const auto operation = like_operator(ahead);
    if (operation.empty()) return false;
    left = binary(left, operation, expression(other), pattern);
    return true;
  }

  /// LIKE and ILIKE, also as the operators that the server makes of them; takes the tokens.
  std::string like_operator(std::size_t negation_words) {
    if (at_word("like", negation_words) || at_word("ilike", negation_words)) {
      skip(negation_words);
      return (negation_words > 0 ? "not " : "") + take().text;
    }
    static constexpr std::array names = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"~~", "like"}, {"!~~", "not like"}, {"~~*", "ilike"}, {"!~~*", "not ilike"}});
    for (const auto& [symbol, name] : names)
      if (negation_words == 0 && take_symbol(symbol)) return std::string(name);
    return {};
  }

  Parsed postfix(Parsed part) {
    for (;;) {
      if (take_symbol("::")) {
        part = cast(std::move(part), take_type_name());
      } else if (!part.array && take_symbol("[")) {
        const auto index = expression(any);
        expect_symbol("]");
        part = {inside(part, primary) + "[" + index.text + "]", primary};
      } else {
        return part;
      }
    }
  }

  Parsed atom() {
    const auto token = take();
    switch (token.kind) {
      case Token::Kind::number:
        return {token.text, primary};
      case Token::Kind::string:
        return string_literal(token);
      case Token::Kind::quoted:
        return name(spelling(token));
      case Token::Kind::word:
        return word(token.text);
      case Token::Kind::symbol:
        if (token.text == "(") {
          auto part = expression(any);
          expect_symbol(")");
          return part;
        }
        break;
      case Token::Kind::end:
        break;
    }
    throw NotUnderstood{};
  }

  Parsed word(const std::string& text) {
    if (text == "array" && at_symbol("[")) return array();
    if (text == "case") return conditional();
    if (text == "cast" && take_symbol("(")) {
      auto part = expression(any);
      expect_word("as");
      part = cast(std::move(part), take_type_name());
      expect_symbol(")");
      return part;
    }
    if (text == "select" || text == "exists" || text == "row" || text == "not") throw NotUnderstood{};
    if (peek().kind == Token::Kind::string) {  // interval '1 day', date '2024-01-15'
      return string_literal(take());
    }
    return name(text);
  }

  /// A column or a function's call.
  Parsed name(std::string text) {
    while (take_symbol(".")) text += "." + spelling(take());
    if (text.starts_with("pg_catalog.")) text.erase(0, 11);
    if (!take_symbol("(")) return {text, primary};
    std::string arguments;
    while (!take_symbol(")")) {
      if (take_symbol(",")) {
        arguments += ", ";
      } else if (take_symbol("*")) {
        arguments += "*";
      } else if (at_word("from") || at_word("for") || at_word("both")) {
        arguments += (arguments.empty() ? "" : " ") + take().text + " ";
      } else {
        arguments += expression(any).text;
      }
    }
    if (text == "trim" && arguments.starts_with("both  from ")) arguments.erase(0, 11);
    if (text == "btrim") text = "trim";
    return {text + "(" + arguments + ")", primary};
  }

  Parsed array() {
    expect_symbol("[");
    Parsed part{"array[", primary};
    part.array = true;
    while (!take_symbol("]")) {
      const auto item = expression(any);
      part.text += (part.items.empty() ? "" : ", ") + item.text;
      part.items.push_back(item.text);
      if (item.string) part.strings.push_back(*item.string);
      if (!at_symbol("]")) expect_symbol(",");
    }
    part.text += "]";
    return part;
  }

  Parsed conditional() {
    std::string text = "case";
    if (!at_word("when")) text += " " + expression(any).text;
    while (take_word("when")) {
      text += " when " + expression(any).text;
      expect_word("then");
      text += " then " + expression(any).text;
    }
    if (take_word("else")) {
      const auto otherwise = expression(any).text;
      if (otherwise != "null") text += " else " + otherwise;  // the server adds ELSE NULL
    }
    expect_word("end");
    return {text + " end", primary};
  }
};

}  // namespace

std::optional<Parsed> parse_expression(std::string_view sql) {
  auto tokens = tokenize(sql);
  if (!tokens) return std::nullopt;
  try {
    return Parser(std::move(*tokens)).whole();
  } catch (const NotUnderstood&) {
    return std::nullopt;
  }
}

}  // namespace dbctl::postgresql
