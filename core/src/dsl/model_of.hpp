#pragma once
#include <span>

#include "dbctl/dsl/operations.hpp"
#include "dbctl/schema/model.hpp"

/// The author's tables and keys as the model's, with names filled in.
namespace dbctl::dsl {

std::vector<std::string> texts(const Few<Identifier>& few);
schema::Column column_of(const Column& column);
schema::Unique unique_of(const std::string& table, const Constraint& c);
schema::ForeignKey foreign_key_of(const std::string& table, const Constraint& c);
schema::Check check_of(const std::string& table, const Constraint& c);
schema::Index index_of(const std::string& table, const Constraint& c);
/// The name of a check as authors say it: "price" for a column's own, or the one given to check(...).
std::string check_name(const std::string& table, std::string_view given);
/// Adds what the column's modifiers unique, check and references say.
void add_column_constraints(schema::Table& table, const Column& column);
schema::Table table_of(std::string_view name, std::span<const Column> columns, std::span<const Constraint> constraints);

}  // namespace dbctl::dsl
