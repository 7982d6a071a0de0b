#pragma once
#include <concepts>

#include "dbctl/migrate/plan.hpp"

/// The members of all that a plan consists of, each with its name: `visit(archive, object)` calls `archive(name,
/// member)`. A structured binding for each, so that a member which is added and not named here does not compile.
namespace dbctl::migrate::fields {

template <class T, class U>
concept Is = std::same_as<std::remove_cvref_t<T>, U>;

template <class A, Is<Origin> T>
void visit(A&& a, T& o) {
  auto& [file, line, column] = o;
  a("file", file), a("line", line), a("column", column);
}
template <class A, Is<Statement> T>
void visit(A&& a, T& o) {
  auto& [sql, params, origin] = o;
  a("sql", sql), a("params", params), a("origin", origin);
}
template <class A, Is<sql::Expect> T>
void visit(A&& a, T& o) {
  auto& [kind, key, message] = o;
  a("kind", kind), a("key", key), a("message", message);
}
template <class A, Is<sql::Step> T>
void visit(A&& a, T& o) {
  auto& [statement, alone, expect, hazards] = o;
  a("statement", statement), a("alone", alone), a("expect", expect), a("hazards", hazards);
}
template <class A, Is<schema::Type> T>
void visit(A&& a, T& o) {
  auto& [kind, size, scale, values] = o;
  a("kind", kind), a("size", size), a("scale", scale), a("values", values);
}
template <class A, Is<schema::Default> T>
void visit(A&& a, T& o) {
  auto& [kind, value, expression] = o;
  a("kind", kind), a("value", value), a("expression", expression);
}
template <class A, Is<schema::Generated> T>
void visit(A&& a, T& o) {
  auto& [expression, stored] = o;
  a("expression", expression), a("stored", stored);
}
template <class A, Is<schema::Column> T>
void visit(A&& a, T& o) {
  auto& [name, type, nullable, auto_increment, default_value, generated, comment, collation] = o;
  a("name", name), a("type", type), a("nullable", nullable), a("auto_increment", auto_increment);
  a("default", default_value), a("generated", generated), a("comment", comment), a("collation", collation);
}
template <class A, Is<schema::Unique> T>
void visit(A&& a, T& o) {
  auto& [name, columns] = o;
  a("name", name), a("columns", columns);
}
template <class A, Is<schema::Check> T>
void visit(A&& a, T& o) {
  auto& [name, expression] = o;
  a("name", name), a("expression", expression);
}
template <class A, Is<schema::ForeignKey> T>
void visit(A&& a, T& o) {
  auto& [name, columns, references, references_columns, on_delete, on_update] = o;
  a("name", name), a("columns", columns), a("references", references), a("references_columns", references_columns);
  a("on_delete", on_delete), a("on_update", on_update);
}
template <class A, Is<schema::IndexPart> T>
void visit(A&& a, T& o) {
  auto& [column, expression, descending] = o;
  a("column", column), a("expression", expression), a("descending", descending);
}
template <class A, Is<schema::Index> T>
void visit(A&& a, T& o) {
  auto& [name, parts, unique, fulltext, concurrently, method, where] = o;
  a("name", name), a("parts", parts), a("unique", unique), a("fulltext", fulltext), a("concurrently", concurrently);
  a("method", method), a("where", where);
}
template <class A, Is<schema::Table> T>
void visit(A&& a, T& o) {
  auto& [name, columns, primary_key, uniques, foreign_keys, checks, indexes, comment, within] = o;
  a("name", name), a("columns", columns), a("primary_key", primary_key), a("uniques", uniques);
  a("foreign_keys", foreign_keys), a("checks", checks), a("indexes", indexes), a("comment", comment);
  a("within", within);
}
template <class A, Is<schema::Assignment> T>
void visit(A&& a, T& o) {
  auto& [column, expression] = o;
  a("column", column), a("expression", expression);
}
template <class A, Is<schema::Backfill> T>
void visit(A&& a, T& o) {
  auto& [table, assignments, where, reversed_by, keeps_data, batch] = o;
  a("table", table), a("assignments", assignments), a("where", where), a("reversed_by", reversed_by);
  a("keeps_data", keeps_data), a("batch", batch);
}
template <class A, Is<Proof::Model> T>
void visit(A&& a, T& o) {
  auto& [table, before, after] = o;
  a("table", table), a("before", before), a("after", after);
}
template <class A, Is<Proof> T>
void visit(A&& a, T& o) {
  auto& [kind, objects, models, renames, condition, done_when_empty] = o;
  a("kind", kind), a("objects", objects), a("models", models), a("renames", renames), a("condition", condition);
  a("done_when_empty", done_when_empty);
}
template <class A, Is<PlannedStatement> T>
void visit(A&& a, T& o) {
  auto& [number, step, operation, hash, rebuilds, drops, raw, proof, replayed, brief] = o;
  a("number", number), a("step", step), a("operation", operation), a("hash", hash), a("rebuilds", rebuilds);
  a("drops", drops), a("raw", raw), a("proof", proof), a("replayed", replayed), a("brief", brief);
}
template <class A, Is<Group> T>
void visit(A&& a, T& o) {
  auto& [kind, suspend_foreign_keys, statements, backfill, backfilled] = o;
  a("kind", kind), a("suspend_foreign_keys", suspend_foreign_keys), a("statements", statements);
  a("backfill", backfill), a("backfilled", backfilled);
}
template <class A, Is<PlannedMigration> T>
void visit(A&& a, T& o) {
  auto& [domain, version, name, file, direction, checksum, groups, notes, losses, halted] = o;
  a("domain", domain), a("version", version), a("name", name), a("file", file), a("direction", direction);
  a("checksum", checksum), a("groups", groups), a("notes", notes), a("losses", losses);
  a("halted", halted);
}

}  // namespace dbctl::migrate::fields
