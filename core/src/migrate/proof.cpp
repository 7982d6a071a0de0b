#include "migrate/proof.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/lexer.hpp"

namespace dbctl::migrate {
namespace {

using sql::Effect;

std::string canonical_digest(schema::Table table) {
  schema::Schema schema;
  schema.tables.emplace(table.name, std::move(table));
  return sha256(schema::canonical(schema));
}

std::string text_of(const sql::ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + '.' + name.name;
}

std::string first_line(const std::string& sql) {
  constexpr std::size_t most = 80;
  const auto line = sql.substr(0, sql.find('\n'));
  return line.size() <= most ? line : line.substr(0, most) + " …";
}

[[noreturn]] void unprovable(const std::string& sql, std::string why) {
  throw Error(
      codes::schema_unprovable,
      {.summary = "after a crash nobody could know whether this ran: " + first_line(sql),
       .why = std::move(why),
       .next = {"if a second run changes nothing: sql(\"…\").repeatable()",
                "if a query tells: sql(\"…\").done_when(\"SELECT … that returns a row once it took effect\")"}});
}

/// That of the operation, where indexes are objects of their own.
void add_index_name(Proof& proof, const schema::Operation& operation, const sql::Dialect& dialect) {
  if (!dialect.info().index_objects) return;
  if (const auto* c = std::get_if<schema::CreateIndex>(&operation.what)) proof.objects.push_back(c->index.name);
  if (const auto* d = std::get_if<schema::DropIndex>(&operation.what)) proof.objects.push_back(d->name);
}

Proof of_model(const schema::Operation& operation, const schema::Schema& before, const schema::Schema& after,
               const sql::Dialect& dialect) {
  Proof proof{.kind = Proof::Kind::model, .objects = before.tables.names_of_changed(after.tables)};
  for (const auto& name : proof.objects)
    proof.models.push_back({name, digest_of(before.find(name), dialect), digest_of(after.find(name), dialect)});
  if (proof.models.empty()) proof.kind = Proof::Kind::repeatable;  // it changes nothing that the model knows
  add_index_name(proof, operation, dialect);
  return proof;
}

Proof of_class(const sql::StatementClass& found, const std::string& sql, bool renames) {
  Proof proof;
  for (const auto& name : found.names) proof.objects.push_back(text_of(name));
  if (found.on) proof.objects.push_back(text_of(*found.on));
  switch (found.effect) {
    case Effect::repeatable:
    case Effect::query:
    case Effect::session:
      proof.kind = Proof::Kind::repeatable;
      return proof;
    case Effect::definition:
      proof.kind = Proof::Kind::definition;
      return proof;
    case Effect::several:
    case Effect::identity:
      proof.kind = found.effect == Effect::identity || renames ? Proof::Kind::identity : Proof::Kind::definition;
      if (proof.kind == Proof::Kind::identity)
        for (std::size_t i = 0; i + 1 < found.names.size(); i += 2)
          proof.renames.emplace_back(text_of(found.names[i]), text_of(found.names[i + 1]));
      return proof;
    case Effect::data:
      unprovable(sql, "it changes rows and commits by itself, so that no record of it can commit along");
    case Effect::control:
    case Effect::unknown:
      break;
  }
  unprovable(sql, "its text does not tell what it changes");
}

Proof of_raw(const schema::RawSql& raw, const sql::Step& step, const sql::Dialect& dialect) {
  if (raw.repeatable) return {.kind = Proof::Kind::repeatable};
  if (!raw.done_when.empty())
    return {.kind = Proof::Kind::condition, .condition = raw.done_when, .done_when_empty = raw.done_when_empty};
  const auto found = sql::classify(step.statement.sql, dialect);
  const auto words = sql::leading_words(step.statement.sql, dialect.lexical(), 1);
  if (step.alone) return of_class(found, step.statement.sql, !words.empty() && words.front() == "RENAME");
  if (found.effect == Effect::unknown && !dialect.info().transactional_ddl)
    unprovable(step.statement.sql, "its text does not tell whether it commits");
  return {};
}

}  // namespace

bool mentions(const std::string& statement, const std::set<std::string>& names, const sql::LexicalRules& rules) {
  if (names.empty()) return false;
  sql::Lexer lexer(statement, rules);
  while (const auto token = lexer.next()) {
    if (token->kind != sql::Token::Kind::word && token->kind != sql::Token::Kind::quoted) continue;
    auto name = token->text;
    if (token->kind == sql::Token::Kind::quoted && name.size() > 1) name = name.substr(1, name.size() - 2);
    if (names.contains(text::lower(name))) return true;
  }
  return false;
}

std::string digest_of(const schema::Table* table, const sql::Dialect& dialect) {
  return table == nullptr ? std::string() : canonical_digest(dialect.storage(*table));
}

std::string digest_of_described(const schema::Table* table) {
  return table == nullptr ? std::string() : canonical_digest(*table);
}

Proof proof_of(const schema::Operation& operation, const sql::Step& step, const schema::Schema& before,
               const schema::Schema& after, const sql::Dialect& dialect) {
  if (const auto* raw = std::get_if<schema::RawSql>(&operation.what)) return of_raw(*raw, step, dialect);
  if (!step.alone) return {};
  if (step.expect.kind != sql::Expect::Kind::nothing) return {.kind = Proof::Kind::repeatable};
  return of_model(operation, before, after, dialect);
}

bool is_replayed(const sql::Step& step, const sql::Dialect& dialect) {
  return sql::classify(step.statement.sql, dialect).effect == Effect::session;
}

void check_session_is_replayable(const PlannedMigration& planned, const sql::Dialect& dialect) {
  const PlannedStatement* holder = nullptr;  // what fills the session from rows
  std::string why;
  std::set<std::string> temporary;
  for (const auto& group : planned.groups) {
    const bool boundary = group.kind != Group::Kind::transaction || &group != &planned.groups.front();
    if (boundary && holder != nullptr)
      throw Error(codes::schema_unprovable,
                  {.summary = "the session's state could not be had again after a crash: " +
                              first_line(holder->step.statement.sql),
                   .where = holder->step.statement.origin.text(),
                   .why = why + ", and what follows does not commit together with it",
                   .next = {"write the query where its value is used, or use a table that is not temporary",
                            "or move what follows into a migration of its own"}});
    for (const auto& s : group.statements) {
      if (!s.raw) continue;
      const auto found = sql::classify(s.step.statement.sql, dialect);
      if (found.effect == Effect::session) {
        if (found.object == "table")
          for (const auto& name : found.names) temporary.insert(text::lower(name.name));
        if (found.reads_data) {
          holder = &s;
          why = "it keeps what it read from rows in the session";
        }
      } else if (found.effect == Effect::data && mentions(s.step.statement.sql, temporary, dialect.lexical())) {
        holder = &s;
        why = "it works on a temporary table, which ends with the session";
      }
    }
  }
}

}  // namespace dbctl::migrate
