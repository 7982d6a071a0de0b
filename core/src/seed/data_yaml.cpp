#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "environment/yaml.hpp"
#include "seed/data.hpp"

namespace dbctl::seed {
namespace {

using environment::YamlNode;

[[noreturn]] void refuse(const YamlNode& node, std::string summary, std::string next) {
  throw Error(codes::seed_data, {.summary = std::move(summary), .where = node.where, .next = {std::move(next)}});
}

Value value_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return Null{};
    case YamlNode::Kind::scalar:
      return node.text;
    case YamlNode::Kind::list:
      break;
    case YamlNode::Kind::map:
      refuse(node, fmt::format("the field \"{}\" is a map", node.key), "write it as JSON, in quotes");
  }
  TextArray array;
  for (const auto& item : node.children) {
    if (item.kind != YamlNode::Kind::scalar)
      refuse(item, fmt::format("the field \"{}\" is a list of other things than texts", node.key),
             "write it as JSON, in quotes");
    array.items.push_back(item.text);
  }
  return array;
}

}  // namespace

std::vector<Record> parse_yaml(std::string_view text, const std::string& file) {
  std::vector<Record> records;
  YamlNode root;
  try {
    root = environment::parse_yaml_list(std::string(text), file);
  } catch (const Error& error) {  // which speaks of environment files
    throw Error(codes::seed_data, error.details());
  }
  for (const auto& row : root.children) {
    if (row.kind != YamlNode::Kind::map)
      refuse(row, "a row is not a map of fields", "write it as in:  - { name: Books, slug: books }");
    Record record;
    for (const auto& field : row.children) record.emplace_back(field.key, value_of(field));
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace dbctl::seed
