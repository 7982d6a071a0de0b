#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dbctl::mysql {

struct Token {
  enum class Kind : unsigned char { word, quoted, number, string, symbol, end };
  Kind kind = Kind::end;
  std::string text = {};  ///< words in lower case, quoted names and strings without their quotes
};

/// The expression's tokens and an `end`. Nothing when the text is not made of known tokens only.
std::optional<std::vector<Token>> tokenize(std::string_view sql);

/// A string as the servers read it: quotes doubled, backslashes too.
std::string quoted_string(std::string_view text);
/// A name, in backticks where it would mean something else without.
std::string quoted_name(std::string_view name);

}  // namespace dbctl::mysql
