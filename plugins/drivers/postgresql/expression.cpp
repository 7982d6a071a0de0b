#include "expression.hpp"

#include <stdexcept>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "expression_parser.hpp"
#include "values.hpp"

namespace dbctl::postgresql {
namespace {

using schema::Default;
using schema::TypeKind;

bool is_now(const std::string& canonical, TypeKind kind) {
  switch (kind) {
    case TypeKind::timestamp:
      return canonical == "current_timestamp" || canonical == "now()";
    case TypeKind::date:
      return canonical == "current_date";
    case TypeKind::time:
      return canonical == "localtime" || canonical == "current_time";
    case TypeKind::boolean:
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_:
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
    case TypeKind::uuid:
    case TypeKind::binary:
    case TypeKind::json:
    case TypeKind::text_array:
    case TypeKind::enumeration:
      return false;
  }
  return false;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// The literal in the form that coerce takes; nothing when it is none.
std::optional<Value> literal(const Parsed& parsed, TypeKind kind) {
  if (parsed.text == "true" || parsed.text == "false") return parsed.text == "true";
  if (is_number(parsed.text))
    return kind == TypeKind::boolean ? std::nullopt : std::optional<Value>(Decimal{parsed.text});
  if (parsed.array && parsed.strings.size() == parsed.items.size()) return TextArray{parsed.strings};
  if (!parsed.string) return std::nullopt;
  if (kind == TypeKind::text_array) {
    auto array = parse_array(*parsed.string);
    return array ? std::optional<Value>(std::move(*array)) : std::nullopt;
  }
  if (kind == TypeKind::binary) return read(17, *parsed.string);
  if (kind == TypeKind::timestamp) {
    auto utc = parse_timestamp(*parsed.string);
    return utc ? std::optional<Value>(Timestamp{std::move(*utc)}) : std::nullopt;
  }
  return *parsed.string;
}

}  // namespace

std::string canonical_expression(std::string_view sql) {
  if (sql.empty()) return {};
  if (const auto parsed = parse_expression(sql)) return parsed->text;
  const auto tokens = tokenize(sql);
  if (!tokens) return std::string(text::trim(sql));
  std::vector<std::string> words;
  for (const auto& token : *tokens)
    if (token.kind != Token::Kind::end) words.push_back(spelling(token));
  return text::join(words, " ");
}

Default read_default(std::string_view expression, const schema::Type& type) {
  const auto parsed = parse_expression(expression);
  if (!parsed) return {.kind = Default::Kind::expression, .expression = canonical_expression(expression)};
  if (parsed->text == "null") return {};
  if (is_now(parsed->text, type.kind)) return {.kind = Default::Kind::now};
  if (const auto value = literal(*parsed, type.kind)) {
    try {
      return {.kind = Default::Kind::value, .value = schema::coerce(*value, type)};
    } catch (const std::invalid_argument&) {
      // not a value of the model's type: the expression stands
    }
  }
  return {.kind = Default::Kind::expression, .expression = parsed->text};
}

std::optional<std::vector<std::string>> enumeration_values(std::string_view check, std::string_view column) {
  const auto tokens = tokenize(canonical_expression(check));
  if (!tokens || tokens->size() < 4) return std::nullopt;
  std::size_t at = 0;
  const auto symbol = [&](std::string_view text) {
    return (*tokens)[at].kind == Token::Kind::symbol && (*tokens)[at].text == text && (++at, true);
  };
  const auto& name = (*tokens)[at++];
  if ((name.kind != Token::Kind::word && name.kind != Token::Kind::quoted) || name.text != column) return std::nullopt;
  const bool one = symbol("=");
  if (!one) {
    if ((*tokens)[at].text != "in" || (*tokens)[++at].text != "(") return std::nullopt;
    ++at;
  }
  std::vector<std::string> values;
  do {
    const auto& token = (*tokens)[at++];
    if (token.kind != Token::Kind::string) return std::nullopt;
    values.push_back(token.text);
  } while (symbol(","));
  if (!one && !symbol(")")) return std::nullopt;
  return (*tokens)[at].kind == Token::Kind::end ? std::optional(values) : std::nullopt;
}

std::string fulltext_expression(const std::vector<std::string>& columns) {
  std::vector<std::string> texts;
  for (const auto& column : columns) texts.push_back("coalesce(" + column + ", '')");
  return "to_tsvector('simple', " + text::join(texts, " || ' ' || ") + ")";
}

std::vector<std::string> fulltext_columns(std::string_view expression) {
  const auto canonical = canonical_expression(expression);
  const auto tokens = tokenize(canonical);
  if (!tokens || !canonical.starts_with("to_tsvector(")) return {};
  std::vector<std::string> columns, quoted;
  for (std::size_t i = 0; i + 2 < tokens->size(); ++i)
    if ((*tokens)[i].text == "coalesce" && (*tokens)[i].kind == Token::Kind::word) {
      columns.push_back((*tokens)[i + 2].text);
      quoted.push_back(spelling((*tokens)[i + 2]));
    }
  // another configuration, a weight, a column without coalesce: an index of another kind
  if (canonical != canonical_expression(fulltext_expression(quoted))) return {};
  return columns;
}

}  // namespace dbctl::postgresql
