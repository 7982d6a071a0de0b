#pragma once
#include <string>

#include "dbctl/driver/driver.hpp"
#include "dbctl/schema/model.hpp"

/// The parts of `describe`. `tables` narrows down to the tables whose names it holds; empty: all.
namespace dbctl::postgresql {

/// FROM and WHERE of a catalogue query for the tables (as `c`) in the array of names `$1`, in the connection's schema;
/// what extensions own is left out.
std::string from_tables(const std::string& joins);

/// Adds the columns to the tables of `schema`.
void describe_columns(driver::Connection& connection, const TextArray& tables, schema::Schema& schema);

/// The type that the server calls so. A type that the model has no word for is a text whose `values` hold its name, so
/// that it equals no declared one.
schema::Type type_named(const std::string& name);

}  // namespace dbctl::postgresql
