#include "lexical.hpp"

namespace dbctl::sqlite {
namespace {

using enum sql::InTransaction;
using sql::Effect;

constexpr sql::ClassRule classes[] = {
    {"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|END", controls, Effect::control},

    // Inside a transaction VACUUM, DETACH and a change of journal_mode are refused, and these pragmas do nothing.
    {"VACUUM", refused, Effect::repeatable},
    {"DETACH", refused, Effect::session},
    {"PRAGMA [any .] JOURNAL_MODE|WAL_CHECKPOINT", refused, Effect::repeatable},
    {"PRAGMA [any .] FOREIGN_KEYS|SYNCHRONOUS", refused, Effect::session},
    {"PRAGMA [any .] USER_VERSION|APPLICATION_ID", joins, Effect::repeatable},
    {"PRAGMA", joins, Effect::session},
    {"ATTACH", joins, Effect::session},
    {"CREATE TEMP|TEMPORARY TABLE [IF NOT EXISTS] name ... AS", joins, Effect::session, "table", true},
    {"CREATE TEMP|TEMPORARY kind:TABLE|VIEW|TRIGGER [IF NOT EXISTS] name", joins, Effect::session},

    {"INSERT|UPDATE|DELETE|REPLACE|WITH", joins, Effect::data},
    {"SELECT|VALUES|EXPLAIN", joins, Effect::query},
    {"ANALYZE|REINDEX", joins, Effect::repeatable},

    {"CREATE [UNIQUE] INDEX IF NOT EXISTS name ON on", joins, Effect::repeatable, "index"},
    {"CREATE VIRTUAL TABLE IF NOT EXISTS name", joins, Effect::repeatable, "table"},
    {"CREATE kind:TABLE|VIEW|TRIGGER IF NOT EXISTS name", joins, Effect::repeatable},
    {"DROP kind:TABLE|VIEW|INDEX|TRIGGER IF EXISTS name", joins, Effect::repeatable},

    {"CREATE [UNIQUE] INDEX name ON on", joins, Effect::definition, "index"},
    {"CREATE TRIGGER name ... ON on", joins, Effect::definition, "trigger"},
    {"CREATE [VIRTUAL] kind:TABLE|VIEW name", joins, Effect::definition},
    {"ALTER TABLE name RENAME TO name", joins, Effect::identity, "table"},
    {"ALTER TABLE name", joins, Effect::definition, "table"},
    {"DROP kind:TABLE|VIEW|INDEX|TRIGGER name", joins, Effect::definition},
};

}  // namespace

const sql::LexicalRules& lexical_rules() {
  static const sql::LexicalRules rules{.backtick = true,
                                       .bracket = true,
                                       .dot_commands = true,
                                       .bodies = sql::Bodies::triggers,
                                       .letters = sql::Letters::insensitive};
  return rules;
}

std::span<const sql::ClassRule> statement_classes() {
  return classes;
}

}  // namespace dbctl::sqlite
