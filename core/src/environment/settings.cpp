#include "environment/settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::environment {
namespace {

constexpr std::pair<const char*, std::optional<Setting> Settings::*> scalar_keys[] = {
    {"driver", &Settings::driver},         {"protect", &Settings::protect},
    {"disposable", &Settings::disposable}, {"server", &Settings::server},
    {"log_level", &Settings::log_level},   {"ddl_lock_timeout", &Settings::ddl_lock_timeout},
};
constexpr std::pair<const char*, std::optional<std::vector<Setting>> Settings::*> list_keys[] = {
    {"domains", &Settings::domains},
};
constexpr const char* connection_key = "connection";
constexpr const char* lock_key = "lock";
constexpr const char* sql_folders_key = "migrations";

std::vector<std::string> known_keys() {
  std::vector<std::string> keys;
  for (const auto& [key, member] : scalar_keys) keys.emplace_back(key);
  for (const auto& [key, member] : list_keys) keys.emplace_back(key);
  keys.emplace_back(lock_key);
  keys.emplace_back(connection_key);
  return keys;
}

[[noreturn]] void refuse_value(std::string summary, const YamlNode& node, std::string next) {
  throw Error(codes::environment_value,
              {.summary = std::move(summary), .where = node.where, .next = {std::move(next)}});
}

Setting scalar(const YamlNode& node, const std::string& path) {
  switch (node.kind) {
    case YamlNode::Kind::scalar:
      return {.path = path,
              .where = node.where,
              .value = parse_template(node.text, fmt::format("{} ({})", node.where, path))};
    case YamlNode::Kind::null:
      refuse_value(fmt::format("\"{}\" has no value", path), node,
                   "write a value, \"\" for an empty one, or delete the key");
    case YamlNode::Kind::list:
    case YamlNode::Kind::map:
      refuse_value(
          fmt::format("\"{}\" takes one value, not a {}", path, node.kind == YamlNode::Kind::map ? "map" : "list"),
          node, "quote a value that begins with { or [");
  }
  return {};
}

std::vector<Setting> list(const YamlNode& node, const std::string& path) {
  if (node.kind != YamlNode::Kind::list) {
    refuse_value(fmt::format("\"{}\" takes a list", path), node, fmt::format("write {}: [a, b]", path));
  }
  std::vector<Setting> settings;
  for (const auto& item : node.children) settings.push_back(scalar(item, path));
  return settings;
}

/// The key is not repeated: in a flow map it can be a part of a password with a comma in it.
[[noreturn]] void refuse_lone_key(const YamlNode& entry) {
  throw Error(codes::environment_syntax,
              {.summary = "a key without a value",
               .where = entry.key_where,
               .next = {"write a value, \"\" for an empty one; quote a value that holds a comma"}});
}

std::vector<ConnectionSetting> connection(const YamlNode& node) {
  std::vector<ConnectionSetting> settings;
  if (node.kind == YamlNode::Kind::null) return settings;
  if (node.kind != YamlNode::Kind::map) {
    refuse_value("\"connection\" takes a map of the driver's options", node, "write connection: { option: value }");
  }
  for (const auto& entry : node.children) {
    if (entry.kind == YamlNode::Kind::null) refuse_lone_key(entry);
    settings.push_back(
        {.key = entry.key, .key_where = entry.key_where, .setting = scalar(entry, "connection." + entry.key)});
  }
  return settings;
}

/// `lock: lease`, or `lock: { lease: 30s }` with its time.
void lock(const YamlNode& node, Settings& settings) {
  const bool timed =
      node.kind == YamlNode::Kind::map && node.children.size() == 1 && node.children.front().key == "lease";
  if (timed)
    settings.lease = scalar(node.children.front(), "lock.lease");
  else if (node.kind == YamlNode::Kind::map)
    refuse_value("\"lock\" takes one word, or a lease with its time", node, "write lock: { lease: 30s }");
  else
    settings.lock = scalar(node, lock_key);
}

/// Taken in silence it would leave migrations out without a word.
[[noreturn]] void refuse_sql_folders(const YamlNode& entry) {
  throw Error(codes::environment_key, {.summary = "this dbctl reads no folders of SQL migrations",
                                       .where = entry.key_where,
                                       .why = "migrations come from the plugins named below \"domains\"",
                                       .next = {"take \"migrations\" out"}});
}

void read(const YamlNode& entry, Settings& settings) {
  for (const auto& [key, member] : scalar_keys) {
    if (entry.key == key) settings.*member = scalar(entry, key);
  }
  for (const auto& [key, member] : list_keys) {
    if (entry.key == key) settings.*member = list(entry, key);
  }
  if (entry.key == sql_folders_key) refuse_sql_folders(entry);
  if (entry.key == lock_key) lock(entry, settings);
  if (entry.key == connection_key) settings.connection = connection(entry);
  const auto known = known_keys();
  if (std::ranges::find(known, entry.key) != known.end()) return;
  if (entry.kind == YamlNode::Kind::null) refuse_lone_key(entry);
  refuse_unknown_key(entry.key, entry.key_where, "an environment file", known);
}

}  // namespace

bool is_plain_name(std::string_view name) noexcept {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void refuse_unknown_key(const std::string& key, const std::string& where, const std::string& place,
                        const std::vector<std::string>& known) {
  std::vector<std::string> next;
  if (const auto near = text::nearest(key, known)) next.push_back(fmt::format("did you mean \"{}\"?", *near));
  next.emplace_back("take the key out, or write one of those that are known");
  throw Error(codes::environment_key, {.summary = fmt::format("unknown key \"{}\" in {}", key, place),
                                       .where = where,
                                       .why = fmt::format("known keys: {}", text::join(known, ", ")),
                                       .next = std::move(next)});
}

Settings read_settings(const YamlNode& root, const std::string& file) {
  Settings settings{.file = file};
  for (const auto& entry : root.children) read(entry, settings);
  if (!settings.connection.empty() && !settings.driver) {
    throw Error(codes::environment_key, {.summary = "\"connection\" stands without \"driver\"",
                                         .where = settings.connection.front().key_where,
                                         .why = "the options below it are a driver's",
                                         .next = {"write driver: NAME beside it"}});
  }
  return settings;
}

}  // namespace dbctl::environment
