#pragma once
#include <string>
#include <vector>

#include "dbctl/scaffold/scaffold.hpp"
#include "dbctl/schema/operation.hpp"

/// From fields to columns: which of them are foreign keys, and which get an index.
namespace dbctl::scaffold {

/// What stands beside a table's columns, and what was decided on the way.
struct Resolved {
  std::vector<schema::Column> columns;
  std::vector<schema::Unique> uniques;
  std::vector<schema::ForeignKey> foreign_keys;
  std::vector<schema::Index> indexes;
  std::vector<std::string> notes;
};

/// `x_id` refers to the plural of x where that is a table, `fk:` to the one named; both get an index, and an `x_id` for
/// which there is no table gets that alone. Throws Error (make_schema) for `fk:` of a table that is not there or whose
/// key is of another type.
Resolved resolve(const std::string& table, const std::vector<Field>& fields, const schema::Schema& before);

/// The same for a table that is to be made, which its fields may refer to.
Resolved resolve_new(const std::string& table, Key key, const std::vector<Field>& fields, schema::Schema before);

/// The operations that make the table with its key, the fields, the times of insertion and change, and indexes. Throws
/// Error (make_fields) for a field that is made anyway.
std::vector<schema::Operation> create(const std::string& table, Key key, Resolved resolved);

/// The operations that add the fields to a table that is there.
std::vector<schema::Operation> add(const std::string& table, Resolved resolved);

/// Applies them to `before`, so that what the migration would be refused for is refused now.
schema::Schema applied(schema::Schema before, const std::vector<schema::Operation>& operations);

}  // namespace dbctl::scaffold
