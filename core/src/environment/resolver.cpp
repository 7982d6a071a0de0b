#include "environment/resolver.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "environment/url_options.hpp"

namespace dbctl::environment {
namespace {

bool is_named(const driver::DriverInfo& info, const std::string& name) {
  return info.name == name || std::ranges::find(info.schemes, name) != info.schemes.end();
}

/// The part of "DB_NAME_HOST" that a driver's variables have in common; empty for a name without one.
std::string prefix_of(const std::string& variable) {
  const auto first = variable.find('_');
  const auto second = first == std::string::npos ? first : variable.find('_', first + 1);
  return second == std::string::npos ? "" : variable.substr(0, second + 1);
}

bool is_empty(const driver::OptionValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  if (const auto* secret = std::get_if<Secret>(&value)) return secret->empty();
  return false;
}

}  // namespace

Resolver::Resolver(const Sources& sources, const driver::DriverInfo& info) : sources_(sources), info_(info) {
  url_counts_ = sources.url && is_named(info, sources.url->scheme);
  connection_counts_ = sources.settings.driver && is_named(info, sources.yaml_driver);
  if (url_counts_) url_values_ = url_options(*sources.url, info);
  if (connection_counts_) map_connection();
}

void Resolver::map_connection() {
  std::vector<std::string> known;
  for (const auto& spec : info_.options) known.push_back(spec.name);
  for (const auto& [key, setting] : sources_.settings.connection) {
    if (std::ranges::find(known, key.name) == known.end()) {
      refuse_unknown_key(key, fmt::format("the connection of the driver \"{}\"", info_.name), known);
    }
    connection_.emplace(key.name, &setting);
  }
}

bool Resolver::resolve_variables(const driver::OptionSpec& spec, driver::Options& options) const {
  const auto from_url = url_values_.find(spec.name);
  const auto& layers = sources_.variables.layers();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (from_url != url_values_.end() && i == sources_.url_layer) {
      options.set(spec, from_url->second, sources_.url->origin);
      return true;
    }
    for (const auto& name : spec.env) {
      const auto found = layers[i].find(name);
      if (found == layers[i].end()) continue;
      options.set(spec, found->second.get(), found->second.origin);
      return true;
    }
  }
  return false;
}

void Resolver::resolve(const driver::OptionSpec& spec, driver::Options& options) const {
  options.declare(spec);
  if (resolve_variables(spec, options)) return;
  if (const auto written = connection_.find(spec.name); written != connection_.end()) {
    const Setting& setting = *written->second;
    const auto place = fmt::format("{} ({})", setting.where, setting.path);
    options.set(spec, sources_.variables.expand(setting.value, place), setting.where);
  } else if (!spec.fallback.empty()) {
    options.set(spec, spec.fallback, "the driver's default");
  }
}

void Resolver::require(const driver::OptionSpec& spec, const driver::Options& options) const {
  if (!spec.required) return;
  const auto& entry = options.all().find(spec.name)->second;
  if (entry.set && !is_empty(entry.value)) return;
  std::vector<std::string> next;
  if (!spec.env.empty()) next.push_back(fmt::format("export {}", spec.env.front()));
  if (connection_counts_)
    next.push_back(fmt::format("write {}: below connection: in {}", spec.name, sources_.settings.file));
  throw Error(codes::environment_missing,
              {.summary = fmt::format("the driver \"{}\" needs the option \"{}\"", info_.name, spec.name),
               .where = entry.origin,
               .why = entry.set ? "its value is empty" : spec.help,
               .next = std::move(next)});
}

std::vector<std::string> Resolver::known_variables() const {
  std::vector<std::string> known;
  for (const auto& spec : info_.options) known.insert(known.end(), spec.env.begin(), spec.env.end());
  return known;
}

std::vector<std::string> Resolver::unknown_variables() const {
  const auto known = known_variables();
  std::vector<std::string> notes;
  for (const auto& layer : sources_.variables.layers()) {
    for (const auto& [name, variable] : layer) {
      const auto prefix = prefix_of(name);
      const auto same_prefix = [&](const std::string& other) { return prefix_of(other) == prefix; };
      if (prefix.empty() || std::ranges::none_of(known, same_prefix)) continue;
      if (std::ranges::find(known, name) != known.end()) continue;
      notes.push_back(fmt::format("{} is no variable of the driver \"{}\"; {}", variable.origin, info_.name,
                                  text::did_you_mean(name, known)));
    }
  }
  return notes;
}

std::string Resolver::replaced_by(const std::string& driver_origin) const {
  if (!connection_counts_) return driver_origin;
  if (url_counts_) return sources_.url->origin;
  for (const auto& spec : info_.options) {
    if (spec.type == driver::OptionType::secret) continue;
    for (const auto& layer : sources_.variables.layers())
      for (const auto& name : spec.env)
        if (const auto found = layer.find(name); found != layer.end()) return found->second.origin;
  }
  return {};
}

std::vector<std::string> Resolver::notes() const {
  auto notes = unknown_variables();
  if (!connection_counts_ && !sources_.settings.connection.empty()) {
    notes.push_back(fmt::format("the connection in {} is for the driver \"{}\" and not used with \"{}\"",
                                sources_.settings.file, sources_.yaml_driver, info_.name));
  }
  if (sources_.url && !url_counts_) {
    notes.push_back(fmt::format("the URL of {} is for \"{}\" and not used with the driver \"{}\"", sources_.url->origin,
                                sources_.url->scheme, info_.name));
  }
  return notes;
}

}  // namespace dbctl::environment
