#pragma once
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

namespace dbctl::schema {

/// What goes along when a column is dropped.
struct Dependants {
  std::vector<Unique> uniques;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Check> checks;
  std::vector<Index> indexes;
};
Dependants dependants(const Table& table, std::string_view column);

bool depends_on(const Unique& unique, std::string_view column);
bool depends_on(const ForeignKey& key, std::string_view column);
bool depends_on(const Check& check, std::string_view column);
bool depends_on(const Index& index, std::string_view column);

/// A unique index that can stand for a unique constraint: all columns, all rows; its columns, else empty.
std::vector<std::string> key_columns(const Index& index);
/// Whether `columns`, in this order, are the table's primary key, a unique constraint or such an index.
bool is_key(const Table& table, const std::vector<std::string>& columns);

/// A foreign key together with the table that has it.
struct Reference {
  const Table* table;
  const ForeignKey* key;
};
/// All foreign keys that point at the table, its own included.
std::vector<Reference> references_to(const Schema& schema, std::string_view table);

}  // namespace dbctl::schema
