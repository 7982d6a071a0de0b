#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"

namespace dbctl::sql {

/// How a database's SQL is cut into tokens: data from the dialect for the one lexer in core.
struct LexicalRules {
  bool backslash_escapes = false;      ///< '\'' inside a string literal
  bool dollar_quotes = false;          ///< $tag$ … $tag$
  bool nested_comments = false;        ///< /* /* */ */
  bool hash_comments = false;          ///< # to the end of the line
  bool backtick = false;               ///< `identifier`
  bool bracket = false;                ///< [identifier]
  bool double_quoted_strings = false;  ///< "text" is a string literal, not an identifier
  bool escape_strings = false;         ///< E'\''
  bool dashes_need_blank = false;      ///< -- begins a comment only before white space
  bool executable_comments = false;    ///< /*!50100 … */ is code
};

/// The statement's first words in upper case, comments and white space skipped: {"CREATE", "TABLE"}. At most `most`.
DBCTL_API std::vector<std::string> leading_words(std::string_view sql, const LexicalRules& rules, std::size_t most = 4);
/// How many statements the text holds: pieces between semicolons outside strings and comments that are not empty. The
/// body (BEGIN … END) of a CREATE TRIGGER, FUNCTION, PROCEDURE or EVENT belongs to its statement.
DBCTL_API std::size_t count_statements(std::string_view sql, const LexicalRules& rules);
/// The text without what follows its last statement: semicolons, comments and white space.
DBCTL_API std::string_view without_terminator(std::string_view sql, const LexicalRules& rules);
/// Tokens joined by one blank, comments dropped, words outside quotes in lower case: for comparing SQL by meaning.
DBCTL_API std::string normalise(std::string_view sql, const LexicalRules& rules);

}  // namespace dbctl::sql
