#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/scaffold/scaffold.hpp"
#include "scaffold/code.hpp"
#include "scaffold/columns.hpp"
#include "scaffold/field_types.hpp"
#include "scaffold/names.hpp"
#include "scaffold/references.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Column;
using schema::Table;

/// Numbers and truths have no value of their own until they are given one.
std::string initial_value(const Column& column) {
  if (column.nullable) return {};
  switch (column.type.kind) {
    case schema::TypeKind::boolean:
      return " = false";
    case schema::TypeKind::smallint:
    case schema::TypeKind::integer:
    case schema::TypeKind::bigint:
    case schema::TypeKind::real:
    case schema::TypeKind::double_:
      return " = 0";
    default:
      return {};
  }
}

/// The column's name, but for what no member can be called.
std::string member(const Column& column) {
  return is_cpp_keyword(column.name) ? column.name + '_' : column.name;
}

std::string members(const Table& table) {
  std::string code;
  for (const auto& column : table.columns) {
    const auto type = cpp_type(column.type);
    code += fmt::format("  {} {}{};\n", column.nullable ? fmt::format("std::optional<{}>", type) : type, member(column),
                        initial_value(column));
  }
  return code;
}

std::string mapping(const std::string& model, const Table& table) {
  std::string code = fmt::format("    return dbctl::Mapping{{\n        \"{}\",\n", table.name);
  for (const auto& column : table.columns) {
    const auto function = column.type.kind == schema::TypeKind::decimal
                              ? fmt::format("decimal<{}, {}>", column.type.size, column.type.scale)
                              : std::string("column");
    code += fmt::format("        dbctl::{}(\"{}\", &{}::{}),\n", function, column.name, model, member(column));
  }
  return code + "    };\n";
}

std::string header_code(const std::string& model, const Table& table, const std::string& domain) {
  std::set<std::string> headers;
  for (const auto& column : table.columns) {
    if (column.nullable) headers.insert("optional");
    if (auto header = header_of(column.type); !header.empty()) headers.insert(std::move(header));
  }
  std::string includes;
  for (const auto& header : headers) includes += fmt::format("#include <{}>\n", header);
  if (!includes.empty()) includes += "\n";
  return fmt::format(
      "#pragma once\n{0}#include <dbctl/model.hpp>\n\nnamespace {1} {{\n\n/// A row of {2}.\nstruct {3} {{\n{4}\n"
      "  static constexpr auto mapping() {{\n{5}  }}\n}};\n\n}}  // namespace {1}\n",
      includes, domain, table.name, model, members(table), mapping(model, table));
}

/// The seeder depends on the seeders of the tables that the model refers to.
void add_seeder(Draft& draft, const std::string& model, const Table& table, const catalog::Catalog& catalog,
                const schema::Schema& schema, const Place& place) {
  std::vector<std::string> after;
  for (const auto& key : table.foreign_keys) {
    const auto seeders =
        key.references == table.name ? std::vector<std::string>{} : seeders_of(catalog, key.references);
    if (!seeders.empty() && std::ranges::find(after, seeders.front()) == after.end()) after.push_back(seeders.front());
  }
  auto seeder =
      make_seeder({.name = model + "Seeder", .table = table.name, .after = std::move(after)}, catalog, schema, place);
  for (auto& file : seeder.files) draft.files.push_back(std::move(file));
  for (auto& note : seeder.notes) draft.notes.push_back(std::move(note));
}

}  // namespace

Draft make_model(const ModelRequest& request, const catalog::Catalog& catalog, const schema::Schema& before,
                 const Place& place, const std::string& version) {
  const auto model = type_name(request.name, "model", "OrderItem");
  const auto table = request.table.empty() ? plural(snake(model)) : request.table;
  check_name(table, "table", request.table.empty() ? "NAME" : "--table");
  Draft draft;
  const auto header = place.models / (snake(model) + ".hpp");
  const auto* existing = before.find(table);
  if (request.fields.empty()) {
    if (existing == nullptr)
      throw Error(
          codes::make_schema,
          {.summary = fmt::format("there is no table {}, and no field to make it of", table),
           .where = "--fields",
           .next = {"--fields \"name:string,price:decimal\"", text::did_you_mean(table, before.tables.names())}});
    draft.files.push_back({header, header_code(model, *existing, place.domain)});
    draft.notes.push_back(fmt::format("{} is as the migrations make it: no migration is needed", table));
    if (request.with_seeder) add_seeder(draft, model, *existing, catalog, before, place);
    return draft;
  }
  if (existing != nullptr)
    throw Error(
        codes::make_exists,
        {.summary = fmt::format("a migration makes the table {} already", table),
         .where = request.table.empty() ? "NAME" : "--table",
         .next = {
             fmt::format("dbctl make migration add_{}_to_{} --fields \"…\"", request.fields.front().column.name, table),
             fmt::format("dbctl make model {} --table {} without --fields: the header alone", model, table)}});
  auto resolved = resolve_new(table, request.key, request.fields, before);
  draft.notes = resolved.notes;
  const auto operations = create(table, request.key, std::move(resolved));
  const auto after = applied(before, operations);
  const auto name = "create_" + table;
  draft.files.push_back({header, header_code(model, after.at(table), place.domain)});
  draft.files.push_back({place.migrations / fmt::format("{}_{}.cpp", version, name),
                         migration_code(fmt::format("{}_{}", name, version), operations)});
  draft.operations = operations;
  if (request.with_seeder) add_seeder(draft, model, after.at(table), catalog, after, place);
  return draft;
}

}  // namespace dbctl::scaffold
