#include "sql/script_errors.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/value/statement.hpp"

namespace dbctl::sql {
namespace {

using Kind = Token::Kind;

/// The first line of it, cut to what fits a message; no half characters.
std::string excerpt(std::string_view text) {
  constexpr std::size_t most = 40;
  auto line = text::trim(text.substr(0, text.find('\n')));
  if (line.size() <= most) return std::string(line);
  auto end = most;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return fmt::format("{} …", text::trim(line.substr(0, end)));
}

std::string_view name_of(const Token& token) {
  if (token.kind == Kind::comment || token.kind == Kind::hint) return "a comment";
  if (token.kind == Kind::quoted) return "a name in quotes";
  return token.text.starts_with('$') ? "a string in dollar quotes" : "a string";
}

std::string how_to_close(const Token& token, const LexicalRules& rules) {
  if (token.kind == Kind::comment || token.kind == Kind::hint)
    return rules.nested_comments ? "write the missing */: comments nest here, each /* wants its own"
                                 : "write the missing */";
  if (token.kind == Kind::string && token.text.starts_with('$'))
    return fmt::format("write the missing {}", token.text.substr(0, token.text.find('$', 1) + 1));
  if (token.text.starts_with('[')) return "write the missing ]";
  const auto quote = token.text.find_first_of("'\"`");
  return fmt::format("write the missing {0}; inside, a {0} is written twice", token.text[quote]);
}

}  // namespace

std::string ScriptErrors::where(Place place) const {
  if (file_.empty()) return fmt::format("line {}, column {}", place.line, place.column);
  return fmt::format("{}:{}:{}", file_, place.line, place.column);
}

std::string ScriptErrors::begins(Place statement, Place part) const {
  if (statement == part) return {};
  return fmt::format("the statement begins at line {}, column {}", statement.line, statement.column);
}

void ScriptErrors::check_text(std::string_view text, Place start) const {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw Error(codes::sql_text,
                {.summary = "the SQL is written in UTF-16", .where = where(start), .next = {"save it as UTF-8"}});
  const auto nul = text.find('\0');
  if (nul == std::string_view::npos) return;
  Lexer lexer(text, {}, start);
  lexer.skip_byte_order_mark();
  lexer.take(nul);
  throw Error(codes::sql_text, {.summary = "the SQL holds a NUL byte",
                                .where = where(lexer.place()),
                                .why = "databases stop reading there, without a word",
                                .next = {"take it out; in data, write bytes as a hexadecimal literal"}});
}

void ScriptErrors::unterminated(const Token& token, const LexicalRules& rules, Place statement) const {
  throw Error(codes::sql_unterminated,
              {.summary = fmt::format("{} is never closed: {}", name_of(token), excerpt(token.text)),
               .where = where(token.place),
               .why = begins(statement, token.place),
               .next = {how_to_close(token, rules)}});
}

void ScriptErrors::unterminated_code(const Token& open) const {
  throw Error(codes::sql_unterminated, {.summary = fmt::format("the code behind {} is never closed", open.text),
                                        .where = where(open.place),
                                        .next = {"write the missing */"}});
}

void ScriptErrors::unterminated_body(const Token& open, Place statement) const {
  throw Error(codes::sql_unterminated, {.summary = fmt::format("{} has no END", text::upper(open.text)),
                                        .where = where(open.place),
                                        .why = begins(statement, open.place),
                                        .next = {"write the missing END: up to there, semicolons end no statement"}});
}

void ScriptErrors::unterminated_parenthesis(const Token& open, Place statement) const {
  throw Error(codes::sql_unterminated, {.summary = "a parenthesis is never closed",
                                        .where = where(open.place),
                                        .why = begins(statement, open.place),
                                        .next = {"write the missing )"}});
}

void ScriptErrors::unterminated_data(Place copy) const {
  throw Error(codes::sql_unterminated, {.summary = "the data of COPY … FROM STDIN has no end",
                                        .where = where(copy),
                                        .next = {"close it with a line that holds \\. alone"}});
}

void ScriptErrors::behind_copy(Place copy, std::string_view content) const {
  throw Error(codes::sql_client_command,
              {.summary = fmt::format("COPY … FROM STDIN is followed by more on its line: {}", excerpt(content)),
               .where = where(copy),
               .next = {"put it on a line of its own, behind the data"}});
}

void ScriptErrors::client_command(Place place, std::string_view command) const {
  throw Error(codes::sql_client_command,
              {.summary = fmt::format("{} is a command of the database's own client, not SQL", excerpt(command)),
               .where = where(place),
               .next = {"take it out, or write SQL that does the same"}});
}

void ScriptErrors::bad_delimiter(Place place, std::string_view argument) const {
  throw Error(codes::sql_client_command,
              {.summary = argument.empty() ? "DELIMITER names no delimiter"
                                           : fmt::format("DELIMITER cannot be {}", excerpt(argument)),
               .where = where(place),
               .next = {"write one of at most 15 bytes, without blanks and backslashes: DELIMITER //"}});
}

}  // namespace dbctl::sql
