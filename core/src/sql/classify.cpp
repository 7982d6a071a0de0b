#include "dbctl/sql/classify.hpp"

#include <array>

#include "dbctl/sql/dialect.hpp"
#include "sql/pattern.hpp"

namespace dbctl::sql {
namespace {

using enum InTransaction;

constexpr ClassRule standard[] = {
    {"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|END|ABORT", controls, Effect::control},
    {"START|PREPARE TRANSACTION", controls, Effect::control},
    {"SET [SESSION|LOCAL] TRANSACTION|AUTOCOMMIT", controls, Effect::control},
    {"SET *** SELECT", joins, Effect::session, "", true},
    {"SET", joins, Effect::session},
    {"INSERT|UPDATE|DELETE|MERGE|WITH", joins, Effect::data},
    {"SELECT|VALUES|TABLE|EXPLAIN", joins, Effect::query},
    {"GRANT|REVOKE", joins, Effect::repeatable},
    {"TRUNCATE TABLE name", joins, Effect::identity, "table"},
    {"CREATE [UNIQUE] INDEX name ON on", joins, Effect::definition, "index"},
    {"CREATE OR REPLACE to:VIEW|FUNCTION|PROCEDURE|TRIGGER name", joins, Effect::repeatable},
    {"CREATE TRIGGER name ... ON on", joins, Effect::definition, "trigger"},
    {"CREATE to:TABLE|VIEW|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|DOMAIN|TYPE|ROLE IF NOT EXISTS name", joins,
     Effect::repeatable},
    {"CREATE to:TABLE|VIEW|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|DOMAIN|TYPE|ROLE name", joins, Effect::definition},
    {"ALTER kind:TABLE|VIEW|SEQUENCE|SCHEMA name RENAME TO name", joins, Effect::identity},
    {"ALTER kind:TABLE|VIEW|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|DOMAIN|TYPE name", joins, Effect::definition},
    {"DROP kind:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|TRIGGER|DOMAIN|TYPE|ROLE IF EXISTS names", joins,
     Effect::repeatable},
    {"DROP kind:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|TRIGGER|DOMAIN|TYPE|ROLE names", joins,
     Effect::definition},
};

constexpr auto committing = [] {
  auto rules = std::to_array(standard);
  for (auto& rule : rules) {
    const bool ddl =
        rule.effect == Effect::definition || rule.effect == Effect::identity || rule.effect == Effect::repeatable;
    if (ddl) rule.transaction = commits;
  }
  return rules;
}();

Effect by_names(Effect effect, std::size_t names) {
  if (effect == Effect::definition && names == 0) return Effect::unknown;
  if (effect == Effect::definition && names > 1) return Effect::several;
  if (effect == Effect::identity && names > 2) return Effect::several;
  return effect;
}

}  // namespace

StatementClass classify(std::string_view statement, const LexicalRules& rules, std::span<const ClassRule> classes) {
  StatementTokens tokens(statement, rules);
  for (const auto& rule : classes) {
    PatternMatch match(tokens);
    if (!match.matches(rule.pattern)) continue;
    return {.transaction = rule.transaction,
            .effect = by_names(rule.effect, match.names.size()),
            .object = rule.object.empty() ? std::move(match.kind) : std::string(rule.object),
            .names = std::move(match.names),
            .on = std::move(match.on),
            .reads_data = rule.reads_data};
  }
  return {};
}

StatementClass classify(std::string_view statement, const Dialect& dialect) {
  return classify(statement, dialect.lexical(), dialect.classes());
}

std::span<const ClassRule> standard_classes(bool transactional_ddl) {
  if (transactional_ddl) return standard;
  return committing;
}

}  // namespace dbctl::sql
