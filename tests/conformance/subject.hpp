#pragma once
#include <memory>
#include <optional>
#include <string>

#include "conformance/arguments.hpp"
#include "dbctl/driver/driver.hpp"

namespace dbctl::conformance {

/// The driver under test and the database that the suite has for itself: made empty for each test, gone at the end.
class Subject {
 public:
  /// `driver` must outlive it. There is one at a time.
  Subject(const driver::Driver& driver, const Arguments& arguments);
  ~Subject();
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  static Subject& get();

  const driver::Driver& driver() const { return driver_; }
  const driver::Options& options() const { return options_; }
  const driver::Capabilities& claims() const { return driver_.info().capabilities; }
  /// Every connection has a database of its own, which ends with it.
  bool in_memory() const;

  /// The option that a URL's part fills, if the driver has one.
  const driver::OptionSpec* option(driver::UrlPart part) const;
  /// The options with one of them changed.
  driver::Options with(const driver::OptionSpec& spec, const std::string& value) const;

  /// A session in an empty database.
  std::unique_ptr<driver::Connection> connect_empty();
  std::unique_ptr<driver::Connection> connect() const { return driver_.connect(options_); }

 private:
  void isolate(const Arguments& arguments);
  void recreate() const;

  const driver::Driver& driver_;
  driver::Options options_;
  std::filesystem::path folder_;  ///< temporary, when there is one
};

}  // namespace dbctl::conformance
