#include "expression.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <utility>
#include <vector>

#include "dbctl/base/text.hpp"
#include "expression_tokens.hpp"
#include "expression_tree.hpp"

namespace dbctl::mysql {
namespace {

struct NotUnderstood : std::exception {};

/// A recursive descent, one function for each level that is special and precedence climbing for the rest.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Node whole() {
    auto node = expression(any);
    if (peek().kind != Token::Kind::end) throw NotUnderstood{};
    return node;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  Token take() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_[at_]; }
  bool at(Token::Kind kind, std::string_view text) const { return peek().kind == kind && peek().text == text; }
  bool take_word(std::string_view word) { return at(Token::Kind::word, word) && (++at_, true); }
  bool take_symbol(std::string_view symbol) { return at(Token::Kind::symbol, symbol) && (++at_, true); }
  void expect_word(std::string_view word) {
    if (!take_word(word)) throw NotUnderstood{};
  }
  void expect_symbol(std::string_view symbol) {
    if (!take_symbol(symbol)) throw NotUnderstood{};
  }

  Node expression(int least) {
    auto left = prefix();
    while (infix(left, least)) {
    }
    return left;
  }

  Node prefix() {
    if (take_word("not")) return negated(expression(negation));
    if (take_symbol("!")) return negated(expression(collation));
    if (take_symbol("+")) return expression(sign);
    if (take_symbol("~")) return {.op = "~", .args = {expression(sign)}};
    if (take_symbol("-")) {
      auto node = expression(sign);
      if (node.op.empty() && std::string_view("0123456789").find(node.text.front()) != std::string_view::npos)
        return {.text = "-" + node.text};
      return {.op = "minus", .args = {std::move(node)}};
    }
    return postfix(atom());
  }

  /// The operator that stands here, in its one spelling; empty when there is none.
  std::string operation() const {
    static const std::map<std::string, std::string, std::less<>> spellings = {
        {"&&", "and"}, {"||", "or"}, {"mod", "%"}, {"rlike", "regexp"}};
    if (peek().kind != Token::Kind::word && peek().kind != Token::Kind::symbol) return {};
    const auto found = spellings.find(peek().text);
    const auto& name = found == spellings.end() ? peek().text : found->second;
    return name == "not" || name == "minus" || name == "~" || level_of({.op = name}) == primary ? std::string() : name;
  }

  bool infix(Node& left, int least) {
    if (at(Token::Kind::word, "not")) {
      if (least > predicate) return false;
      ++at_;
      auto node = predicate_on(std::move(left), operation());
      left = negated(std::move(node));
      return true;
    }
    const auto op = operation();
    if (op.empty()) return false;
    const Level level = level_of({.op = op});
    if (level < least) return false;
    if (op == "is") return test(left), true;
    if (level == predicate) return left = predicate_on(std::move(left), op), true;
    ++at_;
    if (op == "collate") return left = {.op = op, .args = {std::move(left)}, .text = take().text}, true;
    auto right = expression(level + 1);
    if (level <= both) {
      left = truth(std::move(left));
      right = truth(std::move(right));
    }
    if ((op == "=" || op == "<>") && left.text == "0" && is_name(right)) std::swap(left, right);
    left = binary(op, std::move(left), std::move(right));
    return true;
  }

  void test(Node& left) {
    ++at_;
    const bool negative = take_word("not");
    const auto what = take();
    if (what.kind != Token::Kind::word || level_of(left) < comparison) throw NotUnderstood{};
    const bool of_truth = what.text != "null";
    if (of_truth && left.op == "<>" && left.args[1].text == "0") left = Node(left.args[0]);
    left = {.op = negative ? "is not" : "is", .args = {std::move(left)}, .text = what.text};
  }

  Node predicate_on(Node left, const std::string& op) {
    if (level_of({.op = op}) != predicate) throw NotUnderstood{};
    ++at_;
    Node node{.op = op, .args = {std::move(left)}};
    if (op == "between") {
      node.args.push_back(expression(bit_or));
      expect_word("and");
      node.args.push_back(expression(predicate));
    } else if (op == "in") {
      expect_symbol("(");
      for (auto& item : arguments()) node.args.push_back(std::move(item));
    } else {
      node.args.push_back(expression(bit_or));
      if (at(Token::Kind::word, "escape")) throw NotUnderstood{};
    }
    return node;
  }

  Node postfix(Node node) {
    for (;;) {
      const bool unquoted = take_symbol("->>");
      if (!unquoted && !take_symbol("->")) return node;
      node = call("json_extract", {std::move(node), atom()});
      if (unquoted) node = call("json_unquote", {std::move(node)});
    }
  }

  Node atom() {
    const auto token = take();
    switch (token.kind) {
      case Token::Kind::number:
        return {.text = token.text};
      case Token::Kind::string:
        return {.text = quoted_string(token.text)};
      case Token::Kind::quoted:
        return qualified(quoted_name(token.text));
      case Token::Kind::word:
        return word(token.text);
      case Token::Kind::symbol:
        if (token.text == "(") {
          auto node = expression(any);
          expect_symbol(")");
          return node;
        }
        break;
      case Token::Kind::end:
        break;
    }
    throw NotUnderstood{};
  }

  /// A column behind its table's name is the column.
  Node qualified(std::string name) {
    while (take_symbol(".")) {
      const auto part = take();
      name = part.kind == Token::Kind::word ? part.text : quoted_name(part.text);
    }
    return {.text = std::move(name)};
  }

  Node word(const std::string& text) {
    static constexpr std::array refused = std::to_array<std::string_view>(
        {"select", "exists", "binary", "match", "row", "when", "then", "else", "end", "distinct"});
    if (std::ranges::find(refused, text) != refused.end()) throw NotUnderstood{};
    if (text == "true") return {.text = "1"};
    if (text == "false") return {.text = "0"};
    if (text == "case") return conditional();
    if (text == "interval" && !at(Token::Kind::symbol, "(")) return interval();
    const bool typed = text == "date" || text == "time" || text == "timestamp";
    if (typed && peek().kind == Token::Kind::string) return {.text = text + " " + quoted_string(take().text)};
    if (!take_symbol("(")) return qualified(text);
    if (text == "cast" || text == "convert") return conversion(text);
    return call(text, arguments());
  }

  std::vector<Node> arguments() {
    std::vector<Node> list;
    if (take_symbol(")")) return list;
    do {
      list.push_back(expression(any));
    } while (take_symbol(","));
    expect_symbol(")");
    return list;
  }

  Node interval() {
    auto amount = print(expression(sum + 1));
    const auto unit = take();
    if (unit.kind != Token::Kind::word) throw NotUnderstood{};
    return {.text = "interval " + amount + " " + unit.text};
  }

  /// Conversions between character sets are the servers' own and left out.
  Node conversion(const std::string& name) {
    auto operand = expression(any);
    if (take_word("using")) {
      take();
      expect_symbol(")");
      return operand;
    }
    if (name == "cast") {
      expect_word("as");
    } else {
      expect_symbol(",");
    }
    std::string type;
    int depth = 0;
    while (depth > 0 || !at(Token::Kind::symbol, ")")) {
      if (peek().kind == Token::Kind::end) throw NotUnderstood{};
      if (at(Token::Kind::word, "charset")) {
        at_ += 2;
        continue;
      }
      const auto token = take();
      depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
      type += (type.empty() || token.kind != Token::Kind::word ? "" : " ") + token.text;
    }
    expect_symbol(")");
    return {.text = "cast(" + print(operand) + " as " + type + ")"};
  }

  Node conditional() {
    std::string text = "case";
    if (!at(Token::Kind::word, "when")) text += " " + print(expression(any));
    while (take_word("when")) {
      text += " when " + print(expression(any));
      expect_word("then");
      text += " then " + print(expression(any));
    }
    if (take_word("else")) text += " else " + print(expression(any));
    expect_word("end");
    return {.text = text + " end"};
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

std::string joined(const std::vector<Token>& tokens) {
  std::vector<std::string> words;
  for (const auto& token : tokens)
    if (token.kind == Token::Kind::string)
      words.push_back(quoted_string(token.text));
    else if (token.kind != Token::Kind::end)
      words.push_back(token.kind == Token::Kind::quoted ? quoted_name(token.text) : token.text);
  return text::join(words, " ");
}

}  // namespace

std::string canonical_expression(std::string_view sql) {
  auto tokens = tokenize(sql);
  if (!tokens) return std::string(text::trim(sql));
  try {
    return print(Parser(*tokens).whole());
  } catch (const NotUnderstood&) {
    return joined(*tokens);
  }
}

std::optional<std::string> string_literal(std::string_view sql) {
  auto tokens = tokenize(sql);
  if (!tokens || tokens->size() != 2 || tokens->front().kind != Token::Kind::string) return std::nullopt;
  return std::move(tokens->front().text);
}

}  // namespace dbctl::mysql
