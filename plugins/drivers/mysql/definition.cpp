#include "definition.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"
#include "dbctl/sql/lexer.hpp"
#include "lexical.hpp"

namespace dbctl::mysql {
namespace {

using sql::Token;

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  sql::Lexer lexer(text, lexical_rules());
  while (const auto token = lexer.next())
    if (token->significant()) tokens.push_back(*token);
  return tokens;
}

/// `CREATE TABLE name (items) options`: the places of its parts.
struct Outline {
  std::size_t open = std::string_view::npos, close = std::string_view::npos;
  std::vector<std::size_t> commas;
  std::vector<Token> options;  ///< those behind the closing parenthesis, outside of others
};

Outline outline_of(const std::vector<Token>& tokens) {
  Outline outline;
  std::size_t depth = 0;
  for (const auto& token : tokens) {
    const bool closed = outline.close != std::string_view::npos;
    if (token.symbol("(")) {
      if (depth++ == 0 && !closed) outline.open = token.offset;
    } else if (token.symbol(")") && depth > 0) {
      if (--depth == 0 && !closed) outline.close = token.offset;
    } else if (token.symbol(",") && depth == 1 && !closed) {
      outline.commas.push_back(token.offset);
    } else if (closed && depth == 0) {
      outline.options.push_back(token);
    }
  }
  return outline;
}

/// Columns as they stand; keys and constraints sorted, since one that is dropped and made again stands elsewhere.
std::string items_of(std::string_view text, const Outline& outline) {
  std::vector<std::string> columns, keys;
  auto begin = outline.open + 1;
  const auto add = [&](std::size_t end) {
    const auto item = text::trim(text.substr(begin, end - begin));
    (item.starts_with('`') ? columns : keys).emplace_back(item);
    begin = end + 1;
  };
  for (const auto comma : outline.commas) add(comma);
  add(outline.close);
  std::ranges::sort(keys);
  columns.insert(columns.end(), keys.begin(), keys.end());
  return text::join(columns, ",\n  ");
}

}  // namespace

TableText table_text(std::string_view text) {
  const auto tokens = tokens_of(text);
  const auto outline = outline_of(tokens);
  TableText out;
  out.temporary = tokens.size() > 1 && tokens[1].is("TEMPORARY");
  if (outline.close == std::string_view::npos) {
    out.definition = text;
    return out;
  }
  std::string options;
  auto kept_from = outline.close + 1;
  for (std::size_t i = 0; i + 2 < outline.options.size(); ++i) {
    const auto& option = outline.options[i];
    if (!outline.options[i + 1].symbol("=")) continue;
    const auto& value = outline.options[i + 2];
    if (option.is("ENGINE")) out.engine = value.text;
    if (option.is("SEQUENCE")) out.sequence = true;
    if (!option.is("AUTO_INCREMENT")) continue;
    options += text::trim(text.substr(kept_from, option.offset - kept_from));
    kept_from = value.offset + value.text.size();
  }
  options += text.substr(kept_from);
  out.definition = "TABLE (\n  " + items_of(text, outline) + "\n) " + std::string(text::trim(options));
  return out;
}

std::string view_header(std::string_view text) {
  for (const auto& token : tokens_of(text))
    if (token.is("AS")) return std::string(text::trim(text.substr(0, token.offset)));
  return std::string(text);
}

std::vector<std::string> words_of(std::string_view sql) {
  std::vector<std::string> words;
  for (const auto& token : tokens_of(sql)) {
    if (token.kind == Token::Kind::word) words.emplace_back(token.text);
    if (token.kind != Token::Kind::quoted || token.text.size() < 2) continue;
    const auto quote = token.text.substr(0, 1);
    words.push_back(text::replace_all(std::string(token.text.substr(1, token.text.size() - 2)),
                                      std::string(quote) + std::string(quote), quote));
  }
  return words;
}

}  // namespace dbctl::mysql
