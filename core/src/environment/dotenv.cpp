#include "environment/dotenv.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::environment {
namespace {

/// Stands for an escaped dollar sign until the template is parsed; control characters are refused in files.
constexpr char escaped_dollar = '\x01';

void restore_dollars(Template& value) {
  for (auto& piece : value) {
    std::ranges::replace(piece.kind == Piece::Kind::literal ? piece.text : piece.message, escaped_dollar, '$');
    restore_dollars(piece.otherwise);
  }
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& shown)
      : text_(dbctl::text::replace_all(std::string(text), "\r\n", "\n")), rest_(text_), shown_(shown) {}

  std::vector<Assignment> read() {
    std::vector<Assignment> assignments;
    for (;;) {
      skip_blanks();
      if (rest_.empty()) return assignments;
      if (rest_.front() == '\n' || rest_.front() == '#') {
        finish_line();
        continue;
      }
      auto assignment = read_assignment();
      refuse_second(assignment);
      assignments.push_back(std::move(assignment));
      finish_line();
    }
  }

 private:
  Assignment read_assignment() {
    const std::string where = here();
    if (rest_.starts_with("export ") || rest_.starts_with("export\t")) {
      rest_.remove_prefix(7);
      skip_blanks();
    }
    const auto end = rest_.find_first_of("=\n#");
    const auto name = dbctl::text::trim(rest_.substr(0, end));
    if (end == std::string_view::npos || rest_[end] != '=' || !is_variable_name(name)) {
      refuse("a line that is not NAME=value", where,
             "a name has letters, digits and underscores; a value of several lines stands in double quotes");
    }
    Assignment assignment{.name = std::string(name), .value = {}, .where = where};
    rest_.remove_prefix(end + 1);
    read_value(assignment);
    return assignment;
  }

  void read_value(Assignment& assignment) {
    const auto unread = rest_;
    skip_blanks();
    if (rest_.starts_with('\'')) {
      assignment.value.push_back({.kind = Piece::Kind::literal, .text = single_quoted()});
    } else if (rest_.starts_with('"')) {
      interpolated(assignment, double_quoted());
    } else {
      rest_ = unread;
      interpolated(assignment, unquoted());
    }
  }

  /// Up to the end of the line or to a `#` that follows a blank.
  std::string unquoted() {
    const auto line = rest_.substr(0, rest_.find('\n'));
    std::size_t length = 0;
    while (length < line.size() && !(line[length] == '#' && length > 0 && is_blank(line[length - 1]))) {
      check(line[length++]);
    }
    rest_.remove_prefix(length);
    return std::string(dbctl::text::trim(line.substr(0, length)));
  }

  std::string single_quoted() {
    const std::string where = here();
    rest_.remove_prefix(1);
    std::string value;
    while (next_in_quotes(where) != '\'') value += take();
    rest_.remove_prefix(1);
    expect_end_of_value();
    return value;
  }

  std::string double_quoted() {
    const std::string where = here();
    rest_.remove_prefix(1);
    std::string value;
    while (next_in_quotes(where) != '"') {
      const char c = take();
      value += c == '\\' ? escape(next_in_quotes(where)) : c;
    }
    rest_.remove_prefix(1);
    expect_end_of_value();
    return value;
  }

  char escape(char c) {
    constexpr std::string_view written = "nrt\"\\$";
    constexpr std::string_view meant = {"\n\r\t\"\\\x01", 6};
    const auto index = written.find(c);
    if (index == std::string_view::npos) {
      refuse("an unknown escape in double quotes", here(),
             R"(\n \r \t \" \\ and \$ are known; write \\ for a backslash, or use single quotes)");
    }
    take();
    return meant[index];
  }

  void interpolated(Assignment& assignment, const std::string& text) {
    try {
      assignment.value = parse_template(text, fmt::format("{} ({})", assignment.where, assignment.name));
      restore_dollars(assignment.value);
    } catch (const Error& error) {
      assignment.malformed = error;
    }
  }

  void expect_end_of_value() {
    skip_blanks();
    if (!rest_.empty() && rest_.front() != '\n' && rest_.front() != '#') {
      refuse("text after the closing quote", here(), R"(write \" for a quote inside double quotes)");
    }
  }

  void finish_line() {
    rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    if (!rest_.empty()) take();
  }

  char next_in_quotes(const std::string& where) const {
    if (rest_.empty()) refuse("a quote that is never closed", where, "close it before the file ends");
    check(rest_.front());
    return rest_.front();
  }

  void check(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f) {
      refuse("a control character", here(), R"(write it as \n, \r or \t in double quotes)");
    }
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t'; }
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  char take() {
    const char c = rest_.front();
    if (c == '\n') ++line_;
    rest_.remove_prefix(1);
    return c;
  }
  std::string here() const { return fmt::format("{}:{}", shown_, line_); }

  [[noreturn]] static void refuse(std::string summary, std::string where, std::string next) {
    throw Error(codes::environment_syntax,
                {.summary = std::move(summary), .where = std::move(where), .next = {std::move(next)}});
  }

  void refuse_second(const Assignment& assignment) {
    const auto [first, is_new] = places_.emplace(assignment.name, assignment.where);
    if (is_new) return;
    throw Error(codes::environment_key, {.summary = fmt::format("the variable {} is set twice", assignment.name),
                                         .where = assignment.where,
                                         .why = "it was set before at " + first->second,
                                         .next = {"delete one of the two lines"}});
  }

  const std::string text_;
  std::string_view rest_;
  const std::string& shown_;
  std::size_t line_ = 1;
  std::map<std::string, std::string> places_;  ///< of the names read
};

}  // namespace

std::vector<Assignment> parse_dotenv(std::string_view text, const std::string& shown) {
  return Reader(text, shown).read();
}

}  // namespace dbctl::environment
