#include "schema/dependants.hpp"

#include <algorithm>

#include "schema/facts.hpp"
#include "schema/identifiers.hpp"

namespace dbctl::schema {
namespace {

template <class Item>
std::vector<Item> dependent(const std::vector<Item>& items, std::string_view column) {
  std::vector<Item> out;
  for (const auto& item : items)
    if (depends_on(item, column)) out.push_back(item);
  return out;
}

}  // namespace

bool depends_on(const Unique& unique, std::string_view column) {
  return contains(unique.columns, column);
}
bool depends_on(const ForeignKey& key, std::string_view column) {
  return contains(key.columns, column);
}
bool depends_on(const Check& check, std::string_view column) {
  return identifiers::mentions(check.expression, column);
}
bool depends_on(const Index& index, std::string_view column) {
  return identifiers::mentions(index.where, column) || std::ranges::any_of(index.parts, [&](const IndexPart& part) {
           return part.column == column || identifiers::mentions(part.expression, column);
         });
}

Dependants dependants(const Table& table, std::string_view column) {
  return {.uniques = dependent(table.uniques, column),
          .foreign_keys = dependent(table.foreign_keys, column),
          .checks = dependent(table.checks, column),
          .indexes = dependent(table.indexes, column)};
}

std::vector<std::string> key_columns(const Index& index) {
  if (!index.unique || !index.where.empty()) return {};
  std::vector<std::string> out;
  for (const auto& part : index.parts) {
    if (part.column.empty()) return {};
    out.push_back(part.column);
  }
  return out;
}

bool is_key(const Table& table, const std::vector<std::string>& columns) {
  if (columns.empty()) return false;
  return table.primary_key == columns ||
         std::ranges::any_of(table.uniques, [&](const Unique& u) { return u.columns == columns; }) ||
         std::ranges::any_of(table.indexes, [&](const Index& i) { return key_columns(i) == columns; });
}

std::vector<Reference> references_to(const Schema& schema, std::string_view table) {
  std::vector<Reference> out;
  for (const auto& [name, other] : schema.tables)
    for (const auto& key : other.foreign_keys)
      if (key.references == table) out.push_back({&other, &key});
  return out;
}

}  // namespace dbctl::schema
