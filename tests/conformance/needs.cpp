#include "conformance/needs.hpp"

#include <algorithm>
#include <array>

namespace dbctl::conformance {
namespace {

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

void add(Needs& needs, const schema::Column& column) {
  needs.generated_columns = needs.generated_columns || !column.generated.expression.empty();
  needs.comments = needs.comments || !column.comment.empty();
}

void add(Needs& needs, const schema::Index& index) {
  needs.partial_index = needs.partial_index || !index.where.empty();
  needs.fulltext_index = needs.fulltext_index || index.fulltext;
  needs.concurrent_index = needs.concurrent_index || index.concurrently;
  for (const auto& part : index.parts) {
    needs.expression_index = needs.expression_index || !part.expression.empty();
    needs.descending_index = needs.descending_index || part.descending;
  }
}

void add(Needs& needs, const schema::Operation& operation) {
  std::visit(
      overloaded{[&](const schema::CreateTable& op) {
                   needs.comments = !op.table.comment.empty();
                   for (const auto& column : op.table.columns) add(needs, column);
                   for (const auto& index : op.table.indexes) add(needs, index);
                 },
                 [&](const schema::AddColumn& op) { add(needs, op.column); },
                 [&](const schema::AlterColumn& op) {
                   needs.alter_column = true;
                   add(needs, op.column);
                 },
                 [&](const schema::CreateIndex& op) { add(needs, op.index); },
                 [&](const schema::DropIndex& op) { needs.concurrent_index = op.concurrently; }, [](const auto&) {}},
      operation.what);
}

}  // namespace

std::optional<std::string> Needs::unclaimed(const driver::Capabilities& claims,
                                            const sql::IndexFeatures& server) const {
  const auto claim = std::to_array<std::tuple<bool, bool, const char*>>(
      {{partial_index, claims.partial_index && server.partial, "partial_index"},
       {expression_index, claims.expression_index && server.expression, "expression_index"},
       {fulltext_index, claims.fulltext_index && server.fulltext, "fulltext_index"},
       {descending_index, claims.descending_index && server.descending, "descending_index"},
       {concurrent_index, claims.concurrent_index && server.concurrently, "concurrent_index"},
       {generated_columns, claims.generated_columns, "generated_columns"},
       {alter_column, claims.alter_column, "alter_column"},
       {comments, claims.comments, "comments"}});
  for (const auto& [needed, made, name] : claim)
    if (needed && !made) return name;
  return std::nullopt;
}

Needs needs_of(std::string_view name, const schema::Operation& operation) {
  Needs needs;
  add(needs, operation);
  needs.is_noted = needs.comments;
  // Virtual columns, conversions, indexes on unbounded text, collations and index methods: no claim covers them.
  needs.is_optional =
      one_of(name, {"create_table_generated", "add_column_generated_virtual", "alter_column_type_using",
                    "create_index_on_text", "create_table_collation", "alter_column_collation", "create_index_method"});
  needs.is_dialect_bound = one_of(name, {"create_table_collation", "alter_column_collation", "create_index_method",
                                         "raw_sql_program", "raw_sql_outside_transaction"});
  needs.refused = one_of(name, {"raw_sql_two_statements", "raw_sql_empty", "raw_sql_transaction", "raw_sql_commit"});
  needs.keeps_rows = !std::holds_alternative<schema::DropTable>(operation.what) &&
                     !std::holds_alternative<schema::InsertRows>(operation.what) &&
                     !std::holds_alternative<schema::DeleteRows>(operation.what);
  return needs;
}

}  // namespace dbctl::conformance
