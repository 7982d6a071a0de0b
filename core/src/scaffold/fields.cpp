#include "dbctl/scaffold/fields.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "scaffold/field_types.hpp"
#include "scaffold/names.hpp"
#include "schema/words.hpp"

namespace dbctl::scaffold {
namespace {

using schema::TypeKind;

bool is_temporal(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::timestamp;
}

/// Whether every database can index it: the smallest limit is 3,072 bytes (InnoDB), of four for a character.
bool is_searchable(const schema::Type& type) {
  constexpr std::uint32_t longest = 768;
  switch (type.kind) {
    case TypeKind::text:
    case TypeKind::json:
    case TypeKind::text_array:
      return false;
    case TypeKind::string:
      return type.size <= longest;
    case TypeKind::binary:
      return type.size > 0 && type.size <= 4 * longest;
    default:
      return true;
  }
}

/// A piece of the text and where it begins, without white space around it.
struct Piece {
  std::string_view text;
  std::size_t at = 0;
};

Piece trimmed(Piece piece) {
  const auto inner = text::trim(piece.text);
  return {inner, piece.at + static_cast<std::size_t>(inner.data() - piece.text.data())};
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Field> read() const {
    std::vector<Field> fields;
    for (const auto& piece : split({text_, 0}, ',')) {
      if (piece.text.empty()) refuse(piece, "a field is empty", {"take the comma out"});
      fields.push_back(field(piece));
      const auto& name = fields.back().column.name;
      if (std::ranges::count_if(fields, [&](const Field& f) { return f.column.name == name; }) > 1)
        refuse(piece, fmt::format("the field \"{}\" is there twice", name), {"take one of them out"});
    }
    return fields;
  }

 private:
  [[noreturn]] void refuse(const Piece& piece, std::string summary, std::vector<std::string> next = {},
                           std::string why = {}) const {
    throw Error(codes::make_fields, {.summary = std::move(summary),
                                     .where = fmt::format("--fields, character {}: \"{}\"", piece.at + 1, piece.text),
                                     .why = std::move(why),
                                     .next = std::move(next)});
  }

  /// At each separator outside of brackets and quotes.
  std::vector<Piece> split(const Piece& whole, char separator) const {
    std::vector<Piece> pieces;
    std::size_t begin = 0, depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < whole.text.size(); ++i) {
      const char c = whole.text[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        ++depth;
      } else if (c == ')') {
        if (depth == 0) refuse(whole, "a bracket is closed that was not opened");
        --depth;
      } else if (c == separator && depth == 0) {
        pieces.push_back(trimmed({whole.text.substr(begin, i - begin), whole.at + begin}));
        begin = i + 1;
      }
    }
    if (quote != 0) refuse(whole, fmt::format("a quote ({}) is not closed", quote));
    if (depth != 0) refuse(whole, "a bracket is not closed");
    pieces.push_back(trimmed({whole.text.substr(begin), whole.at + begin}));
    return pieces;
  }

  static std::string unquoted(std::string_view text) {
    const bool quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return std::string(quoted ? text.substr(1, text.size() - 2) : text);
  }

  Field field(const Piece& piece) const {
    const auto parts = split(piece, '|');
    const auto& head = parts.front();
    const auto colon = head.text.find(':');
    const auto name = text::trim(head.text.substr(0, colon));
    if (colon == std::string_view::npos)
      refuse(head, fmt::format("\"{}\" has no type", name),
             {fmt::format("{}:string", name), "dbctl make model --help"});
    check_name(name, "field", fmt::format("--fields, character {}", head.at + 1));
    Field result{.column = {.name = std::string(name)}};
    result.column.type = type(trimmed({head.text.substr(colon + 1), head.at + colon + 1}));
    for (std::size_t i = 1; i < parts.size(); ++i) modify(result, parts[i]);
    if (result.unique && result.index)
      refuse(piece, fmt::format("\"{}\" is unique, which has an index of its own", name), {"take |index out"});
    if ((result.unique || result.index) && !is_searchable(result.column.type))
      refuse(
          piece,
          fmt::format("a {} cannot be unique or have an index on every database", schema::to_text(result.column.type)),
          {fmt::format("{}:string(200)", name)});
    return result;
  }

  schema::Type type(const Piece& piece) const {
    const auto bracket = piece.text.find('(');
    const auto word = std::string(text::trim(piece.text.substr(0, bracket)));
    std::vector<std::string> arguments;
    if (bracket != std::string_view::npos) {
      if (!piece.text.ends_with(')')) refuse(piece, "nothing may stand behind a type's brackets but a bar");
      const Piece inner{piece.text.substr(bracket + 1, piece.text.size() - bracket - 2), piece.at + bracket + 1};
      for (const auto& one : split(inner, ',')) arguments.push_back(unquoted(one.text));
    }
    try {
      if (auto known = parse_type(text::lower(word), arguments)) return *known;
    } catch (const std::invalid_argument& problem) {
      refuse(piece, problem.what());
    }
    if (word.empty()) refuse(piece, "a type is missing behind the colon", {"known: " + text::join(type_words(), ", ")});
    std::vector<std::string> next;
    if (const auto near = text::nearest(word, type_words())) next.push_back(fmt::format("did you mean \"{}\"?", *near));
    next.push_back("known: " + text::join(type_words(), ", "));
    refuse(piece, fmt::format("there is no type \"{}\"", word), std::move(next));
  }

  void modify(Field& field, const Piece& piece) const {
    const auto word = piece.text.substr(0, piece.text.find_first_of("=:"));
    const auto value = piece.text.size() > word.size() ? piece.text.substr(word.size() + 1) : std::string_view();
    const bool alone = word.size() == piece.text.size();
    if (word == "nullable" && alone) return set_once(field.column.nullable, piece);
    if (word == "unique" && alone) return set_once(field.unique, piece);
    if (word == "index" && alone) return set_once(field.index, piece);
    if (piece.text.starts_with("default=")) return set_default(field, piece, value);
    if (piece.text.starts_with("fk:")) {
      if (!field.references.empty()) refuse(piece, "a field has one fk:");
      if (value.empty()) refuse(piece, "fk: needs the name of a table", {"fk:users"});
      field.references = value;
      return;
    }
    const std::vector<std::string> known{"nullable", "unique", "index", "default=VALUE", "fk:TABLE"};
    std::vector<std::string> next;
    if (const auto near = text::nearest(word, {"nullable", "unique", "index", "default", "fk"}))
      next.push_back(fmt::format("did you mean \"{}\"?", *near));
    next.push_back("known: " + text::join(known, ", "));
    refuse(piece, fmt::format("there is no modifier \"{}\"", piece.text), std::move(next));
  }

  void set_once(bool& flag, const Piece& piece) const {
    if (flag) refuse(piece, fmt::format("\"{}\" is there twice", piece.text), {"take one of them out"});
    flag = true;
  }

  void set_default(Field& field, const Piece& piece, std::string_view written) const {
    auto& column = field.column;
    if (column.default_value.kind != schema::Default::Kind::none) refuse(piece, "a field has one default=");
    if (written == "now" && is_temporal(column.type.kind)) {
      column.default_value.kind = schema::Default::Kind::now;
      return;
    }
    try {
      column.default_value = {.kind = schema::Default::Kind::value,
                              .value = schema::coerce(Value(unquoted(written)), column.type)};
    } catch (const std::invalid_argument& problem) {
      refuse(piece, fmt::format("the default does not fit the field's type, {}", schema::to_text(column.type)), {},
             problem.what());
    }
  }

  std::string_view text_;
};

}  // namespace

void check_name(std::string_view name, std::string_view what, std::string_view where) {
  const auto refuse = [&](std::string summary, std::vector<std::string> next) {
    throw Error(codes::make_name,
                {.summary = std::move(summary), .where = std::string(where), .next = std::move(next)});
  };
  if (name.empty()) refuse(fmt::format("a {} has no name", what), {});
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!std::ranges::all_of(name, fits) || (name.front() >= '0' && name.front() <= '9') || name.size() > 63) {
    std::vector<std::string> next{"use lower-case letters, digits and underscores, a letter first, at most 63"};
    if (const auto better = snake(name); !better.empty() && better != name && std::ranges::all_of(better, fits) &&
                                         better.size() < 64 && (better.front() < '0' || better.front() > '9'))
      next.insert(next.begin(), fmt::format("did you mean \"{}\"?", better));
    refuse(fmt::format("\"{}\" is no name for a {}", name, what), std::move(next));
  }
  if (schema::words::is_reserved(name))
    refuse(
        fmt::format("\"{}\" is a reserved word of SQL", name),
        {fmt::format("take another name for the {}, say \"{}_{}\"", what, name, what == "table" ? "rows" : "value")});
  if (is_cpp_keyword(name))
    refuse(
        fmt::format("\"{}\" is a word that C++ or a model keeps for itself", name),
        {fmt::format("take another name for the {}, say \"{}_{}\"", what, name, what == "table" ? "rows" : "value")});
}

std::vector<Field> parse_fields(std::string_view text) {
  return Reader(text).read();
}

}  // namespace dbctl::scaffold
