// Raw SQL of migrations: one statement, and no say over transactions.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "dbctl/sql/split.hpp"

namespace dbctl::sql {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool controls_transactions(const std::vector<std::string>& words) {
  const auto word = [&](std::size_t n) { return n < words.size() ? std::string_view(words[n]) : std::string_view(); };
  if (is_one_of(word(0), {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END", "ABORT"})) return true;
  if (is_one_of(word(0), {"START", "PREPARE"})) return word(1) == "TRANSACTION";
  return word(0) == "SET" && (word(1) == "TRANSACTION" || word(1) == "AUTOCOMMIT");
}

}  // namespace

Script AnsiDialect::render(const schema::RawSql& op, const schema::Schema&) const {
  const auto& rules = lexical();
  const auto statements = split(op.sql, rules);
  if (statements.empty())
    throw Error(codes::schema_invalid, {.summary = "raw sql holds no statement", .next = {"take out the sql(...)"}});
  if (statements.size() > 1)
    throw Error(codes::schema_invalid,
                {.summary = fmt::format("raw sql holds {} statements; write one sql(...) each", statements.size())});
  const auto words = leading_words(op.sql, rules);
  if (controls_transactions(words))
    throw Unsupported({.summary = fmt::format("raw sql must not control transactions: {}", text::join(words, " ")),
                       .why = "dbctl commits each migration together with the record of it",
                       .next = {"take the statement out: the migration runs in a transaction where the database can",
                                "for a statement that must run in none, use sql(...).outside_transaction()"}});
  const auto& statement = statements.front();
  const auto sql = std::string(statement.leading) + std::string(statement.text);
  return {.steps = {{.statement = {.sql = std::string(text::trim(sql))},
                     .alone = op.outside_transaction || runs_alone(words)}}};
}

bool AnsiDialect::runs_alone(const std::vector<std::string>& words) const {
  if (info().transactional_ddl || words.empty()) return false;
  return !is_one_of(words.front(),
                    {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "WITH", "VALUES", "SET"});
}

}  // namespace dbctl::sql
