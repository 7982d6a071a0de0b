#pragma once
#include <string>
#include <utility>
#include <vector>

namespace dbctl::environment {

/// A YAML value as it is written: scalars are text, nothing is converted.
struct YamlNode {
  enum class Kind { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  std::string where;                 ///< "environments/staging.yaml:7:9"
  std::string text = {};             ///< scalar
  std::vector<YamlNode> items = {};  ///< list
  std::vector<Entry> entries = {};   ///< map, in the order written
};

struct YamlNode::Entry {
  std::string key;
  std::string where;  ///< of the key
  YamlNode value;
};

/// The one document of a file, whose root is a map. Throws Error (environment_syntax or environment_key) at
/// file:line:column for what is not YAML and for what yaml-cpp lets pass: duplicate keys, a second document, a quote
/// that is never closed, tags. No message repeats a value.
YamlNode parse_yaml(const std::string& text, const std::string& shown);

}  // namespace dbctl::environment
