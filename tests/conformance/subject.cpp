#include "conformance/subject.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "conformance/run.hpp"
#include "dbctl/base/codes.hpp"

namespace dbctl::conformance {
namespace {

namespace fs = std::filesystem;

Subject* current = nullptr;

fs::path temporary_folder() {
  auto pattern = (fs::temp_directory_path() / "dbctl-conformance-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw Error(codes::usage, {.summary = "no temporary folder can be made as " + pattern});
  return pattern;
}

/// Tables without the foreign keys between them, then none.
void drop_tables(driver::Connection& connection, const sql::Dialect& dialect) {
  auto there = connection.describe();
  for (const auto& name : there.tables.names())
    while (!there.at(name).foreign_keys.empty()) {
      const auto key = there.at(name).foreign_keys.back().name;
      run(connection, dialect.render({.what = schema::DropForeignKey{name, key}}, there));
      there.find(name)->foreign_keys.pop_back();
    }
  while (!there.tables.empty()) {
    const auto name = there.tables.begin()->first;
    run(connection, dialect.render({.what = schema::DropTable{name}}, there));
    there.tables.erase(name);
  }
}

}  // namespace

Subject::Subject(const driver::Driver& driver, const Arguments& arguments)
    : driver_(driver), options_(options_of(driver.info(), arguments)) {
  isolate(arguments);
  if (claims().create_database && !in_memory()) recreate();
  current = this;
}

Subject::~Subject() {
  current = nullptr;
  try {
    if (claims().create_database && !in_memory()) driver_.drop_database(options_);
  } catch (const std::exception& error) {
    std::cerr << driver_.target(options_) << " could not be dropped: " << error.what() << "\n";
  }
  std::error_code ignored;  // a temporary folder, in a folder for such
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Subject& Subject::get() {
  return *current;
}

bool Subject::in_memory() const {
  return driver_.database_name(options_) == ":memory:";
}

const driver::OptionSpec* Subject::option(driver::UrlPart part) const {
  const auto& specs = driver_.info().options;
  const auto spec = std::ranges::find(specs, part, &driver::OptionSpec::url);
  return spec == specs.end() ? nullptr : &*spec;
}

driver::Options Subject::with(const driver::OptionSpec& spec, const std::string& value) const {
  auto options = options_;
  options.set(spec, value, "the conformance suite");
  return options;
}

std::unique_ptr<driver::Connection> Subject::connect_empty() {
  auto connection = connect();
  if (connection->relations().empty()) return connection;
  if (!claims().create_database) {
    drop_tables(*connection, driver_.dialect(connection->server()));
    return connection;
  }
  connection.reset();
  recreate();
  return connect();
}

void Subject::isolate(const Arguments& arguments) {
  if (!claims().create_database) return;
  if (const auto* name = option(driver::UrlPart::name); name != nullptr) {
    options_ = with(*name, options_.text(name->name) + "_conformance");
    return;
  }
  const auto* file = option(driver::UrlPart::path);
  if (file == nullptr) return;
  if (options_.has(file->name)) {
    options_ = with(*file, options_.text(file->name) + "_conformance");
  } else if (arguments.url.empty() && arguments.set.empty()) {
    folder_ = temporary_folder();
    options_ = with(*file, (folder_ / "dbctl_conformance.db").string());
  }
}

void Subject::recreate() const {
  driver_.drop_database(options_);
  driver_.create_database(options_);
}

}  // namespace dbctl::conformance
