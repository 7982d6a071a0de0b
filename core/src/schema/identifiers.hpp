#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Columns and tables in an author's SQL expression. The expression stays opaque: only its identifiers are seen, never
/// texts, comments, function names, cast types or keywords that introduce a text.
namespace dbctl::schema::identifiers {

/// Whether the expression names the column, bare, quoted or behind a table's name.
bool mentions(std::string_view expression, std::string_view column);

/// Whether the expression names the column, or the table before a point, without quotes.
bool mentions_bare(std::string_view expression, std::string_view name);

/// The columns of the table's row that the expression surely names, in order. Left out: what stands in double quotes (a
/// text for some databases), what is known to be a word of SQL, what another name qualifies; and everything where texts
/// end in more than one way (backslashes, dollar quotes) or there is a subquery.
std::vector<std::string> columns_named(std::string_view expression, std::string_view table);

/// The expression with the column renamed; quotes are kept.
std::string rename_column(std::string_view expression, std::string_view from, std::string_view to);

/// The expression with the table renamed where it qualifies a column.
std::string rename_table(std::string_view expression, std::string_view from, std::string_view to);

/// Equal but for the case of ASCII letters, as most databases compare names.
bool same(std::string_view a, std::string_view b);

}  // namespace dbctl::schema::identifiers
