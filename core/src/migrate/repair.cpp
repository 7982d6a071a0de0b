#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "migrate/executor.hpp"

namespace dbctl::migrate {
namespace {

/// What a repair is about: a migration of the catalog, or a row of the journal that the catalog does not have.
struct Subject {
  std::string domain, version, name;
  std::string checksum;  ///< today's; empty: the catalog does not have it

  std::string id() const { return version + "_" + name; }
};

Subject subject_of(const catalog::Catalog& catalog, const journal::State& state, std::string_view version) {
  for (const auto& m : catalog.migrations())
    if (m.version == version || m.name == version || m.id() == version)
      return {m.domain, m.version, m.name, checksum(m.body())};
  for (const auto& a : state.applied)
    if (a.version == version || a.name == version) return {a.domain, a.version, a.name, {}};
  if (const auto& p = state.progress; p && (p->version == version || p->name == version))
    return {p->domain, p->version, p->name, {}};
  const auto& m = catalog.find(version);  // throws with a did-you-mean
  return {m.domain, m.version, m.name, checksum(m.body())};
}

[[noreturn]] void refuse(const Subject& s, const std::string& why) {
  throw Error(codes::catalog_unknown_migration,
              {.summary = "there is nothing to repair: " + s.id() + " " + why, .next = {"dbctl status"}});
}

std::string change_of(Repair what, const Subject& s, const journal::State& state) {
  const bool applied = state.is_applied(s.domain, s.version);
  const bool under_way = state.progress && state.progress->version == s.version && state.progress->domain == s.domain;
  switch (what) {
    case Repair::mark_applied:
      if (applied && !under_way) refuse(s, "is marked as applied already");
      if (s.checksum.empty()) refuse(s, "is not known here");
      return "mark " + s.id() + " as applied, without running it";
    case Repair::mark_reverted:
      if (!applied && !under_way) refuse(s, "is not applied");
      return "mark " + s.id() + " as not applied, without undoing it";
    case Repair::accept_edit:
      if (!applied) refuse(s, "is not applied");
      if (s.checksum.empty()) refuse(s, "is not known here");
      return "accept " + s.id() + " as it is now, checksum " + s.checksum.substr(0, 12);
  }
  return {};
}

void carry_out(Repair what, const Subject& s, journal::Database& database, const journal::State& state) {
  auto& journal = database.journal();
  const bool applied = state.is_applied(s.domain, s.version);
  switch (what) {
    case Repair::mark_applied: {
      std::int64_t batch = 1;
      for (const auto& a : state.applied) batch = std::max(batch, a.batch + 1);
      if (!applied) journal.applied({s.domain, s.version, s.name, s.checksum, batch, utc_now(), 0});
      break;
    }
    case Repair::mark_reverted:
      if (applied) journal.reverted(s.domain, s.version);
      break;
    case Repair::accept_edit:
      journal.accept_checksum(s.domain, s.version, s.checksum);
      return;
  }
  if (state.progress && state.progress->version == s.version && state.progress->domain == s.domain)
    journal.clear_progress();
}

}  // namespace

bool repair(journal::Database& database, const catalog::Catalog& catalog, Repair what, std::string_view version,
            const std::function<bool(const std::string& change)>& confirm, Observer& observer) {
  const auto lock = database.lock(observer);
  database.journal().create();
  database.journal().identify();
  const auto state = database.read();
  const auto subject = subject_of(catalog, state, version);
  const auto change = change_of(what, subject, state);
  if (!confirm(change)) return false;
  Transaction transaction(database.connection());
  carry_out(what, subject, database, state);
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
