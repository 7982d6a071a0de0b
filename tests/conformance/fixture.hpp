#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/run.hpp"
#include "conformance/subject.hpp"
#include "support/error_text.hpp"

namespace dbctl::conformance {

/// A session in an empty database, and the model of what the test has made there.
class Test : public testing::Test {
 protected:
  void SetUp() override { connection_ = Subject::get().connect_empty(); }

  static Subject& subject() { return Subject::get(); }
  static const driver::Capabilities& claims() { return subject().claims(); }
  static bool stores() { return !claims().stores_nothing; }
  /// A second session sees what the first one did.
  static bool shared() { return stores() && !subject().in_memory(); }

  driver::Connection& db() { return *connection_; }
  const sql::Dialect& dialect() { return subject().driver().dialect(db().server()); }
  void disconnect() { connection_.reset(); }

  /// Renders, runs and folds.
  void apply(const schema::Operation& operation);
  void create(schema::Table table) { apply({.what = schema::CreateTable{std::move(table)}}); }
  const schema::Table& table(std::string_view name) const { return model_.at(name); }

  void insert(std::string_view into, const std::vector<std::string>& columns, const std::vector<Row>& rows) {
    db().execute(dialect().insert(table(into), columns, rows));
  }
  /// The columns of all rows, each value coerced to its column's type.
  std::vector<Row> rows(std::string_view from, const std::vector<std::string>& columns,
                        const std::vector<std::string>& order = {});
  std::vector<Row> read(std::string_view from, const std::vector<std::string>& columns, const Statement& query);

  schema::Schema model_;
  std::unique_ptr<driver::Connection> connection_;
};

/// What `call` is refused with: the code's id, "nothing" when it goes through.
template <class Call>
std::string code_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return std::string(error.code().id);
  }
  return "nothing";
}

schema::Type type(schema::TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0);
schema::Column column(std::string name, schema::Type type);
schema::Column nullable(schema::Column column);

}  // namespace dbctl::conformance
