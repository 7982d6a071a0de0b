#include "fuzz/sql_properties.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "fuzz/relayout.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

using namespace sql;
using Statements = std::vector<SourceStatement>;

std::string_view file_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(0, 3) : "";
}

/// Tells the places of growing offsets, counting by itself.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  static Places of_file(std::string_view text) {
    Places places(text);
    places.offset_ = file_mark(text).size();
    return places;
  }

  Place at(std::size_t offset) {
    for (; offset_ < offset; ++offset_) {
      const bool continues = (static_cast<unsigned char>(text_[offset_]) & 0xC0U) == 0x80;
      if (text_[offset_] == '\n')
        place_ = {.line = place_.line + 1, .column = 1};
      else if (!continues)
        ++place_.column;
    }
    return place_;
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  Place place_;
};

void check_tokens(std::string_view text, const LexicalRules& rules) {
  Lexer lexer(text, rules);
  Places places(text);
  std::size_t end = 0;
  while (const auto token = lexer.next()) {
    require(token->offset == end && token->text.data() == text.data() + end, "tokens follow each other");
    require(!token->text.empty(), "a token has text");
    require(token->place == places.at(end), "a token's place agrees with its offset");
    end += token->text.size();
  }
  require(end == text.size(), "tokens reach from the first byte to the last");
}

/// The only errors that split() may throw.
bool is_refusal(const Error& error) {
  const auto& code = error.code();
  return code == codes::sql_unterminated || code == codes::sql_client_command || code == codes::sql_text;
}

std::optional<Statements> try_split(std::string_view text, const LexicalRules& rules) {
  try {
    return split(text, rules);
  } catch (const Error& error) {
    require(is_refusal(error), "split() throws only what it says");
    require(!error.details().summary.empty() && !error.details().where.empty() && !error.details().next.empty(),
            "an error says what, where and what to do");
    return std::nullopt;
  }
}

/// What stands between two statements says nothing but where they end.
void check_between(std::string_view between, const LexicalRules& rules) {
  Lexer lexer(between, rules);
  while (const auto token = lexer.next())
    require(!token->significant() || token->kind == Token::Kind::delimiter,
            "between statements stand delimiters, comments and white space alone");
}

/// In order, in the text, and whole: what is between them and they themselves give the text again. `plain`: a semicolon
/// is the only thing that ends a statement, so it is known what may stand between.
void check_pieces(std::string_view text, const Statements& statements, const LexicalRules& rules, bool plain) {
  auto places = Places::of_file(text);
  std::string joined(file_mark(text));
  std::size_t end = joined.size();
  const auto offset_of = [&](std::string_view part) { return static_cast<std::size_t>(part.data() - text.data()); };
  const auto take = [&](std::string_view part) {
    require(part.data() >= text.data() && offset_of(part) >= end, "pieces come in order");
    require(offset_of(part) + part.size() <= text.size(), "pieces lie in the text");
    const auto between = text.substr(end, offset_of(part) - end);
    joined.append(between).append(part);
    end = offset_of(part) + part.size();
    return between;
  };
  auto modes = std::uint32_t{0};
  for (const auto& statement : statements) {
    const auto between = take(statement.leading);
    if (plain) check_between(between, in_modes(rules, modes));
    require(!statement.text.empty(), "a statement has text");
    require(take(statement.text).empty(), "leading comments lead up to the statement");
    require(offset_of(statement.text) == statement.offset, "the offset is that of the text");
    require(statement.place == places.at(statement.offset), "the place agrees with the offset");
    if (statement.data) take(*statement.data);
    modes = statement.modes;
  }
  joined.append(text.substr(end));
  require(joined == text, "split, then join, is the input");
}

bool same(const SourceStatement& one, const SourceStatement& other) {
  return one.text == other.text && one.data == other.data && one.modes == other.modes;
}

/// A blank line in front keeps a byte order mark inside the text from being taken for the file's.
std::string alone(std::string_view statement) {
  return "\n" + std::string(statement);
}

std::string unused_delimiter(const Statements& statements) {
  for (char fill = '!';; ++fill) {
    const std::string delimiter = "@@" + std::string(1, fill) + "@@";
    const bool used = std::ranges::any_of(statements, [&](const SourceStatement& statement) {
      return statement.text.find(delimiter) != std::string_view::npos || statement.text.ends_with('@');
    });
    if (!used || fill == '&') return used ? "" : delimiter;
  }
}

/// The statements as another script: with semicolons, or with another delimiter around what semicolons would cut.
/// Nothing where no delimiter can be found.
std::optional<std::string> joined(const Statements& statements, const LexicalRules& rules) {
  const auto delimiter = unused_delimiter(statements);
  std::string script = "\n";
  for (const auto& statement : statements) {
    const std::string text(statement.text);
    const auto single = alone(text) + ";\n";
    const auto again = try_split(single, in_modes(rules, statement.modes));
    const bool whole = again && again->size() == 1 && again->front().text == text;
    require(whole || rules.delimiter_command, "a semicolon ends what a semicolon ended");
    if (!whole && delimiter.empty()) return std::nullopt;
    script += whole ? text + ";\n" : "DELIMITER " + delimiter + "\n" + text + delimiter + "\nDELIMITER ;\n";
    if (statement.data) script += std::string(*statement.data) + "\\.\n";
  }
  return script;
}

void check_joined(const Statements& statements, const LexicalRules& rules) {
  const auto script = joined(statements, rules);
  if (!script) return;
  const auto again = try_split(*script, rules);
  require(again && std::ranges::equal(*again, statements, same), "split, join, split is split");
  require(token_hash(*again, rules) == token_hash(statements, rules), "joined anew, the hash is the same");
}

void check_statement(const SourceStatement& statement, const LexicalRules& script_rules,
                     std::span<const ClassRule> classes, bool plain) {
  const auto rules = in_modes(script_rules, statement.modes);
  classify(statement.text, rules, classes);
  // `5--;` are two signs; the same at the end of a text are a comment, for the server as well.
  if (rules.dashes_need_blank && statement.text.ends_with("--")) return;
  require(!leading_words(statement.text, rules).empty() || !normalise(statement.text, rules).empty(),
          "a statement has tokens");
  if (plain) {
    const auto single = alone(statement.text);
    const auto again = try_split(single, rules);
    require(again && again->size() == 1 && again->front().text == statement.text,
            "splitting one statement gives itself");
  }
  const auto hash = token_hash(statement.text, rules);
  require(token_hash(alone(relayout(statement.text, rules)), rules) == hash,
          "white space and comments do not change the hash");
}

}  // namespace

std::size_t check_sql(std::string_view text, const LexicalRules& rules, std::span<const ClassRule> classes) {
  check_tokens(text, rules);
  classify(text, rules, classes);
  leading_words(text, rules);
  const auto statements = try_split(text, rules);
  if (!statements) return 0;
  const bool delimiters = rules.delimiter_command && text::lower(text).find("delimiter") != std::string::npos;
  const bool lines = (rules.copy_data || rules.backslash_commands) && text.find('\\') != std::string_view::npos;
  check_pieces(text, *statements, rules, !delimiters && !lines);
  for (const auto& statement : *statements) check_statement(statement, rules, classes, !delimiters);
  check_joined(*statements, rules);
  return statements->size();
}

}  // namespace dbctl::fuzz
