#include <algorithm>
#include <set>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "journal/transaction.hpp"

namespace dbctl::migrate {
namespace {

using schema::Schema;
using schema::Table;

/// Every table name that the operations make at any time, and the reverses of their raw SQL, oldest first.
struct Made {
  std::set<std::string, std::less<>> tables;
  std::vector<schema::Operation> reverses;
};

void collect(const std::vector<schema::Operation>& operations, bool applied, Made& made) {
  for (const auto& op : operations) {
    if (const auto* t = std::get_if<schema::CreateTable>(&op.what)) made.tables.insert(t->table.name);
    if (const auto* r = std::get_if<schema::RenameTable>(&op.what)) made.tables.insert(r->to);
    if (const auto* s = std::get_if<schema::RawSql>(&op.what); s != nullptr && applied && !s->reversed_by.empty())
      made.reverses.push_back(
          {schema::RawSql{.sql = s->reversed_by, .outside_transaction = s->outside_transaction}, op.origin});
  }
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

void run(journal::Database& database, const schema::Operation& op, const Schema& before) {
  for (const auto& step : database.dialect().render(op, before).steps) database.connection().execute(step.statement);
}

/// Drops what `there` describes, referring tables first; a circle is opened by dropping its foreign keys.
void drop_all(journal::Database& database, Schema there) {
  while (!there.tables.empty()) {
    if (const Table* t = free_table(there); t != nullptr) {
      const std::string name = t->name;
      run(database, {schema::DropTable{name}}, there);
      there.tables.erase(name);
      continue;
    }
    auto& [name, table] = *there.tables.begin();
    for (auto& [other_name, other] : there.tables)
      while (true) {
        const auto key =
            std::find_if(other.foreign_keys.begin(), other.foreign_keys.end(),
                         [&n = name, &other_name](const auto& k) { return k.references == n && other_name != n; });
        if (key == other.foreign_keys.end()) break;
        run(database, {schema::DropForeignKey{other_name, key->name}}, there);
        other.foreign_keys.erase(key);
      }
  }
}

/// Drops are transactional where the database's DDL is, and each a commit of its own elsewhere: a run that was
/// interrupted there begins again with what is left.
template <class F>
void in_transaction(journal::Database& database, F&& f) {
  if (!database.dialect().info().transactional_ddl) return f();
  journal::Transaction transaction(database.connection());
  f();
  transaction.commit();
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

}  // namespace

std::vector<std::string> empty(journal::Database& database, const catalog::Catalog& catalog, Observer& observer) {
  const auto lock = database.lock(observer);
  auto& connection = database.connection();
  auto& journal = database.journal();
  const auto state = database.read();
  Made made;
  for (const auto& m : catalog.migrations()) {
    const auto body = m.body();
    collect(schema::select(body.up, database.target_names()), state.is_applied(m.domain, m.version), made);
  }
  for (auto op = made.reverses.rbegin(); op != made.reverses.rend(); ++op) run(database, *op, {});

  const auto all = connection.describe();
  Schema mine;
  for (const auto& [name, table] : all.tables)
    if (made.tables.contains(name)) mine.tables.emplace(name, table);
  check_foreigners(all, mine);
  std::vector<std::string> dropped;
  for (const auto& [name, table] : mine.tables) dropped.push_back(name);

  in_transaction(database, [&] { drop_all(database, mine); });
  if (!journal.exists()) return dropped;
  journal::Transaction transaction(connection);
  journal.forget_everything();
  const auto& actor = database.settings().actor;
  journal.event({.what = "emptied",
                 .domain = {},
                 .version = {},
                 .name = {},
                 .at = utc_now(),
                 .who = actor.user,
                 .host = actor.host,
                 .dbctl_version = actor.version,
                 .detail = std::to_string(dropped.size()) + " tables dropped"});
  transaction.commit();
  return dropped;
}

}  // namespace dbctl::migrate
