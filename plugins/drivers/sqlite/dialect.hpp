#pragma once
#include <string>
#include <vector>

#include "dbctl/sql/ansi_dialect.hpp"

/// SQLite's SQL. See README.md for how the model's types are stored and what a rebuild does.
namespace dbctl::sqlite {

class SqliteDialect final : public sql::AnsiDialect {
 public:
  explicit SqliteDialect(sql::ServerInfo server);

  using AnsiDialect::render;
  sql::Brackets brackets(bool suspend_foreign_keys) const override;
  std::string literal(const Value& value) const override;
  const sql::LexicalRules& lexical() const override;
  std::span<const sql::ClassRule> classes() const override;
  Statement backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                           const Row& last) const override;
  schema::Column storage(const schema::Column& column) const override;
  schema::Table storage(const schema::Table& table) const override;

 protected:
  sql::Script render(const schema::CreateTable& op, const schema::Schema& before) const override;
  sql::Script render(const schema::DropTable& op, const schema::Schema& before) const override;
  sql::Script render(const schema::RenameTable& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AddColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AlterColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::DropColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::RenameColumn& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AddForeignKey& op, const schema::Schema& before) const override;
  sql::Script render(const schema::DropForeignKey& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AddCheck& op, const schema::Schema& before) const override;
  sql::Script render(const schema::DropCheck& op, const schema::Schema& before) const override;
  sql::Script render(const schema::AddUnique& op, const schema::Schema& before) const override;
  sql::Script render(const schema::DropUnique& op, const schema::Schema& before) const override;

  std::string type(const schema::Type& type) const override;
  std::string column_definition(const schema::Table& table, const schema::Column& column) const override;
  std::string auto_increment() const override;
  std::string default_value(const schema::Column& column) const override;
  std::string now(const schema::Type& type) const override;
  std::string collation(const schema::Column& column) const override;
  std::vector<std::string> table_constraints(const schema::Table& table) const override;
  std::string check(const schema::Table& table, const schema::Check& check) const override;
  std::vector<schema::Check> implied_checks(const schema::Table& table, const schema::Column& column) const override;
  std::vector<std::string> comments(const schema::Table& table) const override;

 private:
  // rebuild.cpp: what ALTER TABLE cannot do.
  /// The table of `operation` as it is before, made anew as it is after.
  template <class Operation>
  sql::Script rebuild(const Operation& operation, const schema::Schema& before) const;
  sql::Script rebuild(const schema::Schema& before, const schema::Table& from, const schema::Table& to,
                      const std::string& using_expression = {}) const;
  sql::Script copy_rows(const schema::Table& from, const schema::Table& to, const std::string& using_expression) const;
  sql::Step remember(const std::string& table) const;
  sql::Step compare(const std::string& counted, const std::string& table, const std::string& message) const;

  /// Whether ALTER TABLE … ADD COLUMN takes it, whatever rows there are.
  bool can_be_added(const schema::AddColumn& op) const;
};

}  // namespace dbctl::sqlite
