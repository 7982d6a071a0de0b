#include "lexical.hpp"

namespace dbctl::postgresql {
namespace {

using sql::LexicalRules;

// All spellings of false that the server takes, and the unambiguous beginnings of them.
constexpr sql::SessionMode modes[] = {
    {"standard_conforming_strings", "off", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "of", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "false", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "no", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "f", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "n", &LexicalRules::backslash_escapes, true},
    {"standard_conforming_strings", "0", &LexicalRules::backslash_escapes, true},
};

// pg_dump writes them around its output to keep psql from commands in the data; a server has none to carry out.
constexpr std::string_view ignored_commands[] = {"\\restrict", "\\unrestrict"};

}  // namespace

const LexicalRules& lexical_rules() {
  static const LexicalRules rules{.dollar_quotes = true,
                                  .nested_comments = true,
                                  .escape_strings = true,
                                  .unicode_strings = true,
                                  .returns_end_lines = true,
                                  .operator_runs = true,
                                  .parentheses_hold = true,
                                  .copy_data = true,
                                  .backslash_commands = true,
                                  .bodies = sql::Bodies::atomic,
                                  .letters = sql::Letters::folded,
                                  .ignored_commands = ignored_commands,
                                  .modes = modes};
  return rules;
}

}  // namespace dbctl::postgresql
