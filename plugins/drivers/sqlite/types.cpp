#include "types.hpp"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "tokens.hpp"

namespace dbctl::sqlite {
namespace {

using schema::Default;
using schema::Type;
using schema::TypeKind;

/// A binary64 number gives back every decimal of up to so many digits.
constexpr std::uint32_t exact_digits = 15;

std::string literal(std::string_view s) {
  return '\'' + text::replace_all(std::string(s), "'", "''") + '\'';
}

std::uint32_t to_size(const std::string& digits) {
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

struct Declared {
  std::string words;  ///< upper case, one blank between
  std::uint32_t first = 0, second = 0;
  int arguments = 0;
};

Declared taken_apart(std::string_view declared) {
  Declared result;
  for (const auto& token : tokens(declared)) {
    if (token.name()) {
      if (!result.words.empty()) result.words += ' ';
      result.words += text::upper(token.text);
    } else if (token.kind == Token::Kind::number) {
      (result.arguments++ == 0 ? result.first : result.second) = to_size(token.text);
    }
  }
  return result;
}

/// SQLite's own rules (https://sqlite.org/datatype3.html, 3.1), for types that are not known by name.
Type by_affinity(std::string_view words) {
  const auto has = [&](std::string_view part) { return words.find(part) != std::string_view::npos; };
  if (has("INT")) return {.kind = TypeKind::bigint};
  if (has("CHAR") || has("CLOB") || has("TEXT")) return {.kind = TypeKind::text};
  if (has("BLOB") || words.empty()) return {.kind = TypeKind::binary};
  if (has("REAL") || has("FLOA") || has("DOUB")) return {.kind = TypeKind::double_};
  return {.kind = TypeKind::double_};
}

/// The items between the parentheses of `IN (…)`, when they are strings.
std::optional<std::vector<std::string>> strings_in(const std::vector<Token>& all, std::size_t from) {
  std::vector<std::string> values;
  for (std::size_t i = from; i + 1 < all.size(); i += 2) {
    if (all[i].kind != Token::Kind::string) return std::nullopt;
    values.push_back(all[i].text);
    if (all[i + 1].symbol(')')) return i + 2 == all.size() ? std::optional(values) : std::nullopt;
    if (!all[i + 1].symbol(',')) return std::nullopt;
  }
  return std::nullopt;
}

std::string bytes_of(std::string_view hexadecimal) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
    unsigned byte = 0;
    std::from_chars(hexadecimal.data() + i, hexadecimal.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

Value number_of(const std::string& digits) {
  std::int64_t whole = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (failure == std::errc() && end == digits.data() + digits.size()) return whole;
  if (digits.find_first_of("eExX") == std::string::npos) return Decimal{digits};
  double real = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), real);
  return real;
}

/// The literal that the tokens are, if they are one.
std::optional<Value> literal_value(const std::vector<Token>& all) {
  if (all.size() == 2 && all[1].kind == Token::Kind::number && (all[0].symbol('-') || all[0].symbol('+')))
    return number_of((all[0].symbol('-') ? "-" : "") + all[1].text);
  if (all.size() != 1) return std::nullopt;
  const Token& token = all.front();
  switch (token.kind) {
    case Token::Kind::number:
      return number_of(token.text);
    case Token::Kind::string:
      return token.text;
    case Token::Kind::blob:
      return Bytes{bytes_of(token.text)};
    case Token::Kind::word:
      if (token.is("TRUE") || token.is("FALSE")) return token.is("TRUE");
      return std::nullopt;
    case Token::Kind::quoted:
    case Token::Kind::symbol:
      return std::nullopt;
  }
  throw std::logic_error("a token of no known kind");
}

}  // namespace

bool decimal_as_text(const Type& type) {
  return type.kind == TypeKind::decimal && type.size > exact_digits;
}

std::string declared_type(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "BOOLEAN";
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
      return "INTEGER";
    case TypeKind::decimal:
      return decimal_as_text(type) ? "TEXT" : fmt::format("NUMERIC({}, {})", type.size, type.scale);
    case TypeKind::real:
    case TypeKind::double_:
      return "REAL";
    case TypeKind::binary:
      return "BLOB";
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
    case TypeKind::uuid:
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::timestamp:
    case TypeKind::json:
    case TypeKind::text_array:
    case TypeKind::enumeration:
      return "TEXT";
  }
  throw std::logic_error("a type of no known kind");
}

Type described_type(std::string_view declared) {
  const auto [words, first, second, arguments] = taken_apart(declared);
  if (words == "BOOLEAN" || words == "BOOL") return {.kind = TypeKind::boolean};
  if ((words == "NUMERIC" || words == "DECIMAL") && arguments > 0)
    return {.kind = TypeKind::decimal, .size = first, .scale = second};
  if ((words == "VARCHAR" || words == "CHARACTER VARYING" || words == "NVARCHAR") && arguments > 0)
    return {.kind = TypeKind::string, .size = first};
  if ((words == "CHAR" || words == "CHARACTER" || words == "NCHAR") && arguments > 0)
    return {.kind = TypeKind::character, .size = first};
  if (words == "UUID") return {.kind = TypeKind::uuid};
  if (words == "DATE") return {.kind = TypeKind::date};
  if (words == "TIME") return {.kind = TypeKind::time};
  if (words == "DATETIME" || words == "TIMESTAMP") return {.kind = TypeKind::timestamp};
  if (words == "JSON") return {.kind = TypeKind::json};
  return by_affinity(words);
}

std::string implied_condition(const Type& type, const std::string& column) {
  switch (type.kind) {
    case TypeKind::string:
      return fmt::format("length({}) <= {}", column, type.size);
    case TypeKind::character:
      return fmt::format("length({}) = {}", column, type.size);
    case TypeKind::binary:
      return type.size == 0 ? "" : fmt::format("length({}) <= {}", column, type.size);
    case TypeKind::json:
      return fmt::format("{0} IS NULL OR json_valid({0})", column);
    case TypeKind::text_array:  // CASE, because json_type of what is no JSON is an error
      return fmt::format("CASE WHEN json_valid({0}) THEN json_type({0}) = 'array' ELSE {0} IS NULL END", column);
    case TypeKind::enumeration: {
      std::vector<std::string> values;
      for (const auto& value : type.values) values.push_back(literal(value));
      return fmt::format("{} IN ({})", column, text::join(values, ", "));
    }
    case TypeKind::boolean:
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_:
    case TypeKind::text:
    case TypeKind::uuid:
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::timestamp:
      return {};
  }
  throw std::logic_error("a type of no known kind");
}

std::optional<Type> implied_type(std::string_view condition, std::string_view column, const Type& declared) {
  const auto all = tokens(condition);
  Type candidate = declared;
  if (all.size() >= 4 && all[0].is("LENGTH") && all.back().kind == Token::Kind::number) {
    candidate.size = to_size(all.back().text);
    if (declared.kind == TypeKind::text)
      candidate.kind =
          all[all.size() - 2].symbol('=') && !all[all.size() - 3].symbol('<') ? TypeKind::character : TypeKind::string;
  } else if (all.size() > 4 && all[1].is("IN")) {
    auto values = strings_in(all, 3);
    if (!values) return std::nullopt;
    candidate.kind = TypeKind::enumeration;
    candidate.values = std::move(*values);
  } else {
    candidate.kind = !all.empty() && all[0].is("CASE") ? TypeKind::text_array : TypeKind::json;
  }
  const std::string quoted = '"' + text::replace_all(std::string(column), "\"", "\"\"") + '"';
  const bool same = canonical_expression(implied_condition(candidate, quoted)) == canonical_expression(condition);
  return same ? std::optional(candidate) : std::nullopt;
}

std::string now_expression(const Type& type) {
  // SQLite's clock has milliseconds; six digits are the form that all databases share.
  switch (type.kind) {
    case TypeKind::date:
      return "(date('now'))";
    case TypeKind::time:
      return "(strftime('%H:%M:%f000', 'now'))";
    default:
      return "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))";
  }
}

Default described_default(std::string_view sql, const Type& type) {
  const std::string expression = canonical_expression(sql);
  const auto all = tokens(expression);
  if (all.empty() || (all.size() == 1 && all[0].is("NULL"))) return {};
  for (const auto kind : {TypeKind::timestamp, TypeKind::date, TypeKind::time})
    if (expression == canonical_expression(now_expression({.kind = kind}))) return {.kind = Default::Kind::now};
  if (all.size() == 1 && (all[0].is("CURRENT_TIMESTAMP") || all[0].is("CURRENT_DATE") || all[0].is("CURRENT_TIME")))
    return {.kind = Default::Kind::now};
  auto value = literal_value(all);
  if (!value) return {.kind = Default::Kind::expression, .expression = expression};
  try {
    value = schema::coerce(*value, type);
  } catch (const std::invalid_argument&) {
    // A default that does not fit its type is possible here, and is shown as it is.
  }
  return {.kind = Default::Kind::value, .value = std::move(*value)};
}

}  // namespace dbctl::sqlite
