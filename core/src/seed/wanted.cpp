#include "seed/wanted.hpp"

#include <algorithm>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "seed/data.hpp"

namespace dbctl::seed {
namespace {

using catalog::Cell;
using catalog::Lookup;
using catalog::Seeder;
using catalog::Seeding;
using schema::Table;

// The name space of keys that dbctl derives: the same row gets the same uuid on every database, for ever.
constexpr std::string_view key_space = "4d1f1d3a-5f0e-5c64-9a53-0f8a5c3b7e21";

/// A row before its lookups are known.
struct Draft {
  std::vector<std::pair<std::string, Cell>> cells;
  std::string place;
};

Error bad(const Seeder& seeder, std::string summary, const std::string& place, std::string why) {
  return Error(codes::seed_data, {.summary = seeder.name + ": " + std::move(summary),
                                  .where = seeder.file + (place.empty() ? "" : ", " + place),
                                  .why = std::move(why)});
}

std::vector<std::string> column_names(const Table& t) {
  std::vector<std::string> names;
  for (const auto& c : t.columns) names.push_back(c.name);
  return names;
}

const Value* field_of(const Record& record, std::string_view name) {
  for (const auto& [field, value] : record)
    if (field == name) return &value;
  return nullptr;
}

Draft draft_of(const Record& record, const Seeder& seeder, const Seeding& seeding, const Table& table,
               std::string place) {
  Draft draft{{}, std::move(place)};
  std::set<std::string, std::less<>> consumed;
  for (const auto& [column, lookup] : seeding.resolve) {
    Lookup l = lookup;
    for (const auto& f : lookup.fields) {
      const auto* value = field_of(record, f);
      if (value == nullptr)
        throw bad(seeder, "a row has no field \"" + f + "\"", draft.place, "it is needed for " + column);
      l.key.push_back(*value);
      consumed.insert(f);
    }
    draft.cells.emplace_back(column, std::move(l));
  }
  for (const auto& [field, value] : record) {
    if (table.find_column(field) == nullptr) {
      if (consumed.contains(field)) continue;
      throw bad(seeder, "field \"" + field + "\" is no column of " + table.name, draft.place,
                text::did_you_mean(field, column_names(table)));
    }
    draft.cells.emplace_back(field, value);
  }
  return draft;
}

std::vector<Draft> drafts_of(const Seeder& seeder, const Seeding& seeding, const Table& table) {
  std::vector<Draft> drafts;
  for (const auto& row : seeding.rows) {
    Draft d{{}, "row " + std::to_string(drafts.size() + 1)};
    for (std::size_t i = 0; i < row.columns.size(); ++i) d.cells.emplace_back(row.columns[i], row.cells[i]);
    drafts.push_back(std::move(d));
  }
  if (seeding.data_file.empty()) return drafts;
  if (!is_data_file(seeding.data_file))
    throw bad(seeder, "the data file " + seeding.data_file + " is no .json, .csv or .yaml file", "", "");
  std::size_t n = 0;
  for (const auto& record : parse_data(seeding.data, seeding.data_file))
    drafts.push_back(draft_of(record, seeder, seeding, table, seeding.data_file + ", row " + std::to_string(++n)));
  return drafts;
}

WantedRow typed(const Draft& d, const Seeder& seeder, const Table& table, std::vector<Value>::const_iterator& found) {
  WantedRow row{{}, {}, d.place};
  for (const auto& [column, cell] : d.cells) {
    const auto* c = table.find_column(column);
    if (c == nullptr)
      throw bad(seeder, "\"" + column + "\" is no column of " + table.name, d.place,
                text::did_you_mean(column, column_names(table)));
    const Value value = std::holds_alternative<Value>(cell) ? std::get<Value>(cell) : *found++;
    try {
      row.values[column] = schema::coerce(value, c->type);
    } catch (const std::invalid_argument& e) {
      throw bad(seeder, "the value of " + table.name + "." + column + " does not fit", d.place, e.what());
    }
    if (is_null(value) && !c->nullable)
      throw bad(seeder, table.name + "." + column + " must have a value", d.place, "the column is not nullable");
  }
  return row;
}

void fill_keys(WantedRow& row, const std::vector<std::string>& key, const Seeder& seeder, const Table& table) {
  for (const auto& column : key) {
    const auto it = row.values.find(column);
    if (it == row.values.end() || is_null(it->second))
      throw bad(seeder, "a row has no " + column, row.place, "it is part of the key that finds the row again");
    row.key.push_back(it->second);
  }
  if (table.primary_key.size() != 1) return;
  const auto* id = table.find_column(table.primary_key.front());
  if (id->type.kind == schema::TypeKind::uuid && !row.values.contains(id->name))
    row.values[id->name] = Uuid{uuid5(key_space, table.name + "\n" + key_text(row.key))};
}

std::vector<std::string> natural_key(const Seeder& seeder, const Seeding& seeding, const Table& table) {
  const auto key = seeding.unique_by.empty() ? table.primary_key : seeding.unique_by;
  for (const auto& column : key)
    if (table.find_column(column) == nullptr)
      throw bad(seeder, "unique_by(\"" + column + "\") names no column of " + table.name, "",
                text::did_you_mean(column, column_names(table)));
  if (key.empty())
    throw bad(seeder, "there is nothing to find the rows of " + table.name + " again by", "",
              "the table has no primary key: add .unique_by(\"…\")");
  return key;
}

}  // namespace

Wanted wanted_of(const Seeder& seeder, const Seeding& seeding, const schema::Schema& schema, Lookups& lookups) {
  const auto* table = schema.find(seeding.table);
  if (table == nullptr) {
    std::vector<std::string> tables;
    for (const auto& [name, t] : schema.tables) tables.push_back(name);
    auto e = bad(seeder, "it writes to " + seeding.table + ", which no applied migration creates", "",
                 text::did_you_mean(seeding.table, tables));
    e.add_next("dbctl migrate");
    throw e;
  }
  Wanted wanted{table, natural_key(seeder, seeding, *table), {}};
  const auto drafts = drafts_of(seeder, seeding, *table);
  std::vector<Lookup> asked;
  for (const auto& d : drafts)
    for (const auto& [column, cell] : d.cells)
      if (std::holds_alternative<Lookup>(cell)) asked.push_back(std::get<Lookup>(cell));
  std::vector<Value> values;
  try {
    values = lookups.find(asked);
  } catch (Error& e) {
    e.set_where(seeder.file + ", " + seeder.name);
    throw;
  }
  auto found = values.cbegin();
  std::set<std::string> seen;
  for (const auto& d : drafts) {
    auto row = typed(d, seeder, *table, found);
    fill_keys(row, wanted.key, seeder, *table);
    if (!seen.insert(key_text(row.key)).second)
      throw bad(seeder, "two rows have the same " + text::join(wanted.key, ", "), row.place,
                "their key must differ: it is how a row is found again");
    wanted.rows.push_back(std::move(row));
  }
  return wanted;
}

}  // namespace dbctl::seed
