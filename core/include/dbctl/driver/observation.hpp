#pragma once
#include <string>
#include <vector>

/// What a recovery asks a database: what is there, and who is at work.
namespace dbctl::driver {

/// One object of the connection's database and schema, for comparison with the same object at another time.
struct ObjectState {
  std::string kind;  ///< "table", "view", "index", "trigger", "routine", "sequence", "type", "event"
  /// As the database stores it. A trigger's or an index's own name where that is unique in the schema, else
  /// "table.name"; a routine with its argument types where it can be overloaded.
  std::string name;
  /// All that says what it is, one fact a line where the database has no text of its own for it; equal texts mean equal
  /// definitions. Without what changes by itself: counters, statistics, times.
  std::string definition;
  /// What tells it from another object of the same definition, and an emptied table from the one before; stays the same
  /// when it is renamed. Empty: the database does not tell, or not this user.
  std::string identity;
  /// False: what an interrupted or failed statement left behind, which the database does not use (an invalid index).
  bool valid = true;

  bool operator==(const ObjectState&) const = default;
};

/// Which objects to observe. A name means every kind of object that bears it; a table is observed with all that belongs
/// to it (columns, constraints, indexes, options), where these are no objects of their own.
struct Objects {
  std::vector<std::string> names = {};  ///< empty: all
  bool identities = true;               ///< false: `identity` may stay empty, which can be cheaper
  bool programs = true;  ///< false: routines, triggers and events of these names may stay out, which can be cheaper
};

/// A session as others see it. `id` tells it from all sessions that this server has had and will have: its number, when
/// it connected, and when the server started, as far as the database tells.
struct SessionId {
  std::string id;
  bool operator==(const SessionId&) const = default;
};

struct SessionState {
  enum class Kind : unsigned char {
    there,
    gone,
    hidden  ///< this user may not see other sessions
  };
  Kind kind = Kind::gone;
  std::string text = {};  ///< for people: "session 12, user deploy from 10.0.0.3, for 42 s: ALTER TABLE …"
};

/// A session that holds what another one waits for.
struct Blocker {
  SessionId session;
  std::string text;  ///< "session 4711, user report from 10.0.0.3, for 42 s: SELECT …"
};

}  // namespace dbctl::driver
