#include "dbctl/environment/environment.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "environment/resolver.hpp"

namespace dbctl::environment {
namespace {

constexpr const char* masked = "********";

std::string shown(const driver::OptionValue& value) {
  if (const auto* secret = std::get_if<Secret>(&value)) return secret->empty() ? "" : masked;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return std::get<std::string>(value);
}

Explanation explain_option(const Resolver& resolver, const driver::OptionSpec& spec) {
  Explanation explanation{.name = "connection." + spec.name, .shown = {}, .origin = {}, .problem = {}};
  try {
    driver::Options options;
    resolver.resolve(spec, options);
    const auto& entry = options.all().find(spec.name)->second;
    if (entry.set) {
      explanation.shown = shown(entry.value);
      explanation.origin = entry.origin;
    }
    resolver.require(spec, options);
  } catch (const Error& error) {
    explanation.problem = error.details().summary;
    if (explanation.origin.empty()) explanation.origin = error.details().where;
  }
  return explanation;
}

}  // namespace

Environment::Environment() = default;
Environment::Environment(Environment&&) noexcept = default;
Environment& Environment::operator=(Environment&&) noexcept = default;
Environment::~Environment() = default;

const std::string& Environment::required_driver() const {
  if (!driver.empty()) return driver;
  const auto& file = sources_ ? sources_->settings.file : std::string();
  throw Error(codes::driver_unspecified,
              {.summary = name ? fmt::format("the environment \"{}\" names no driver", *name) : "no driver is named",
               .where = file,
               .why = "neither --url, DATABASE_URL, DB_DRIVER nor an environment file says which database to use",
               .next = {file.empty() ? "dbctl env list shows the environments to choose with --env"
                                     : fmt::format("write driver: NAME in {}", file),
                        "export DB_DRIVER, or give --url", "dbctl plugin list shows the drivers"}});
}

driver::Options Environment::options(const driver::DriverInfo& info, Missing missing) const {
  const Resolver resolver(*sources_, info);
  driver::Options options;
  for (const auto& spec : info.options) {
    try {
      resolver.resolve(spec, options);
    } catch (const Error& error) {
      if (missing == Missing::refused || error.code() != codes::environment_variable) throw;
      continue;
    }
    resolver.require(spec, options);
  }
  return options;
}

std::string Environment::replaced_by(const driver::DriverInfo& info) const {
  return Resolver(*sources_, info).replaced_by(driver_origin);
}

std::vector<Explanation> Environment::explain() const {
  return sources_->explanations;
}

std::vector<Explanation> Environment::explain(const driver::DriverInfo& info) const {
  const Resolver resolver(*sources_, info);
  std::vector<Explanation> explanations;
  for (const auto& spec : info.options) explanations.push_back(explain_option(resolver, spec));
  return explanations;
}

std::vector<std::string> Environment::notes(const driver::DriverInfo& info) const {
  return Resolver(*sources_, info).notes();
}

}  // namespace dbctl::environment
