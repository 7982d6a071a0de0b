#pragma once
#include <array>

#include "dbctl/sql/lexical.hpp"

/// Rules as different as databases have them; the drivers' own are tested beside the drivers.
namespace dbctl::sql::test {

inline constexpr std::array<SessionMode, 2> quote_modes{
    {{"sql_mode", "ansi_quotes", &LexicalRules::double_quoted_strings, false},
     {"sql_mode", "no_backslash_escapes", &LexicalRules::backslash_escapes, false}}};
inline constexpr std::array<SessionMode, 1> string_modes{
    {{"standard_conforming_strings", "off", &LexicalRules::backslash_escapes, true}}};
inline constexpr std::array<std::string_view, 2> client_words{"SOURCE", "SYSTEM"};
inline constexpr std::array<std::string_view, 2> restrictions{"\\restrict", "\\unrestrict"};
inline constexpr std::array<std::string_view, 4> some_keywords{"CREATE", "FROM", "SELECT", "TABLE"};

inline const LexicalRules standard{};
inline const LexicalRules backslashes{.backslash_escapes = true,
                                      .hash_comments = true,
                                      .backtick = true,
                                      .double_quoted_strings = true,
                                      .dashes_need_blank = true,
                                      .executable_comments = true,
                                      .delimiter_command = true,
                                      .backslash_commands = true,
                                      .letters = Letters::sensitive,
                                      .client_commands = client_words,
                                      .keywords = some_keywords,
                                      .modes = quote_modes};
inline const LexicalRules dollars{.dollar_quotes = true,
                                  .nested_comments = true,
                                  .escape_strings = true,
                                  .unicode_strings = true,
                                  .returns_end_lines = true,
                                  .operator_runs = true,
                                  .parentheses_hold = true,
                                  .copy_data = true,
                                  .backslash_commands = true,
                                  .bodies = Bodies::atomic,
                                  .letters = Letters::folded,
                                  .ignored_commands = restrictions,
                                  .modes = string_modes};
inline const LexicalRules brackets{.backtick = true, .bracket = true, .dot_commands = true, .bodies = Bodies::triggers};

}  // namespace dbctl::sql::test
