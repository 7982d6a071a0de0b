#include "migrate/reverses.hpp"

#include <algorithm>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/applied.hpp"
#include "migrate/builder.hpp"

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

/// What an interrupted run did of a migration, as its row of progress says.
class Interrupted {
 public:
  Interrupted(const Migration& m, const journal::Progress& progress, const Target& target)
      : migration_(m), progress_(progress), target_(target) {
    if (!progress.hashes.empty())
      for (auto& hash : text::split(progress.hashes, '\n'))
        (done_.size() < static_cast<std::size_t>(progress.done) ? done_ : next_).insert(std::move(hash));
  }

  bool ran(const schema::Operation& raw) const {
    const auto script = target_.dialect->render(raw, {});
    return std::ranges::any_of(script.steps, [&](const auto& step) {
      const auto hash = hash_of(step.statement);
      if (progress_.intent && next_.contains(hash)) ambiguous(step.statement);
      return done_.contains(hash);
    });
  }

  /// What is still to be undone.
  Operations left(const Body& body) const {
    if (progress_.direction == Direction::down) {
      auto down = body.down ? raw_sql(*body.down, target_) : inverse_of(raw_sql(body.up, target_));
      std::erase_if(down, [&](const auto& op) { return ran(op); });
      return down;
    }
    auto up = raw_sql(body.up, target_);
    std::erase_if(up, [&](const auto& op) { return !ran(op); });
    if (body.down && !up.empty()) half_applied(up.front());
    return inverse_of(up);
  }

 private:
  [[noreturn]] void ambiguous(const Statement& statement) const {
    throw Error(codes::journal_ambiguous,
                {.summary = "a statement of " + migration_.id() + " was under way when an earlier run was interrupted",
                 .where = migration_.file,
                 .why = "it may have taken effect or not: " + statement.sql,
                 .next = {"look whether it took effect, and undo by hand what the migration's raw SQL did",
                          "then: dbctl repair --mark-reverted " + migration_.version, "then the same command again"}});
  }
  [[noreturn]] void half_applied(const schema::Operation& op) const {
    throw Error(
        codes::journal_interrupted,
        {.summary = migration_.id() + " is half applied, and its down(...) is for the whole of it",
         .where = migration_.file,
         .why = "it ran " + schema::summary(op) + ", which nothing else undoes",
         .next = {"finish it first: dbctl migrate",
                  "or undo by hand what its raw SQL did, then: dbctl repair --mark-reverted " + migration_.version}});
  }

  const Migration& migration_;
  const journal::Progress& progress_;
  const Target& target_;
  std::multiset<std::string> done_, next_;
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
    const auto operations = is_half     ? Interrupted(*m, *state.progress, target).left(body)
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
