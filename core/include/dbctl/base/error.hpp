#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"

/// The one error type of dbctl. Only `Error` and its subclasses cross a plugin's boundary; a driver maps its vendor's
/// exceptions in one function (`errors.cpp`).
namespace dbctl {

/// The process exit codes that scripts rely on.
enum class Exit : int {
  done = 0,
  bug = 1,
  usage = 2,
  findings = 3,
  drift = 4,
  lock = 5,
  failed = 6,
  integrity = 7,
  policy = 8,
  connection = 9,
  plugin = 10,
  stopped = 130,  ///< by SIGINT; 143 by SIGTERM
};

/// A stable error code, `DBCTL-<AREA>-<NNN>`. All codes are listed in `codes.hpp`; there are no others. Compare codes,
/// never their addresses: each library has its own copies.
struct Code {
  std::string_view id;
  Exit exit;
  std::string_view title;   ///< a few words, for lists
  std::string_view advice;  ///< what it means and what to do, for `dbctl errors CODE` and docs/errors.md

  bool operator==(const Code& other) const noexcept { return id == other.id; }
};

/// The four parts of an error. `summary` is always there; what is not known is left empty.
struct Details {
  std::string summary;                 ///< what failed, one line, no full stop
  std::string where = {};              ///< file:line:column, statement k of n, option and its origin
  std::string why = {};                ///< SQLSTATE, native code, the server's own text
  std::vector<std::string> next = {};  ///< what to do now: commands or sentences, most useful first
};

class DBCTL_API Error : public std::exception {
 public:
  Error(const Code& code, Details details);
  ~Error() override;
  Error(const Error&);
  Error& operator=(const Error&);

  const Code& code() const noexcept { return *code_; }
  const Details& details() const noexcept { return details_; }
  /// The summary alone; the command line prints all parts.
  const char* what() const noexcept override;

  /// Adds what only a caller knows. A part that is already there is kept; the `add_` functions put theirs last.
  void set_where(std::string where);
  void set_why(std::string why);
  void add_why(std::string line);
  void add_next(std::string next);

 private:
  const Code* code_;
  Details details_;
};

/// A database said no to one statement. Thrown by drivers only.
class DBCTL_API StatementError : public Error {
 public:
  /// What the server reported; `sqlstate` is empty and `native` 0 when it gave none.
  struct Server {
    std::string message;
    std::string sqlstate = {};
    int native = 0;
    std::optional<std::size_t> position = {};  ///< byte offset into the statement's text, from 0
    bool lock_wait = false;  ///< it waited for another session's lock for as long as it may, and did nothing
  };
  StatementError(const Code& code, Server server, Details details);
  ~StatementError() override;
  StatementError(const StatementError&);

  const Server& server() const noexcept { return server_; }

 private:
  Server server_;
};

/// A dialect or driver does not offer what was asked, with a hint at what works instead. Thrown while planning, before
/// any statement is sent; never a silent skip.
class DBCTL_API Unsupported : public Error {
 public:
  explicit Unsupported(Details details);
  ~Unsupported() override;
  Unsupported(const Unsupported&);
};

}  // namespace dbctl
