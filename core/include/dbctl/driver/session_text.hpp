#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "dbctl/base/export.hpp"

/// How drivers tell people of a session, alike on every database.
namespace dbctl::driver {

struct SessionFacts {
  std::string number;
  std::string user;
  std::string host;          ///< without a port; empty: not known
  std::int64_t seconds = 0;  ///< how long it has been doing what it does
  std::string doing;         ///< "idle", "idle in transaction"; shown before the time where there is no statement
  std::string statement;     ///< whole; an excerpt is shown
};

/// "session 4711, user report from 10.0.0.3, for 42 s: SELECT …", "session 4711, user report, idle for 42 s"
DBCTL_API std::string session_text(const SessionFacts& facts);

/// A statement's first line, at most 120 characters of it, and nothing from the first word on that a secret may follow
/// (IDENTIFIED, PASSWORD and their like). What was cut off is told by "…".
DBCTL_API std::string statement_excerpt(std::string_view sql);

}  // namespace dbctl::driver
