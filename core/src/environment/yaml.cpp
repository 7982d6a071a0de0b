#include "environment/yaml.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::environment {
namespace {

constexpr std::size_t most_nodes = 10'000;  // aliases can make a short file large
constexpr int deepest = 16;
constexpr const char* tag_advice = "quote a value that begins with !";

class Converter {
 public:
  Converter(const std::string& text, const std::string& shown) : lines_(text::split(text, '\n')), shown_(shown) {}

  YamlNode convert(const YAML::Node& node, int depth) {
    if (++nodes_ > most_nodes || depth > deepest)
      refuse("the file is nested too deeply or too large", node.Mark(), "write it flat, as docs/environments.md shows");
    YamlNode converted{.kind = YamlNode::Kind::null, .where = at(node.Mark())};
    switch (node.Type()) {
      case YAML::NodeType::Undefined:
      case YAML::NodeType::Null:
        break;
      case YAML::NodeType::Scalar:
        refuse_tag(node, {"", "?", "!"});
        refuse_open_quote(node);
        converted.kind = YamlNode::Kind::scalar;
        converted.text = node.Scalar();
        break;
      case YAML::NodeType::Sequence:
        refuse_tag(node, {"", "?"});
        converted.kind = YamlNode::Kind::list;
        for (const auto& item : node) converted.children.push_back(convert(item, depth + 1));
        break;
      case YAML::NodeType::Map:
        refuse_tag(node, {"", "?"});
        converted.kind = YamlNode::Kind::map;
        add_all(converted, node, depth);
        break;
    }
    return converted;
  }

 private:
  using Indexes = std::map<std::string, std::size_t>;  ///< of a map's children, by key

  void add_all(YamlNode& map, const YAML::Node& node, int depth) {
    Indexes indexes;
    const bool flow = node.Style() == YAML::EmitterStyle::Flow;
    for (const auto& entry : node) add(map, indexes, entry.first, entry.second, flow, depth);
  }

  void add(YamlNode& map, Indexes& indexes, const YAML::Node& key, const YAML::Node& value, bool flow, int depth) {
    if (!key.IsScalar()) refuse("a key that is not a plain word", key.Mark(), "write key: value");
    refuse_open_quote(key);
    YamlNode child = convert(value, depth + 1);
    child.key = key.Scalar();
    child.key_where = at(key.Mark());
    const bool quoted = key.Tag() == "!";
    child.key_is_plain = quoted || (!flow && child.key.find_first_of(" \t\n,:;=@") == std::string::npos);
    const auto [same, is_new] = indexes.emplace(child.key, map.children.size());
    if (!is_new) refuse_second(map.children[same->second], child);
    // A missing value has no position of its own.
    if (child.kind == YamlNode::Kind::null) child.where = child.key_where;
    map.children.push_back(std::move(child));
  }

  /// yaml-cpp accepts a quoted scalar that ends with the file, and with it swallows all keys that follow.
  void refuse_open_quote(const YAML::Node& node) const {
    if (node.Tag() != "!" || node.Mark().is_null()) return;
    auto line = static_cast<std::size_t>(node.Mark().line);
    auto column = static_cast<std::size_t>(node.Mark().column);
    if (line >= lines_.size() || column >= lines_[line].size()) return;
    const char quote = lines_[line][column];
    if (quote != '"' && quote != '\'') refuse("tags are not known here", node.Mark(), tag_advice);
    for (++column; line < lines_.size(); ++line, column = 0) {
      for (const auto& text = lines_[line]; column < text.size(); ++column) {
        if (quote == '"' && text[column] == '\\') {
          ++column;
        } else if (text[column] == quote) {
          if (quote == '"' || column + 1 >= text.size() || text[column + 1] != '\'') return;
          ++column;
        }
      }
    }
    refuse("a quote that is never closed", node.Mark(), "close it on its line");
  }

  void refuse_tag(const YAML::Node& node, std::initializer_list<std::string_view> known) const {
    if (std::ranges::find(known, node.Tag()) == known.end()) refuse("tags are not known here", node.Mark(), tag_advice);
  }

  /// A key without a value is not repeated: in a flow map it can be a part of a password with a comma in it.
  [[noreturn]] void refuse_second(const YamlNode& first, const YamlNode& again) const {
    const bool quotable = again.kind != YamlNode::Kind::null;
    throw Error(codes::environment_key, {.summary = quotable ? fmt::format("the key \"{}\" stands twice", again.key)
                                                             : "a key stands twice in one map",
                                         .where = again.key_where,
                                         .why = "it stands before at " + first.key_where,
                                         .next = {"delete one of the two"}});
  }

  [[noreturn]] void refuse(std::string summary, const YAML::Mark& mark, std::string next) const {
    throw Error(codes::environment_syntax,
                {.summary = std::move(summary), .where = at(mark), .next = {std::move(next)}});
  }

  std::string at(const YAML::Mark& mark) const {
    return mark.is_null() ? shown_ : fmt::format("{}:{}:{}", shown_, mark.line + 1, mark.column + 1);
  }

  const std::vector<std::string> lines_;
  const std::string& shown_;
  std::size_t nodes_ = 0;
};

[[noreturn]] void refuse_document(std::string summary, std::string where, std::string next) {
  throw Error(codes::environment_syntax,
              {.summary = std::move(summary), .where = std::move(where), .next = {std::move(next)}});
}

/// The parser's own words without what they quote from the file.
[[noreturn]] void refuse_syntax(const YAML::Exception& error, const std::string& shown) {
  const bool placed = !error.mark.is_null();
  throw Error(codes::environment_syntax,
              {.summary = "the file is not well-formed YAML",
               .where = placed ? fmt::format("{}:{}:{}", shown, error.mark.line + 1, error.mark.column + 1) : shown,
               .why = error.msg.substr(0, error.msg.find(':')),
               .next = {"quote a value that holds \": \", \" #\", \"{\", \"}\", \"[\", \"]\", \",\" or \"${\""}});
}

/// Hears where documents begin.
class DocumentStarts final : public YAML::EventHandler {
 public:
  std::vector<YAML::Mark> marks;

  void OnDocumentStart(const YAML::Mark& mark) override { marks.push_back(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// The root of the one document. YAML::LoadAll is not for files of unknown content: where
/// no value can begin (a lone comma) yaml-cpp gives documents for ever, all of them at the same place.
YAML::Node load(const std::string& text, const std::string& shown) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentStarts starts;
    while (starts.marks.size() < 3 && parser.HandleNextDocument(starts)) {
    }
    if (starts.marks.size() < 2) return YAML::Load(text);
    const auto again = std::ranges::adjacent_find(starts.marks, {}, &YAML::Mark::pos);
    if (again != starts.marks.end()) throw YAML::ParserException(*again, "no value begins here");
  } catch (const YAML::Exception& error) {
    refuse_syntax(error, shown);
  }
  refuse_document("the file holds more than one document", shown, "delete the line --- and what follows it");
}

}  // namespace

YamlNode parse_yaml(const std::string& text, const std::string& shown) {
  const auto root = load(text, shown);
  const std::string example = "write it as in:  driver: NAME";
  if (root.IsNull()) refuse_document("the file holds no settings", shown, example);
  if (!root.IsMap()) refuse_document("the file is not a map of keys and values", shown, example);
  return Converter(text, shown).convert(root, 0);
}

YamlNode parse_yaml_list(const std::string& text, const std::string& shown) {
  const auto root = load(text, shown);
  const std::string example = "write it as in:  - { name: Books, slug: books }";
  if (root.IsNull()) refuse_document("the file holds no rows", shown, example);
  if (!root.IsSequence()) refuse_document("the file is not a list of rows", shown, example);
  return Converter(text, shown).convert(root, 0);
}

}  // namespace dbctl::environment
