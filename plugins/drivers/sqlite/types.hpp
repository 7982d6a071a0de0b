#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/schema/model.hpp"

/// SQLite's side of the model's types. SQLite knows five classes of values and takes almost any word for a type; the
/// word decides into which class a value is converted ("affinity").
namespace dbctl::sqlite {

/// The type in CREATE TABLE: `NUMERIC(12, 2)`.
std::string declared_type(const schema::Type& type);
/// What a declared type means, also one that dbctl does not write itself: `VARCHAR(20)` is string(20).
schema::Type described_type(std::string_view declared);

/// Decimals of more digits than a binary64 number holds exactly are kept as text.
bool decimal_as_text(const schema::Type& type);

/// The condition that stands in for what the declared type does not say (a length, a list of values, that a text is
/// JSON), over the quoted column; empty when there is none.
std::string implied_condition(const schema::Type& type, const std::string& quoted_column);
/// The type that `condition` implies for a column declared as `declared`; nullopt when it is a condition of another
/// kind. The inverse of implied_condition.
std::optional<schema::Type> implied_type(std::string_view condition, std::string_view column,
                                         const schema::Type& declared);

/// The text after DEFAULT that stands for now.
std::string now_expression(const schema::Type& type);
/// What the text after DEFAULT means for a column of that type.
schema::Default described_default(std::string_view text, const schema::Type& type);

}  // namespace dbctl::sqlite
