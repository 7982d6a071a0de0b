#include "journal/lease.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "journal/tables.hpp"

namespace dbctl::journal {
namespace {

constexpr std::int64_t work_row = 1, beat_row = 2;

}  // namespace

LeaseRows::LeaseRows(driver::Connection& connection, const sql::Dialect& dialect)
    : connection_(connection), dialect_(dialect), table_(tables::lock()) {
  table_.within = connection.home();
}

bool LeaseRows::table_is_there() {
  const auto names = connection_.relations();
  return std::ranges::find(names, table_.name) != names.end();
}

std::vector<Row> LeaseRows::rows() {
  std::vector<std::string> columns;
  for (const auto& column : table_.columns) columns.push_back(column.name);
  return connection_.query(dialect_.select(table_, columns, {}, {}, {"id"})).rows;
}

bool LeaseRows::are_there() {
  return table_is_there() && rows().size() == 2;
}

void LeaseRows::make() {
  if (!table_is_there()) {
    try {
      for (const auto& step : dialect_.render({schema::CreateTable{tables::lock()}}, {}).steps)
        connection_.execute(step.statement);
    } catch (const StatementError&) {
      if (!table_is_there()) throw;  // else another was faster
    }
  }
  const auto there = rows();
  for (const std::int64_t id : {work_row, beat_row}) {
    if (std::ranges::any_of(there, [&](const Row& row) { return to_int(row.at(0)) == id; })) continue;
    try {
      connection_.execute(dialect_.insert(table_, {"id", "token", "counter", "holder", "work_session"},
                                          {{id, std::int64_t{0}, std::int64_t{0}, std::string(), std::string()}}));
    } catch (const StatementError& error) {
      if (error.code() != codes::statement_constraint) throw;  // else another was faster
    }
  }
}

LeaseState LeaseRows::read() {
  LeaseState state;
  for (const auto& row : rows()) {
    if (to_int(row.at(0)) == beat_row) {
      state.beats = to_int(row.at(2));
      continue;
    }
    state.token = to_int(row.at(1));
    state.writes = to_int(row.at(2));
    state.holder = to_text(row.at(3));
    state.session = to_text(row.at(4));
  }
  return state;
}

/// The server compares and changes in one statement: of two that saw the same, one goes on. In a cluster the other may
/// learn it from an error, as one that lost a conflict.
bool LeaseRows::take(const LeaseState& seen, const std::string& holder, const std::string& session) {
  try {
    if (!change(work_row, {"token", "counter", "holder", "work_session"},
                {seen.token + 1, std::int64_t{0}, holder, session}, {"token", "counter"}, {seen.token, seen.writes}))
      return false;
    change(beat_row, {"token", "counter"}, {seen.token + 1, std::int64_t{0}}, {}, {});
    return true;
  } catch (const StatementError& error) {
    if (error.code() != codes::statement_busy) throw;
    return false;
  }
}

bool LeaseRows::renew(std::int64_t token, std::int64_t writes) {
  return change(work_row, {"counter"}, {writes}, {"token"}, {token});
}

bool LeaseRows::beat(std::int64_t token, std::int64_t beats) {
  return change(beat_row, {"counter"}, {beats}, {"token"}, {token});
}

bool LeaseRows::give_up(std::int64_t token) {
  return change(work_row, {"holder", "work_session"}, {std::string(), std::string()}, {"token"}, {token});
}

bool LeaseRows::change(std::int64_t row, const std::vector<std::string>& columns, const Row& values,
                       const std::vector<std::string>& keys, const Row& key_values) {
  std::vector<std::string> names{"id"};
  Row wanted{row};
  names.insert(names.end(), keys.begin(), keys.end());
  wanted.insert(wanted.end(), key_values.begin(), key_values.end());
  return connection_.execute(dialect_.update(table_, columns, values, names, wanted)) == 1;
}

}  // namespace dbctl::journal
