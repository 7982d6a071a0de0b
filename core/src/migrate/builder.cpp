#include "migrate/builder.hpp"

#include "dbctl/base/digest.hpp"
#include "migrate/describe.hpp"
#include "migrate/proof.hpp"

namespace dbctl::migrate {

std::string hash_of(const Statement& statement) {
  std::string text = statement.sql;
  for (const auto& p : statement.params) {
    text += '\0';
    text += std::to_string(p.index());
    text += to_text(p);
  }
  return sha256(text);
}

Builder::Builder(const catalog::Migration& migration, Direction direction, const Target& target, schema::Schema& schema)
    : target_(target), schema_(schema) {
  planned_.domain = migration.domain;
  planned_.version = migration.version;
  planned_.name = migration.name;
  planned_.file = migration.file;
  planned_.direction = direction;
}

void Builder::add(const schema::Operation& operation) {
  for (auto& loss : schema::losses(operation, schema_)) planned_.losses.push_back(std::move(loss));
  // Applied first: an operation that does not fit the model is told so in the model's words, not the dialect's.
  auto after = schema::apply(schema_, operation);
  if (const auto* backfill = std::get_if<schema::Backfill>(&operation.what))
    add_backfill(*backfill, operation);
  else
    add_script(target_.dialect->render(operation, schema_), operation, after);
  schema_ = std::move(after);
}

void Builder::add_part_of_reverse(const schema::Operation& backfill, const std::string& cursor) {
  for (const auto& back : schema::inverse(backfill, schema_)) {
    const auto& reverse = std::get<schema::Backfill>(back.what);
    const auto& table = schema_.at(reverse.table);
    auto statement = target_.dialect->backfill_batch(reverse, table, {}, key_from_cursor(cursor, table));
    add_statement(transaction(false), {.statement = std::move(statement)}, back);
  }
}

PlannedMigration Builder::finish(std::string checksum) && {
  check_session_is_replayable(planned_, *target_.dialect);
  planned_.checksum = std::move(checksum);
  return std::move(planned_);
}

void Builder::add_backfill(const schema::Backfill& backfill, const schema::Operation& operation) {
  auto& group = open(Group::Kind::backfill);
  const auto& table = schema_.at(backfill.table);
  group.backfill = backfill;
  group.backfilled = table;
  const Row last(table.primary_key.size(), Null{});
  add_statement(group, {.statement = target_.dialect->backfill_batch(backfill, table, {}, last)}, operation);
}

void Builder::add_script(sql::Script script, const schema::Operation& operation, const schema::Schema& after) {
  for (auto& note : script.notes) planned_.notes.push_back(std::move(note));
  std::vector<schema::Table> rebuilds;
  for (const auto& name : script.rebuilds) rebuilds.push_back(schema_.at(name));
  bool brief = script.rebuilds.empty();
  for (auto& step : script.steps) {
    auto& group = step.alone ? open(Group::Kind::alone) : transaction(script.suspend_foreign_keys);
    if (&step == &script.steps.front()) brief = new_tables_.are_all_of(operation, schema_, after) && brief;
    brief = brief && !step.alone && step.expect.kind == sql::Expect::Kind::nothing;
    auto& added = add_statement(group, std::move(step), operation);
    added.rebuilds = std::exchange(rebuilds, {});
    added.raw = std::holds_alternative<schema::RawSql>(operation.what);
    added.replayed = added.raw && is_replayed(added.step, *target_.dialect);
    added.brief = brief;
    added.proof = proof_of(operation, added.step, schema_, after, *target_.dialect);
  }
  if (const auto* drop = std::get_if<schema::DropTable>(&operation.what); drop != nullptr && !script.steps.empty())
    planned_.groups.back().statements.back().drops = drop->table;
}

PlannedStatement& Builder::add_statement(Group& group, sql::Step step, const schema::Operation& operation) {
  step.statement.origin = operation.origin;
  auto hash = hash_of(step.statement);
  group.statements.push_back({.number = ++count_,
                              .step = std::move(step),
                              .operation = schema::summary(operation),
                              .hash = std::move(hash),
                              .rebuilds = {}});
  return group.statements.back();
}

/// Statements that need foreign keys suspended share no group with those that rely on them: a delete must cascade.
Group& Builder::transaction(bool suspend_foreign_keys) {
  if (!planned_.groups.empty()) {
    auto& last = planned_.groups.back();
    if (last.kind == Group::Kind::transaction && last.suspend_foreign_keys == suspend_foreign_keys) return last;
  }
  auto& group = open(Group::Kind::transaction);
  group.suspend_foreign_keys = suspend_foreign_keys;
  return group;
}

Group& Builder::open(Group::Kind kind) {
  new_tables_.forget();
  planned_.groups.push_back({});
  planned_.groups.back().kind = kind;
  return planned_.groups.back();
}

}  // namespace dbctl::migrate
