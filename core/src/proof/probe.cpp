#include "proof/probe.hpp"

#include <algorithm>
#include <stdexcept>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "journal/transaction.hpp"
#include "proof/samples.hpp"

namespace dbctl::proof {
namespace {

using journal::Transaction;
using schema::Action;
using schema::Table;

/// Rows of one attempt; what they refer to comes first.
class Family {
 public:
  Family(journal::Database& database, const schema::Schema& model) : database_(database), model_(model) {}

  /// The row that `n` stands for, not yet inserted; its parents are.
  Named make(const Table& table, std::size_t n) {
    Named row;
    for (const auto& c : table.columns)
      if (c.generated.expression.empty()) row[c.name] = sample(c.type, n);
    for (const auto& key : table.foreign_keys) refer(table, key, n, row);
    return row;
  }

  Named add(const Table& table, std::size_t n) {
    auto row = make(table, n);
    insert(table, row);
    return row;
  }

  void insert(const Table& table, const Named& row) {
    std::vector<std::string> columns;
    Row values;
    for (const auto& [name, value] : row) {
      columns.push_back(name);
      values.push_back(value);
    }
    database_.connection().execute(database_.dialect().insert(table, columns, {values}));
  }

 private:
  void refer(const Table& table, const schema::ForeignKey& key, std::size_t n, Named& row) {
    const bool may_be_null =
        std::ranges::all_of(key.columns, [&](const auto& c) { return table.find_column(c)->nullable; });
    const bool circle = key.references == table.name || std::ranges::find(path_, key.references) != path_.end();
    for (std::size_t i = 0; i < key.columns.size(); ++i)
      if (circle && may_be_null)
        row[key.columns[i]] = Null{};
      else if (circle)
        row[key.columns[i]] = row[key.references_columns[i]];
    if (circle) return;
    path_.push_back(table.name);
    const auto& parent = parent_of(model_.at(key.references), n);
    path_.pop_back();
    for (std::size_t i = 0; i < key.columns.size(); ++i) row[key.columns[i]] = parent.at(key.references_columns[i]);
  }

  const Named& parent_of(const Table& table, std::size_t n) {
    const std::pair key(table.name, n);
    const auto found = made_.find(key);
    return found != made_.end() ? found->second : made_.emplace(key, add(table, n)).first->second;
  }

  journal::Database& database_;
  const schema::Schema& model_;
  std::map<std::pair<std::string, std::size_t>, Named> made_;
  std::vector<std::string> path_;
};

class Probe {
 public:
  Probe(journal::Database& database, const schema::Schema& model) : database_(database), model_(model) {}

  Probed run() {
    for (const auto& [name, table] : model_.tables) {
      if (!takes_rows(table)) continue;
      if (!table.primary_key.empty()) values(table);
      nulls(table);
      for (const auto& key : keys_of(table)) duplicate(table, key);
      for (const auto& key : table.foreign_keys) action(table, key);
    }
    return std::move(probed_);
  }

 private:
  /// Runs `work` in a transaction that is rolled back; what the database says against it, or nothing.
  template <class Work>
  std::string refusal(Work&& work) {
    Transaction transaction(database_.connection());
    Family rows(database_, model_);
    try {
      work(rows);
      return {};
    } catch (const StatementError& error) {
      return error.details().why.empty() ? error.details().summary : error.details().why;
    }
  }

  void must(bool holds, const std::string& where, std::string what) {
    ++probed_.probes;
    if (!holds) probed_.failures.push_back({.where = where, .lines = {std::move(what)}});
  }

  /// A check can refuse every sample; then nothing can be tried, and that is told.
  bool takes_rows(const Table& table) {
    const auto why = refusal([&](Family& rows) {
      rows.add(table, 1);
      rows.add(table, 2);
    });
    if (!why.empty()) probed_.notes.push_back("behaviour of " + table.name + " not tried, no sample row fits: " + why);
    return why.empty();
  }

  Named read(const Table& table, const Named& row) {
    std::vector<std::string> columns;
    for (const auto& c : table.columns) columns.push_back(c.name);
    Row key;
    for (const auto& name : table.primary_key) key.push_back(row.at(name));
    const auto found =
        database_.connection().query(database_.dialect().select(table, columns, table.primary_key, {key}));
    Named out;
    if (!found.empty())
      for (std::size_t i = 0; i < columns.size(); ++i) out[columns[i]] = found.rows[0][i];
    return out;
  }

  static bool same(const Value& one, const Value& other, const schema::Type& type) {
    try {
      return schema::coerce(one, type) == schema::coerce(other, type);
    } catch (const std::invalid_argument&) {
      return false;  // what was read is no value of the type
    }
  }

  void values(const Table& table) {
    for (const auto& c : table.columns) {
      if (!c.generated.expression.empty() || is_key(table, c.name)) continue;
      come_back(table, c);
      if (c.default_value.kind == schema::Default::Kind::value) has_default(table, c);
    }
  }

  void come_back(const Table& table, const schema::Column& c) {
    const auto where = table.name + "." + c.name;
    Named found;
    const auto wanted = extreme(c.type);
    const auto why = refusal([&](Family& rows) {
      auto row = rows.make(table, 1);
      row[c.name] = wanted;
      rows.insert(table, row);
      found = read(table, row);
    });
    if (!why.empty())
      probed_.notes.push_back("value " + to_text(wanted) + " of " + where + " not tried: " + why);
    else
      must(found.contains(c.name) && same(wanted, found[c.name], c.type), where,
           to_text(wanted) + " came back as " + to_text(found[c.name]));
  }

  void has_default(const Table& table, const schema::Column& c) {
    Named found;
    const auto why = refusal([&](Family& rows) {
      auto row = rows.make(table, 1);
      row.erase(c.name);
      rows.insert(table, row);
      found = read(table, row);
    });
    must(why.empty() && same(c.default_value.value, found[c.name], c.type), table.name + "." + c.name,
         why.empty() ? "its default is " + to_text(found[c.name]) + ", not " + to_text(c.default_value.value)
                     : "it has no default: " + why);
  }

  void nulls(const Table& table) {
    for (const auto& c : table.columns) {
      if (c.nullable || c.auto_increment || !c.generated.expression.empty()) continue;
      const auto why = refusal([&](Family& rows) {
        auto row = rows.make(table, 1);
        row[c.name] = Null{};
        rows.insert(table, row);
      });
      // Where a lone whole key is the row's own number, NULL asks for the next one: a row without a key cannot be made.
      const bool number = table.primary_key == std::vector{c.name} && schema::is_whole_number(c.type.kind);
      if (why.empty() && number)
        probed_.stored.push_back("numbers " + table.name + "." + c.name + " where NULL is inserted");
      else
        must(!why.empty(), table.name + "." + c.name, "it takes NULL, although it is not nullable");
    }
  }

  void duplicate(const Table& table, const std::vector<std::string>& key) {
    const auto why = refusal([&](Family& rows) {
      const auto first = rows.add(table, 1);
      auto second = rows.make(table, 2);
      for (const auto& name : key) second[name] = first.at(name);
      rows.insert(table, second);
    });
    must(!why.empty(), table.name + "(" + text::join(key, ", ") + ")", "it takes the same values twice");
  }

  void action(const Table& table, const schema::ForeignKey& key) {
    const auto& parent = model_.at(key.references);
    const auto where = table.name + ", " + key.name;
    if (table.primary_key.empty() || key.on_delete == Action::set_default) {
      probed_.notes.push_back("action of " + where + " not tried");
      return;
    }
    Named child, found;
    const auto why = refusal([&](Family& rows) {
      // With numbers of its own, so that nothing else refers to the row that goes.
      const auto gone = rows.add(parent, 5);
      child = rows.make(table, 6);
      Row values;
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        child[key.columns[i]] = gone.at(key.references_columns[i]);
        values.push_back(gone.at(key.references_columns[i]));
      }
      rows.insert(table, child);
      database_.connection().execute(database_.dialect().remove(parent, key.references_columns, values));
      found = read(table, child);
    });
    const bool null =
        !found.empty() && std::ranges::all_of(key.columns, [&](const auto& c) { return is_null(found[c]); });
    switch (key.on_delete) {
      case Action::no_action:
      case Action::restricted:
        return must(!why.empty(), where, "a row that is referred to can be deleted");
      case Action::cascade:
        return must(why.empty() && found.empty(), where, "its row does not go with the one that it refers to " + why);
      case Action::set_null:
        return must(why.empty() && null, where, "it is not set to NULL with the row that it refers to " + why);
      case Action::set_default:
        return;
    }
  }

  static bool is_key(const Table& table, const std::string& column) {
    const auto names = [&](const std::vector<std::string>& list) {
      return std::ranges::find(list, column) != list.end();
    };
    return names(table.primary_key) ||
           std::ranges::any_of(table.foreign_keys, [&](const auto& key) { return names(key.columns); });
  }

  static std::vector<std::vector<std::string>> keys_of(const Table& table) {
    std::vector<std::vector<std::string>> keys;
    if (!table.primary_key.empty()) keys.push_back(table.primary_key);
    for (const auto& u : table.uniques) keys.push_back(u.columns);
    for (const auto& index : table.indexes) {
      const bool plain = index.unique && index.where.empty() && std::ranges::all_of(index.parts, [&](const auto& part) {
                           const auto* c = table.find_column(part.column);
                           return c != nullptr && c->generated.expression.empty();
                         });
      if (!plain) continue;
      keys.emplace_back();
      for (const auto& part : index.parts) keys.back().push_back(part.column);
    }
    return keys;
  }

  journal::Database& database_;
  const schema::Schema& model_;
  Probed probed_;
};

}  // namespace

Probed probe(journal::Database& database, const schema::Schema& model) {
  return Probe(database, model).run();
}

}  // namespace dbctl::proof
