#include "sources.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;

std::string chosen_domain(Context& context) {
  if (context.globals.domain) return context.domain();
  std::vector<std::string> names;
  for (const auto& domain : context.catalog().domains()) names.push_back(domain.name);
  if (names.size() == 1) return names.front();
  if (names.empty())
    throw Error(codes::usage, {.summary = "there is no domain to write for",
                               .why = "no domain plugin is built or installed",
                               .next = {"cmake --build --preset release", "dbctl plugin list"}});
  throw Error(codes::usage, {.summary = "for which domain?",
                             .where = "--domain",
                             .why = "there are several: " + text::join(names, ", "),
                             .next = {"--domain " + names.front()}});
}

}  // namespace

scaffold::Place source_place(Context& context) {
  const auto domain = chosen_domain(context);
  const auto folder = fs::path("plugins/domains") / domain;
  std::error_code none;
  if (!fs::is_directory(folder, none)) return {domain, "migrations", "seeders", "models"};
  return {domain, fs::path("migrations") / domain, fs::path("seeders") / domain, folder / "models"};
}

}  // namespace dbctl::cli
