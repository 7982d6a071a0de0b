#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "dbctl/schema/operation.hpp"
#include "dbctl/sql/dialect.hpp"

/// The cases that every dialect renders: one shared list, so that a new operation is asked of all of them.
namespace dbctl::golden {

struct Case {
  /// The dialect's functions for data, asked directly.
  using Statements = std::function<std::vector<Statement>(const sql::Dialect&, const schema::Schema& before)>;

  std::string name;                      ///< the file's, without .sql
  std::vector<schema::Operation> setup;  ///< folded into the model before it
  std::variant<schema::Operation, Statements> what;
};

std::vector<Case> cases();

// The parts of the list.
std::vector<Case> table_cases();
std::vector<Case> column_cases();
std::vector<Case> constraint_cases();
std::vector<Case> raw_cases();
std::vector<Case> data_cases();

/// The tables that most cases start from: users, categories, products, order_items.
std::vector<schema::Operation> shop();

schema::Type type(schema::TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0);
schema::Type enumeration(std::vector<std::string> values);
schema::Column column(std::string name, schema::Type type);
schema::Column nullable(schema::Column column);
schema::Column with_default(schema::Column column, Value value);
schema::Column with_default_now(schema::Column column);
schema::Column with_default_expression(schema::Column column, std::string expression);
schema::Column id();  ///< a bigint that counts itself

}  // namespace dbctl::golden
