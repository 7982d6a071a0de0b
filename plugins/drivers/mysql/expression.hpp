#pragma once
#include <optional>
#include <string>
#include <string_view>

/// The servers keep expressions as trees and print them in their own ways: `price >= 0` comes back as
/// "(`price` >= 0)" from MySQL and as "`price` >= 0" from MariaDB, `upper(s)` as `ucase(s)`. What authors write and
/// what either server reports is brought to one form here, so that it can be compared. Pure.
namespace dbctl::mysql {

/// Words in lower case, no needless quotes and parentheses, no character set before strings, negations pushed inwards
/// as the servers do. An expression that is not understood keeps its tokens, separated by one blank.
std::string canonical_expression(std::string_view sql);

/// The contents of a string literal, if the expression is one and nothing else: 'it''s' or _utf8mb4'it\'s'.
std::optional<std::string> string_literal(std::string_view sql);

}  // namespace dbctl::mysql
