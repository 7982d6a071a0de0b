#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dbctl::environment {

/// A part of a template.
struct Piece {
  enum class Kind { literal, plain, fallback, required };
  Kind kind = Kind::literal;
  std::string text;                   ///< literal: the text; otherwise the variable's name
  std::string message = {};           ///< required: what the author says when it is missing
  std::vector<Piece> otherwise = {};  ///< fallback
};

/// A text with `${NAME}`, `${NAME:-default}` and `${NAME:?message}` in it. `$${` stands for `${`; a dollar sign that
/// no brace follows is itself.
using Template = std::vector<Piece>;

/// The value of a variable, or nothing when it is not set. May throw Error for one that is set and cannot be had.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

/// Throws Error (environment_syntax) at `where` for a `${` of another form; the text is not repeated, since it may be
/// a password.
Template parse_template(std::string_view text, const std::string& where);

/// Throws Error (environment_variable) for what is not set, with `advice` as the next step, and environment_value when
/// the result is longer than a megabyte. An empty variable counts as unset for `:-` and `:?`, as in a shell.
std::string expand(const Template& value, const Lookup& lookup, const std::string& where, const std::string& advice);

/// Letters, digits and underscores, not beginning with a digit.
bool is_variable_name(std::string_view name) noexcept;

}  // namespace dbctl::environment
