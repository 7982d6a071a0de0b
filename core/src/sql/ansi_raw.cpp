// Raw SQL of migrations: one statement, and no say over transactions.
#include <algorithm>

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

/// Whether the model has a foreign key from one to the other.
bool refers(const schema::Schema& schema, const std::string& from, const std::string& to) {
  const auto* table = schema.find(from);
  return table != nullptr &&
         std::ranges::any_of(table->foreign_keys, [&](const auto& k) { return k.references == to; });
}

/// Those that refer to others first: each is dropped by a statement of its own.
std::vector<ObjectName> in_order_of_drops(std::vector<ObjectName> names, const schema::Schema& schema) {
  std::vector<ObjectName> out;
  while (!names.empty()) {
    const auto free = std::ranges::find_if(names, [&](const auto& n) {
      return std::ranges::none_of(
          names, [&](const auto& other) { return &other != &n && refers(schema, other.name, n.name); });
    });
    const auto next = free == names.end() ? names.begin() : free;  // a circle: the database will say so
    out.push_back(*next);
    names.erase(next);
  }
  return out;
}

/// DROP of a list that commits by itself: a failure or a crash in the middle leaves some of it dropped, so that each
/// gets a statement of its own.
std::optional<Script> drops_one_by_one(const Dialect& dialect, const StatementClass& found, const std::string& sql,
                                       const schema::Schema& before) {
  const auto words = leading_words(sql, dialect.lexical(), 1);
  if (dialect.info().transactional_ddl || found.effect != Effect::several || words.empty() || words.front() != "DROP")
    return std::nullopt;
  const auto kind = text::upper(found.object) == "TABLES" ? "TABLE" : text::upper(found.object);
  Script script;
  for (const auto& name : in_order_of_drops(found.names, before)) {
    const auto quoted = (name.schema.empty() ? "" : dialect.quote(name.schema) + ".") + dialect.quote(name.name);
    script.steps.push_back({.statement = {.sql = fmt::format("DROP {} {}", kind, quoted)}, .alone = true});
  }
  return script;
}

}  // namespace

Script AnsiDialect::render(const schema::RawSql& op, const schema::Schema& before) const {
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
  if (!op.repeatable && op.done_when.empty())
    if (auto script = drops_one_by_one(*this, found, op.sql, before)) return std::move(*script);
  const auto sql = std::string(statement.leading) + std::string(statement.text);
  return {.steps = {{.statement = {.sql = std::string(text::trim(sql))},
                     .alone = op.outside_transaction || runs_alone(found.transaction, info().transactional_ddl)}}};
}

}  // namespace dbctl::sql
