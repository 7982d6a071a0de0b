#include "migrate/resume.hpp"

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "schema/identifiers.hpp"

namespace dbctl::migrate {

void check_resumable(const PlannedMigration& m, const journal::Progress& progress) {
  const auto hashes = progress.hashes.empty() ? std::vector<std::string>{} : text::split(progress.hashes, '\n');
  std::vector<const PlannedStatement*> planned;
  for (const auto& g : m.groups)
    for (const auto& s : g.statements) planned.push_back(&s);
  for (std::size_t i = 0; i < static_cast<std::size_t>(progress.done); ++i)
    if (i >= planned.size() || i >= hashes.size() || planned[i]->hash != hashes[i])
      throw Error(codes::journal_edited,
                  {.summary = m.id() + " was interrupted after statement " + std::to_string(progress.done) +
                              ", and its statement " + std::to_string(i + 1) + " is another one now",
                   .where = m.file,
                   .why = i < planned.size() ? "it reads now: " + planned[i]->step.statement.sql
                                             : "it has only " + std::to_string(planned.size()) + " statements now",
                   .next = {"put the statements that ran back as they were; those after them may change",
                            "then run the command again"}});
}

void check_restart(const PlannedMigration& m, const schema::Backfill& backfill, const std::string& cursor) {
  for (const auto& read : backfill.assignments)
    for (const auto& written : backfill.assignments)
      if (schema::identifiers::mentions(read.expression, written.column))
        throw Error(
            codes::journal_edited,
            {.summary = m.id() + " was interrupted in its backfill of " + backfill.table + ", which is another one now",
             .where = m.file,
             .why = "the rows up to key " + cursor + " were changed by the old one, and the new one computes " +
                    read.column + " from " + written.column + ", which it changes itself",
             .next = {"put the backfill back as it was, then run the command again",
                      "all of it done by hand: dbctl repair --mark-applied " + m.version,
                      "all of it undone by hand: dbctl repair --mark-reverted " + m.version}});
}

}  // namespace dbctl::migrate
