// Statements with data: parameters, never literals.
#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "sql/lookup.hpp"

namespace dbctl::sql {
namespace {

// The values as the columns' types want them, so that drivers bind what they mean.
Row coerced(const schema::Table& table, const std::vector<std::string>& columns, const Row& row) {
  if (row.size() != columns.size())
    throw Error(codes::schema_invalid,
                {.summary = fmt::format("a row of {} has {} for {}", table.name, text::count(row.size(), "value"),
                                        text::count(columns.size(), "column"))});
  Row result;
  for (std::size_t i = 0; i < row.size(); ++i) {
    try {
      result.push_back(schema::coerce(row[i], column_of(table, columns[i]).type));
    } catch (const std::invalid_argument& problem) {
      throw Error(codes::schema_invalid, {.summary = fmt::format("{}.{}: {}", table.name, columns[i], problem.what())});
    }
  }
  return result;
}

}  // namespace

std::string AnsiDialect::qualified(const schema::Table& table) const {
  return table.within.empty() ? quote(table.name) : quote(table.within) + "." + quote(table.name);
}

std::string AnsiDialect::equals(const schema::Column& column, const std::string& placeholder) const {
  return quote(column.name) + " = " + placeholder;
}

std::string AnsiDialect::bind(Statement& statement, const Value& value) const {
  statement.params.push_back(value);
  return placeholder(statement.params.size());
}

std::string AnsiDialect::matches(Statement& statement, const schema::Table& table, const std::vector<std::string>& keys,
                                 const Row& values) const {
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < keys.size(); ++i)
    terms.push_back(is_null(values.at(i)) ? quote(keys[i]) + " IS NULL"
                                          : equals(column_of(table, keys[i]), bind(statement, values[i])));
  return text::join(terms, " AND ");
}

Statement AnsiDialect::insert(const schema::Table& table, const std::vector<std::string>& columns,
                              const std::vector<Row>& rows) const {
  Statement statement{.sql = fmt::format("INSERT INTO {} ({}) VALUES ", qualified(table), column_list(columns))};
  statement.params.reserve(columns.size() * rows.size());
  for (const auto& row : rows) {
    if (!statement.params.empty()) statement.sql += ", ";
    char separator = '(';
    for (const auto& value : row) {
      statement.sql += separator;
      if (separator == ',') statement.sql += ' ';
      statement.sql += bind(statement, value);
      separator = ',';
    }
    statement.sql += ')';
  }
  return statement;
}

std::vector<Statement> AnsiDialect::after_insert(const schema::Table&, const std::vector<std::string>&) const {
  return {};
}

Statement AnsiDialect::update(const schema::Table& table, const std::vector<std::string>& columns, const Row& values,
                              const std::vector<std::string>& keys, const Row& key_values) const {
  Statement statement;
  std::vector<std::string> assignments;
  for (std::size_t i = 0; i < columns.size(); ++i)
    assignments.push_back(quote(columns[i]) + " = " + bind(statement, values.at(i)));
  statement.sql = fmt::format("UPDATE {} SET {}", qualified(table), text::join(assignments, ", "));
  if (!keys.empty()) statement.sql += " WHERE " + matches(statement, table, keys, key_values);
  return statement;
}

Statement AnsiDialect::remove(const schema::Table& table, const std::vector<std::string>& keys,
                              const Row& key_values) const {
  Statement statement{.sql = "DELETE FROM " + qualified(table)};
  if (!keys.empty()) statement.sql += " WHERE " + matches(statement, table, keys, key_values);
  return statement;
}

Statement AnsiDialect::select(const schema::Table& table, const std::vector<std::string>& columns,
                              const std::vector<std::string>& keys, const std::vector<Row>& wanted,
                              const std::vector<std::string>& order) const {
  Statement statement{.sql = fmt::format("SELECT {} FROM {}", column_list(columns), qualified(table))};
  // IN compares as `=` does, so it is no way to ask where the dialect compares otherwise
  const bool one_key = keys.size() == 1 &&
                       std::ranges::none_of(wanted, [](const Row& r) { return is_null(r.at(0)); }) &&
                       equals(column_of(table, keys[0]), "?") == AnsiDialect::equals(column_of(table, keys[0]), "?");
  if (!keys.empty() && wanted.empty()) {
    statement.sql += " WHERE 1 = 0";
  } else if (one_key) {
    std::vector<std::string> list;
    for (const auto& row : wanted) list.push_back(bind(statement, row.at(0)));
    statement.sql += fmt::format(" WHERE {} IN ({})", quote(keys[0]), text::join(list, ", "));
  } else if (!keys.empty()) {
    std::vector<std::string> any;
    for (const auto& row : wanted) any.push_back('(' + matches(statement, table, keys, row) + ')');
    statement.sql += " WHERE " + text::join(any, " OR ");
  }
  if (!order.empty()) statement.sql += " ORDER BY " + column_list(order);
  return statement;
}

Script AnsiDialect::render(const schema::InsertRows& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  const auto most = std::max<std::size_t>(1, info().max_parameters / std::max<std::size_t>(1, op.columns.size()));
  Script script;
  for (std::size_t begin = 0; begin < op.rows.size(); begin += most) {
    std::vector<Row> rows;
    for (std::size_t i = begin; i < std::min(begin + most, op.rows.size()); ++i)
      rows.push_back(coerced(table, op.columns, op.rows[i]));
    script.steps.push_back({.statement = insert(table, op.columns, rows)});
  }
  if (!op.rows.empty())
    for (auto& statement : after_insert(table, op.columns)) script.steps.push_back({.statement = std::move(statement)});
  return script;
}

Script AnsiDialect::render(const schema::DeleteRows& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  Script script;
  for (const auto& row : op.rows)
    script.steps.push_back({.statement = remove(table, op.columns, coerced(table, op.columns, row))});
  return script;
}

}  // namespace dbctl::sql
