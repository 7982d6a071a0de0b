#include "migrate/reverses.hpp"

#include <algorithm>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/applied.hpp"
#include "migrate/builder.hpp"
#include "migrate/half.hpp"

namespace dbctl::migrate {
namespace {

using catalog::Body;
using catalog::Migration;
using Operations = std::vector<schema::Operation>;

Operations raw_sql(const Operations& operations, const Target& target) {
  auto out = schema::select(operations, target.names);
  std::erase_if(out, [](const auto& op) { return !std::holds_alternative<schema::RawSql>(op.what); });
  return out;
}

Operations inverse_of(const Operations& ran) {
  Operations out;
  for (auto op = ran.rbegin(); op != ran.rend(); ++op)
    if (!std::get<schema::RawSql>(op->what).reversed_by.empty())
      for (auto& back : schema::inverse(*op, {})) out.push_back(std::move(back));
  return out;
}

/// The hashes of the statements that are done.
std::multiset<std::string> done_of(const journal::Progress& p) {
  if (p.hashes.empty()) return {};
  auto hashes = text::split(p.hashes, '\n');
  hashes.resize(std::min(hashes.size(), static_cast<std::size_t>(p.done)));
  return {hashes.begin(), hashes.end()};
}

/// What an interrupted run did of a migration, as its row of progress says.
class Interrupted {
 public:
  Interrupted(const Migration& m, const journal::State& state, const Target& target)
      : migration_(m), target_(target), half_(half_applied(state)) {
    if (half_) up_ = done_of(*half_);
    if (state.progress->direction == Direction::down) down_ = done_of(*state.progress);
  }

  /// What is still to be undone.
  Operations left(const Body& body) const {
    auto up = raw_sql(body.up, target_);
    if (half_) std::erase_if(up, [&](const auto& op) { return !ran(op, up_); });
    if (half_ && body.down && !up.empty()) half_applied_only(up.front());
    auto down = body.down && !half_ ? raw_sql(*body.down, target_) : inverse_of(up);
    std::erase_if(down, [&](const auto& op) { return ran(op, down_); });
    return down;
  }

 private:
  bool ran(const schema::Operation& raw, const std::multiset<std::string>& done) const {
    return std::ranges::any_of(target_.dialect->render(raw, {}).steps,
                               [&](const auto& step) { return done.contains(hash_of(step.statement)); });
  }

  [[noreturn]] void half_applied_only(const schema::Operation& op) const {
    throw Error(
        codes::journal_interrupted,
        {.summary = migration_.id() + " is half applied, and its down(...) is for the whole of it",
         .where = migration_.file,
         .why = "it ran " + schema::summary(op) + ", which nothing else undoes",
         .next = {"finish it first: dbctl migrate",
                  "or undo by hand what its raw SQL did, then: dbctl repair --mark-reverted " + migration_.version}});
  }

  const Migration& migration_;
  const Target& target_;
  std::optional<journal::Progress> half_;  ///< it was never applied as a whole
  std::multiset<std::string> up_, down_;   ///< done of the way up, where it is half applied, and of the way down
};

}  // namespace

std::vector<PlannedMigration> reverses(const catalog::Catalog& catalog, const journal::State& state,
                                       const Target& target) {
  check_known(catalog, state);
  const auto* half = interrupted(catalog, state);
  std::vector<PlannedMigration> out;
  const auto& all = catalog.migrations();
  for (auto m = all.rbegin(); m != all.rend(); ++m) {
    const bool is_half = &*m == half;
    if (!is_half && !state.is_applied(m->domain, m->version)) continue;
    const auto body = m->body();
    const auto operations = is_half     ? Interrupted(*m, state, target).left(body)
                            : body.down ? raw_sql(*body.down, target)
                                        : inverse_of(raw_sql(body.up, target));
    if (operations.empty()) continue;
    schema::Schema none;
    Builder builder(*m, Direction::down, target, none);
    for (const auto& op : operations) located(*m, op, [&] { builder.add(op); });
    out.push_back(std::move(builder).finish(checksum(body)));
  }
  return out;
}

}  // namespace dbctl::migrate
