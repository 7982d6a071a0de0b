#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"
#include "dbctl/sql/lexer.hpp"
#include "dbctl/value/statement.hpp"

namespace dbctl::sql {

/// One statement of a script.
struct SourceStatement {
  std::string_view text;     ///< from its first token to its last: without the delimiter, comments inside kept
  std::string_view leading;  ///< the comments and white space before it
  std::optional<std::string_view> data = {};  ///< the lines behind COPY … FROM STDIN, without the closing \.
  std::size_t offset = 0;                     ///< of its text, in bytes
  Place place = {};                           ///< of its first token
  /// Which of the rules' session modes hold for it, one bit each: see in_modes.
  std::uint32_t modes = 0;
};

/// The statements of a script, in order. Obeys DELIMITER and follows SET of the session modes that the rules name.
/// `origin` is where the text begins (line 0 is taken as 1), for errors and places.
///
/// Throws Error: sql_unterminated for a string, name, comment, parenthesis, body or COPY data without an end, with the
/// place where it begins; sql_client_command for what only the database's own client understands; sql_text for text
/// that no database would take whole (UTF-16, a NUL byte).
///
/// The views are into the text, which must outlive them. Takes linear time and copies nothing, so 100 MB are fine.
DBCTL_API std::vector<SourceStatement> split(std::string_view text, const LexicalRules& rules,
                                             const Origin& origin = {});

/// The rules with these session modes, for reading one statement of a script.
DBCTL_API LexicalRules in_modes(const LexicalRules& rules, std::uint32_t modes);

/// A script's hash by meaning: of its statements' tokens and data, whatever separates them.
DBCTL_API std::string token_hash(const std::vector<SourceStatement>& statements, const LexicalRules& rules);

}  // namespace dbctl::sql
