#include <algorithm>
#include <array>

#include "scaffold/rows.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Column;
using schema::Table;
using schema::TypeKind;

constexpr std::array<std::string_view, 7> known_keys{"email", "slug", "sku", "code", "username", "login", "isbn"};
constexpr std::array<std::string_view, 3> known_names{"name", "title", "label"};

bool refers(const Table& table, const std::string& column) {
  return std::ranges::any_of(
      table.foreign_keys, [&](const auto& key) { return std::ranges::find(key.columns, column) != key.columns.end(); });
}

/// A row can be found again by it: it has a value, which a person would recognise and no computation changes.
bool identifies(const Table& table, const Column& column) {
  switch (column.type.kind) {
    case TypeKind::boolean:
    case TypeKind::real:
    case TypeKind::double_:
    case TypeKind::json:
    case TypeKind::text_array:
    case TypeKind::binary:
      return false;
    default:
      break;
  }
  return !column.nullable && !column.auto_increment && column.generated.expression.empty() &&
         column.default_value.kind != schema::Default::Kind::now && !refers(table, column.name);
}

bool is_unique(const Table& table, const std::string& column) {
  const auto alone = [&](const std::vector<std::string>& columns) {
    return columns.size() == 1 && columns.front() == column;
  };
  return std::ranges::any_of(table.uniques, [&](const auto& unique) { return alone(unique.columns); }) ||
         std::ranges::any_of(table.indexes, [&](const auto& index) {
           return index.unique && index.where.empty() && index.parts.size() == 1 &&
                  index.parts.front().column == column;
         });
}

template <class Predicate>
std::vector<std::string> first(const Table& table, Predicate fits) {
  for (const auto& column : table.columns)
    if (identifies(table, column) && fits(column)) return {column.name};
  return {};
}

template <class List>
bool is_in(const List& list, const std::string& name) {
  return std::ranges::find(list, std::string_view(name)) != list.end();
}

}  // namespace

std::vector<std::string> natural_key(const Table& table) {
  const auto unique = [&](const Column& c) { return is_unique(table, c.name); };
  const auto is_uuid = [](const Column& c) { return c.type.kind == TypeKind::uuid; };
  if (auto key = first(table, [&](const Column& c) { return unique(c) && is_in(known_keys, c.name); }); !key.empty())
    return key;
  if (auto key = first(table, [&](const Column& c) { return unique(c) && !is_uuid(c); }); !key.empty()) return key;
  if (auto key = first(table, [&](const Column& c) { return is_in(known_keys, c.name); }); !key.empty()) return key;
  if (auto key =
          first(table,
                [&](const Column& c) { return unique(c) || (is_uuid(c) && table.primary_key == std::vector{c.name}); });
      !key.empty())
    return key;
  if (auto key = first(table, [&](const Column& c) { return is_in(known_names, c.name); }); !key.empty()) return key;
  if (auto key = first(table, [&](const Column& c) { return table.primary_key == std::vector{c.name}; }); !key.empty())
    return key;
  constexpr std::size_t most = 8;  // columns that unique_by takes
  std::vector<std::string> all;
  for (const auto& column : table.columns)
    if (all.size() < most && (identifies(table, column) || (refers(table, column.name) && !column.nullable)))
      all.push_back(column.name);
  return all;
}

}  // namespace dbctl::scaffold
