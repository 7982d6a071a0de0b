#include <algorithm>
#include <set>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "migrate/down.hpp"
#include "migrate/evidence.hpp"
#include "migrate/executor.hpp"

namespace dbctl::migrate {
namespace {

/// What a repair is about: a migration of the catalog, or a row of the journal that the catalog does not have.
struct Subject {
  std::string domain, version, name;
  std::string checksum;  ///< today's; empty: the catalog does not have it

  std::string id() const { return version + "_" + name; }
};

/// The catalog's own rule for what a name means, over what the catalog has and what only the ledger knows.
Subject subject_of(const catalog::Catalog& catalog, const journal::State& state, std::string_view name) {
  catalog::Catalog all;
  std::set<std::pair<std::string_view, std::string_view>> there;
  const auto add = [&](const std::string& domain, const std::string& version, const std::string& file,
                       std::function<catalog::Body()> body) {
    if (there.emplace(domain, version).second) all.add_migration(domain, file, std::move(body));
  };
  const auto add_row = [&](const auto& row) {
    add(row.domain, row.version, "the ledger/" + row.version + "_" + row.name, nullptr);
  };
  for (const auto& m : catalog.migrations()) add(m.domain, m.version, m.file, m.body);
  for (const auto& a : state.applied) add_row(a);
  if (state.progress) add_row(*state.progress);
  const auto& m = all.find(name);
  return {m.domain, m.version, m.name, m.body ? checksum(m.body()) : std::string{}};
}

[[noreturn]] void refuse(const Subject& s, const std::string& why) {
  throw Error(codes::catalog_unknown_migration,
              {.summary = "there is nothing to repair: " + s.id() + " " + why, .next = {"dbctl status"}});
}

bool is_under_way(const Subject& s, const journal::State& state) {
  return state.progress && state.progress->version == s.version && state.progress->domain == s.domain;
}

std::string change_of(Repair what, const Subject& s, const journal::State& state) {
  const bool applied = state.is_applied(s.domain, s.version);
  const bool under_way = is_under_way(s, state);
  switch (what) {
    case Repair::mark_applied:
      if (applied && !under_way) refuse(s, "is marked as applied already");
      if (s.checksum.empty()) refuse(s, "is not known here");
      return "mark " + s.id() + " as applied, without running it";
    case Repair::mark_reverted:
      if (!applied && !under_way) refuse(s, "is not applied");
      return "mark " + s.id() + " as not applied, without undoing it";
    case Repair::accept_edit:
      if (under_way && state.progress->intent)
        return "go on with " + s.id() + " although others changed the database since it was interrupted";
      if (!applied) refuse(s, "is not applied");
      if (s.checksum.empty()) refuse(s, "is not known here");
      return "accept " + s.id() + " as it is now, checksum " + s.checksum.substr(0, 12);
  }
  return {};
}

/// What is there now is what the interrupted statement is compared with: others' changes are no more seen.
void accept_changes(journal::Database& database, journal::Progress progress) {
  auto evidence = evidence_from_json(progress.evidence);
  evidence.others.clear();
  for (const auto& o : database.connection().observe({.identities = false}))
    evidence.others[key_of(o)] = brief_digest(o);
  progress.evidence = to_json(evidence);
  database.journal().progress(progress);
}

void carry_out(Repair what, const Subject& s, journal::Database& database, const catalog::Catalog& catalog,
               const journal::State& state) {
  auto& journal = database.journal();
  const bool applied = state.is_applied(s.domain, s.version);
  const bool under_way = is_under_way(s, state);
  switch (what) {
    case Repair::mark_applied: {
      std::int64_t batch = 1;
      for (const auto& a : state.applied) batch = std::max(batch, a.batch + 1);
      if (!applied)
        journal.applied({s.domain, s.version, s.name, s.checksum, batch, utc_now(), 0},
                        reverse_of(catalog, state, {&database.dialect(), database.target_names(), {}},
                                   catalog.find(s.domain + "/" + s.version)));
      break;
    }
    case Repair::mark_reverted:
      if (applied) journal.reverted(s.domain, s.version);
      break;
    case Repair::accept_edit:
      if (under_way && state.progress->intent) return accept_changes(database, *state.progress);
      journal.accept_checksum(s.domain, s.version, s.checksum);
      return;
  }
  if (under_way) journal.clear_progress();
}

}  // namespace

bool repair(journal::Database& database, const catalog::Catalog& catalog, Repair what, std::string_view version,
            const std::function<bool(const std::string& change)>& confirm, Observer& observer) {
  const auto lock = database.lock(observer);
  auto state = database.read_unfinished();
  const auto subject = subject_of(catalog, state, version);
  const auto change = change_of(what, subject, state);
  if (!confirm(change)) return false;
  database.make_journal();
  database.stamp(state);
  Transaction transaction(database.connection());
  carry_out(what, subject, database, catalog, state);
  const auto& actor = database.settings().actor;
  database.journal().event({.what = "repaired",
                            .domain = subject.domain,
                            .version = subject.version,
                            .name = subject.name,
                            .at = utc_now(),
                            .who = actor.user,
                            .host = actor.host,
                            .dbctl_version = actor.version,
                            .detail = change});
  transaction.commit();
  return true;
}

}  // namespace dbctl::migrate
