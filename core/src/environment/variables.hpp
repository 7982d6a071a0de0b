#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/environment/environment.hpp"
#include "environment/dotenv.hpp"

namespace dbctl::environment {

/// A variable of the process or of a .env file, after interpolation.
struct Variable {
  std::string value;
  std::string origin;                 ///< "DB_HOST", ".env.staging:3 (DB_HOST)"
  std::optional<Error> failure = {};  ///< why it has no value although it is written; thrown where it is used

  const std::string& get() const;
};

/// The process environment over the .env files, each layer over the ones that were added before it.
class VariableStack {
 public:
  VariableStack(const Variables& process, std::string advice);

  /// Interpolates each value from the process, the same file's earlier lines and the files added before.
  void add_file(std::vector<Assignment> assignments);

  /// The highest layer's, or nullptr.
  const Variable* find(std::string_view name) const;
  /// From the highest layer, the process, to the lowest.
  const std::vector<std::map<std::string, Variable, std::less<>>>& layers() const noexcept { return layers_; }

  std::string expand(const Template& value, const std::string& where) const;

 private:
  std::vector<std::map<std::string, Variable, std::less<>>> layers_;
  std::string advice_;
};

}  // namespace dbctl::environment
