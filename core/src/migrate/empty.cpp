#include <algorithm>
#include <set>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "journal/transaction.hpp"
#include "migrate/describe.hpp"
#include "migrate/reverses.hpp"
#include "migrate/settle.hpp"

namespace dbctl::migrate {
namespace {

using journal::Transaction;
using schema::Schema;
using schema::Table;

/// Every table name that the catalog's migrations make at any time.
std::set<std::string, std::less<>> made(const catalog::Catalog& catalog, const Target& target) {
  std::set<std::string, std::less<>> out;
  for (const auto& m : catalog.migrations())
    for (const auto& op : schema::select(m.body().up, target.names)) {
      if (const auto* t = std::get_if<schema::CreateTable>(&op.what)) out.insert(t->table.name);
      if (const auto* r = std::get_if<schema::RenameTable>(&op.what)) out.insert(r->to);
    }
  return out;
}

/// A table that no other one in `schema` refers to, or nullptr when they refer to each other in a circle.
const Table* free_table(const Schema& schema) {
  for (const auto& [name, table] : schema.tables) {
    const bool referred = std::any_of(schema.tables.begin(), schema.tables.end(), [&n = name](const auto& other) {
      return other.first != n && std::any_of(other.second.foreign_keys.begin(), other.second.foreign_keys.end(),
                                             [&](const auto& key) { return key.references == n; });
    });
    if (!referred) return &table;
  }
  return nullptr;
}

/// What drops all that `there` describes, referring tables first; a circle is opened by dropping its foreign keys.
sql::Script drops(const sql::Dialect& dialect, Schema there) {
  sql::Script out;
  const auto add = [&](schema::Operation::Variant what) {
    auto script = dialect.render({.what = std::move(what)}, there);
    out.suspend_foreign_keys = out.suspend_foreign_keys || script.suspend_foreign_keys;
    std::ranges::move(script.steps, std::back_inserter(out.steps));
  };
  while (!there.tables.empty()) {
    if (const Table* t = free_table(there); t != nullptr) {
      const std::string name = t->name;
      add(schema::DropTable{name});
      there.tables.erase(name);
      continue;
    }
    const std::string name = there.tables.begin()->first;
    for (const auto& other_name : there.tables.names()) {
      auto& keys = there.find(other_name)->foreign_keys;
      while (other_name != name) {
        const auto key = std::ranges::find(keys, name, &schema::ForeignKey::references);
        if (key == keys.end()) break;
        add(schema::DropForeignKey{other_name, key->name});
        keys.erase(key);
      }
    }
  }
  return out;
}

void check_foreigners(const Schema& all, const Schema& mine) {
  for (const auto& [name, table] : all.tables) {
    if (mine.find(name) != nullptr) continue;
    for (const auto& key : table.foreign_keys)
      if (mine.find(key.references) != nullptr)
        throw Error(
            codes::schema_invalid,
            {.summary = "table " + name + " refers to " + key.references + ", and no migration declares it",
             .why = "dropping " + key.references + " would break it, and dbctl does not touch what is not its own",
             .next = {"drop " + name + " or its foreign key " + key.name + " by hand, then run the command again"}});
  }
}

/// The run of one `empty`. Everything is known before anything is sent.
class Emptying {
 public:
  Emptying(journal::Database& database, const catalog::Catalog& catalog, journal::State state, Observer& observer)
      : database_(database), observer_(observer), state_(std::move(state)) {
    const Target target{&database.dialect(), database.target_names(), {}};
    reverses_ = reverses(catalog, state_, target);
    const auto all = database.connection().describe();
    const auto names = made(catalog, target);
    Schema mine;
    for (const auto& [name, table] : all.tables)
      if (names.contains(name)) mine.tables.emplace(name, table);
    check_foreigners(all, mine);
    drops_ = drops(database.dialect(), mine);
    for (const auto& [name, table] : mine.tables) dropped_.push_back(name);
  }

  std::vector<std::string> run() {
    const bool transactional = database_.dialect().info().transactional_ddl;
    // A reverse that commits by itself, or must run outside a transaction, cannot be undone with the rest.
    const bool begun = state_.meta.contains(std::string(journal::meta::emptying));
    const bool stepwise = !transactional || begun || std::ranges::any_of(reverses_, [](const auto& m) {
      return std::ranges::any_of(m.groups, [](const Group& g) { return g.kind == Group::Kind::alone; });
    });
    database_.connection().reset_session();
    if (stepwise) begin();
    database_.check_lock();
    if (transactional) {
      Transaction transaction(database_.connection(), drops_.suspend_foreign_keys);
      if (!stepwise) each_reverse([&](const auto&, const auto& s) { send(s); });
      drop();
      forget();
      transaction.commit();
    } else {
      drop();
      Transaction transaction(database_.connection());
      forget();
      transaction.commit();
    }
    return dropped_;
  }

 private:
  /// Without its origin: the place that people are shown names migration and number too, see explain().
  void send(const PlannedStatement& s) {
    database_.connection().execute({.sql = s.step.statement.sql, .params = s.step.statement.params});
  }

  template <class F>
  void each_reverse(F&& f) {
    for (const auto& m : reverses_) {
      observer_.started(m);
      for (const auto& g : m.groups)
        for (const auto& s : g.statements) {
          observer_.statement(m, s);
          try {
            f(m, s);
          } catch (Error& e) {
            explain(e, m, s);
            e.add_next("undo by hand what is left of the migration's raw SQL, then: dbctl repair --mark-reverted " +
                       m.version);
            e.add_next("then the same command again");
            throw;
          }
        }
    }
  }

  /// Marks the database as half emptied, and runs the reverses that no earlier run did, each noted as it is done.
  void begin() {
    const auto mark = state_.meta.find(std::string(journal::meta::emptying));
    if (mark == state_.meta.end())
      database_.journal().set_meta(journal::meta::emptying, "");
    else
      done_ = mark->second;
    each_reverse([&](const auto& m, const auto& s) { reverse(m, s); });
  }

  void reverse(const PlannedMigration& m, const PlannedStatement& s) {
    const auto line = m.domain + "/" + m.version + " " + std::to_string(s.number) + " " + s.hash;
    const auto lines = text::split(done_, '\n');
    if (std::ranges::find(lines, line) != lines.end()) return;
    if (std::ranges::find(lines, line + under_way) != lines.end() && took_effect(m, s)) return note(line);
    database_.check_lock();
    if (!s.step.alone) {
      Transaction transaction(database_.connection());
      send(s);
      note(line);
      transaction.commit();
    } else {
      {
        Transaction transaction(database_.connection());
        database_.journal().set_meta(journal::meta::emptying_evidence,
                                     to_json(witness_.before(s.step.statement.sql, s.proof)));
        database_.journal().set_meta(journal::meta::emptying, with(line + under_way));
        transaction.commit();
      }
      send(s);  // after an error the next run finds out what became of it
      note(line);
    }
    done_ = with(line);
  }

  /// Of a reverse that an earlier run was interrupted in.
  bool took_effect(const PlannedMigration& m, const PlannedStatement& s) {
    const auto it = state_.meta.find(std::string(journal::meta::emptying_evidence));
    if (it == state_.meta.end()) return false;
    const auto evidence = evidence_from_json(it->second);
    const auto judgement = examine(database_.connection(), evidence);
    if (judgement.verdict != Verdict::unclear) return judgement.verdict == Verdict::done;
    throw Error(codes::journal_ambiguous,
                {.summary = "nobody knows whether " + m.id() + " was undone: an earlier run was interrupted in it",
                 .where = place(m, s),
                 .why = judgement.why + "\nit was: " + s.step.statement.sql});
  }

  std::string with(const std::string& line) const { return done_.empty() ? line : done_ + "\n" + line; }
  void note(const std::string& line) { database_.journal().set_meta(journal::meta::emptying, with(line)); }

  void drop() {
    for (const auto& step : drops_.steps) database_.connection().execute(step.statement);
  }

  void forget() {
    database_.check_lock();
    auto& journal = database_.journal();
    journal.forget_everything();
    journal.unset_meta(journal::meta::emptying);
    journal.unset_meta(journal::meta::emptying_evidence);
    const auto& actor = database_.settings().actor;
    journal.event({.what = "emptied",
                   .domain = {},
                   .version = {},
                   .name = {},
                   .at = utc_now(),
                   .who = actor.user,
                   .host = actor.host,
                   .dbctl_version = actor.version,
                   .detail = text::count(dropped_.size(), "table") + " dropped"});
  }

  static constexpr const char* under_way = " ?";

  journal::Database& database_;
  Observer& observer_;
  journal::State state_;
  Witness witness_{database_.connection()};
  std::vector<PlannedMigration> reverses_;
  sql::Script drops_;
  std::vector<std::string> dropped_;
  std::string done_;
};

}  // namespace

std::vector<std::string> empty(journal::Database& database, const catalog::Catalog& catalog, Observer& observer) {
  const auto lock = database.lock(observer);
  auto state = settle(database, database.read_unfinished());
  Emptying emptying(database, catalog, state, observer);
  database.make_journal();
  database.stamp(state);
  return emptying.run();
}

}  // namespace dbctl::migrate
