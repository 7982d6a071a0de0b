// What is there, in two questions to the catalogue however many objects there are, and what statements outside a
// transaction leave behind when they are interrupted.
#include <map>

#include <fmt/format.h>

#include "catalogue.hpp"
#include "connection.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::postgresql {
namespace {

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

std::string quoted(const std::string& name) {
  return '"' + text::replace_all(name, "\"", "\"\"") + '"';
}

constexpr const char* half_detached =
    "SELECT pn.nspname::text, p.relname::text, n.nspname::text, c.relname::text FROM pg_inherits AS i JOIN pg_class AS "
    "c ON c.oid = i.inhrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_class AS p ON p.oid = "
    "i.inhparent JOIN pg_namespace AS pn ON pn.oid = p.relnamespace WHERE to_jsonb(i) ->> 'inhdetachpending' = 'true' "
    "AND ({} OR {}) ORDER BY 1, 2, 3, 4";

/// Those named, and those that REINDEX CONCURRENTLY made beside the indexes of a table named. Never one that a
/// constraint or a parent's index has, nor one that another session is building: it is invalid until it is done.
constexpr const char* invalid_indexes =
    "SELECT n.nspname::text, c.relname::text, EXISTS (SELECT 1 FROM pg_stat_progress_create_index AS b JOIN pg_locks "
    "AS l ON l.pid = b.pid WHERE l.locktype = 'relation' AND l.granted AND l.relation = x.indrelid AND l.database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())) FROM pg_index AS x JOIN pg_class AS c ON c.oid "
    "= x.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_class AS t ON t.oid = x.indrelid WHERE "
    "NOT (x.indisvalid AND x.indisready AND x.indislive) AND c.relkind = 'i' AND ({} OR {} AND c.relname ~ "
    "'_cc(new|old)[0-9]*$') AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = c.oid AND k.conrelid = "
    "t.oid) AND NOT EXISTS (SELECT 1 FROM pg_inherits AS i WHERE i.inhrelid = c.oid) ORDER BY 1, 2";

}  // namespace

std::vector<driver::ObjectState> PostgresqlConnection::observe(const driver::Objects& objects) {
  const auto parameters = names_parameters(objects.names);
  std::vector<driver::ObjectState> out;
  std::map<std::string, std::size_t> relations;
  for (const auto& row : query({objects_query(objects.identities), parameters}).rows) {
    const auto kind = text_of(row[1]);
    if (kind != "trigger" && kind != "routine" && kind != "type") relations[text_of(row[0])] = out.size();
    out.push_back({.kind = kind,
                   .name = text_of(row[2]),
                   .definition = text_of(row[5]),
                   .identity = text_of(row[4]),
                   .valid = std::get<bool>(row[3])});
  }
  for (const auto& row : query({parts_query(), parameters}).rows) {
    const auto relation = relations.find(text_of(row[0]));
    if (relation == relations.end()) continue;  // made since the first question
    auto& definition = out[relation->second].definition;
    definition += (definition.empty() ? "" : "\n") + text_of(row[1]);
  }
  return out;
}

std::vector<std::string> PostgresqlConnection::clean_up(const std::vector<std::string>& names) {
  std::vector<std::string> done;
  if (names.empty()) return done;
  const auto parameters = names_parameters(names);
  const auto ask_for = [&](const char* sql, const std::string& first, const std::string& second) {
    return query({fmt::format(fmt::runtime(sql), first, second), parameters}).rows;
  };
  for (const auto& row :
       ask_for(half_detached, is_asked_for("n.nspname", "c.relname"), is_asked_for("pn.nspname", "p.relname"))) {
    execute({fmt::format("ALTER TABLE {}.{} DETACH PARTITION {}.{} FINALIZE", quoted(text_of(row[0])),
                         quoted(text_of(row[1])), quoted(text_of(row[2])), quoted(text_of(row[3])))});
    done.push_back(fmt::format("finished detaching the partition {} of {}", text_of(row[3]), text_of(row[1])));
  }
  for (const auto& row :
       ask_for(invalid_indexes, is_asked_for("n.nspname", "c.relname"), is_asked_for("n.nspname", "t.relname"))) {
    const auto name = text_of(row[1]);
    if (std::get<bool>(row[2])) {
      done.push_back(fmt::format("left the index {} as it is: another session is building it", name));
      continue;
    }
    execute({fmt::format("DROP INDEX CONCURRENTLY IF EXISTS {}.{}", quoted(text_of(row[0])), quoted(name))});
    done.push_back("dropped the invalid index " + name);
  }
  return done;
}

std::vector<std::string> PostgresqlConnection::not_transactional() {
  return {};
}

}  // namespace dbctl::postgresql
