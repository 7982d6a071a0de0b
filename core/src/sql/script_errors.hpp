#pragma once
#include <string>
#include <string_view>

#include "dbctl/sql/lexer.hpp"

namespace dbctl::sql {

/// What is wrong with a script, each with the place where it begins. All throw Error.
class ScriptErrors {
 public:
  explicit ScriptErrors(std::string file) : file_(std::move(file)) {}

  /// Refuses UTF-16 and NUL bytes.
  void check_text(std::string_view text, Place start) const;
  [[noreturn]] void unterminated(const Token& token, const LexicalRules& rules, Place statement) const;
  [[noreturn]] void unterminated_code(const Token& open) const;
  [[noreturn]] void unterminated_body(const Token& open, Place statement) const;
  [[noreturn]] void unterminated_parenthesis(const Token& open, Place statement) const;
  [[noreturn]] void unterminated_data(Place copy) const;
  [[noreturn]] void behind_copy(Place copy, std::string_view content) const;
  [[noreturn]] void client_command(Place place, std::string_view command) const;
  [[noreturn]] void bad_delimiter(Place place, std::string_view argument) const;

 private:
  std::string where(Place place) const;
  std::string begins(Place statement, Place part) const;
  std::string file_;
};

}  // namespace dbctl::sql
