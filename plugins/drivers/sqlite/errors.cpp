#include "errors.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::sqlite {
namespace {

namespace fs = std::filesystem;

/// What follows ": " in "UNIQUE constraint failed: products.sku"; empty when SQLite named nothing.
std::string subject_of(const std::string& message) {
  const auto colon = message.find(": ");
  // A rebuilt table bears its final name only at the end.
  return colon == std::string::npos ? "" : text::replace_all(message.substr(colon + 2), "dbctl_rebuild_", "");
}

std::string constraint_summary(int extended, const std::string& message) {
  const std::string subject = subject_of(message);
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return fmt::format("another row has the same {} already", subject.empty() ? "key" : subject);
    case SQLITE_CONSTRAINT_NOTNULL:
      return fmt::format("{} must not be NULL", subject.empty() ? "a column" : subject);
    case SQLITE_CONSTRAINT_CHECK:
      return fmt::format("a row does not pass the check {}", subject);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return "a foreign key is violated: the row referred to does not exist, or is still referred to";
    case SQLITE_CONSTRAINT_TRIGGER:
      return fmt::format("a trigger refused the row: {}", message);
    default:
      return fmt::format("a constraint is violated: {}", message);
  }
}

struct Meaning {
  const Code* code;
  std::string summary;
  std::vector<std::string> next = {};
};

Meaning storage_meaning(int extended, const std::string& target) {
  if (extended == SQLITE_READONLY_DIRECTORY)
    return {
        &codes::statement_storage,
        fmt::format("{} is in wal mode, and nothing can be written beside it", target),
        {fmt::format("give this user the right to write to the folder of {}: in wal mode readers write too", target),
         fmt::format("or let its owner run `sqlite3 {} 'PRAGMA journal_mode = DELETE'`", target)}};
  switch (extended & 0xff) {
    case SQLITE_READONLY:
      return {&codes::statement_storage,
              fmt::format("{} cannot be written to: it is read-only", target),
              {fmt::format("give this user the right to write to {} and to its folder", target)}};
    case SQLITE_FULL:
      return {&codes::statement_storage,
              fmt::format("the disk is full: {} cannot grow", target),
              {"free some space and run the same command again: nothing of this step was kept"}};
    default:
      return {&codes::statement_storage,
              fmt::format("{} cannot be read or written", target),
              {"look at the disk, and at the rights of the file and of its folder"}};
  }
}

Meaning meaning_of(int extended, const std::string& message, const std::string& target) {
  const int primary = extended & 0xff;
  switch (primary) {
    case SQLITE_CONSTRAINT:
      return {&codes::statement_constraint,
              constraint_summary(extended, message),
              {"correct the rows, those in the database or those in the migration or seeder, and run the same command "
               "again"}};
    case SQLITE_BUSY:
      return {&codes::statement_busy,
              fmt::format("another program is writing to {}", target),
              {"wait until it is done and run the same command again", "raise the option busy_timeout"}};
    case SQLITE_LOCKED:
      return {&codes::statement_busy,
              fmt::format("another statement holds a lock on {}", target),
              {"run the same command again"}};
    case SQLITE_INTERRUPT:
      return {&codes::statement_busy,
              "the statement ran longer than allowed and was stopped",
              {"raise --statement-timeout"}};
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return storage_meaning(extended, target);
    case SQLITE_CORRUPT:
      return {&codes::connection_failed,
              fmt::format("{} is damaged", target),
              {fmt::format("`sqlite3 {} 'PRAGMA integrity_check'` shows what is left; restore a backup", target)}};
    case SQLITE_NOTADB:
      return {&codes::connection_failed,
              fmt::format("{} is not a SQLite database", target),
              {"check the option file: it names something else"}};
    default:
      return {&codes::statement_failed, fmt::format("SQLite refused a statement: {}", message)};
  }
}

}  // namespace

void raise_statement(sqlite3* db, int code, const Statement& statement, const std::string& target) {
  const int reported = sqlite3_extended_errcode(db);
  const int extended = (reported & 0xff) == (code & 0xff) ? reported : code;
  const std::string message = extended == reported ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  const int offset = sqlite3_error_offset(db);
  Meaning meaning = meaning_of(extended, message, target);
  Details details{.summary = std::move(meaning.summary),
                  .where = statement.origin.text(),
                  .why = fmt::format("SQLite error {}: {}", extended, message),
                  .next = std::move(meaning.next)};
  if (meaning.code->exit == Exit::connection) throw Error(*meaning.code, std::move(details));
  StatementError::Server server{.message = message, .native = extended};
  server.lock_wait = (extended & 0xff) == SQLITE_BUSY;
  if (offset >= 0) server.position = static_cast<std::size_t>(offset);
  throw StatementError(*meaning.code, std::move(server), std::move(details));
}

void raise_open(int code, int system_error, const std::string& message, const std::string& path) {
  std::error_code ignored;
  const fs::path parent = fs::absolute(path, ignored).parent_path();
  Details details{.summary = fmt::format("the database file {} cannot be opened", path),
                  .why = fmt::format("SQLite error {}: {}", code, message)};
  if (fs::is_directory(path, ignored)) {
    details.why = "it is a directory, not a file";
    details.next = {"give the option file the path of a file"};
  } else if (!fs::is_directory(parent, ignored)) {
    details.why = fmt::format("there is no directory {}", parent.string());
    details.next = {fmt::format("mkdir -p {}", parent.string())};
  } else if (system_error != 0) {
    details.why = std::system_category().message(system_error);
    details.next = {fmt::format("check the rights of {} and of its folder", path)};
  }
  throw Error(codes::connection_failed, std::move(details));
}

void raise_violations(const std::vector<Violation>& first, std::size_t total) {
  std::vector<std::string> lines;
  for (const auto& v : first)
    lines.push_back(fmt::format("{} of {} refers to a row that {} does not have", v.row, v.table, v.parent));
  if (total > first.size()) lines.push_back(fmt::format("and {} more", total - first.size()));
  throw Error(codes::statement_expectation,
              {.summary = fmt::format("{} would be broken; the step was undone", text::count(total, "foreign key")),
               .why = text::join(lines, "; "),
               .next = {"mend or delete those rows: `PRAGMA foreign_key_check` lists them all"}});
}

void raise_file(const Code& code, const std::string& what, int system_error, std::vector<std::string> next) {
  throw Error(code, {.summary = what, .why = std::system_category().message(system_error), .next = std::move(next)});
}

}  // namespace dbctl::sqlite
