#pragma once
#include <string>
#include <string_view>

/// Columns and tables in an author's SQL expression. The expression stays opaque: only its identifiers are seen, never
/// texts, comments, function names, cast types or keywords that introduce a text.
namespace dbctl::schema::identifiers {

/// Whether the expression names the column, bare, quoted or behind a table's name.
bool mentions(std::string_view expression, std::string_view column);

/// The expression with the column renamed; quotes are kept.
std::string rename_column(std::string_view expression, std::string_view from, std::string_view to);

/// The expression with the table renamed where it qualifies a column.
std::string rename_table(std::string_view expression, std::string_view from, std::string_view to);

/// Equal but for the case of ASCII letters, as most databases compare names.
bool same(std::string_view a, std::string_view b);

}  // namespace dbctl::schema::identifiers
