#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "environment/sources.hpp"

namespace dbctl::environment {

/// One driver's options out of all sources. Holds references to both: for the length of a call.
class Resolver {
 public:
  /// Throws Error (environment_key or environment_value) for a key below `connection:` or a part of the URL that the
  /// driver does not have.
  Resolver(const Sources& sources, const driver::DriverInfo& info);

  /// Converts the winning value of `spec` into `options`, or declares the option when there is none.
  void resolve(const driver::OptionSpec& spec, driver::Options& options) const;
  /// Throws Error (environment_missing) when a required option has no value, or an empty one.
  void require(const driver::OptionSpec& spec, const driver::Options& options) const;

  /// The origin of the first value, secrets aside, that outranks `connection:`; `driver_origin` where `connection:` is
  /// not for this driver. Which option it is does not matter: no driver need say which of them name the database.
  std::string replaced_by(const std::string& driver_origin) const;

  std::vector<std::string> notes() const;

 private:
  void map_connection();
  bool resolve_variables(const driver::OptionSpec& spec, driver::Options& options) const;
  std::vector<std::string> unknown_variables() const;
  std::vector<std::string> known_variables() const;

  const Sources& sources_;
  const driver::DriverInfo& info_;
  bool url_counts_ = false;
  bool connection_counts_ = false;
  std::map<std::string, std::string, std::less<>> url_values_ = {};
  std::map<std::string, const Setting*, std::less<>> connection_ = {};
};

}  // namespace dbctl::environment
