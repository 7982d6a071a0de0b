#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"

namespace dbctl::sql {

/// Which statements hold others, whose semicolons do not end them.
enum class Bodies : std::uint8_t {
  none,
  blocks,    ///< stored programs (CREATE PROCEDURE, FUNCTION, TRIGGER, EVENT): BEGIN, IF, CASE, LOOP … END, nested
  triggers,  ///< CREATE TRIGGER … BEGIN …; END alone
  atomic     ///< CREATE FUNCTION or PROCEDURE … BEGIN ATOMIC …; END
};

/// What upper and lower case mean in words outside quotes.
enum class Letters : std::uint8_t {
  insensitive,  ///< nothing; a name is stored as it is written
  folded,       ///< nothing; a name is stored in lower case
  sensitive     ///< names that differ in case differ; keywords do not
};

struct LexicalRules;

/// A setting of the session that changes the rules: after `SET sql_mode = 'ANSI_QUOTES'` a double quote means something
/// else.
struct SessionMode {
  std::string_view variable;  ///< lower case
  std::string_view value;     ///< lower case; a word among the words of the variable's new value …
  bool LexicalRules::*rule;   ///< … gives this rule …
  bool to;                    ///< … this value, and any new value without the word the one the dialect gave
};

/// How a database's SQL is cut into tokens and statements: data from the dialect for the one lexer in core. What the
/// spans and views refer to lives as long as the program (tables in a driver's code).
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
  bool executable_comments = false;    ///< /*!50100 … */ is code, /*+ … */ a hint

  bool unicode_strings = false;     ///< U&'…' and U&"…" are one token
  bool returns_end_lines = false;   ///< a carriage return alone ends a -- comment
  bool operator_runs = false;       ///< a run of operator characters is one operator, `?` among them
  bool parentheses_hold = false;    ///< a semicolon inside parentheses ends no statement
  bool delimiter_command = false;   ///< DELIMITER // changes what ends a statement
  bool copy_data = false;           ///< the lines behind COPY … FROM STDIN; up to \. are data
  bool backslash_commands = false;  ///< a backslash outside quotes is a command of the database's own client
  bool dot_commands = false;        ///< .read at the beginning of a statement is one too
  Bodies bodies = Bodies::blocks;
  Letters letters = Letters::insensitive;
  std::span<const std::string_view> client_commands = {};   ///< words, upper case, that begin a client's command
  std::span<const std::string_view> ignored_commands = {};  ///< with their backslash; they and their line do nothing
  std::span<const std::string_view> keywords = {};          ///< upper case, sorted; read where letters are sensitive
  std::span<const SessionMode> modes = {};                  ///< at most 32
};

/// The statement's first words in upper case, comments and white space skipped: {"CREATE", "TABLE"}. At most `most`.
DBCTL_API std::vector<std::string> leading_words(std::string_view sql, const LexicalRules& rules, std::size_t most = 4);
/// Tokens joined by one blank, comments dropped, words outside quotes in lower case where that is all the same to the
/// database: for comparing SQL by meaning.
DBCTL_API std::string normalise(std::string_view sql, const LexicalRules& rules);
/// The same as a digest: white space, comments and the case of keywords do not count, every other change does.
DBCTL_API std::string token_hash(std::string_view sql, const LexicalRules& rules);

}  // namespace dbctl::sql
