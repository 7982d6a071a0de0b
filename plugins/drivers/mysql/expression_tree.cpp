#include "expression_tree.hpp"

#include <map>
#include <string_view>
#include <utility>

#include "dbctl/base/text.hpp"

namespace dbctl::mysql {

Level level_of(const Node& node) {
  static const std::map<std::string, Level, std::less<>> levels = {{"or", either},
                                                                   {"xor", exclusive},
                                                                   {"and", both},
                                                                   {"not", negation},
                                                                   {"=", comparison},
                                                                   {"<=>", comparison},
                                                                   {">=", comparison},
                                                                   {">", comparison},
                                                                   {"<=", comparison},
                                                                   {"<", comparison},
                                                                   {"<>", comparison},
                                                                   {"is", comparison},
                                                                   {"is not", comparison},
                                                                   {"between", predicate},
                                                                   {"not between", predicate},
                                                                   {"in", predicate},
                                                                   {"not in", predicate},
                                                                   {"like", predicate},
                                                                   {"not like", predicate},
                                                                   {"regexp", predicate},
                                                                   {"not regexp", predicate},
                                                                   {"|", bit_or},
                                                                   {"&", bit_and},
                                                                   {"<<", shift},
                                                                   {">>", shift},
                                                                   {"+", sum},
                                                                   {"-", sum},
                                                                   {"*", product},
                                                                   {"/", product},
                                                                   {"div", product},
                                                                   {"%", product},
                                                                   {"^", bit_xor},
                                                                   {"minus", sign},
                                                                   {"~", sign},
                                                                   {"collate", collation}};
  const auto found = levels.find(node.op);
  return found == levels.end() ? primary : found->second;
}

namespace {

std::string inside(const Node& node, int least) {
  return level_of(node) < least ? "(" + print(node) + ")" : print(node);
}

std::string print_list(const std::vector<Node>& items) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(print(item));
  return text::join(texts, ", ");
}

}  // namespace

std::string print(const Node& node) {
  const auto& [op, args, text] = node;
  const int level = level_of(node);
  if (op.empty()) return text;
  if (op == "call") return text + "(" + print_list(args) + ")";
  if (op == "not") return "not " + inside(args[0], negation);
  if (op == "minus") return "-" + inside(args[0], collation);
  if (op == "~") return "~" + inside(args[0], sign);
  if (op == "collate" || op == "is" || op == "is not") return inside(args[0], level) + " " + op + " " + text;
  if (op.ends_with("between"))
    return inside(args[0], bit_or) + " " + op + " " + inside(args[1], bit_or) + " and " + inside(args[2], predicate);
  if (op == "in" || op == "not in")
    return inside(args[0], bit_or) + " " + op + " (" + print_list({args.begin() + 1, args.end()}) + ")";
  if (op.ends_with("like") || op.ends_with("regexp"))
    return inside(args[0], bit_or) + " " + op + " " + inside(args[1], bit_or);
  const bool associates = op == "and" || op == "or" || op == "xor";
  return inside(args[0], level) + " " + op + " " + inside(args[1], associates ? level : level + 1);
}

Node binary(std::string op, Node left, Node right) {
  return {.op = std::move(op), .args = {std::move(left), std::move(right)}};
}

bool is_name(const Node& node) {
  return node.op.empty() && !node.text.empty() && node.text.front() != '\'' &&
         std::string_view("0123456789.").find(node.text.front()) == std::string_view::npos && node.text != "null" &&
         !node.text.starts_with("x'") && node.text.find('(') == std::string::npos;
}

Node truth(Node node) {
  return is_name(node) ? binary("<>", std::move(node), {.text = "0"}) : std::move(node);
}

Node negated(Node node) {
  static const std::map<std::string, std::string, std::less<>> inverses = {{"=", "<>"},
                                                                           {"<>", "="},
                                                                           {"<", ">="},
                                                                           {">=", "<"},
                                                                           {">", "<="},
                                                                           {"<=", ">"},
                                                                           {"is", "is not"},
                                                                           {"is not", "is"},
                                                                           {"in", "not in"},
                                                                           {"not in", "in"},
                                                                           {"like", "not like"},
                                                                           {"not like", "like"},
                                                                           {"between", "not between"},
                                                                           {"not between", "between"},
                                                                           {"regexp", "not regexp"},
                                                                           {"not regexp", "regexp"}};
  node = truth(std::move(node));
  if (node.op == "not") return std::move(node.args[0]);
  if (node.op == "and" || node.op == "or")
    return binary(node.op == "and" ? "or" : "and", negated(std::move(node.args[0])), negated(std::move(node.args[1])));
  if (const auto found = inverses.find(node.op); found != inverses.end()) {
    node.op = found->second;
    return node;
  }
  return {.op = "not", .args = {std::move(node)}};
}

Node call(std::string name, std::vector<Node> args) {
  static const std::map<std::string, std::string, std::less<>> names = {
      {"ucase", "upper"},      {"lcase", "lower"}, {"octet_length", "length"},
      {"substring", "substr"}, {"mid", "substr"},  {"character_length", "char_length"},
      {"pow", "power"},        {"ceil", "ceiling"}};
  if (const auto found = names.find(name); found != names.end()) name = found->second;
  if (name == "mod" && args.size() == 2) return binary("%", std::move(args[0]), std::move(args[1]));
  if (name == "regexp_like" && args.size() == 2) return binary("regexp", std::move(args[0]), std::move(args[1]));
  return {.op = "call", .args = std::move(args), .text = std::move(name)};
}

}  // namespace dbctl::mysql
