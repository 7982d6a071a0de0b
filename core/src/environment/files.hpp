#pragma once
#include <optional>
#include <string>

#include "dbctl/environment/environment.hpp"
#include "environment/settings.hpp"
#include "environment/variables.hpp"

namespace dbctl::environment {

/// Which environment a run is for.
struct Choice {
  std::optional<std::string> name = {};  ///< none: anonymous
  bool explicitly = false;               ///< by --env or DBCTL_ENV, not by default
};

/// Throws Error (environment_unknown) for what cannot be an environment's name.
Choice choose(const Request& request);

/// `.env` and `.env.<name>`, of the environments folder and of the root, over each other and below the process.
VariableStack read_variables(const Request& request, const Choice& choice);

/// The environment's file; without one when none is there and none was asked for. An anonymous run has the domains of
/// the default environment and nothing else. Throws Error (environment_unknown) and what parse_yaml and
/// read_settings throw.
Settings read_environment_file(const Request& request, const Choice& choice);

}  // namespace dbctl::environment
