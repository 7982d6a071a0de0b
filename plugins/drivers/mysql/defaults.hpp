#pragma once
#include <string>

#include "dbctl/schema/model.hpp"

/// Column defaults, brought to one form: what the author wrote and what either server says about it.
namespace dbctl::mysql {

/// A literal's contents as a value of the type; an expression where it is none.
schema::Default default_of_text(const std::string& text, const schema::Type& type);
/// SQL behind DEFAULT: a literal, the current time in the type's way, or an expression.
schema::Default default_of_sql(const std::string& sql, const schema::Type& type);

}  // namespace dbctl::mysql
