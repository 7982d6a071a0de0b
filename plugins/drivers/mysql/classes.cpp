// What each statement does to a transaction, and what is known of it after a crash. The manual's list of statements
// that cause an implicit commit is the source; the first pattern that fits counts.
#include "lexical.hpp"

namespace dbctl::mysql {
namespace {

using enum sql::InTransaction;
using sql::Effect;

constexpr sql::ClassRule classes[] = {
    {"BEGIN NOT ATOMIC", unknown, Effect::unknown},
    {"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|XA", controls, Effect::control},
    {"START TRANSACTION", controls, Effect::control},
    {"RELEASE SAVEPOINT", controls, Effect::control},
    {"SET [SESSION|GLOBAL|LOCAL] TRANSACTION", controls, Effect::control},
    {"SET *** AUTOCOMMIT|COMPLETION_TYPE", controls, Effect::control},

    // The session. LOCK TABLES also ends a transaction, and keeps all other tables from the session.
    {"LOCK|UNLOCK TABLE|TABLES", commits, Effect::session},
    {"USE", joins, Effect::session},
    {"PREPARE any FROM", joins, Effect::session},
    {"DEALLOCATE|DROP PREPARE", joins, Effect::session},
    {"HANDLER", joins, Effect::session},
    {"SET STATEMENT", unknown, Effect::unknown},
    {"SET PASSWORD", commits, Effect::repeatable},
    {"SET DEFAULT ROLE", commits, Effect::repeatable},
    {"SET GLOBAL|PERSIST|PERSIST_ONLY", joins, Effect::repeatable},
    {"SET @ @ GLOBAL|PERSIST|PERSIST_ONLY", joins, Effect::repeatable},
    {"SET *** SELECT|LAST_INSERT_ID|ROW_COUNT|FOUND_ROWS", joins, Effect::session, "", true},
    {"SET", joins, Effect::session},
    {"CREATE [OR REPLACE] TEMPORARY TABLE [IF NOT EXISTS] name *** SELECT|TABLE|LIKE", joins, Effect::session, "table",
     true},
    {"CREATE [OR REPLACE] TEMPORARY kind:TABLE|SEQUENCE [IF NOT EXISTS] name", joins, Effect::session},
    {"DROP TEMPORARY kind:TABLE|TABLES|SEQUENCE [IF EXISTS] names", joins, Effect::session},

    // Rows.
    {"INSERT|UPDATE|DELETE|REPLACE|WITH", joins, Effect::data},
    {"LOAD DATA|XML", joins, Effect::data},
    {"ANALYZE INSERT|UPDATE|DELETE|REPLACE|SELECT|FORMAT|WITH", joins, Effect::data},
    {"SELECT *** INTO OUTFILE|DUMPFILE", joins, Effect::unknown},
    {"SELECT *** INTO @", joins, Effect::session, "", true},
    {"SELECT|VALUES|TABLE|SHOW|EXPLAIN|DESCRIBE|DESC|DO|HELP|CHECKSUM|SIGNAL|RESIGNAL|GET", joins, Effect::query},
    {"(", joins, Effect::query},
    {"CALL|EXECUTE", unknown, Effect::unknown},

    // What may be said twice.
    {"ANALYZE|OPTIMIZE|REPAIR [NO_WRITE_TO_BINLOG|LOCAL] kind:TABLE|TABLES names", commits, Effect::repeatable,
     "table"},
    {"CHECK TABLE|TABLES names", commits, Effect::repeatable, "table"},
    {"FLUSH|GRANT|REVOKE|CACHE", commits, Effect::repeatable},
    {"LOAD INDEX", commits, Effect::repeatable},
    {"CREATE OR REPLACE to:TABLE|VIEW|INDEX|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA|USER|ROLE|SERVER "
     "[IF NOT EXISTS] name",
     commits, Effect::repeatable},
    {"CREATE OR REPLACE USER|ROLE|SERVER", commits, Effect::repeatable},
    {"CREATE USER|ROLE IF NOT EXISTS", commits, Effect::repeatable},
    {"CREATE to:TABLE|VIEW|INDEX|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA|SERVER IF NOT EXISTS name",
     commits, Effect::repeatable},
    {"DROP INDEX IF EXISTS name ON on", commits, Effect::repeatable, "index"},
    {"DROP kind:TABLE|TABLES|VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA|SERVER IF EXISTS names",
     commits, Effect::repeatable},
    {"DROP USER|ROLE IF EXISTS", commits, Effect::repeatable},
    {"ALTER DATABASE|SCHEMA|USER|ROLE|SERVER", commits, Effect::repeatable},
    {"ALTER PROCEDURE|FUNCTION", commits, Effect::repeatable},
    {"ALTER TABLE name DISABLE|ENABLE KEYS END", commits, Effect::repeatable, "table"},
    {"ALTER TABLE name FORCE END", commits, Effect::repeatable, "table"},
    {"ALTER TABLE name FORCE , ALGORITHM|LOCK [=] any END", commits, Effect::repeatable, "table"},
    {"ALTER TABLE name FORCE , ALGORITHM|LOCK [=] any , ALGORITHM|LOCK [=] any END", commits, Effect::repeatable,
     "table"},
    {"ALTER TABLE name ENGINE|AUTO_INCREMENT [=] any END", commits, Effect::repeatable, "table"},
    {"ALTER TABLE name REBUILD|OPTIMIZE|ANALYZE|CHECK|REPAIR PARTITION", commits, Effect::repeatable, "table"},

    // Identity.
    {"TRUNCATE [TABLE] name", commits, Effect::identity, "table"},
    {"RENAME TABLE|TABLES [IF EXISTS] renames", commits, Effect::identity, "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name TRUNCATE PARTITION", commits, Effect::identity, "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name ... EXCHANGE|CONVERT PARTITION|TABLE", commits, Effect::unknown,
     "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name ... DISCARD|IMPORT ... TABLESPACE", commits, Effect::unknown,
     "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name ... RENAME TO|AS|= name", commits, Effect::identity, "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name ... RENAME COLUMN|INDEX|KEY any TO", commits, Effect::definition,
     "table"},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name ... RENAME name END", commits, Effect::identity, "table"},
    {"ALTER to:EVENT name ... RENAME TO name", commits, Effect::identity},

    // Definitions.
    {"CREATE [ONLINE|OFFLINE] [UNIQUE|FULLTEXT|SPATIAL] INDEX name ... ON on", commits, Effect::definition, "index"},
    {"DROP INDEX name ON on", commits, Effect::definition, "index"},
    {"CREATE DEFINER = any TRIGGER name ... ON on", commits, Effect::definition, "trigger"},
    {"CREATE DEFINER = any @ any TRIGGER name ... ON on", commits, Effect::definition, "trigger"},
    {"CREATE TRIGGER name ... ON on", commits, Effect::definition, "trigger"},
    {"CREATE to:TABLE|VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA|SERVER name", commits,
     Effect::definition},
    {"ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] name", commits, Effect::definition, "table"},
    {"ALTER SEQUENCE *** RESTART", commits, Effect::unknown, "sequence"},
    {"ALTER to:VIEW|EVENT|SEQUENCE name", commits, Effect::repeatable},
    {"DROP kind:TABLE|TABLES|VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA|SERVER names", commits,
     Effect::definition},
    {"CREATE|ALTER|DROP|RENAME|INSTALL|UNINSTALL|IMPORT", commits, Effect::unknown},
};

}  // namespace

std::span<const sql::ClassRule> statement_classes() {
  return classes;
}

}  // namespace dbctl::mysql
