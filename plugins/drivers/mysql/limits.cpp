#include "limits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "json_numbers.hpp"

namespace dbctl::mysql::limits {
namespace {

using schema::Column;
using schema::TypeKind;

constexpr std::size_t key_bytes = 3072;
constexpr std::size_t row_bytes = 65535;

[[noreturn]] void refuse(std::string summary, std::string next) {
  throw Unsupported({.summary = std::move(summary), .next = {std::move(next)}});
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & '\xc0') != '\x80'; }));
}

/// Bytes that a character may take.
std::size_t width(const Column& column) {
  const std::string_view name = column.collation;
  if (name.starts_with("ascii") || name.starts_with("latin") || name.starts_with("cp")) return 1;
  if (name.starts_with("utf8mb3") || name.starts_with("utf8_")) return 3;
  return 4;
}

std::size_t decimal_bytes(std::size_t digits) {
  static constexpr std::size_t rest[] = {0, 1, 1, 2, 2, 3, 3, 4, 4};
  return digits / 9 * 4 + rest[digits % 9];
}

/// Bytes of a value in a key; 0 for those that cannot be in one.
std::size_t bytes(const Column& column) {
  const auto& type = column.type;
  switch (type.kind) {
    case TypeKind::boolean:
      return 1;
    case TypeKind::smallint:
    case TypeKind::enumeration:
      return 2;
    case TypeKind::date:
      return 3;
    case TypeKind::integer:
    case TypeKind::real:
      return 4;
    case TypeKind::time:
      return 6;
    case TypeKind::bigint:
    case TypeKind::double_:
    case TypeKind::timestamp:
      return 8;
    case TypeKind::decimal:
      return decimal_bytes(type.size - type.scale) + decimal_bytes(type.scale);
    case TypeKind::string:
    case TypeKind::character:
      return type.size * width(column);
    case TypeKind::uuid:
      return 36;
    case TypeKind::binary:
      return type.size;
    case TypeKind::text:
    case TypeKind::json:
    case TypeKind::text_array:
      return 0;
  }
  return 0;
}

std::size_t bytes_in_row(const Column& column) {
  const auto& type = column.type;
  const bool variable = type.kind == TypeKind::string || (type.kind == TypeKind::binary && type.size > 0);
  const auto content = bytes(column);
  if (content == 0) return 12;  // a pointer to a text or blob of its own
  return content + (variable ? (content > 255 ? 2 : 1) : 0);
}

}  // namespace

void identifier(std::string_view name) {
  if (characters(name) > 64)
    refuse(fmt::format("the name {} is longer than 64 characters", name), "choose a shorter one");
}

void type(const schema::Type& type) {
  switch (type.kind) {
    case TypeKind::decimal:
      if (type.size > 65 || type.scale > 30)
        refuse(fmt::format("{}: at most 65 digits, 30 of them after the point", schema::to_text(type)),
               "use a smaller decimal, or text(...) and convert in the program");
      break;
    case TypeKind::string:
      if (type.size > 16383)
        refuse(fmt::format("{}: at most 16383 characters", schema::to_text(type)), "use text(...)");
      break;
    case TypeKind::character:
      if (type.size > 255) refuse(fmt::format("{}: at most 255 characters", schema::to_text(type)), "use string(...)");
      break;
    case TypeKind::binary:
      if (type.size > 65532)
        refuse(fmt::format("{}: at most 65532 bytes", schema::to_text(type)), "use binary(...) without a size");
      break;
    default:
      break;
  }
}

void collation(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!std::ranges::all_of(name, plain))
    refuse(fmt::format("there is no collation {}", name),
           "`SHOW COLLATION` lists them; put it in on(\"...\", ...) when it is another database's");
}

void comment(std::string_view owner, std::string_view text, std::size_t most) {
  if (characters(text) > most)
    refuse(fmt::format("the comment of {} is longer than {} characters", owner, most), "shorten it");
}

void value(const Value& value) {
  const auto* json = std::get_if<Json>(&value);
  const auto number = json != nullptr ? inexact_number(json->text) : std::nullopt;
  if (number)
    refuse(fmt::format("MySQL cannot keep the number {} of a JSON value: it keeps a double", *number),
           "write it as a JSON string, or give it a column of its own (decimal<p, s>)");
}

void row(const schema::Table& table) {
  std::size_t total = 0;
  std::size_t nullable = 0;
  for (const auto& column : table.columns) {
    total += bytes_in_row(column);
    nullable += column.nullable ? 1 : 0;
  }
  total += (nullable + 7) / 8;
  if (total > row_bytes)
    refuse(fmt::format("a row of {} may take {} bytes; the most is {} without texts and blobs", table.name, total,
                       row_bytes),
           "make the longest string(...) a text(...)");
}

void key(const schema::Table& table, const std::vector<std::string>& columns, std::string_view owner) {
  if (columns.size() > 16)
    refuse(fmt::format("{} has {} columns; the most is 16", owner, columns.size()), "leave some out");
  std::size_t total = 0;
  for (const auto& name : columns) {
    const auto* column = table.find_column(name);
    if (column == nullptr) continue;
    const auto size = bytes(*column);
    if (size == 0)
      refuse(fmt::format("{} cannot have {}.{}, which is {}", owner, table.name, name, schema::to_text(column->type)),
             "use string(...) for what is searched by value, or an index for this database alone with on(\"...\", "
             "sql(\"CREATE INDEX ... (column(100))\"))");
    total += size;
  }
  if (total > key_bytes)
    refuse(fmt::format("{} may take {} bytes; the most is {} (768 characters of 4 bytes)", owner, total, key_bytes),
           "shorten its string(...) columns, or leave some out");
}

void fulltext(const schema::Table& table, const schema::Index& index) {
  const Column* first = nullptr;
  for (const auto& part : index.parts) {
    const auto* column = table.find_column(part.column);
    if (column == nullptr) continue;
    const auto kind = column->type.kind;
    if (kind != TypeKind::string && kind != TypeKind::text && kind != TypeKind::character)
      refuse(fmt::format("full-text index {}: {}.{} is {}, not text", index.name, table.name, part.column,
                         schema::to_text(column->type)),
             "take only string(...) and text(...) columns");
    if (first != nullptr && first->collation != column->collation)
      refuse(
          fmt::format("full-text index {}: {} and {} have different collations", index.name, first->name, column->name),
          "give its columns the same .collation(...)");
    first = column;
  }
}

}  // namespace dbctl::mysql::limits
