#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/lexer.hpp"

namespace dbctl::sql {

/// A statement's tokens with a meaning, read as far as they are asked for. The marks of executable comments are left
/// out.
class StatementTokens {
 public:
  StatementTokens(std::string_view statement, const LexicalRules& rules)
      : lexer_(statement, rules), letters_(rules.letters) {}
  /// The n-th token; nullptr behind the last.
  const Token* at(std::size_t n);
  Letters letters() const { return letters_; }

 private:
  Lexer lexer_;
  Letters letters_;
  std::vector<Token> tokens_;
};

/// Matches one pattern (see ClassRule) with the beginning of a statement.
class PatternMatch {
 public:
  explicit PatternMatch(StatementTokens& tokens) : tokens_(tokens) {}

  bool matches(std::string_view pattern) { return match(pattern, 0).has_value(); }

  std::vector<ObjectName> names;
  std::optional<ObjectName> on;
  std::string kind;

 private:
  using Next = std::optional<std::size_t>;  ///< the token behind what matched
  Next match(std::string_view pattern, std::size_t position);
  Next match_element(std::string_view element, std::size_t position);
  Next match_after_any(std::string_view rest, std::size_t position, bool inside_parentheses);
  Next match_names(std::size_t position, bool renames);
  Next match_name(std::size_t position, ObjectName& name);
  Next skip_to(std::string_view words, std::size_t position);
  bool is_one_of(std::size_t position, std::string_view words);

  StatementTokens& tokens_;
  bool exhausted_ = false;  ///< what follows a "..." was looked for up to the end
};

}  // namespace dbctl::sql
