#include "lexical.hpp"

namespace dbctl::mysql {
namespace {

using sql::LexicalRules;

// ANSI and the names of other databases are modes that stand for several, ANSI_QUOTES among them.
constexpr sql::SessionMode modes[] = {
    {"sql_mode", "ansi_quotes", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "ansi", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "db2", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "maxdb", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "mssql", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "oracle", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "postgresql", &LexicalRules::double_quoted_strings, false},
    {"sql_mode", "no_backslash_escapes", &LexicalRules::backslash_escapes, false},
};

constexpr std::string_view client_commands[] = {"CHARSET", "CLEAR",  "CONNECT",   "EDIT",   "EGO",   "EXIT",    "GO",
                                                "NOPAGER", "NOTEE",  "NOWARNING", "PAGER",  "PRINT", "PROMPT",  "QUIT",
                                                "REHASH",  "SOURCE", "STATUS",    "SYSTEM", "TEE",   "WARNINGS"};

}  // namespace

const LexicalRules& lexical_rules() {
  static const LexicalRules rules{.backslash_escapes = true,
                                  .hash_comments = true,
                                  .backtick = true,
                                  .double_quoted_strings = true,
                                  .dashes_need_blank = true,
                                  .executable_comments = true,
                                  .delimiter_command = true,
                                  .backslash_commands = true,
                                  .bodies = sql::Bodies::blocks,
                                  .letters = sql::Letters::sensitive,
                                  .client_commands = client_commands,
                                  .keywords = keywords(),
                                  .modes = modes};
  return rules;
}

}  // namespace dbctl::mysql
