#include "seed/writer.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"

namespace dbctl::seed {
namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::size_t kept_shown = 10;
constexpr std::string_view touched = "updated_at";

/// Columns whose values the seeder answers for: all that it gives but the primary key, which belongs to the row.
std::vector<std::string> content_columns(const WantedRow& row, const schema::Table& table) {
  std::vector<std::string> out;
  for (const auto& [column, value] : row.values)
    if (std::find(table.primary_key.begin(), table.primary_key.end(), column) == table.primary_key.end())
      out.push_back(column);
  return out;
}

std::string content(const std::vector<std::string>& columns, const std::map<std::string, Value>& values) {
  std::string text;
  for (const auto& c : columns) {
    const auto it = values.find(c);
    if (it == values.end()) return {};  // no such column any more, or a value that does not fit it: equal to nothing
    text += c + (is_null(it->second) ? "?" : "=" + key_text({it->second})) + "\n";
  }
  return sha256(text);
}

/// The row's values by column. One that does not fit its column is no seeder's and is left out.
std::map<std::string, Value> by_name(const schema::Table& table, const std::vector<std::string>& columns,
                                     const Row& row) {
  std::map<std::string, Value> out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    try {
      out[columns[i]] = schema::coerce(row[i], table.find_column(columns[i])->type);
    } catch (const std::invalid_argument&) {
      continue;
    }
  }
  return out;
}

}  // namespace

Writer::Writer(journal::Database& database, const std::string& seeder, bool force)
    : database_(database), seeder_(seeder), force_(force) {
  for (auto& s : database_.journal().seeded(seeder)) ledger_[{s.table, s.key}] = std::move(s);
}

void Writer::write(const Wanted& wanted, SeederResult& result) {
  const auto there = existing(wanted);
  std::vector<const WantedRow*> missing;
  for (const auto& row : wanted.rows) {
    const auto found = there.find(key_text(row.key));
    if (found == there.end()) {
      missing.push_back(&row);
      continue;
    }
    const auto& now = found->second;
    const auto mine = content_columns(row, *wanted.table);
    if (content(mine, now) == content(mine, row.values)) {
      ++result.unchanged;
      remember(wanted, row);
      continue;
    }
    const auto before = ledger_.find({wanted.table->name, sha256(key_text(row.key))});
    const bool untouched =
        before != ledger_.end() && content(text::split(before->second.columns, ','), now) == before->second.content;
    if (untouched || force_) {
      update(wanted, row);
      remember(wanted, row);
      ++result.updated;
    } else {
      ++result.kept;
      if (result.kept_rows.size() < kept_shown) {
        std::vector<std::string> shown;
        for (const auto& v : row.key) shown.push_back(to_text(v));
        result.kept_rows.push_back(wanted.table->name + " " + text::join(shown, ", "));
      }
    }
  }
  insert(wanted, missing);
  result.inserted += static_cast<std::int64_t>(missing.size());
  for (const auto* row : missing) remember(wanted, *row);
}

void Writer::finish() {
  database_.journal().seeded(added_, replaced_);
}

/// The key, what the seeder gives now and what it once gave; the table's other columns are none of its business.
std::vector<std::string> Writer::columns_of(const Wanted& wanted) const {
  std::set<std::string> names(wanted.key.begin(), wanted.key.end());
  for (const auto& row : wanted.rows)
    for (const auto& [column, value] : row.values) names.insert(column);
  std::set<std::string> lists;
  for (const auto& [key, seeded] : ledger_)
    if (seeded.table == wanted.table->name) lists.insert(seeded.columns);
  for (const auto& list : lists)
    for (const auto& column : text::split(list, ','))
      if (wanted.table->find_column(column) != nullptr) names.insert(column);
  return {names.begin(), names.end()};
}

std::map<std::string, Writer::Found> Writer::existing(const Wanted& wanted) {
  std::map<std::string, Found> out;
  const auto columns = columns_of(wanted);
  const auto& dialect = database_.dialect();
  const std::size_t most = std::min(rows_at_once, dialect.info().max_parameters / wanted.key.size());
  for (std::size_t from = 0; from < wanted.rows.size(); from += most) {
    std::vector<Row> keys;
    for (std::size_t i = from; i < std::min(wanted.rows.size(), from + most); ++i) keys.push_back(wanted.rows[i].key);
    for (const auto& row :
         database_.connection().query(dialect.select(*wanted.table, columns, wanted.key, keys)).rows) {
      auto found = by_name(*wanted.table, columns, row);
      Row key;
      for (const auto& k : wanted.key) {
        const auto value = found.find(k);
        if (value == found.end())
          throw Error(codes::seed_data,
                      {.summary = "a row of " + wanted.table->name + " has a " + k + " that does not fit its column",
                       .why = "the row is found again by it, so it can neither be compared nor left alone",
                       .next = {"mend the row with the database's own client, then seed again"}});
        key.push_back(value->second);
      }
      out.emplace(key_text(key), std::move(found));
    }
  }
  return out;
}

void Writer::insert(const Wanted& wanted, const std::vector<const WantedRow*>& rows) {
  const auto columns_of = [](const WantedRow& row) {
    std::vector<std::string> out;
    for (const auto& [column, value] : row.values) out.push_back(column);
    return out;
  };
  std::set<std::string> given;
  for (std::size_t from = 0; from < rows.size();) {
    const auto columns = columns_of(*rows[from]);
    const std::size_t most = std::min(rows_at_once, database_.dialect().info().max_parameters / columns.size());
    std::vector<Row> batch;
    while (from < rows.size() && batch.size() < most && columns_of(*rows[from]) == columns) {
      Row row;
      for (const auto& [column, value] : rows[from]->values) row.push_back(value);
      batch.push_back(std::move(row));
      ++from;
    }
    database_.connection().execute(database_.dialect().insert(*wanted.table, columns, batch));
    given.insert(columns.begin(), columns.end());
  }
  if (rows.empty()) return;
  for (const auto& statement : database_.dialect().after_insert(*wanted.table, {given.begin(), given.end()}))
    database_.connection().execute(statement);
}

void Writer::update(const Wanted& wanted, const WantedRow& row) {
  auto columns = content_columns(row, *wanted.table);
  Row values;
  for (const auto& c : columns) values.push_back(row.values.at(c));
  const auto* stamp = wanted.table->find_column(touched);
  if (stamp != nullptr && stamp->type.kind == schema::TypeKind::timestamp && !row.values.contains(stamp->name)) {
    columns.push_back(stamp->name);
    values.push_back(Timestamp{utc_now()});
  }
  database_.connection().execute(database_.dialect().update(*wanted.table, columns, values, wanted.key, row.key));
}

void Writer::remember(const Wanted& wanted, const WantedRow& row) {
  const auto columns = content_columns(row, *wanted.table);
  journal::Seeded now{seeder_, wanted.table->name, sha256(key_text(row.key)), text::join(columns, ","),
                      content(columns, row.values)};
  const auto before = ledger_.find({now.table, now.key});
  if (before == ledger_.end())
    added_.push_back(now);
  else if (before->second.content != now.content || before->second.columns != now.columns)
    replaced_.push_back(now);
  ledger_[{now.table, now.key}] = std::move(now);
}

}  // namespace dbctl::seed
