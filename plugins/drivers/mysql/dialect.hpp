#pragma once
#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::mysql {

/// The SQL of MySQL 8.0.17+ and MariaDB 10.6+, InnoDB only. An operation is one statement, since each commits by
/// itself.
class MysqlDialect final : public sql::AnsiDialect {
 public:
  /// `server.product` is "mysql" or "mariadb".
  explicit MysqlDialect(sql::ServerInfo server);

  bool mariadb() const noexcept { return mariadb_; }
  /// The collation of every text column that names none: by code point, and blanks at the end count.
  std::string_view default_collation() const noexcept { return mariadb_ ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin"; }
  /// What the server adds to `table` so that each foreign key has an index: one named like the key, unless an index of
  /// the model begins with the key's columns.
  std::vector<schema::Index> support_indexes(const schema::Table& table) const;

  sql::Brackets brackets(bool suspend_foreign_keys) const override;
  std::string quote(std::string_view identifier) const override;
  std::string literal(const Value& value) const override;
  const sql::LexicalRules& lexical() const override;
  std::span<const sql::ClassRule> classes() const override;
  Statement select(const schema::Table& table, const std::vector<std::string>& columns,
                   const std::vector<std::string>& keys, const std::vector<Row>& wanted,
                   const std::vector<std::string>& order) const override;
  Statement backfill_keys(const schema::Backfill& backfill, const schema::Table& table,
                          const Row& after) const override;
  Statement backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                           const Row& last) const override;
  schema::Column storage(const schema::Column& column) const override;
  schema::Table storage(const schema::Table& table) const override;
  using AnsiDialect::render;

 protected:
  using Schema = schema::Schema;
  using Table = schema::Table;
  using Texts = std::vector<std::string>;

  sql::Script render(const schema::CreateTable& op, const Schema& before) const override;
  sql::Script render(const schema::AddColumn& op, const Schema& before) const override;
  sql::Script render(const schema::AlterColumn& op, const Schema& before) const override;
  sql::Script render(const schema::DropColumn& op, const Schema& before) const override;
  sql::Script render(const schema::RenameColumn& op, const Schema& before) const override;
  sql::Script render(const schema::AddForeignKey& op, const Schema& before) const override;
  sql::Script render(const schema::DropForeignKey& op, const Schema& before) const override;
  sql::Script render(const schema::AddCheck& op, const Schema& before) const override;
  sql::Script render(const schema::DropCheck& op, const Schema& before) const override;
  sql::Script render(const schema::AddUnique& op, const Schema& before) const override;
  sql::Script render(const schema::DropUnique& op, const Schema& before) const override;
  sql::Script render(const schema::CreateIndex& op, const Schema& before) const override;
  sql::Script render(const schema::DropIndex& op, const Schema& before) const override;
  Texts hazards(const schema::Operation& operation, const Schema& before) const override;

  std::string type(const schema::Type& type) const override;
  std::string column_definition(const Table& table, const schema::Column& column) const override;
  std::string auto_increment() const override;
  std::string default_value(const schema::Column& column) const override;
  std::string now(const schema::Type& type) const override;
  std::string collation(const schema::Column& column) const override;
  std::string table_options(const Table& table) const override;
  Texts table_constraints(const Table& table) const override;
  std::string primary_key(const Table& table) const override;
  std::string unique(const Table& table, const schema::Unique& unique) const override;
  std::string foreign_key(const Table& table, const schema::ForeignKey& key) const override;
  std::vector<schema::Check> implied_checks(const Table& table, const schema::Column& column) const override;
  std::string index(const Table& table, const schema::Index& index) const override;
  std::string equals(const schema::Column& column, const std::string& placeholder) const override;
  std::string bind(Statement& statement, const Value& value) const override;
  std::string action(schema::Action action) const override;

 private:
  /// What stands in CREATE TABLE and behind ALTER TABLE … ADD: `UNIQUE KEY uq (a)`.
  std::string key_definition(const Table& table, const schema::Index& index) const;
  /// Throws Unsupported for what the server lacks or, worse, takes and ignores.
  void check_index(const Table& table, const schema::Index& index) const;
  /// Throws Unsupported when a key that holds the column is too long or cannot have it.
  void check_keys(const Table& table, const std::string& column) const;
  sql::Step refuse_rows(const schema::AddColumn& op) const;
  std::string drop_check(const std::string& name) const;
  /// One ALTER TABLE: `first`, then what the change means for the indexes behind foreign keys (drops of those no longer
  /// needed, additions of those needed now), then `last`. `online`: refused rather than done while others wait.
  sql::Script alter(const Table& before, const Table& after, Texts first, Texts last = {}, bool online = false) const;
  /// MySQL renames no column that a definition names: those definitions are made anew in the same statement.
  void remake_definitions(const Table& before, const Table& after, const std::string& renamed, Texts& first,
                          Texts& last) const;
  Texts notes(const Table& table, const schema::Index& index) const;
  Texts notes(const Table& table, const schema::Column& column) const;

  bool mariadb_;
};

}  // namespace dbctl::mysql
