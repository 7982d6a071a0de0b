#pragma once
#include <functional>
#include <map>
#include <set>

#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// What is written down before a statement that commits by itself is sent: all that is needed to find out later whether
/// it took effect, also when its migration was edited meanwhile.
struct Evidence {
  std::string statement;  ///< its SQL
  Proof proof;
  std::vector<driver::ObjectState> objects = {};  ///< those that the proof names, as they were; missing ones left out
  /// All other objects of the database, "kind name" and the beginning of a digest of the definition; empty for one that
  /// speaks of the proof's objects, and may change or go with them.
  std::map<std::string, std::string> others = {};
};

DBCTL_API std::string to_json(const Evidence& evidence);
/// Throws Error (journal_format).
DBCTL_API Evidence evidence_from_json(const std::string& json);

/// How an object appears among Evidence::others.
DBCTL_API std::string key_of(const driver::ObjectState& object);
DBCTL_API std::string brief_digest(const driver::ObjectState& object);

/// The words of a text in lower case, quoted or not; digits count.
using Words = std::set<std::string>;
Words words_of(std::string_view text);
/// Whether they hold one of these objects' names; of what a schema qualifies, the name in it.
bool speaks_of(const Words& words, const std::vector<std::string>& names);
/// What the proof looks at, also by the names that it will have.
std::vector<std::string> names_of(const Proof& proof);

enum class Verdict : std::uint8_t { not_run, done, unclear };
struct Judgement {
  Verdict verdict = Verdict::unclear;
  std::string why = {};  ///< when unclear: what does not fit
};

/// What a database says now.
struct Findings {
  std::vector<driver::ObjectState> objects = {};               ///< those that the proof names
  std::function<std::string(const std::string& table)> model;  ///< digest_of_described; empty: it is not there
  std::function<bool(const std::string& query)> finds_row;     ///< for a condition
};

/// Whether the statement took effect. Pure but for what `now` asks the database.
DBCTL_API Judgement judge(const Evidence& before, const Findings& now);

/// The names of objects that are not as they were, other than those that the proof names and those whose definitions
/// speak of these. `all` is everything that is there now.
DBCTL_API std::vector<std::string> changed_by_others(const Evidence& before,
                                                     const std::vector<driver::ObjectState>& all);

}  // namespace dbctl::migrate
