// Statements that commit by themselves: what is written down before them, and what became of them after an error.
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/executor.hpp"
#include "migrate/proof.hpp"

namespace dbctl::migrate {

void Executor::run_alone(const PlannedMigration& m, const PlannedStatement& s) {
  announce(m, s);
  if (s.step.expect.kind != sql::Expect::Kind::nothing) return perform(m, s);  // a question changes nothing
  observer_.boundary(m, s, Boundary::intended);
  under_way_ = s.hash;
  evidence_ = witness_.before(s.step.statement.sql, s.proof);
  save_progress(true);  // which also says that the statement before is done: one write for both
  tell_recorded(m);
  try {
    perform(m, s);
  } catch (Error& e) {
    look_after(s, e);
    throw;
  }
  evidence_.reset();
}

/// A database may report success and leave an object that it does not use.
void Executor::check_valid(const PlannedStatement& s) {
  if (!s.step.alone || !database_.dialect().info().transactional_ddl || s.proof.objects.empty()) return;
  for (const auto& o : database_.connection().observe({.names = s.proof.objects, .identities = false}))
    if (!o.valid)
      throw Error(codes::statement_expectation,
                  {.summary = o.kind + " " + o.name + " was built, and the database does not use it",
                   .why = "it says that it is not valid",
                   .next = {"run the command again: it is dropped and built anew"}});
}

void Executor::look_after(const PlannedStatement& s, Error& error) {
  if (error.code() == codes::connection_lost || error.code() == codes::lock_lost) return;  // the next run will
  Judgement judgement;
  try {
    judgement = examine(database_.connection(), *evidence_);
  } catch (const Error& second) {
    error.add_why("whether it took effect could not be found out: " + second.details().summary);
    return;
  }
  if (judgement.verdict == Verdict::not_run) {
    evidence_.reset();
  } else if (judgement.verdict == Verdict::done) {
    evidence_.reset();
    count(s);
    error.add_why("it took effect all the same, and counts as done");
  } else {
    error.add_why("it took effect in part: " + judgement.why);
  }
}

void Executor::check_undoable(const PlannedStatement& s) {
  if (database_.dialect().info().transactional_ddl || s.proof.kind == Proof::Kind::repeatable) return;
  if (!not_transactional_) not_transactional_ = database_.connection().not_transactional();
  for (const auto& table : *not_transactional_)
    if (mentions(s.step.statement.sql, {text::lower(table)}, database_.dialect().lexical()))
      throw Error(codes::schema_unprovable,
                  {.summary = "a rollback would not bring back what this statement does to " + table,
                   .why = "its engine knows no transactions, or its triggers write to such a table, so that after a "
                          "crash nobody could know which rows were changed",
                   .next = {"give the table an engine with transactions, in a migration before this one",
                            "or, if a second run changes nothing: sql(\"…\").repeatable()"}});
}

}  // namespace dbctl::migrate
