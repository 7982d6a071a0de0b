#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

/// Reads back what SQLite keeps as text only: the names of constraints, the conditions of checks, collations, the parts
/// of indexes. What its PRAGMAs tell is not repeated here.
namespace dbctl::sqlite {

struct ColumnDefinition {
  std::string name;
  bool auto_increment = false;
  std::string collation = {};
  schema::Generated generated = {};
};

struct TableDefinition {
  std::vector<ColumnDefinition> columns = {};
  /// Those of columns too, in the order of the text; names are empty where none was given.
  std::vector<schema::Check> checks = {};
  std::vector<schema::Unique> uniques = {};
  std::vector<schema::ForeignKey> foreign_keys = {};
  /// What the model has no words for: `fk_a DEFERRABLE INITIALLY DEFERRED`, `ON CONFLICT REPLACE`.
  std::vector<std::string> others = {};
};

/// `sql` is a CREATE TABLE as sqlite_master has it.
TableDefinition table_definition(std::string_view sql);
/// `sql` is a CREATE INDEX as sqlite_master has it.
schema::Index index_definition(std::string_view sql);

}  // namespace dbctl::sqlite
