#include "scaffold/code.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/schema/names.hpp"
#include "scaffold/field_types.hpp"
#include "scaffold/names.hpp"
#include "schema/canonical_parts.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Action;
using schema::Column;
using schema::Default;
using schema::ForeignKey;
using schema::Table;

std::string default_code(const Default& value) {
  switch (value.kind) {
    case Default::Kind::none:
      return {};
    case Default::Kind::now:
      return ".default_now()";
    case Default::Kind::expression:
      return fmt::format(".default_expression({})", literal(value.expression));
    case Default::Kind::value:
      return fmt::format(".default_to({})", value_code(value.value));
  }
  return {};
}

std::string reference_code(const ForeignKey& key) {
  std::string code = fmt::format(".references({}", literal(key.references));
  if (key.references_columns != std::vector<std::string>{"id"}) code += ", " + literal(key.references_columns.front());
  code += ")";
  if (key.on_delete != Action::no_action) code += fmt::format(".on_delete({})", schema::canon::action(key.on_delete));
  if (key.on_update != Action::no_action) code += fmt::format(".on_update({})", schema::canon::action(key.on_update));
  return code;
}

/// What a table says about one of its columns alone.
struct Said {
  bool primary_key = false, unique = false;
  const ForeignKey* references = nullptr;
};

std::string column_code(const Column& column, const Said& said) {
  const auto builder = builder_of(column.type);
  std::string code = fmt::format("{}({}{})", builder.name, literal(column.name), builder.arguments);
  if (said.primary_key) code += ".primary_key()";
  if (column.auto_increment) code += ".auto_increment()";
  if (column.nullable) code += ".nullable()";
  if (said.unique) code += ".unique()";
  code += default_code(column.default_value);
  if (said.references != nullptr) code += reference_code(*said.references);
  return code;
}

bool only(const std::vector<std::string>& columns, const std::string& name) {
  return columns.size() == 1 && columns.front() == name;
}

template <class Uniques, class Keys>
Said said_of(const std::string& column, const Uniques& uniques, const Keys& keys) {
  Said said;
  said.unique = std::ranges::any_of(uniques, [&](const auto& unique) { return only(unique.columns, column); });
  for (const auto& key : keys)
    if (only(key.columns, column)) said.references = &key;
  return said;
}

bool is_time_of_insertion(const Column& column, std::string_view name) {
  return column.name == name && column.type.kind == schema::TypeKind::timestamp && !column.nullable &&
         column.default_value.kind == Default::Kind::now;
}

/// The table's columns as builders, those that have a word of their own (timestamps, dual_key) by it.
std::vector<std::string> columns_code(const Table& table) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    const auto* next = i + 1 < table.columns.size() ? &table.columns[i + 1] : nullptr;
    auto said = said_of(column.name, table.uniques, table.foreign_keys);
    said.primary_key = only(table.primary_key, column.name);
    if (next != nullptr && is_time_of_insertion(column, "created_at") && is_time_of_insertion(*next, "updated_at")) {
      lines.emplace_back("timestamps()");
      ++i;
    } else if (next != nullptr && said.primary_key && column.auto_increment && next->name == "uuid") {
      lines.emplace_back("dual_key()");
      ++i;
    } else {
      lines.push_back(column_code(column, said));
    }
  }
  return lines;
}

std::string names_code(const std::vector<std::string>& names) {
  if (names.size() == 1) return literal(names.front());
  std::string code;
  for (const auto& name : names) code += (code.empty() ? "{" : ", ") + literal(name);
  return code + "}";
}

std::string index_code(const std::string& table, const schema::Index& index) {
  std::vector<std::string> columns;
  for (const auto& part : index.parts) columns.push_back(part.column);
  return fmt::format("create_index({}, {}){}", literal(table), names_code(columns), index.unique ? ".unique()" : "");
}

std::string create_code(const Table& table) {
  std::string code = fmt::format("create_table({},\n", literal(table.name));
  const auto lines = columns_code(table);
  for (std::size_t i = 0; i < lines.size(); ++i)
    code += fmt::format("        {}{}", lines[i], i + 1 < lines.size() ? ",\n" : ")");
  return code;
}

/// The operations that generators make.
std::string operation_code(const schema::Operation& operation) {
  if (const auto* create = std::get_if<schema::CreateTable>(&operation.what)) return create_code(create->table);
  if (const auto* drop = std::get_if<schema::DropTable>(&operation.what))
    return fmt::format("drop_table({})", literal(drop->table));
  if (const auto* add = std::get_if<schema::AddColumn>(&operation.what))
    return fmt::format("add_column({}, {})", literal(add->table),
                       column_code(add->column, said_of(add->column.name, add->uniques, add->foreign_keys)));
  if (const auto* drop = std::get_if<schema::DropColumn>(&operation.what))
    return fmt::format("drop_column({}, {})", literal(drop->table), literal(drop->column));
  if (const auto* index = std::get_if<schema::CreateIndex>(&operation.what))
    return index_code(index->table, index->index);
  throw Error(codes::internal, {.summary = "no generator writes " + schema::summary(operation)});
}

}  // namespace

std::string value_code(const Value& value) {
  if (is_null(value)) return "null";
  if (const auto* bytes = std::get_if<Bytes>(&value)) return literal(bytes->data);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* exact = std::get_if<Decimal>(&value)) return exact->text + "_dec";
  if (const auto* binary = std::get_if<double>(&value)) {
    auto digits = fmt::format("{}", *binary);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    return digits + "_real";
  }
  return literal(to_text(value));
}

std::string migration_code(const std::string& variable, const std::vector<schema::Operation>& operations) {
  std::string body;
  bool behind_a_table = false;
  for (const auto& operation : operations) {
    body += fmt::format("{}    {},\n", behind_a_table ? "\n" : "", operation_code(operation));
    behind_a_table = std::holds_alternative<schema::CreateTable>(operation.what);
  }
  const auto braces = body.empty() ? std::string("{}") : fmt::format("{{\n{}}}", body);
  return fmt::format(
      "#include <dbctl/migration.hpp>\n\nnamespace {{\nusing namespace dbctl::dsl;\n\n"
      "const migration {}{};\n}}  // namespace\n",
      variable, braces);
}

}  // namespace dbctl::scaffold
