#pragma once
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "plugins/drivers/sqlite/driver.hpp"

/// What the tests of the SQLite driver share: folders that go away, connections by options, and the least that runs a
/// rendered operation as dbctl would.
namespace dbctl::sqlite::test {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "dbctl-sqlite-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string text() const { return path_.string(); }

 private:
  fs::path path_;
};

inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline driver::Options options(const SqliteDriver& driver, const std::map<std::string, std::string>& given) {
  driver::Options result;
  for (const auto& spec : driver.info().options) {
    result.declare(spec);
    if (const auto found = given.find(spec.name); found != given.end()) {
      result.set(spec, found->second, "the test");
    } else if (!spec.fallback.empty()) {
      result.set(spec, spec.fallback, "the driver's default");
    }
  }
  return result;
}

/// All parts of an error, as one text: code, summary, where, why and what to do next.
inline std::string whole(const Error& error) {
  const auto& d = error.details();
  std::string text = std::string(error.code().id) + ": " + d.summary;
  if (!d.where.empty()) text += "\nwhere: " + d.where;
  if (!d.why.empty()) text += "\nwhy: " + d.why;
  for (const auto& n : d.next) text += "\nnext: " + n;
  return text;
}

template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return whole(error);
  }
  return "no error";
}

using Given = std::map<std::string, std::string>;

/// A database, the model of it, and the way from the one to the other.
class Shop {
 public:
  explicit Shop(const Given& given = Given{{"in_memory", "true"}})
      : connection_(driver_.connect(options(driver_, given))) {}

  driver::Connection& operator*() { return *connection_; }
  driver::Connection* operator->() { return connection_.get(); }
  const SqliteDriver& driver() const { return driver_; }
  const sql::Dialect& dialect() const { return driver_.dialect({}); }
  const schema::Schema& model() const { return model_; }

  /// One transaction for each operation; undone when something does not hold.
  void apply(const schema::Operation& operation) {
    const auto script = dialect().render(operation, model_);
    auto after = schema::apply(model_, operation);
    connection_->begin(script.suspend_foreign_keys);
    try {
      std::map<std::string, std::string> remembered;
      for (const auto& step : script.steps) run(step, remembered);
      connection_->commit();
    } catch (...) {
      connection_->rollback();
      throw;
    }
    model_ = std::move(after);
  }
  void undo(const schema::Operation& operation, const schema::Schema& before) {
    for (const auto& inverse : schema::inverse(operation, before)) apply(inverse);
  }

  std::int64_t execute(const std::string& sql, Row params = {}) {
    return connection_->execute({.sql = sql, .params = std::move(params)});
  }
  /// The rows as text: values by "|", rows by new lines.
  std::string rows(const std::string& sql, Row params = {}) {
    std::vector<std::string> lines;
    for (const auto& row : connection_->query({.sql = sql, .params = std::move(params)}).rows) {
      std::vector<std::string> values;
      for (const auto& value : row) values.push_back(to_text(value));
      lines.push_back(text::join(values, "|"));
    }
    return text::join(lines, "\n");
  }
  Value value(const std::string& sql, Row params = {}) {
    return connection_->query({.sql = sql, .params = std::move(params)}).rows.at(0).at(0);
  }

  /// The model as the database will describe it.
  schema::Schema stored() const {
    schema::Schema result;
    for (const auto& [name, table] : model_.tables) result.tables[name] = dialect().storage(table);
    return result;
  }

 private:
  void run(const sql::Step& step, std::map<std::string, std::string>& remembered) {
    using Kind = sql::Expect::Kind;
    if (step.expect.kind == Kind::nothing) {
      connection_->execute(step.statement);
      return;
    }
    const auto found = connection_->query(step.statement);
    const bool holds = step.expect.kind == Kind::no_rows ? found.empty()
                       : step.expect.kind == Kind::remember
                           ? true
                           : remembered.at(step.expect.key) == to_text(found.rows.at(0).at(0));
    if (step.expect.kind == Kind::remember) remembered[step.expect.key] = to_text(found.rows.at(0).at(0));
    if (!holds) throw std::runtime_error(step.expect.message);
  }

  SqliteDriver driver_;
  std::unique_ptr<driver::Connection> connection_;
  schema::Schema model_;
};

inline schema::Column column(std::string name, schema::TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0) {
  return {.name = std::move(name), .type = {.kind = kind, .size = size, .scale = scale}};
}
inline schema::Column nullable(schema::Column c) {
  c.nullable = true;
  return c;
}
inline schema::Column id() {
  auto c = column("id", schema::TypeKind::bigint);
  c.auto_increment = true;
  return c;
}
inline schema::Operation operation(schema::Operation::Variant what) {
  return {.what = std::move(what)};
}

}  // namespace dbctl::sqlite::test
