#include "seed/lookups.hpp"

#include <algorithm>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"

namespace dbctl::seed {
namespace {

constexpr std::size_t batch = 400;  // keys asked for at once: well below every database's limit on parameters

std::string shown(const catalog::Lookup& lookup) {
  std::string out = lookup.table + " where ";
  for (std::size_t i = 0; i < lookup.columns.size(); ++i)
    out += (i > 0 ? " and " : "") + lookup.columns[i] + " = '" + to_text(lookup.key[i]) + "'";
  return out;
}

Error unknown(const std::string& what, const std::string& hint) {
  return Error(codes::seed_lookup, {.summary = what, .why = hint});
}

}  // namespace

std::string key_text(const Row& key) {
  std::string out;
  for (const auto& v : key) {
    const auto text = to_text(v);
    out += std::to_string(text.size()) + ":" + text;
  }
  return out;
}

std::vector<Value> Lookups::find(const std::vector<catalog::Lookup>& lookups) {
  std::map<Index*, std::vector<Row>> missing;
  std::map<Index*, std::set<std::string>> asked;
  for (const auto& l : lookups) {
    auto& index = index_of(l);
    auto key = key_of(l, index);
    auto text = key_text(key);
    if (!index.found.contains(text) && asked[&index].insert(std::move(text)).second)
      missing[&index].push_back(std::move(key));
  }
  for (auto& [index, keys] : missing) fetch(*index, keys);

  std::vector<Value> values;
  for (const auto& l : lookups) {
    auto& index = index_of(l);
    const auto it = index.found.find(key_text(key_of(l, index)));
    if (it == index.found.end())
      throw Error(codes::seed_lookup,
                  {.summary = "no row in " + shown(l),
                   .next = {"seed " + l.table + " first: name its seeder in .after(...)", "dbctl seed --list"}});
    if (it->second.size() > 1)
      throw Error(codes::seed_lookup, {.summary = text::count(it->second.size(), "row") + " in " + shown(l),
                                       .next = {"look it up by a column that is unique"}});
    values.push_back(it->second.front());
  }
  return values;
}

Lookups::Index& Lookups::index_of(const catalog::Lookup& l) {
  const auto id = l.table + "\n" + text::join(l.columns, ",") + "\n" + l.returns;
  const auto known = indexes_.find(id);
  if (known != indexes_.end()) return known->second;
  const auto* table = schema_.find(l.table);
  if (table == nullptr) {
    std::vector<std::string> tables;
    for (const auto& [name, t] : schema_.tables) tables.push_back(name);
    throw unknown("lookup in " + l.table + ", which no applied migration creates", text::did_you_mean(l.table, tables));
  }
  Index index{table, l.columns, l.returns, {}};
  if (index.wanted.empty()) {
    if (table->primary_key.size() != 1)
      throw unknown("lookup in " + l.table + ", whose primary key is not one column",
                    "say which column is wanted with .returning(\"…\")");
    index.wanted = table->primary_key.front();
  }
  std::vector<std::string> columns;
  for (const auto& c : table->columns) columns.push_back(c.name);
  auto named = l.columns;
  named.push_back(index.wanted);
  for (const auto& c : named)
    if (table->find_column(c) == nullptr)
      throw unknown("lookup in " + l.table + " by " + c + ", which is not one of its columns",
                    text::did_you_mean(c, columns));
  return indexes_.emplace(id, std::move(index)).first->second;
}

Row Lookups::key_of(const catalog::Lookup& l, const Index& index) const {
  Row key;
  for (std::size_t i = 0; i < l.columns.size(); ++i) {
    try {
      key.push_back(schema::coerce(l.key.at(i), index.table->find_column(l.columns[i])->type));
    } catch (const std::invalid_argument& e) {
      throw unknown("lookup in " + l.table + " by " + l.columns[i], e.what());
    }
  }
  return key;
}

void DatabaseLookups::fetch(Index& index, const std::vector<Row>& keys) {
  auto columns = index.columns;
  columns.push_back(index.wanted);
  for (std::size_t from = 0; from < keys.size(); from += batch) {
    const auto last = std::min(keys.size(), from + batch);
    const std::vector<Row> some(keys.begin() + static_cast<std::ptrdiff_t>(from),
                                keys.begin() + static_cast<std::ptrdiff_t>(last));
    for (auto& row : connection_.query(dialect_.select(*index.table, columns, index.columns, some)).rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        try {
          row[i] = schema::coerce(row[i], index.table->find_column(columns[i])->type);
        } catch (const std::invalid_argument& e) {
          throw Error(codes::seed_lookup, {.summary = "a row looked up has a " + index.table->name + "." + columns[i] +
                                                      " that does not fit",
                                           .why = e.what(),
                                           .next = {"mend the row with the database's own client, then seed again"}});
        }
      }
      auto value = row.back();
      row.pop_back();
      index.found[key_text(row)].push_back(std::move(value));
    }
  }
}

void ImaginedLookups::fetch(Index& index, const std::vector<Row>& keys) {
  constexpr std::string_view any_space = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  const auto& type = index.table->find_column(index.wanted)->type;
  for (const auto& key : keys) {
    const auto text = key_text(key);
    const Value number = ++imagined_;
    index.found[text].push_back(type.kind == schema::TypeKind::uuid ? Value(Uuid{uuid5(any_space, text)}) : number);
  }
}

}  // namespace dbctl::seed
