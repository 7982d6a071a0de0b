#pragma once
#include <string>
#include <vector>

#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::postgresql {

/// PostgreSQL 13 and later.
class PostgresqlDialect final : public sql::AnsiDialect {
 public:
  explicit PostgresqlDialect(sql::ServerInfo server);

  using AnsiDialect::render;
  std::string literal(const Value& value) const override;
  std::string placeholder(std::size_t n) const override;
  const sql::LexicalRules& lexical() const override;
  std::span<const sql::ClassRule> classes() const override;
  std::vector<Statement> after_insert(const schema::Table& table,
                                      const std::vector<std::string>& columns) const override;
  schema::Column storage(const schema::Column& column) const override;
  /// Constraints and indexes come in the order of their names, as `describe` reports them.
  schema::Table storage(const schema::Table& table) const override;

 protected:
  sql::Script render(const schema::RenameTable& op, const schema::Schema& before) const override;
  sql::Script render(const schema::RenameColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AlterColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::RawSql& op, const schema::Schema& before) const override;
  std::vector<std::string> hazards(const schema::Operation& operation, const schema::Schema& before) const override;

  std::string type(const schema::Type& type) const override;
  std::string now(const schema::Type& type) const override;
  std::string generated(const schema::Column& column) const override;
  std::string collation(const schema::Column& column) const override;
  std::vector<schema::Check> implied_checks(const schema::Table& table, const schema::Column& column) const override;
  std::string index(const schema::Table& table, const schema::Index& index) const override;
  std::vector<std::string> alter_clauses(const schema::Table& table, const schema::Column& from,
                                         const schema::AlterColumn& op) const override;

 private:
  std::string rename_constraint(const std::string& table, const std::string& from, const std::string& to) const;
  void rename_implied(std::vector<std::string>& statements, const schema::Table& from, const schema::Column& old_column,
                      const schema::Table& to, const schema::Column& new_column) const;
  /// Alters the column from or to a generated one; nothing to do gives an empty text.
  std::string alter_generated(const schema::Table& table, const schema::Column& from, const schema::Column& to) const;
  std::string alter_type(const schema::Column& from, const schema::AlterColumn& op) const;
  /// Lets the next generated key follow the highest one that is there.
  std::string advance_identity(const std::string& table, const std::string& column) const;
};

/// The check that keeps a binary column of limited size within it.
schema::Check size_check(const std::string& table, const std::string& column, std::uint32_t size);

/// COPY between client and server, for which there is no stream here: "FROM STDIN", "TO STDOUT"; empty: it is none.
std::string client_copy(std::string_view sql);

/// What the operation locks and rewrites, one line each.
std::vector<std::string> lock_hazards(const schema::Operation& operation, const schema::Schema& before);

}  // namespace dbctl::postgresql
