#pragma once
#include <string>
#include <vector>

/// Expressions as trees, and the one form that a tree is printed in.
namespace dbctl::mysql {

/// How tightly operators bind, as the servers' grammars have it.
enum Level : int {
  any = 0,
  either,
  exclusive,
  both,
  negation,
  comparison,
  predicate,
  bit_or,
  bit_and,
  shift,
  sum,
  product,
  bit_xor,
  sign,
  collation,
  primary
};

/// A parsed expression. Without an operator it is a text: a literal, a name, a call.
struct Node {
  std::string op = {};
  std::vector<Node> args = {};
  std::string text = {};
};

Level level_of(const Node& node);
std::string print(const Node& node);

Node binary(std::string op, Node left, Node right);
bool is_name(const Node& node);
/// A column where a truth value is wanted: both servers write `b <> 0`.
Node truth(Node node);
/// Pushed inwards, as the servers do.
Node negated(Node node);
/// A call by the one name of those that a function has.
Node call(std::string name, std::vector<Node> args);

}  // namespace dbctl::mysql
