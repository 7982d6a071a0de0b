#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

/// The server keeps expressions as trees and prints them in its own way: `price >= 0` comes back as
/// `(price >= (0)::numeric)`, `a IN ('x', 'y')` as `(a = ANY (ARRAY['x'::text, 'y'::text]))`. These functions bring
/// both spellings to one form, so that what authors write and what the server reports can be compared. Pure.
namespace dbctl::postgresql {

/// Key words and names in lower case, no needless parentheses, no casts that the server may have added by itself (of
/// literals, and to texts and wider numbers). An expression that is not understood keeps its
/// tokens, separated by one blank.
std::string canonical_expression(std::string_view sql);

/// A column default as the server prints it or as an author writes it: a literal becomes a value of the type.
schema::Default read_default(std::string_view expression, const schema::Type& type);

/// The values of a check `column IN ('a', 'b')`, if it is exactly that.
std::optional<std::vector<std::string>> enumeration_values(std::string_view check, std::string_view column);

/// What a full text index of dbctl's on these columns (quoted, as SQL) is made of.
std::string fulltext_expression(const std::vector<std::string>& columns);

/// The columns of such an index, in order; empty when the expression is something else.
std::vector<std::string> fulltext_columns(std::string_view expression);

}  // namespace dbctl::postgresql
