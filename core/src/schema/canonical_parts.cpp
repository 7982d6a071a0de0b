#include "schema/canonical_parts.hpp"

#include <fmt/format.h>

namespace dbctl::schema::canon {
namespace {

using fmt::format;

std::string type(const Type& type) {
  if (type.kind == TypeKind::enumeration) return "enumeration" + list(type.values);
  // of a type that the model does not have, a description keeps the database's own name
  return to_text(type) + (type.values.empty() ? "" : ' ' + list(type.values));
}

std::string default_value(const Default& given) {
  switch (given.kind) {
    case Default::Kind::none:
      return {};
    case Default::Kind::value:
      return " default " + value(given.value);
    case Default::Kind::now:
      return " default now";
    case Default::Kind::expression:
      return " default sql " + quoted(given.expression);
  }
  return {};
}

std::string part(const IndexPart& part) {
  return (part.column.empty() ? "sql " + quoted(part.expression) : quoted(part.column)) +
         (part.descending ? " descending" : "");
}

}  // namespace

std::string_view action(Action action) {
  switch (action) {
    case Action::no_action:
      return "no_action";
    case Action::restricted:
      return "restricted";
    case Action::cascade:
      return "cascade";
    case Action::set_null:
      return "set_null";
    case Action::set_default:
      return "set_default";
  }
  return "unknown";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out.append(1, '\\').push_back(c);
    else if (byte < 0x20 || byte == 0x7F)
      out += format("\\x{:02x}", byte);
    else
      out.push_back(c);
  }
  return out + '"';
}

std::string list(const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const auto& name : names) words.push_back(quoted(name));
  return format("({})", fmt::join(words, ", "));
}

std::string value(const Value& value) {
  const auto as_text = [&](std::string_view kind) { return format("{} {}", kind, quoted(dbctl::to_text(value))); };
  return std::visit(overloaded{
                        [](Null) -> std::string { return "null"; },
                        [](bool b) -> std::string { return b ? "true" : "false"; },
                        [](std::int64_t n) { return format("whole {}", n); },
                        [&](double) { return "binary " + dbctl::to_text(value); },
                        [&](const std::string&) { return as_text("text"); },
                        [&](const Decimal&) { return as_text("decimal"); },
                        [&](const Uuid&) { return as_text("uuid"); },
                        [&](const Date&) { return as_text("date"); },
                        [&](const Time&) { return as_text("time"); },
                        [&](const Timestamp&) { return as_text("timestamp"); },
                        [&](const Json&) { return as_text("json"); },
                        [](const TextArray& array) { return "text_array" + list(array.items); },
                        [&](const Bytes&) { return as_text("bytes"); },
                    },
                    value);
}

std::string row(const Row& row) {
  std::vector<std::string> values;
  for (const auto& v : row) values.push_back(value(v));
  return format("row ({})", fmt::join(values, ", "));
}

std::string column(const Column& column) {
  std::string out = format("column {} {}", quoted(column.name), type(column.type));
  if (column.nullable) out += " nullable";
  if (column.auto_increment) out += " auto_increment";
  out += default_value(column.default_value);
  if (!column.generated.expression.empty())
    out += format(" generated {}{}", quoted(column.generated.expression), column.generated.stored ? " stored" : "");
  if (!column.collation.empty()) out += " collation " + quoted(column.collation);
  if (!column.comment.empty()) out += " comment " + quoted(column.comment);
  return out;
}

std::string unique(const Unique& unique) {
  return format("unique {} {}", quoted(unique.name), list(unique.columns));
}

std::string foreign_key(const ForeignKey& key) {
  std::string out = format("foreign_key {} {} references {} {}", quoted(key.name), list(key.columns),
                           quoted(key.references), list(key.references_columns));
  if (key.on_delete != Action::no_action) out += format(" on_delete {}", action(key.on_delete));
  if (key.on_update != Action::no_action) out += format(" on_update {}", action(key.on_update));
  return out;
}

std::string check(const Check& check) {
  return format("check {} {}", quoted(check.name), quoted(check.expression));
}

std::string index(const Index& index) {
  std::vector<std::string> parts;
  for (const auto& p : index.parts) parts.push_back(part(p));
  std::string out = format("index {} ({})", quoted(index.name), fmt::join(parts, ", "));
  if (index.unique) out += " unique";
  if (index.fulltext) out += " fulltext";
  if (!index.method.empty()) out += " method " + quoted(index.method);
  if (!index.where.empty()) out += " where " + quoted(index.where);
  return out;
}

}  // namespace dbctl::schema::canon
