#pragma once
#include <string>
#include <string_view>

#include "dbctl/schema/types.hpp"
#include "dbctl/value/value.hpp"

/// The parts of `coerce` that are more than a line. All throw std::invalid_argument through `misfit`.
namespace dbctl::schema::coercion {

/// "'abc' is not a decimal<12,2>: why"
[[noreturn]] void misfit(const Value& value, const Type& type, std::string_view why = {});

/// The text of a value that is a text or one of those kept as text; else misfit.
const std::string& text_of(const Value& value, const Type& type);

Decimal decimal(const Value& value, const Type& type);
Date date(const Value& value, const Type& type);
Time time(const Value& value, const Type& type);
Timestamp timestamp(const Value& value, const Type& type);
/// "2024-01-15 09:00:00.000000" of a moment that there is: what dbctl itself wrote, and a database of its own gives
/// back for every row.
bool is_timestamp(std::string_view text);
Json json(const Value& value, const Type& type);

/// Code points; misfit when the text is not UTF-8.
std::size_t characters(const std::string& text, const Value& value, const Type& type);

}  // namespace dbctl::schema::coercion
