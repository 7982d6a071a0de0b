#include "catalogue.hpp"

#include <set>

#include <fmt/format.h>

namespace dbctl::postgresql {
namespace {

/// The name by which it is known: with its schema where that is not the current one.
std::string name_of(const std::string& schema, const std::string& name) {
  return fmt::format("CASE WHEN {0} = current_schema() THEN '' ELSE {0} || '.' END || {1}", schema, name);
}

/// Neither an extension's nor dbctl's own; `dependence` leaves out: 'e' an extension's, 'i' a part of
/// something else, as a range type's functions are.
std::string is_users(const std::string& catalogue, const std::string& oid, const std::string& name,
                     const std::string& dependence = "'e'") {
  return fmt::format(
      "{} NOT LIKE 'dbctl\\_%' AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = "
      "'{}'::regclass AND d.objid = {} AND d.deptype IN ({}))",
      name, catalogue, oid, dependence);
}

/// `c` is a relation that was asked for, itself or by its table `t`, in schema `n`.
std::string chosen() {
  return "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace LEFT JOIN pg_index AS x ON x.indexrelid "
         "= c.oid LEFT JOIN pg_class AS t ON t.oid = x.indrelid WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'i', 'I', "
         "'S') AND (" +
         is_asked_for("n.nspname", "c.relname") + " OR t.oid IS NOT NULL AND " +
         is_asked_for("n.nspname", "t.relname") + ") AND " + is_users("pg_class", "c.oid", "c.relname") +
         " AND (t.oid IS NULL OR " + is_users("pg_class", "t.oid", "t.relname") + ")";
}

constexpr const char* relation_facts =
    "concat_ws(E'\\n', "
    "CASE c.relkind WHEN 'p' THEN 'partitioned ' || pg_get_partkeydef(c.oid) WHEN 'm' THEN 'materialized' "
    "WHEN 'f' THEN 'foreign' END, "
    "CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END, "
    "CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END, "
    "CASE WHEN c.relkind IN ('i', 'I') THEN pg_get_indexdef(c.oid) END, "
    "(SELECT 'constraint ' || k.conname FROM pg_constraint AS k WHERE k.conindid = c.oid AND k.conrelid = x.indrelid "
    "AND k.contype IN ('p', 'u', 'x')), "
    "CASE WHEN x.indisclustered THEN 'clusters its table' END, "
    "CASE WHEN x.indisreplident THEN 'replica identity' END, "
    "'partition ' || pg_get_expr(c.relpartbound, c.oid), "
    "CASE WHEN c.relkind IN ('r', 'p', 'm') AND c.relreplident <> 'd' THEN 'replica identity ' || c.relreplident::text "
    "END, "
    "CASE WHEN c.relrowsecurity THEN 'row level security' END, "
    "CASE WHEN c.relforcerowsecurity THEN 'row level security for the owner' END, "
    "CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'without data' END, "
    "'of type ' || (CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype END)::text, "
    "'with ' || c.reloptions::text, "
    "'toast with ' || (SELECT o.reloptions::text FROM pg_class AS o WHERE o.oid = c.reltoastrelid), "
    "(SELECT 'access method ' || m.amname FROM pg_am AS m WHERE m.oid = c.relam AND c.relkind IN ('r', 'p', 'm')), "
    "(SELECT 'tablespace ' || s.spcname FROM pg_tablespace AS s WHERE s.oid = c.reltablespace), "
    "(SELECT concat_ws(' ', 'server', s.srvname, f.ftoptions::text) FROM pg_foreign_table AS f JOIN pg_foreign_server "
    "AS s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid), "
    "(SELECT concat_ws(' ', format_type(q.seqtypid, NULL), 'start', q.seqstart, 'increment', q.seqincrement, 'from', "
    "q.seqmin, 'to', q.seqmax, 'cache', q.seqcache, CASE WHEN q.seqcycle THEN 'cycle' END) FROM pg_sequence AS q WHERE "
    "q.seqrelid = c.oid), "
    "(SELECT 'of column ' || d.refobjid::regclass::text || '.' || a.attname FROM pg_depend AS d JOIN pg_attribute AS a "
    "ON "
    "a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass "
    "AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')), "
    "'comment ' || obj_description(c.oid, 'pg_class'))";

/// What has no file of its own is told by those below it.
constexpr const char* relation_identity =
    "c.oid::text || '/' || COALESCE(pg_relation_filenode(c.oid)::text, CASE WHEN c.relkind = 'p' THEN (SELECT "
    "string_agg(pg_relation_filenode(p.relid)::text, ',' ORDER BY p.relid) FROM pg_partition_tree(c.oid) AS p WHERE "
    "p.isleaf) END, '')";

std::string relations(bool identities) {
  return fmt::format(
      "SELECT c.oid::bigint, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' WHEN c.relkind IN ('i', 'I') THEN 'index' "
      "WHEN c.relkind = 'S' THEN 'sequence' ELSE 'table' END, {}, COALESCE(x.indisvalid AND x.indisready AND "
      "x.indislive, true), {}, {} {}",
      name_of("n.nspname", "c.relname"), identities ? relation_identity : "''", relation_facts, chosen());
}

std::string triggers(bool identities) {
  return fmt::format(
      "SELECT g.oid::bigint, 'trigger', {}, true, {}, concat_ws(E'\\n', pg_get_triggerdef(g.oid), CASE WHEN "
      "g.tgenabled <> 'O' THEN 'enabled ' || g.tgenabled::text END, 'comment ' || obj_description(g.oid, "
      "'pg_trigger')) FROM "
      "pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE "
      "NOT g.tgisinternal AND ({} OR {} OR {}) AND {} AND {}",
      name_of("n.nspname", "c.relname || '.' || g.tgname"), identities ? "g.oid::text" : "''",
      is_asked_for("n.nspname", "g.tgname"), is_asked_for("n.nspname", "c.relname"),
      is_asked_for("n.nspname", "c.relname || '.' || g.tgname"), is_users("pg_class", "c.oid", "c.relname"),
      is_users("pg_trigger", "g.oid", "g.tgname"));
}

std::string routines(bool identities) {
  return fmt::format(
      "SELECT p.oid::bigint, 'routine', {}, true, {}, concat_ws(E'\\n', CASE WHEN p.prokind = 'a' THEN concat_ws(' ', "
      "'aggregate', a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, "
      "a.aggminvtransfn, a.aggmfinalfn, a.aggkind, a.aggnumdirectargs, a.aggfinalextra, a.aggsortop::regoper, "
      "format_type(a.aggtranstype, NULL), a.agginitval, p.proparallel) ELSE pg_get_functiondef(p.oid) END, 'comment ' "
      "|| obj_description(p.oid, 'pg_proc')) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace LEFT "
      "JOIN pg_aggregate AS a ON a.aggfnoid = p.oid WHERE ({} OR {}) AND {}",
      name_of("n.nspname", "p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"),
      identities ? "p.oid::text" : "''", is_asked_for("n.nspname", "p.proname"),
      is_asked_for("n.nspname", "p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"),
      is_users("pg_proc", "p.oid", "p.proname", "'e', 'i'"));
}

/// Enumerations, domains, ranges and composite types; the rows and arrays of others go with those.
std::string types(bool identities) {
  return fmt::format(
      "SELECT t.oid::bigint, 'type', {}, true, {}, concat_ws(E'\\n', CASE t.typtype WHEN 'e' THEN 'enumeration' WHEN "
      "'d' THEN 'domain of ' || format_type(t.typbasetype, t.typtypmod) WHEN 'r' THEN 'range' WHEN 'c' THEN "
      "'composite' ELSE 'base' END, (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM "
      "pg_enum AS e WHERE e.enumtypid = t.oid), CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || "
      "t.typdefault, CASE WHEN t.typtype = 'd' THEN 'collation ' || (CASE WHEN t.typcollation <> 0 THEN "
      "t.typcollation::regcollation END)::text END, (SELECT string_agg(concat_ws(' ', 'constraint', k.conname, "
      "pg_get_constraintdef(k.oid)), E'\\n' ORDER BY k.conname) FROM pg_constraint AS k WHERE k.contypid = t.oid), "
      "(SELECT concat_ws(' ', r.rngsubtype::regtype, (CASE WHEN r.rngcollation <> 0 THEN r.rngcollation::regcollation "
      "END)::text, r.rngcanonical, r.rngsubdiff) FROM pg_range AS r WHERE r.rngtypid = t.oid), (SELECT "
      "string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)), E'\\n' ORDER BY "
      "a.attnum) FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), "
      "'comment ' || obj_description(t.oid, 'pg_type')) FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = "
      "t.typnamespace LEFT JOIN pg_class AS r ON r.oid = t.typrelid WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = "
      "'c' AND r.relkind = 'c' OR t.typtype = 'b' AND t.typcategory <> 'A') AND {} AND {}",
      name_of("n.nspname", "t.typname"), identities ? "t.oid::text" : "''", is_asked_for("n.nspname", "t.typname"),
      is_users("pg_type", "t.oid", "t.typname"));
}

/// Of a relation in `chosen`: its columns, in their order. What only newer servers have is read from the whole row.
constexpr const char* columns =
    "SELECT a.attrelid AS oid, 1 AS part, a.attnum::int AS place, NULL::text AS name, concat_ws(' ', 'column', "
    "quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), "
    "CASE WHEN a.attcollation <> y.typcollation THEN 'collate ' || a.attcollation::regcollation::text END, "
    "CASE WHEN a.attnotnull THEN 'not null' END, "
    "CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END, "
    "CASE a.attgenerated WHEN '' THEN 'default' WHEN 's' THEN 'stored' ELSE 'virtual' END || ' ' || "
    "pg_get_expr(f.adbin, f.adrelid), "
    "CASE WHEN a.attstorage <> y.typstorage THEN 'storage ' || a.attstorage::text END, "
    "'compression ' || NULLIF(to_jsonb(a) ->> 'attcompression', ''), "
    "'statistics ' || NULLIF(to_jsonb(a) ->> 'attstattarget', '-1'), "
    // what begins with pg_ is the server's own: 17.12 has pg_attver there, another number each time a column is made
    "'with ' || NULLIF(ARRAY(SELECT o FROM unnest(a.attoptions) AS o WHERE left(o, 3) <> 'pg_'), '{}')::text, "
    "'options ' || a.attfdwoptions::text, "
    "CASE WHEN NOT a.attislocal THEN 'inherited' END, 'comment ' || col_description(a.attrelid, a.attnum)) AS fact "
    "FROM chosen AS c JOIN pg_attribute AS a ON a.attrelid = c.oid JOIN pg_type AS y ON y.oid = a.atttypid LEFT JOIN "
    "pg_attrdef AS f ON f.adrelid = a.attrelid AND f.adnum = a.attnum WHERE a.attnum > 0 AND NOT a.attisdropped AND "
    "c.relkind IN ('r', 'p', 'f', 'v', 'm', 'i', 'I') "
    // an index's columns stand in its definition already, but not their statistics
    "AND (c.relkind NOT IN ('i', 'I') OR NULLIF(to_jsonb(a) ->> 'attstattarget', '-1') IS NOT NULL)";

constexpr const char* constraints =
    "SELECT c.oid, 2, 0, k.conname::text, concat_ws(' ', 'constraint', quote_ident(k.conname), "
    "pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'is not valid' END, CASE WHEN NOT k.conislocal "
    "THEN 'inherited' END, 'comment ' || obj_description(k.oid, 'pg_constraint')) FROM chosen AS c JOIN pg_constraint "
    "AS k ON k.conrelid = c.oid WHERE k.contype NOT IN ('t', 'n') OR NOT k.convalidated";

constexpr const char* rules =
    "SELECT c.oid, 3, 0, r.rulename::text, concat_ws(' ', 'rule', pg_get_ruledef(r.oid), CASE WHEN r.ev_enabled <> 'O' "
    "THEN 'enabled ' || r.ev_enabled::text END) FROM chosen AS c JOIN pg_rewrite AS r ON r.ev_class = c.oid WHERE "
    "r.rulename "
    "<> '_RETURN'";

constexpr const char* policies =
    "SELECT c.oid, 4, 0, p.polname::text, concat_ws(' ', 'policy', quote_ident(p.polname), CASE WHEN p.polpermissive "
    "THEN 'permissive' ELSE 'restrictive' END, p.polcmd, 'to', (SELECT string_agg(COALESCE(o.rolname, 'public'), ', ' "
    "ORDER BY o.rolname) FROM unnest(p.polroles) AS u (role) LEFT JOIN pg_roles AS o ON o.oid = u.role), 'using ' || "
    "pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)) FROM chosen AS c JOIN "
    "pg_policy AS p ON p.polrelid = c.oid";

constexpr const char* parents =
    "SELECT c.oid, 5, i.inhseqno, NULL, concat_ws(' ', 'child of', i.inhparent::regclass, CASE WHEN to_jsonb(i) ->> "
    "'inhdetachpending' = 'true' THEN 'detach pending' END) FROM chosen AS c JOIN pg_inherits AS i ON i.inhrelid = "
    "c.oid";

constexpr const char* statistics =
    "SELECT c.oid, 6, 0, s.stxname::text, pg_get_statisticsobjdef(s.oid) FROM chosen AS c JOIN pg_statistic_ext AS s "
    "ON s.stxrelid = c.oid";

}  // namespace

std::string is_asked_for(const std::string& schema, const std::string& name) {
  return fmt::format(
      "(CASE WHEN cardinality($1::text[]) = 0 THEN {0} = current_schema() ELSE {1} = ANY ($2::text[]) AND ({0} = "
      "current_schema() AND {1} = ANY ($1::text[]) OR {0} || '.' || {1} = ANY ($1::text[])) END)",
      schema, name);
}

Row names_parameters(const std::vector<std::string>& names) {
  std::set<std::string> bare(names.begin(), names.end());
  for (const auto& name : names)
    if (const auto dot = name.find('.'); dot != std::string::npos) bare.insert(name.substr(dot + 1));
  return {TextArray{names}, TextArray{{bare.begin(), bare.end()}}};
}

std::string objects_query(bool identities) {
  return fmt::format("{} UNION ALL {} UNION ALL {} UNION ALL {} ORDER BY 2, 3", relations(identities),
                     triggers(identities), routines(identities), types(identities));
}

std::string parts_query() {
  return fmt::format(
      "WITH chosen AS MATERIALIZED (SELECT c.oid, c.relkind {}) SELECT oid::bigint, fact FROM ({} UNION ALL {} UNION "
      "ALL {} UNION ALL {} UNION ALL {} UNION ALL {}) AS parts ORDER BY oid, part, place, name",
      chosen(), columns, constraints, rules, policies, parents, statistics);
}

}  // namespace dbctl::postgresql
