#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "schema/dependants.hpp"
#include "schema/describe.hpp"
#include "schema/facts.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema::rules {
namespace {

void part_holds(const Table& table, const Index& index, const IndexPart& part) {
  if (part.column.empty() == part.expression.empty())
    refuse(fmt::format("a part of {} must be either a column or an expression", index.name));
  if (part.column.empty()) {
    if (index.fulltext) refuse(fmt::format("{} is a full-text index, which has columns only", index.name));
    expression_holds(table, part.expression, index.name);
    return;
  }
  columns_exist(table, {part.column}, index.name);
  const auto kind = table.find_column(part.column)->type.kind;
  const bool words = kind == TypeKind::string || kind == TypeKind::text || kind == TypeKind::character;
  if (index.fulltext && !words)
    refuse(fmt::format("{} is a full-text index, but {}.{} is {}", index.name, table.name, part.column,
                       to_text(table.find_column(part.column)->type)));
}

/// `orders.user_id references users`, as all messages about a foreign key begin.
std::string who(const Table& table, const ForeignKey& key) {
  return fmt::format("{} references {}", describe::columns(table.name, key.columns), key.references);
}

void referenced_columns_hold(const Table& table, const ForeignKey& key, const Table& target) {
  for (const auto& name : key.references_columns)
    if (!target.find_column(name))
      refuse(fmt::format("{}.{}, which no earlier migration adds", who(table, key), name),
             {text::did_you_mean(name, describe::names(target.columns))});
  if (key.columns.size() != key.references_columns.size())
    refuse(fmt::format("{} references {}: {} against {}", describe::columns(table.name, key.columns),
                       describe::columns(target.name, key.references_columns),
                       text::count(key.columns.size(), "column"), key.references_columns.size()));
}

void types_agree(const Table& table, const ForeignKey& key, const Table& target) {
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto& own = *table.find_column(key.columns[i]);
    const auto& other = *target.find_column(key.references_columns[i]);
    if (own.type != other.type)
      refuse(fmt::format("{}.{} is {}, but {}.{}, which it references, is {}", table.name, own.name, to_text(own.type),
                         target.name, other.name, to_text(other.type)),
             {"Give both columns the same type; to change one that exists, drop the foreign key first."});
  }
}

void action_holds(const Table& table, const ForeignKey& key, Action action) {
  for (const auto& name : key.columns) {
    const auto& column = *table.find_column(name);
    const bool has_default = column.default_value.kind != Default::Kind::none;
    if (action == Action::set_null && !column.nullable)
      refuse(fmt::format("{} with set_null, but {}.{} is not nullable", who(table, key), table.name, name),
             {"Make the column nullable, or choose restricted or cascade."});
    if (action == Action::set_default && !column.nullable && !has_default)
      refuse(fmt::format("{} with set_default, but {}.{} has no default", who(table, key), table.name, name),
             {"Give the column a default, or choose restricted or cascade."});
  }
}

}  // namespace

void unique_holds(const Table& table, const Unique& unique) {
  columns_exist(table, unique.columns, unique.name);
}

void check_holds(const Table& table, const Check& check) {
  if (text::trim(check.expression).empty()) refuse(fmt::format("the check {} of {} is empty", check.name, table.name));
  expression_holds(table, check.expression, check.name);
}

void index_holds(const Table& table, const Index& index) {
  if (index.parts.empty()) refuse(fmt::format("{} of {} names no column", index.name, table.name));
  for (auto it = index.parts.begin(); it != index.parts.end(); ++it) {
    part_holds(table, index, *it);
    const auto same = [&](const IndexPart& p) { return p.column == it->column && p.expression == it->expression; };
    if (std::find_if(index.parts.begin(), it, same) != it)
      refuse(fmt::format("{} names {} twice", index.name, it->column.empty() ? it->expression : it->column));
  }
  expression_holds(table, index.where, index.name);
  if (index.fulltext && index.unique)
    refuse(fmt::format("{} is a full-text index, which cannot be unique", index.name));
}

void foreign_key_holds(const Schema& schema, const Table& table, const ForeignKey& key) {
  columns_exist(table, key.columns, key.name);
  const auto* target = schema.find(key.references);
  if (!target)
    refuse(fmt::format("{}, which no earlier migration creates", who(table, key)),
           {text::did_you_mean(key.references, schema.tables.names())});
  referenced_columns_hold(table, key, *target);
  types_agree(table, key, *target);
  if (!is_key(*target, key.references_columns))
    refuse(fmt::format("{} references {}, which is neither the primary key nor unique",
                       describe::columns(table.name, key.columns),
                       describe::columns(target->name, key.references_columns)),
           {fmt::format("Make {} unique, in this order of columns.",
                        describe::columns(target->name, key.references_columns))});
  action_holds(table, key, key.on_delete);
  action_holds(table, key, key.on_update);
}

void foreign_keys_of_column_hold(const Schema& schema, const Table& table, std::string_view column) {
  for (const auto& key : table.foreign_keys)
    if (contains(key.columns, column)) foreign_key_holds(schema, table, key);
  for (const auto& reference : references_to(schema, table.name))
    if (contains(reference.key->references_columns, column))
      foreign_key_holds(schema, *reference.table, *reference.key);
}

}  // namespace dbctl::schema::rules
