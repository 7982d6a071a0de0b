#pragma once
#include <map>
#include <span>

#include "dbctl/migrate/migrator.hpp"
#include "journal/transaction.hpp"
#include "migrate/settle.hpp"

namespace dbctl::migrate {

using journal::Transaction;

/// Runs planned migrations, one after the other, under the lock. Each group commits together with its journal rows.
class Executor {
 public:
  Executor(journal::Database& database, Observer& observer, std::int64_t batch);

  /// `resume` is the journal's progress of this very migration, if any; `reverse` is what the ledger keeps of how to
  /// roll it back, when it is applied. Throws what the database says, with the
  /// migration's place added; everything committed so far is in the journal then.
  Done run(const PlannedMigration& migration, const std::optional<journal::Progress>& resume, std::string reverse);

 private:
  void resume(const PlannedMigration& m, const journal::Progress& progress);
  /// Sends what set up the session before the place where the run goes on.
  void replay(const PlannedMigration& m);
  void run_group(const PlannedMigration& m, const Group& group, bool last);
  void run_transaction(const PlannedMigration& m, const Group& group, bool last);
  void run_transaction(const PlannedMigration& m, const Group& group, bool last, bool together);
  void run_alone(const PlannedMigration& m, const PlannedStatement& statement);
  void check_valid(const PlannedStatement& statement);
  /// After an error of a statement that commits by itself: what of it took effect all the same.
  void look_after(const PlannedStatement& statement, Error& error);
  /// Throws where the statement changes rows that a rollback would not bring back.
  void check_undoable(const PlannedStatement& statement);
  void run_backfill(const PlannedMigration& m, const Group& group);
  /// The key after which the backfill goes on.
  Row start_of(const PlannedMigration& m, const Group& group);
  /// Tells the observer, who may throw to stop the run here.
  void announce(const PlannedMigration& m, const PlannedStatement& statement);
  void perform(const PlannedMigration& m, const PlannedStatement& statement) { perform(m, {&statement, 1}); }
  /// Several are sent together.
  void perform(const PlannedMigration& m, std::span<const PlannedStatement> statements);
  void send(const PlannedStatement& statement);
  void commit(const PlannedMigration& m, Transaction& transaction);
  void tell_recorded(const PlannedMigration& m);
  void count(const PlannedStatement& statement);
  void check_rebuild(const PlannedStatement& statement);
  void expect(const sql::Expect& expect, const Rows& rows) const;
  void finish(const PlannedMigration& m);
  void tell_resumed(const PlannedMigration& m);
  void save_progress(bool intent);
  void failed(const PlannedMigration& m, Error& error);
  journal::Event event(std::string what, const PlannedMigration& m) const;

  journal::Database& database_;
  Observer& observer_;
  std::int64_t batch_;
  Witness witness_;
  bool session_is_clean_ = false;  ///< nothing ran in it since it was reset that could have changed its settings
  std::optional<std::vector<std::string>> not_transactional_;  ///< tables, once asked
  journal::Progress progress_;
  std::optional<Evidence> evidence_;  ///< of the statement whose intent is written
  std::string reverse_;
  std::map<std::string, Value> remembered_;
  const PlannedStatement* current_ = nullptr;        ///< for error messages
  std::string under_way_;                            ///< the hash of a statement that may have taken effect in part
  std::string resumed_;                              ///< the one that was under way in the run that is resumed
  std::vector<const PlannedStatement*> unrecorded_;  ///< done, and the journal does not know yet
  bool one_by_one_ = false;        ///< one of several that were sent together failed: those of the migration are not
  std::size_t sent_together_ = 0;  ///< several statements, and the server has not answered
  std::int64_t undone_ = 0;        ///< statements that ran in the group which was rolled back
  std::chrono::steady_clock::time_point started_;
};

}  // namespace dbctl::migrate
