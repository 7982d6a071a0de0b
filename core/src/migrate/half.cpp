#include "migrate/half.hpp"

#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/builder.hpp"
#include "migrate/describe.hpp"
#include "migrate/resume.hpp"

namespace dbctl::migrate {
namespace {

using Json = nlohmann::json;
using Operations = std::vector<schema::Operation>;

[[noreturn]] void whole_only(const catalog::Migration& m, const journal::Progress& up) {
  throw Error(codes::journal_interrupted,
              {.summary = m.id() + " is half applied, and its down(...) is for the whole of it",
               .where = m.file,
               .why = std::to_string(up.done) + " of its statements are done",
               .next = {"finish it first: dbctl migrate"}});
}

/// The backfill that was under way must be the one that the migration has now: its reverse undoes that one.
void check_same_backfill(const PlannedMigration& planned, const journal::Progress& progress) {
  const auto hashes = text::split(progress.hashes, '\n');
  const auto at = static_cast<std::size_t>(progress.done);
  for (const auto& group : planned.groups)
    for (const auto& s : group.statements)
      if (s.number == progress.done + 1 && at < hashes.size() && s.hash == hashes[at]) return;
  throw Error(codes::journal_edited,
              {.summary = planned.id() + " was interrupted in a backfill, which is another one now",
               .where = planned.file,
               .why = "the rows up to key " + progress.cursor + " were changed by the old one",
               .next = {"put the backfill back as it was, then run the command again"}});
}

/// The operations whose statements are all done. A statement that only asks, before one that is not done, undoes
/// itself.
Operations done_of(const catalog::Migration& m, const Operations& up, const journal::Progress& progress,
                   const schema::Schema& before, const Target& target) {
  auto schema = before;
  Builder builder(m, Direction::up, target, schema);
  Operations done;
  for (const auto& op : up) {
    located(m, op, [&] { builder.add(op); });
    if (builder.count() <= progress.done) done.push_back(op);
  }
  const auto planned = std::move(builder).finish({});
  check_resumable(planned, progress);
  if (!progress.cursor.empty()) check_same_backfill(planned, progress);
  return done;
}

}  // namespace

std::string halted_text(const journal::Progress& up) {
  return Json{{"done", up.done}, {"hashes", up.hashes}, {"cursor", up.cursor}, {"started_at", up.started_at}}.dump();
}

journal::Progress halted_progress(const journal::Progress& down) {
  try {
    const auto j = Json::parse(down.halted);
    return {.domain = down.domain,
            .version = down.version,
            .name = down.name,
            .direction = Direction::up,
            .done = j.at("done").get<std::int64_t>(),
            .batch = down.batch,
            .hashes = j.at("hashes").get<std::string>(),
            .cursor = j.at("cursor").get<std::string>(),
            .started_at = j.at("started_at").get<std::string>()};
  } catch (const Json::exception& failure) {
    throw Error(codes::journal_format, {.summary = "dbctl_progress.halted holds a value that dbctl did not write",
                                        .where = "dbctl_progress",
                                        .why = failure.what(),
                                        .next = {"put the value back with the database's own client"}});
  }
}

std::optional<journal::Progress> half_applied(const journal::State& state) {
  if (!state.progress) return std::nullopt;
  if (state.progress->direction == Direction::up) return state.progress;
  if (state.progress->halted.empty()) return std::nullopt;
  return halted_progress(*state.progress);
}

PlannedMigration planned_half_down(const catalog::Migration& m, const journal::Progress& up, schema::Schema& schema,
                                   const Target& target) {
  const auto body = m.body();
  const auto all = schema::select(body.up, target.names);
  const auto done = done_of(m, all, up, schema, target);
  auto after = schema;
  for (const auto& op : done) after = schema::apply(std::move(after), op);

  Builder builder(m, Direction::down, target, after);
  if (!up.cursor.empty()) builder.add_part_of_reverse(all.at(done.size()), up.cursor);
  const bool whole = done.size() == all.size();
  if (body.down && !whole && !done.empty()) whole_only(m, up);
  const auto down = body.down && whole ? schema::select(*body.down, target.names) : schema::inverse(done, schema);
  for (const auto& op : down) located(m, op, [&] { builder.add(op); });
  auto planned = std::move(builder).finish(checksum(body));
  planned.halted = halted_text(up);
  schema = std::move(after);
  return planned;
}

}  // namespace dbctl::migrate
