#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/operation.hpp"

/// What must hold of a model, each as one function that throws Error (schema_invalid) when it does not.
namespace dbctl::schema {

/// `migrations/x.cpp:12:3, add_column products.tags`: the "where" of an error.
std::string located(const Operation& operation);

namespace rules {

[[noreturn]] void refuse(std::string summary, std::vector<std::string> next = {});

/// Not empty and at most 63 bytes. `what` is "the table", "a column of products".
void name_fits(std::string_view name, std::string_view what);
/// No index or constraint of the schema has the name: some databases keep them all in one space.
void name_is_free(const Schema& schema, std::string_view name, std::string_view what);
void table_is_free(const Schema& schema, std::string_view table);

Table& table(Schema& schema, std::string_view name);
const Column& column(const Table& table, std::string_view name);
/// `owner` names `columns`: "uq_products_sku names products.sku, which no earlier migration adds".
void columns_exist(const Table& table, const std::vector<std::string>& columns, std::string_view owner);

/// The column with its default in the type's canonical form; checks everything about it but its place in a key.
Column column_in_canonical_form(std::string_view table, Column column);
/// Primary key and auto-increment of the whole table.
void keys_hold(const Table& table);
/// `owner` names columns in SQL: "ck_products_price names products.prise, which no earlier migration adds".
void expression_holds(const Table& table, std::string_view expression, std::string_view owner);
void generated_columns_hold(const Table& table);
/// No expression of the table names `from` without quotes when `to` must be quoted; `what` is "products.price".
void renamed_words_hold(const Table& table, std::string_view from, std::string_view to, std::string_view what);
void unique_holds(const Table& table, const Unique& unique);
void check_holds(const Table& table, const Check& check);
void index_holds(const Table& table, const Index& index);
/// `table` is in the schema.
void foreign_key_holds(const Schema& schema, const Table& table, const ForeignKey& key);
/// Every foreign key of the schema that the column is part of, on either side.
void foreign_keys_of_column_hold(const Schema& schema, const Table& table, std::string_view column);

void rows_hold(const Table& table, const std::vector<std::string>& columns, const std::vector<Row>& rows);
void inserted_rows_hold(const Table& table, const InsertRows& insert);
void backfill_holds(const Table& table, const Backfill& backfill);

}  // namespace rules
}  // namespace dbctl::schema
