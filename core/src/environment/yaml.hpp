#pragma once
#include <string>
#include <vector>

namespace dbctl::environment {

/// A YAML value as it is written: scalars are text, nothing is converted.
struct YamlNode {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  std::string where;      ///< "environments/staging.yaml:7:9"
  std::string text = {};  ///< scalar
  std::string key = {};   ///< of a map's child
  std::string key_where = {};
  /// Whether messages may repeat the key. A password without quotes can be taken for a part of one: in a flow map
  /// (`{ password: a,b: c }`) for a whole key, elsewhere (`password:a: b`) for one that has more than a word. A key in
  /// quotes is meant as one.
  bool key_is_plain = true;
  std::vector<YamlNode> children = {};  ///< list and map, in the order written
};

/// The one document of a file, whose root is a map. Throws Error (environment_syntax or environment_key) at
/// file:line:column for what is not YAML and for what yaml-cpp lets pass: duplicate keys, a second document, a quote
/// that is never closed, tags. No message repeats a value.
YamlNode parse_yaml(const std::string& text, const std::string& shown);
/// The same of a file whose root is a list.
YamlNode parse_yaml_list(const std::string& text, const std::string& shown);

}  // namespace dbctl::environment
