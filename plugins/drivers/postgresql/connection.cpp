#include "connection.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dialect.hpp"
#include "lexical.hpp"
#include "settings.hpp"
#include "values.hpp"

namespace dbctl::postgresql {
namespace {

constexpr int rows_per_fetch = 500;

/// The client library would wait for data that nobody sends.
void refuse_client_copy(const Statement& statement) {
  const auto stream = client_copy(statement.sql);
  if (stream.empty()) return;
  throw StatementError(codes::statement_failed, {.message = "COPY has no client stream here", .sqlstate = "0A000"},
                       {.summary = fmt::format("COPY … {} cannot run here", stream),
                        .where = statement.origin.text(),
                        .why = "there is no stream of data between dbctl and the server",
                        .next = {"put the rows into a seeder, .rows_from(…)", "COPY from a file on the server"}});
}

/// Statements whose row count means no change.
bool only_reads(const Statement& statement) {
  const auto words = sql::leading_words(statement.sql, lexical_rules(), 1);
  if (words.empty()) return true;
  static constexpr std::array readers =
      std::to_array<std::string_view>({"SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN"});
  return std::ranges::find(readers, words.front()) != readers.end();
}

/// A cursor can be declared for these; for other statements that return rows it cannot.
bool can_be_cursor(const Statement& statement) {
  const auto words = sql::leading_words(statement.sql, lexical_rules(), 1);
  return !words.empty() && (words.front() == "SELECT" || words.front() == "VALUES" || words.front() == "TABLE");
}

/// What is safer as a parameter than written out: with a backslash in it a text means something else where
/// standard_conforming_strings is off, and a NUL would end the message.
bool needs_more_than_quotes(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return std::holds_alternative<Bytes>(value) || std::holds_alternative<TextArray>(value) ||
         std::holds_alternative<Json>(value) || (text != nullptr && text->find('\0') != std::string::npos);
}

}  // namespace

PostgresqlConnection::PostgresqlConnection(const driver::Options& options)
    : PostgresqlConnection(options, options.text("name")) {
  enter_schema(options.text("schema"));
}

PostgresqlConnection::PostgresqlConnection(const driver::Options& options, const std::string& database)
    : place_{target_text(options, database), options.text("user"), database},
      lock_timeout_{options.integer("lock_timeout")} {
  check_options(options, place_);
  const auto& password = options.secret("password");
  if (password.reveal().find('\0') != std::string::npos || database.find('\0') != std::string::npos)
    throw Error(codes::connection_refused,
                {.summary = "a connection option holds the character NUL", .where = place_.target});
  try {
    connection_ = std::make_unique<pqxx::connection>(conninfo(options, database));
  } catch (...) {
    explain_connection(password);
  }
  notices_.emplace(*connection_, [this](const char* text) { notice_text_ += text; });
  identify();
  if (!pooled_) run({session_settings("SET")});
  check_tls(options);
}

PostgresqlConnection::~PostgresqlConnection() = default;

void PostgresqlConnection::explain_connection(const Secret& password) const {
  try {
    rethrow_connection(place_, password);
  } catch (Error& error) {
    if (const auto found = variables_in_the_way(); !found.empty())
      error.add_next("libpq reads " + text::join(found, ", ") + " from the environment: unset " +
                     (found.size() == 1 ? "it" : "them"));
    throw;
  }
}

/// Through a pooler each transaction may have another session of the server: what dbctl relies on comes with it, and
/// stays behind in none that others are given next.
pqxx::result PostgresqlConnection::run(const Statement& statement) {
  if (!pooled_ || in_transaction_ || reading_) return send(statement);
  send({begin_text()});
  try {
    auto result = send(statement);
    send({"COMMIT"});
    return result;
  } catch (...) {
    if (connection_->is_open()) send({"ROLLBACK"});
    throw;
  }
}

pqxx::result PostgresqlConnection::send(const Statement& statement) {
  notice_text_.clear();
  try {
    if (!connection_->is_open()) throw lost(place_, "the session had ended");
    if (statement.sql.find('\0') != std::string::npos)
      throw std::invalid_argument("the statement holds the character NUL");
    compat::Parameters parameters;
    parameters.reserve(statement.params.size());
    for (const auto& value : statement.params) parameters.push_back(parameter(value));
    pqxx::nontransaction work(*connection_);
    return compat::execute(work, statement.sql, parameters);
  } catch (...) {
    rethrow_statement(place_, statement, std::string(text::trim(notice_text_)));
  }
}

Rows PostgresqlConnection::rows_of(const pqxx::result& result) const {
  Rows rows;
  std::vector<Oid> types;
  for (pqxx::row::size_type column = 0; column < result.columns(); ++column) {
    rows.columns.emplace_back(result.column_name(column));
    types.push_back(result.column_type(column));
  }
  rows.rows.reserve(static_cast<std::size_t>(result.size()));
  for (const auto& source : result) {
    Row row;
    row.reserve(types.size());
    for (const auto& field : source)
      row.push_back(field.is_null() ? Value(Null{}) : read(types[row.size()], {field.c_str(), field.size()}));
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

std::string PostgresqlConnection::ask(const std::string& sql) {
  const auto rows = query({sql});
  return rows.empty() || is_null(rows.rows.front().front()) ? std::string() : to_text(rows.rows.front().front());
}

std::int64_t PostgresqlConnection::execute(const Statement& statement) {
  refuse_client_copy(statement);
  const auto result = run(statement);
  return only_reads(statement) ? 0 : static_cast<std::int64_t>(result.affected_rows());
}

/// Quoted by the library, texts mean the same whatever the session's standard_conforming_strings.
void PostgresqlConnection::execute_all(const std::vector<Statement>& statements) {
  const PostgresqlDialect dialect(server_);
  const auto literal = [&](const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? connection_->quote(*text) : dialect.literal(value);
  };
  std::string all;
  for (const auto& statement : statements) {
    if (std::ranges::any_of(statement.params, needs_more_than_quotes))
      return driver::execute_in_turn(*this, statements);
    all += sql::written_out(statement, dialect, literal) + "\n;\n";  // its last line may be a comment
  }
  run({all});
}

Rows PostgresqlConnection::query(const Statement& statement) {
  refuse_client_copy(statement);
  return rows_of(run(statement));
}

void PostgresqlConnection::each(const Statement& statement, const std::function<bool(const Row&)>& row) {
  if (!can_be_cursor(statement)) {
    for (const auto& one : query(statement).rows)
      if (!row(one)) return;
    return;
  }
  const bool own = !in_transaction_;
  if (own) send({begin_text()});
  reading_ = own;
  const auto finish = [&](bool quietly) {
    reading_ = false;
    try {
      send({own ? "ROLLBACK" : "CLOSE dbctl_each"});
    } catch (const Error&) {
      if (!quietly) throw;  // else the first error is the one to tell; the server undoes by itself
    }
  };
  try {
    run({"DECLARE dbctl_each NO SCROLL CURSOR FOR " + statement.sql, statement.params, statement.origin});
    read_cursor(fmt::format("FETCH {} FROM dbctl_each", rows_per_fetch), row);
  } catch (...) {
    finish(true);
    throw;
  }
  finish(false);
}

void PostgresqlConnection::read_cursor(const std::string& fetch, const std::function<bool(const Row&)>& row) {
  for (;;) {
    const auto rows = query({fetch});
    for (const auto& one : rows.rows)
      if (!row(one)) return;
    if (rows.size() < static_cast<std::size_t>(rows_per_fetch)) return;
  }
}

void PostgresqlConnection::begin(bool suspend_foreign_keys) {
  if (suspend_foreign_keys)
    throw Unsupported({.summary = "PostgreSQL cannot suspend foreign keys",
                       .why = "only a superuser can, and nothing would check them afterwards",
                       .next = {"declare the foreign key deferrable with sql(…), or order the statements"}});
  if (in_transaction_) throw Error(codes::internal, {.summary = "begin() inside a transaction"});
  send({begin_text() + "; SAVEPOINT dbctl_sentinel"});
  in_transaction_ = true;
}

void PostgresqlConnection::commit() {
  if (!std::exchange(in_transaction_, false))
    throw Error(codes::statement_stray_commit, {.summary = "there is no transaction to commit"});
  try {
    send({"RELEASE SAVEPOINT dbctl_sentinel; COMMIT"});
  } catch (const StatementError& error) {
    send({"ROLLBACK"});
    const auto& state = error.server().sqlstate;
    if (state != "25P01" && state != "3B001") throw;
    throw Error(
        codes::statement_stray_commit,
        {.summary = "a statement ended the transaction before its end",
         .where = place_.target,
         .why = "the savepoint that dbctl set at its beginning is gone (SQLSTATE " + state + ")",
         .next = {"take COMMIT, ROLLBACK and END out of the migration's SQL: dbctl opens and closes transactions"}});
  } catch (const Error& error) {
    if (error.code().id != codes::connection_lost.id) throw;
    throw Error(codes::connection_lost,
                {.summary = "the connection was lost during COMMIT",
                 .where = place_.target,
                 .why = "whether the server committed is not known: " + error.details().why,
                 .next = {"run the same command again: it looks at what is there and continues"}});
  }
}

void PostgresqlConnection::rollback() {
  if (!std::exchange(in_transaction_, false)) return;
  if (connection_->is_open()) send({"ROLLBACK"});  // else the server has undone it
}

}  // namespace dbctl::postgresql
