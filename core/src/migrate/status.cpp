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

/// Negative, zero or positive: by version, then domain.
template <class A, class B>
int order(const A& a, const B& b) {
  const int by_version = a.version.compare(b.version);
  return by_version != 0 ? by_version : a.domain.compare(b.domain);
}

StatusRow row_of(const catalog::Migration& m) {
  return {.domain = m.domain, .version = m.version, .name = m.name, .file = m.file, .applied_at = {}, .detail = {}};
}

void fill(StatusRow& row, journal::Applied& applied) {
  row.applied_at = std::move(applied.applied_at);
  row.duration_ms = applied.duration_ms;
  row.batch = applied.batch;
}

StatusRow missing_row(journal::Applied& applied) {
  StatusRow row{.domain = applied.domain,
                .version = applied.version,
                .name = applied.name,
                .state = MigrationState::missing,
                .applied_at = {},
                .detail = {}};
  fill(row, applied);
  return row;
}

void add_progress(Status& status, const journal::Progress& p) {
  auto& rows = status.migrations;
  const auto at = std::ranges::find_if(rows, [&](const StatusRow& row) { return order(row, p) >= 0; });
  if (at == rows.end() || order(*at, p) != 0) {
    rows.insert(at, {.domain = p.domain,
                     .version = p.version,
                     .name = p.name,
                     .state = MigrationState::missing,
                     .applied_at = {},
                     .detail = progress_text(p)});
  } else if (at->state != MigrationState::missing) {
    at->state = MigrationState::interrupted;
    at->detail = progress_text(p);
  }
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

Status status(const catalog::Catalog& catalog, journal::State state) {
  std::map<std::string_view, std::string_view> newest;
  for (const auto& a : state.applied) newest[a.domain] = a.version;  // they come by version
  std::map<std::string_view, bool> known;
  for (const auto& d : catalog.domains()) known[d.name] = is_verified(d, state);

  Status out;
  out.migrations.reserve(std::max(catalog.migrations().size(), state.applied.size()));
  auto applied = state.applied.begin();
  const auto rest = state.applied.end();
  for (const auto& m : catalog.migrations()) {
    for (; applied != rest && order(*applied, m) < 0; ++applied) out.migrations.push_back(missing_row(*applied));
    auto& row = out.migrations.emplace_back(row_of(m));
    if (applied != rest && order(*applied, m) == 0) {
      const bool same = known[m.domain] || checksum(m.body()) == applied->checksum;
      row.state = same ? MigrationState::applied : MigrationState::edited;
      fill(row, *applied++);
    } else {
      row.state = newest[m.domain] > m.version ? MigrationState::out_of_order : MigrationState::pending;
      ++out.pending;
    }
  }
  for (; applied != rest; ++applied) out.migrations.push_back(missing_row(*applied));
  if (state.progress) add_progress(out, *state.progress);
  return out;
}

}  // namespace dbctl::migrate
