#include "conformance/arguments.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/environment/environment.hpp"

namespace dbctl::conformance {

const char* const usage =
    "dbctl-conformance --driver NAME [--url URL | --server PREFIX] [--set option=value]... [--plugin-dir DIR]...\n"
    "                  [--gtest_filter=... and GoogleTest's other flags]\n"
    "\n"
    "Loads the driver's plugin as dbctl would and verifies what it claims, both ways. It works in a database of its\n"
    "own, named like the one given with _conformance after it, which it drops at the end; for a database that is a\n"
    "file, in a temporary folder unless one is given. A driver that does not claim create_database gets the database\n"
    "given, which must be empty. Options that are not given come from the driver's own variables and fallbacks;\n"
    "--server PREFIX reads PREFIX_HOST, _PORT, _USER, _PASSWORD and _DATABASE.\n"
    "\n"
    "Exit: 0 all claims hold, 1 some do not, 77 skipped because PREFIX_HOST is not set, others as dbctl's own.\n";

namespace {

[[noreturn]] void refuse(std::string summary) {
  throw Error(codes::usage, {.summary = std::move(summary), .next = {"dbctl-conformance --help"}});
}

using driver::UrlPart;

constexpr std::array<std::pair<UrlPart, const char*>, 5> server_variables{{{UrlPart::host, "_HOST"},
                                                                           {UrlPart::port, "_PORT"},
                                                                           {UrlPart::user, "_USER"},
                                                                           {UrlPart::password, "_PASSWORD"},
                                                                           {UrlPart::name, "_DATABASE"}}};

void set_from_variable(driver::Options& options, const driver::OptionSpec& spec, const std::string& variable) {
  if (const char* value = std::getenv(variable.c_str()); value != nullptr) options.set(spec, value, variable);
}

driver::Options from_url(const driver::DriverInfo& info, const std::string& url) {
  // A root without files, and no variables: nothing but the URL and the driver's fallbacks counts.
  return environment::load({.url = url, .root = "/nonexistent"}).options(info);
}

driver::Options from_variables(const driver::DriverInfo& info, const Arguments& arguments) {
  driver::Options options;
  for (const auto& spec : info.options) {
    options.declare(spec);
    if (!spec.fallback.empty()) options.set(spec, spec.fallback, "the driver's default");
    for (auto name = spec.env.rbegin(); name != spec.env.rend(); ++name) set_from_variable(options, spec, *name);
    if (arguments.server.empty()) continue;
    for (const auto& [part, suffix] : server_variables)
      if (spec.url == part) set_from_variable(options, spec, arguments.server + suffix);
  }
  return options;
}

}  // namespace

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    std::string flag = argv[i], value;
    if (const auto equals = flag.find('='); equals != std::string::npos) {
      value = flag.substr(equals + 1);
      flag.resize(equals);
    } else if (i + 1 < argc) {
      value = argv[++i];
    } else {
      refuse(flag + " needs a value");
    }
    if (flag == "--driver") {
      arguments.driver = value;
    } else if (flag == "--url") {
      arguments.url = value;
    } else if (flag == "--server") {
      arguments.server = value;
    } else if (flag == "--plugin-dir") {
      arguments.plugin_directories.emplace_back(value);
    } else if (flag == "--set") {
      const auto equals = value.find('=');
      if (equals == std::string::npos) refuse("--set takes option=value, not " + value);
      arguments.set.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    } else {
      refuse("unknown flag " + flag);
    }
  }
  if (arguments.driver.empty()) refuse("--driver NAME is missing");
  return arguments;
}

bool has_server(const Arguments& arguments) {
  return arguments.server.empty() || std::getenv((arguments.server + "_HOST").c_str()) != nullptr;
}

driver::Options options_of(const driver::DriverInfo& info, const Arguments& arguments) {
  auto options = arguments.url.empty() ? from_variables(info, arguments) : from_url(info, arguments.url);
  for (const auto& [name, value] : arguments.set) {
    const auto spec = std::ranges::find(info.options, name, &driver::OptionSpec::name);
    if (spec == info.options.end()) {
      std::vector<std::string> known;
      for (const auto& option : info.options) known.push_back(option.name);
      refuse("driver " + info.name + " has no option " + name + ": " + text::did_you_mean(name, known));
    }
    options.set(*spec, value, "--set");
  }
  for (const auto& spec : info.options)
    if (spec.required && !options.has(spec.name)) refuse("--set " + spec.name + "=… is missing: " + spec.help);
  return options;
}

}  // namespace dbctl::conformance
