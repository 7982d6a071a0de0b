#pragma once
#include <string>
#include <variant>
#include <vector>

#include "dbctl/base/overloaded.hpp"
#include "dbctl/schema/model.hpp"
#include "dbctl/value/statement.hpp"

/// What a migration does, as plain values. Names of constraints and indexes are already filled in.
namespace dbctl::schema {

struct CreateTable {
  Table table;
  bool operator==(const CreateTable&) const = default;
};
struct DropTable {
  std::string table;
  bool operator==(const DropTable&) const = default;
};
/// Generated names of constraints and indexes stay as they were.
struct RenameTable {
  std::string from, to;
  bool operator==(const RenameTable&) const = default;
};
struct AddColumn {
  std::string table;
  Column column;
  std::vector<Unique> uniques = {};
  std::vector<Check> checks = {};
  std::vector<ForeignKey> foreign_keys = {};
  bool operator==(const AddColumn&) const = default;
};
/// `column` is the whole new definition; its name is the existing one.
struct AlterColumn {
  std::string table;
  Column column;
  std::string using_expression = {};  ///< SQL that converts the old value; empty: the database's own cast
  bool operator==(const AlterColumn&) const = default;
};
/// Takes along the indexes, uniques, checks and foreign keys that name the column.
struct DropColumn {
  std::string table, column;
  bool operator==(const DropColumn&) const = default;
};
struct RenameColumn {
  std::string table, from, to;
  bool operator==(const RenameColumn&) const = default;
};
struct AddForeignKey {
  std::string table;
  ForeignKey key;
  bool operator==(const AddForeignKey&) const = default;
};
struct DropForeignKey {
  std::string table, name;
  bool operator==(const DropForeignKey&) const = default;
};
struct AddCheck {
  std::string table;
  Check check;
  bool operator==(const AddCheck&) const = default;
};
struct DropCheck {
  std::string table, name;
  bool operator==(const DropCheck&) const = default;
};
struct AddUnique {
  std::string table;
  Unique unique;
  bool operator==(const AddUnique&) const = default;
};
struct DropUnique {
  std::string table, name;
  bool operator==(const DropUnique&) const = default;
};
struct CreateIndex {
  std::string table;
  Index index;
  bool operator==(const CreateIndex&) const = default;
};
struct DropIndex {
  std::string table, name;
  bool concurrently = false;
  bool operator==(const DropIndex&) const = default;
};
/// One statement in the database's own SQL, opaque to the fold.
struct RawSql {
  std::string sql;
  std::string reversed_by = {};      ///< one statement; empty: irreversible
  bool outside_transaction = false;  ///< runs by itself, between commit groups
  bool repeatable = false;           ///< the author says that a second run changes nothing
  std::string done_when = {};        ///< a query that returns a row once the statement has taken effect; empty: none
  bool done_when_empty = false;      ///< the same query returns none then: of the inverse
  bool operator==(const RawSql&) const = default;
};
struct InsertRows {
  std::string table;
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool operator==(const InsertRows&) const = default;
};
/// The inverse of InsertRows: deletes the rows whose `columns` equal those of a row.
struct DeleteRows {
  std::string table;
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool operator==(const DeleteRows&) const = default;
};
struct Assignment {
  std::string column;
  std::string expression;  ///< SQL over the row's columns
  bool operator==(const Assignment&) const = default;
};
/// Changes data in batches by primary key, each batch a transaction of its own together with its journal row.
struct Backfill {
  std::string table;
  std::vector<Assignment> assignments;
  std::string where = {};  ///< SQL; empty: all rows
  std::vector<Assignment> reversed_by = {};
  bool keeps_data = false;     ///< the down leaves the data as it is
  std::uint32_t batch = 1000;  ///< rows
  bool operator==(const Backfill&) const = default;
};

struct Operation;
/// Operations for one driver or product; `driver` is what the author wrote in on(...).
struct Only {
  std::string driver;
  std::vector<Operation> operations;
  bool operator==(const Only&) const;
};

struct Operation {
  using Variant = std::variant<CreateTable, DropTable, RenameTable, AddColumn, AlterColumn, DropColumn, RenameColumn,
                               AddForeignKey, DropForeignKey, AddCheck, DropCheck, AddUnique, DropUnique, CreateIndex,
                               DropIndex, RawSql, InsertRows, DeleteRows, Backfill, Only>;
  Variant what;
  Origin origin = {};  ///< not part of what it is: not compared

  bool operator==(const Operation& other) const { return what == other.what; }
};
inline bool Only::operator==(const Only& other) const {
  return driver == other.driver && operations == other.operations;
}

using dbctl::overloaded;

/// `create_table products`, `add_column products.tags`: one line for people.
DBCTL_API std::string summary(const Operation& operation);

}  // namespace dbctl::schema
