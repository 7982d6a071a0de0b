// Raw SQL of migrations: one statement, and no say over transactions.
#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/split.hpp"

namespace dbctl::sql {
namespace {

bool runs_alone(InTransaction transaction, bool transactional_ddl) {
  switch (transaction) {
    case InTransaction::commits:
    case InTransaction::refused:
      return true;
    case InTransaction::joins:
    case InTransaction::controls:
      return false;
    case InTransaction::unknown:
      return !transactional_ddl;
  }
  return false;
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
  const auto found = classify(statements.front().text, *this);
  if (found.transaction == InTransaction::controls)
    throw Unsupported({.summary = fmt::format("raw sql must not control transactions: {}",
                                              text::join(leading_words(op.sql, rules), " ")),
                       .why = "dbctl commits each migration together with the record of it",
                       .next = {"take the statement out: the migration runs in a transaction where the database can",
                                "for a statement that must run in none, use sql(...).outside_transaction()"}});
  const auto& statement = statements.front();
  const auto sql = std::string(statement.leading) + std::string(statement.text);
  return {.steps = {{.statement = {.sql = std::string(text::trim(sql))},
                     .alone = op.outside_transaction || runs_alone(found.transaction, info().transactional_ddl)}}};
}

}  // namespace dbctl::sql
