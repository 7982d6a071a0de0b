#include "dbctl/migrate/status.hpp"

#include <algorithm>
#include <map>

#include "migrate/verified.hpp"

namespace dbctl::migrate {
namespace {

std::string progress_text(const journal::Progress& p) {
  return std::to_string(p.done) + (p.done == 1 ? " statement " : " statements ") +
         (p.direction == Direction::up ? "done" : "of the rollback done") +
         (p.intent ? ", the next one was under way" : "");
}

StatusRow row_of(const catalog::Migration& m) {
  return {.domain = m.domain, .version = m.version, .name = m.name, .file = m.file, .applied_at = {}, .detail = {}};
}

}  // namespace

bool Status::in_order() const {
  return std::none_of(migrations.begin(), migrations.end(), [](const StatusRow& r) {
    return r.state == MigrationState::edited || r.state == MigrationState::missing ||
           r.state == MigrationState::out_of_order;
  });
}

std::string_view to_text(MigrationState state) {
  switch (state) {
    case MigrationState::applied:
      return "applied";
    case MigrationState::pending:
      return "pending";
    case MigrationState::interrupted:
      return "interrupted";
    case MigrationState::edited:
      return "edited";
    case MigrationState::missing:
      return "missing";
    case MigrationState::out_of_order:
      return "out_of_order";
  }
  return "";
}

Status status(const catalog::Catalog& catalog, const journal::State& state) {
  std::map<std::pair<std::string_view, std::string_view>, const journal::Applied*> rows;  // those not seen yet
  std::map<std::string_view, std::string_view> newest;
  for (const auto& a : state.applied) {
    rows[{a.version, a.domain}] = &a;
    newest[a.domain] = std::max(newest[a.domain], std::string_view(a.version));
  }
  std::map<std::string, bool> known;
  for (const auto& d : catalog.domains()) known[d.name] = is_verified(d, state);

  Status out;
  for (const auto& m : catalog.migrations()) {
    auto row = row_of(m);
    const auto it = rows.find({m.version, m.domain});
    if (it != rows.end()) {
      row.applied_at = it->second->applied_at;
      row.duration_ms = it->second->duration_ms;
      row.batch = it->second->batch;
      const bool same = known[m.domain] || checksum(m.body()) == it->second->checksum;
      row.state = same ? MigrationState::applied : MigrationState::edited;
      rows.erase(it);
    } else {
      row.state = newest[m.domain] > m.version ? MigrationState::out_of_order : MigrationState::pending;
      ++out.pending;
    }
    if (const auto& p = state.progress; p && p->version == m.version && p->domain == m.domain) {
      row.state = MigrationState::interrupted;
      row.detail = progress_text(*p);
    }
    out.migrations.push_back(std::move(row));
  }
  for (const auto& [key, a] : rows)
    out.migrations.push_back({.domain = a->domain,
                              .version = a->version,
                              .name = a->name,
                              .file = {},
                              .state = MigrationState::missing,
                              .applied_at = a->applied_at,
                              .duration_ms = a->duration_ms,
                              .batch = a->batch,
                              .detail = {}});
  if (const auto& p = state.progress; p && !state.is_applied(p->domain, p->version) &&
                                      std::none_of(out.migrations.begin(), out.migrations.end(), [&](const auto& r) {
                                        return r.version == p->version && r.domain == p->domain;
                                      }))
    out.migrations.push_back({.domain = p->domain,
                              .version = p->version,
                              .name = p->name,
                              .file = {},
                              .state = MigrationState::missing,
                              .applied_at = {},
                              .detail = progress_text(*p)});
  std::stable_sort(out.migrations.begin(), out.migrations.end(), [](const StatusRow& a, const StatusRow& b) {
    return std::tie(a.version, a.domain) < std::tie(b.version, b.domain);
  });
  return out;
}

}  // namespace dbctl::migrate
