#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "schema/facts.hpp"
#include "schema/identifiers.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema::rules {
namespace {

void value_holds(const Table& table, const Column& column, const Value& value, std::size_t row) {
  const auto where = fmt::format("row {}: {}.{}", row, table.name, column.name);
  if (is_null(value) && !column.nullable) refuse(fmt::format("{} is NULL, but the column is not nullable", where));
  try {
    coerce(value, column.type);
  } catch (const std::invalid_argument& e) {
    refuse(fmt::format("{} does not fit: {}", where, e.what()));
  }
}

void assignments_hold(const Table& table, const std::vector<Assignment>& assignments) {
  for (auto it = assignments.begin(); it != assignments.end(); ++it) {
    const auto& target = column(table, it->column);
    const auto where = fmt::format("{}.{}", table.name, target.name);
    if (is_generated(target)) refuse(fmt::format("{} is generated, so it cannot be set", where));
    if (contains(table.primary_key, target.name))
      refuse(fmt::format("{} is in the primary key, by which the backfill finds its rows", where));
    if (text::trim(it->expression).empty()) refuse(fmt::format("the backfill sets {} to nothing", where));
    const auto same = [&](const Assignment& a) { return a.column == it->column; };
    if (std::find_if(assignments.begin(), it, same) != it) refuse(fmt::format("the backfill sets {} twice", where));
    // standard SQL reads the values from before the statement, some databases those just assigned
    for (auto earlier = assignments.begin(); earlier != it; ++earlier)
      if (identifiers::mentions(it->expression, earlier->column))
        refuse(
            fmt::format("the backfill sets {} from {}, which it sets before: databases differ in which value that is",
                        where, earlier->column),
            {fmt::format("Set {} first, or in a backfill of its own.", target.name)});
  }
}

}  // namespace

void rows_hold(const Table& table, const std::vector<std::string>& columns, const std::vector<Row>& rows) {
  for (const auto& name : columns) column(table, name);
  columns_exist(table, columns, "the list of columns");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != columns.size())
      refuse(fmt::format("row {} of {} has {}, but {} named", i + 1, table.name, text::count(rows[i].size(), "value"),
                         text::count(columns.size(), "column is", "columns are")));
    for (std::size_t j = 0; j < columns.size(); ++j)
      value_holds(table, *table.find_column(columns[j]), rows[i][j], i + 1);
  }
}

void inserted_rows_hold(const Table& table, const InsertRows& insert) {
  rows_hold(table, insert.columns, insert.rows);
  for (const auto& column : table.columns) {
    const bool given = contains(insert.columns, column.name);
    const auto where = fmt::format("{}.{}", table.name, column.name);
    if (given && is_generated(column)) refuse(fmt::format("{} is generated, so it cannot be inserted", where));
    const bool filled = given || column.nullable || column.auto_increment || is_generated(column) ||
                        column.default_value.kind != Default::Kind::none;
    if (!filled) refuse(fmt::format("the rows give no value for {}, which is not nullable and has no default", where));
  }
}

void backfill_holds(const Table& table, const Backfill& backfill) {
  if (table.primary_key.empty())
    refuse(fmt::format("{} has no primary key, by which a backfill finds its rows", table.name),
           {"Change the data with one sql(...) statement instead."});
  if (backfill.assignments.empty()) refuse(fmt::format("the backfill of {} sets no column", table.name));
  if (backfill.batch == 0) refuse(fmt::format("the backfill of {} has batches of 0 rows", table.name));
  assignments_hold(table, backfill.assignments);
  assignments_hold(table, backfill.reversed_by);
}

}  // namespace dbctl::schema::rules
