#pragma once
#include <optional>
#include <string>
#include <vector>

#include "environment/settings.hpp"
#include "environment/url.hpp"
#include "environment/variables.hpp"

namespace dbctl::environment {

/// What the files, the process and the flags say, kept until the driver is known.
struct Sources {
  VariableStack variables;
  std::optional<Url> url = {};   ///< the one that counts
  std::size_t url_layer = 0;     ///< it outranks this layer of `variables` and those below
  std::string yaml_driver = {};  ///< what the file's own `driver:` says
  Settings settings = {};
  std::vector<Explanation> explanations = {};  ///< of the settings that need no driver
};

}  // namespace dbctl::environment
