// Backfills walk a table by primary key: every batch is a range of keys, so a batch that ran is never visited again.
#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::sql {
namespace {

const std::vector<std::string>& keys_of(const schema::Table& table) {
  if (table.primary_key.empty())
    throw Unsupported({.summary = fmt::format("backfill of {} needs a primary key", table.name),
                       .why = "the batches are ranges of it",
                       .next = {fmt::format("change all rows at once with sql(\"UPDATE {} SET ...\")", table.name)}});
  return table.primary_key;
}

}  // namespace

std::string AnsiDialect::compare_key(Statement& statement, const schema::Table& table, std::string_view comparison,
                                     const Row& key) const {
  std::vector<std::string> values;
  for (const auto& value : key) values.push_back(bind(statement, value));
  const auto& columns = keys_of(table);
  return columns.size() == 1 ? fmt::format("{} {} {}", quote(columns[0]), comparison, values.at(0))
                             : fmt::format("({}) {} ({})", column_list(columns), comparison, text::join(values, ", "));
}

Statement AnsiDialect::backfill_keys(const schema::Backfill& backfill, const schema::Table& table,
                                     const Row& after) const {
  const auto keys = column_list(keys_of(table));
  Statement statement;
  std::vector<std::string> terms;
  if (!after.empty()) terms.push_back(compare_key(statement, table, ">", after));
  if (!backfill.where.empty()) terms.push_back('(' + backfill.where + ')');
  statement.sql = fmt::format("SELECT {} FROM {}{}{} ORDER BY {} LIMIT {}", keys, quote(table.name),
                              terms.empty() ? "" : " WHERE ", text::join(terms, " AND "), keys, backfill.batch);
  return statement;
}

Statement AnsiDialect::backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                                      const Row& last) const {
  std::vector<std::string> assignments;
  for (const auto& [column, expression] : backfill.assignments)
    assignments.push_back(quote(column) + " = " + expression);
  Statement statement;
  std::vector<std::string> terms;
  if (!after.empty()) terms.push_back(compare_key(statement, table, ">", after));
  terms.push_back(compare_key(statement, table, "<=", last));
  if (!backfill.where.empty()) terms.push_back('(' + backfill.where + ')');
  statement.sql = fmt::format("UPDATE {} SET {} WHERE {}", quote(table.name), text::join(assignments, ", "),
                              text::join(terms, " AND "));
  return statement;
}

}  // namespace dbctl::sql
