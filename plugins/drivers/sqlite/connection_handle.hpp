#pragma once
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dbctl/value/statement.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace dbctl::sqlite {

/// An open database of the client library: statements in, values out. Knows nothing of options, transactions or locks;
/// those are SqliteConnection's. Not movable: the library holds its address.
class Handle {
 public:
  /// `target` is the name for messages. Throws Error (connection_failed). The file is made when there is none.
  Handle(const std::string& path, std::string target);
  ~Handle();
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  /// Rows changed by the statement itself; 0 for what changes none.
  std::int64_t execute(const Statement& statement);
  /// `columns`, unless null, gets the names before the first row; `row` returns false to stop.
  void each(const Statement& statement, std::vector<std::string>* columns, const std::function<bool(Row&)>& row);

  bool in_transaction() const;
  bool read_only() const;
  /// Whether a transaction was committed or rolled back, by whatever, since `watch`.
  bool ended() const noexcept { return ended_; }
  void watch() noexcept { ended_ = false; }

  void set_busy_timeout(int milliseconds);
  /// 0 is no limit.
  void set_statement_timeout(std::chrono::milliseconds limit);

  using Function = std::function<void(const std::string& argument)>;
  /// `SELECT name('argument')` calls `function`, which may use this handle; what it throws, the statement throws.
  void define(const char* name, Function function);

 private:
  struct Close {
    void operator()(sqlite3* db) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct Defined {
    Handle* handle;
    Function function;
  };

  Prepared prepare(const Statement& statement);
  void bind(sqlite3_stmt* prepared, const Statement& statement);
  bool step(sqlite3_stmt* prepared, const Statement& statement);
  void keep(Prepared prepared, const Statement& statement);
  [[noreturn]] void fail(int code, const Statement& statement);

  std::string target_;
  std::vector<std::unique_ptr<Defined>> functions_;
  std::exception_ptr thrown_;  ///< by a function, inside a statement
  std::chrono::milliseconds limit_{0};
  std::chrono::steady_clock::time_point deadline_ = {};
  bool ended_ = false;
  std::unique_ptr<sqlite3, Close> db_;
  /// The last statement with parameters: many differ from the one before in those only.
  std::string cached_sql_;
  Prepared cached_;

  friend struct Callbacks;
};

/// The library's version as a number: 3040001.
int client_version_number();

}  // namespace dbctl::sqlite
