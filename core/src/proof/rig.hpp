#pragma once
#include <map>
#include <optional>

#include "dbctl/migrate/migrator.hpp"
#include "dbctl/proof/subject.hpp"
#include "migrate/silent.hpp"
#include "proof/fingerprint.hpp"

namespace dbctl::proof {

using migrate::Silent;

/// One disposable database, brought to the state after its first n migrations again and again. Connects for each call
/// and keeps nothing open between them, so that whoever uses it can fork.
class Rig {
 public:
  explicit Rig(const Subject& subject);

  const Subject& subject() const { return subject_; }
  const catalog::Migration& migration(std::size_t n) const;
  std::size_t size() const;
  /// Those meant by version or name, in order; all for none.
  std::vector<std::size_t> selected(const std::vector<std::string>& names) const;

  journal::Database open() const;
  /// Calls connect until the database answers, for a minute at most.
  void wait_until_it_answers() const;

  /// Nothing is in the database: it is dropped and made.
  void clear();
  /// From nothing, all migrations; what each leaves behind is remembered.
  void build();
  /// The state after the first `n` migrations, as `build` left it: by one step from the state that is there where that
  /// brings back what was, from nothing otherwise.
  void reach(std::size_t n);
  /// `n` migrations are applied, `exact` as from nothing; empty: nobody knows what is there.
  void is_at(std::optional<std::size_t> n, bool exact = false) {
    at_ = n;
    exact_ = exact;
  }

  /// Runs migration n up or down, alone.
  static migrate::Outcome run(journal::Database& database, const Subject& subject, std::size_t n,
                              migrate::Direction direction, migrate::Observer& observer);
  migrate::Outcome run(std::size_t n, migrate::Direction direction, migrate::Observer& observer);

  Fingerprint print(const Losses& losses = {}) const;
  const Fingerprint& wanted(std::size_t n) const { return wanted_.at(n); }

 private:
  bool step_to(std::size_t n);
  void climb(std::size_t n);

  const Subject& subject_;
  std::map<std::size_t, Fingerprint> wanted_;
  std::map<std::pair<std::size_t, migrate::Direction>, bool> leads_elsewhere_;
  std::size_t steps_ = 0;  ///< since all began from nothing
  std::optional<std::size_t> at_;
  bool exact_ = false;  ///< and all is there as from nothing; a rollback may have lost something
};

}  // namespace dbctl::proof
