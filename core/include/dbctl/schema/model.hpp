#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/types.hpp"
#include "dbctl/value/value.hpp"

/// The model of a database: what the fold of migrations says, and what a connection's `describe` reports.
namespace dbctl::schema {

struct Default {
  enum class Kind : std::uint8_t { none, value, now, expression };
  Kind kind = Kind::none;
  Value value = Null{};         ///< for `value`
  std::string expression = {};  ///< for `expression`: SQL, as the author wrote it

  bool operator==(const Default&) const = default;
};

struct Generated {
  std::string expression = {};  ///< SQL over the row's other columns; empty: an ordinary column
  bool stored = false;

  bool operator==(const Generated&) const = default;
};

struct Column {
  std::string name;
  Type type = {};
  bool nullable = false;
  bool auto_increment = false;
  Default default_value = {};
  Generated generated = {};
  std::string comment = {};
  std::string collation = {};

  bool operator==(const Column&) const = default;
};

struct Unique {
  std::string name;
  std::vector<std::string> columns;
  bool operator==(const Unique&) const = default;
};

struct Check {
  std::string name;
  std::string expression;
  bool operator==(const Check&) const = default;
};

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string references;  ///< table
  std::vector<std::string> references_columns;
  Action on_delete = Action::no_action;
  Action on_update = Action::no_action;
  bool operator==(const ForeignKey&) const = default;
};

/// One part of an index: a column, or an expression in the database's own SQL.
struct IndexPart {
  std::string column = {};
  std::string expression = {};
  bool descending = false;
  bool operator==(const IndexPart&) const = default;
};

struct Index {
  std::string name;
  std::vector<IndexPart> parts;
  bool unique = false;
  bool fulltext = false;
  bool concurrently = false;  ///< how it is built, not what it is: not compared, not in canonical text of a schema
  std::string method = {};    ///< "gin", "hash"; empty is the database's default
  std::string where = {};     ///< partial index: SQL
  bool operator==(const Index&) const = default;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> primary_key;
  std::vector<Unique> uniques = {};
  std::vector<ForeignKey> foreign_keys = {};
  std::vector<Check> checks = {};
  std::vector<Index> indexes = {};
  std::string comment = {};
  /// The schema or database that it is in, for statements with data; empty, as in every migration: what the session
  /// takes for its own.
  std::string within = {};

  const Column* find_column(std::string_view column) const noexcept;
  Column* find_column(std::string_view column) noexcept;
  bool operator==(const Table&) const = default;
};

struct Schema {
  std::map<std::string, Table, std::less<>> tables;

  const Table* find(std::string_view table) const noexcept;
  Table* find(std::string_view table) noexcept;
  /// The table, or an Error (schema_invalid) that names it and its nearest neighbour.
  DBCTL_API const Table& at(std::string_view table) const;
  bool operator==(const Schema&) const = default;
};

inline const Column* Table::find_column(std::string_view column) const noexcept {
  for (const auto& c : columns)
    if (c.name == column) return &c;
  return nullptr;
}
inline Column* Table::find_column(std::string_view column) noexcept {
  return const_cast<Column*>(static_cast<const Table&>(*this).find_column(column));
}
inline const Table* Schema::find(std::string_view table) const noexcept {
  const auto it = tables.find(table);
  return it == tables.end() ? nullptr : &it->second;
}
inline Table* Schema::find(std::string_view table) noexcept {
  const auto it = tables.find(table);
  return it == tables.end() ? nullptr : &it->second;
}

}  // namespace dbctl::schema
