#pragma once
#include <map>
#include <string_view>

namespace dbctl::cli {

/// The files of cli/templates by name; written by the build.
extern const std::map<std::string_view, std::string_view> templates;

}  // namespace dbctl::cli
