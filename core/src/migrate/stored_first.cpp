#include "migrate/stored_first.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "migrate/applied.hpp"
#include "migrate/stored_plan.hpp"

namespace dbctl::migrate {
namespace {

using journal::Applied;

bool is_under_way(const Applied& a, const journal::State& state) {
  return state.progress && state.progress->version == a.version && state.progress->domain == a.domain;
}

/// Newest first; what an interrupted run left goes before all others.
std::vector<const Applied*> in_order(const journal::State& state) {
  std::vector<const Applied*> out;
  for (auto a = state.applied.rbegin(); a != state.applied.rend(); ++a) out.push_back(&*a);
  std::ranges::stable_partition(out, [&](const Applied* a) { return is_under_way(*a, state); });
  return out;
}

std::vector<const Applied*> selected(const catalog::Catalog& catalog, const journal::State& state,
                                     const DownRequest& request) {
  std::int64_t batch = 0;
  for (const auto& a : state.applied) batch = std::max(batch, a.batch);
  const auto* stays = request.to ? &catalog.find(*request.to) : nullptr;
  std::vector<const Applied*> out;
  for (const auto* a : in_order(state)) {
    if (!is_under_way(*a, state)) {
      if (!request.domain.empty() && a->domain != request.domain) continue;
      if (stays != nullptr && a->version <= stays->version) break;
      if (request.batch && a->batch != batch) continue;
      if (!request.all && !request.batch && stays == nullptr && out.size() == request.steps) break;
    }
    out.push_back(a);
  }
  return out;
}

/// What was planned when it was applied fits only what was there then.
void check_newest(const Applied& unknown, const journal::State& state, const std::vector<const Applied*>& chosen) {
  for (const auto& a : state.applied) {
    if (std::pair(a.version, a.domain) <= std::pair(unknown.version, unknown.domain)) continue;
    if (std::ranges::find(chosen, &a) != chosen.end()) continue;
    throw Error(codes::journal_missing,
                {.summary = unknown.version + "_" + unknown.name + " of domain " + unknown.domain +
                            " is missing here, and " + a.version + "_" + a.name + ", which is newer, stays applied",
                 .why = "its stored rollback is for the database as it was when it was the newest",
                 .next = {"roll both back: dbctl rollback --steps N",
                          "check out the version that has it, or load its domain"}});
  }
}

PlannedMigration planned(const Applied& a, const std::vector<journal::Reverse>& stored) {
  const auto it = std::ranges::find_if(
      stored, [&](const journal::Reverse& r) { return r.version == a.version && r.domain == a.domain; });
  if (it == stored.end()) missing(a);
  auto out = stored_plan(*it);
  out.notes.insert(out.notes.begin(), out.id() + " is not in this checkout: its stored rollback is used");
  return out;
}

}  // namespace

StoredFirst stored_first(const catalog::Catalog& catalog, const journal::State& state, const DownRequest& request,
                         const std::vector<journal::Reverse>& stored) {
  StoredFirst out{.migrations = {}, .state = state, .request = request};
  const auto chosen = selected(catalog, state, request);
  for (const auto* a : chosen) {
    if (is_known(catalog, *a)) {
      out.more = true;
      continue;
    }
    if (out.more) missing(*a);
    check_newest(*a, state, chosen);
    out.migrations.push_back(planned(*a, stored));
    std::erase_if(out.state.applied, [&](const auto& b) { return b.version == a->version && b.domain == a->domain; });
    if (is_under_way(*a, state)) out.state.progress.reset();
  }
  out.request.steps -= std::min(out.request.steps, out.migrations.size());
  return out;
}

}  // namespace dbctl::migrate
