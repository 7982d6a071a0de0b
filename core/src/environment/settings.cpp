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
constexpr std::pair<const char*, std::optional<Setting> Settings::*> disposable_keys[] = {
    {"kill", &Settings::kill},
    {"restart", &Settings::restart},
};
constexpr const char* disposable_key = "disposable";
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

Key key_of(const YamlNode& entry) {
  return {.name = entry.key, .where = entry.key_where, .plain = entry.key_is_plain};
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
    const bool shown = entry.key_is_plain || is_plain_name(entry.key);
    settings.push_back(
        {.key = key_of(entry), .setting = scalar(entry, shown ? "connection." + entry.key : connection_key)});
  }
  return settings;
}

/// A map below `disposable` says how the server is killed and started again, and with it that all of it may be lost.
void read_disposable(const YamlNode& node, Settings& settings) {
  settings.disposable = Setting{.path = disposable_key,
                                .where = node.where,
                                .value = parse_template("true", fmt::format("{} ({})", node.where, disposable_key))};
  for (const auto& entry : node.children) {
    const auto known =
        std::ranges::find(disposable_keys, entry.key, [](const auto& k) { return std::string(k.first); });
    if (known == std::end(disposable_keys)) refuse_unknown_key(key_of(entry), disposable_key, {"kill", "restart"});
    settings.*known->second = scalar(entry, fmt::format("{}.{}", disposable_key, entry.key));
  }
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
  const bool disposable_map = entry.key == disposable_key && entry.kind == YamlNode::Kind::map;
  if (disposable_map) return read_disposable(entry, settings);
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
  refuse_unknown_key(key_of(entry), "an environment file", known);
}

}  // namespace

bool is_plain_name(std::string_view name) noexcept {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void refuse_unknown_key(const Key& key, const std::string& place, const std::vector<std::string>& known) {
  std::vector<std::string> next;
  const auto near = text::nearest(key.name, known);
  if (near) next.push_back(fmt::format("did you mean \"{}\"?", *near));
  next.emplace_back("take the key out, or write one of those that are known");
  throw Error(codes::environment_key,
              {.summary = key.plain || near ? fmt::format("unknown key \"{}\" in {}", key.name, place)
                                            : fmt::format("an unknown key in {}", place),
               .where = key.where,
               .why = fmt::format("known keys: {}", text::join(known, ", ")),
               .next = std::move(next)});
}

Settings read_settings(const YamlNode& root, const std::string& file) {
  Settings settings{.file = file};
  for (const auto& entry : root.children) read(entry, settings);
  if (!settings.connection.empty() && !settings.driver) {
    throw Error(codes::environment_key, {.summary = "\"connection\" stands without \"driver\"",
                                         .where = settings.connection.front().key.where,
                                         .why = "the options below it are a driver's",
                                         .next = {"write driver: NAME beside it"}});
  }
  return settings;
}

}  // namespace dbctl::environment
