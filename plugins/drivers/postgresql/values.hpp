#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/value/value.hpp"

/// Values in PostgreSQL's text format. Pure.
namespace dbctl::postgresql {

/// A type's object identifier; those of the built-in types are the same on every server.
using Oid = std::uint32_t;

/// The text of a parameter; nothing for NULL. Throws std::invalid_argument for text with a NUL, which the server
/// cannot hold and the client library would cut off.
std::optional<std::string> parameter(const Value& value);

/// What the server sent for a column of that type. Text that has no place in the model (`infinity`, `NaN`, types that
/// dbctl does not know) comes as a string.
Value read(Oid type, std::string_view text);

/// `{"a",NULL,"b \"c\""}` and back; nothing when it is not a flat array or holds a NULL, which the model has not.
std::string array_literal(const TextArray& array);
std::optional<TextArray> parse_array(std::string_view text);

/// `\x0aff`
std::string bytes_literal(std::string_view bytes);

/// `2024-01-15 10:30:00.5+01:30` as UTC with six digits; nothing when it is not of that form.
std::optional<std::string> parse_timestamp(std::string_view text);

}  // namespace dbctl::postgresql
