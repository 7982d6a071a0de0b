#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "environment/settings.hpp"
#include "environment/variables.hpp"
#include "environment/yaml.hpp"
#include "fuzz/configuration.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

using namespace environment;

const std::string file = "environments/x.yaml";

/// file:line:column, inside the text.
void check_place(const std::string& where, const std::vector<std::string>& lines) {
  require(where.starts_with(file), "a place names the file");
  if (where == file) return;
  const auto parts = text::split(where.substr(file.size() + 1), ':');
  require(parts.size() == 2, "a place has a line and a column");
  const auto line = std::stoul(parts[0]), column = std::stoul(parts[1]);
  require(line >= 1 && line <= lines.size() + 1 && column >= 1, "a place is in the file");
}

void check_node(const YamlNode& node, const std::vector<std::string>& lines) {
  check_place(node.where, lines);
  require(node.children.empty() || node.kind == YamlNode::Kind::list || node.kind == YamlNode::Kind::map,
          "a scalar has no children");
  for (const auto& child : node.children) {
    if (node.kind == YamlNode::Kind::map) check_place(child.key_where, lines);
    check_node(child, lines);
  }
}

void check_values(const Settings& settings) {
  const VariableStack stack({{"HOME", "/home"}, {"EMPTY", ""}}, ".env");
  for (const auto& each : settings.connection) {
    const bool shown = each.key.plain || is_plain_name(each.key.name);
    require(each.setting.path == (shown ? "connection." + each.key.name : "connection"),
            "a setting has its path, without a key that may be a part of a password");
    try {
      stack.expand(each.setting.value, each.setting.where);
    } catch (const Error& error) {
      require(error.code() == codes::environment_variable || error.code() == codes::environment_value,
              "a value that cannot be had says why");
    }
  }
}

}  // namespace

void environment(std::string_view input) {
  const auto read = [&] {
    const auto root = parse_yaml(std::string(input), file);
    require(root.kind == YamlNode::Kind::map, "the root is a map");
    check_node(root, text::split(input, '\n'));
    check_values(read_settings(root, file));
  };
  // A key that is unknown, twice there or without a value of the right shape is said.
  check_refusals(read, [](const Error& error) { return error.code() != codes::environment_variable; });
}

}  // namespace dbctl::fuzz
