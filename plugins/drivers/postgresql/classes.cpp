// What each statement does to a transaction, and what is known of it after a crash; the first pattern that fits counts.
// The server calls PreventInTransactionBlock for what is `refused`.
#include "lexical.hpp"

namespace dbctl::postgresql {
namespace {

using enum sql::InTransaction;
using sql::Effect;

constexpr sql::ClassRule classes[] = {
    {"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|END|ABORT", controls, Effect::control},
    {"START|PREPARE TRANSACTION", controls, Effect::control},
    {"SET [LOCAL] TRANSACTION", controls, Effect::control},

    // Refused in a transaction block.
    {"VACUUM", refused, Effect::repeatable},
    {"ALTER SYSTEM", refused, Effect::repeatable},
    {"ALTER SUBSCRIPTION name REFRESH", refused, Effect::repeatable, "subscription"},
    {"ALTER DATABASE name SET TABLESPACE", refused, Effect::repeatable, "database"},
    {"CREATE kind:DATABASE|TABLESPACE|SUBSCRIPTION name", refused, Effect::definition},
    {"DROP kind:DATABASE|TABLESPACE|SUBSCRIPTION IF EXISTS name", refused, Effect::repeatable},
    {"DROP kind:DATABASE|TABLESPACE|SUBSCRIPTION name", refused, Effect::definition},
    {"REINDEX *** CONCURRENTLY", refused, Effect::repeatable},
    {"REINDEX ... DATABASE|SYSTEM|SCHEMA", refused, Effect::repeatable},
    {"CLUSTER [VERBOSE] END", refused, Effect::repeatable},
    {"CLUSTER ( VERBOSE ) END", refused, Effect::repeatable},
    {"DISCARD ALL", refused, Effect::session},
    // An interrupted one leaves an invalid index behind, which IF NOT EXISTS would keep.
    {"CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY] on", refused, Effect::definition, "index"},
    {"CREATE [UNIQUE] INDEX CONCURRENTLY ON [ONLY] on", refused, Effect::unknown, "index"},
    {"DROP INDEX CONCURRENTLY [IF EXISTS] names", refused, Effect::definition, "index"},
    {"ALTER TABLE [IF EXISTS] [ONLY] name ... DETACH PARTITION on CONCURRENTLY", refused, Effect::definition, "table"},
    // A new value cannot be used in the transaction that adds it.
    {"ALTER TYPE name ADD VALUE IF NOT EXISTS", refused, Effect::repeatable, "type"},
    {"ALTER TYPE name ADD VALUE", refused, Effect::definition, "type"},

    // The session.
    {"SELECT ... SET_CONFIG", joins, Effect::session},
    {"SET *** SELECT", joins, Effect::session, "", true},
    {"SET|RESET|DISCARD|LISTEN|UNLISTEN|LOAD|PREPARE|DEALLOCATE", joins, Effect::session},
    {"DECLARE|FETCH|MOVE|CLOSE", joins, Effect::session, "", true},
    {"CREATE [OR REPLACE] [GLOBAL|LOCAL] TEMP|TEMPORARY ... kind:TABLE [IF NOT EXISTS] name ... AS", joins,
     Effect::session, "", true},
    {"CREATE [OR REPLACE] [GLOBAL|LOCAL] TEMP|TEMPORARY to:TABLE|VIEW|SEQUENCE [IF NOT EXISTS] name", joins,
     Effect::session},

    // Rows.
    {"INSERT|UPDATE|DELETE|MERGE|WITH|COPY|NOTIFY", joins, Effect::data},
    {"SELECT|VALUES|TABLE|SHOW|EXPLAIN|LOCK", joins, Effect::query},
    {"(", joins, Effect::query},
    {"CALL|EXECUTE|DO", joins, Effect::unknown},
    {"TRUNCATE [TABLE] [ONLY] name", joins, Effect::identity, "table"},

    // What may be said twice.
    {"GRANT|REVOKE|COMMENT|SECURITY|ANALYZE|REFRESH|REINDEX|CLUSTER|CHECKPOINT|REASSIGN", joins, Effect::repeatable},
    {"ALTER DEFAULT PRIVILEGES", joins, Effect::repeatable},
    {"CREATE OR REPLACE to:VIEW|FUNCTION|PROCEDURE|TRIGGER|RULE|AGGREGATE|LANGUAGE|TRANSFORM name", joins,
     Effect::repeatable},
    {"CREATE [UNIQUE] INDEX IF NOT EXISTS name ON [ONLY] on", joins, Effect::repeatable, "index"},
    {"CREATE to:TABLE|VIEW|SEQUENCE|SCHEMA|EXTENSION|COLLATION|SERVER|STATISTICS IF NOT EXISTS name", joins,
     Effect::repeatable},
    {"DROP to:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|TYPE|DOMAIN|EXTENSION|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|TRIGGER|RULE|"
     "POLICY|COLLATION|CONVERSION|ROLE|USER|GROUP|SERVER|STATISTICS|PUBLICATION|LANGUAGE IF EXISTS names",
     joins, Effect::repeatable},

    // Definitions.
    {"CREATE [UNIQUE] INDEX name ON [ONLY] on", joins, Effect::definition, "index"},
    {"CREATE [CONSTRAINT] TRIGGER name ... ON on", joins, Effect::definition, "trigger"},
    {"CREATE kind:RULE name AS ON any TO on", joins, Effect::definition},
    {"CREATE kind:POLICY name ON on", joins, Effect::definition},
    {"DROP kind:TRIGGER|RULE|POLICY name ON on", joins, Effect::definition},
    {"ALTER to:TABLE|VIEW|INDEX|SEQUENCE [IF EXISTS] [ONLY] name RENAME TO name", joins, Effect::identity},
    {"CREATE "
     "to:TABLE|VIEW|SEQUENCE|SCHEMA|TYPE|DOMAIN|EXTENSION|FUNCTION|PROCEDURE|AGGREGATE|COLLATION|CONVERSION|ROLE|"
     "USER|GROUP|SERVER|STATISTICS|PUBLICATION|LANGUAGE name",
     joins, Effect::definition},
    {"ALTER "
     "to:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|TYPE|DOMAIN|EXTENSION|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|TRIGGER|RULE|"
     "POLICY|COLLATION|CONVERSION|ROLE|USER|GROUP|SERVER|STATISTICS|PUBLICATION|SUBSCRIPTION|DATABASE|TABLESPACE|"
     "LANGUAGE [IF EXISTS] [ONLY] name",
     joins, Effect::definition},
    {"DROP to:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|TYPE|DOMAIN|EXTENSION|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|COLLATION|"
     "CONVERSION|ROLE|USER|GROUP|SERVER|STATISTICS|PUBLICATION|LANGUAGE names",
     joins, Effect::definition},
    {"CREATE|ALTER|DROP|IMPORT", joins, Effect::unknown},
};

}  // namespace

std::span<const sql::ClassRule> statement_classes() {
  return classes;
}

}  // namespace dbctl::postgresql
