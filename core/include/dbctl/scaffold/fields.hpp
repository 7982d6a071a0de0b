#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

/// The columns that `dbctl make` is told of on its command line.
namespace dbctl::scaffold {

struct Field {
  schema::Column column;  ///< name, type, nullable, default
  bool unique = false;
  bool index = false;
  std::string references = {};  ///< the table of `fk:`; empty: none was named
};

/// `name:type[(arguments)][|modifier…]`, separated by commas:
///
///     name:string(120), price:decimal(12,2)|default=0.00, category_id:uuid|fk:categories|index
///
/// - types are the migrations' own, and the names that other tools have for them (int, bool, datetime …); a bare
///   decimal is decimal<12,2>, a bare string string(255);
/// - modifiers are `nullable`, `unique`, `index`, `default=VALUE` and `fk:TABLE`. A value with a comma or a bar in it
///   stands in quotes; `now` is the time of insertion;
/// - names are identifiers of the migrations, and words neither of SQL nor of C++.
///
/// Throws Error (make_fields, make_name), saying which character it is about.
DBCTL_API std::vector<Field> parse_fields(std::string_view text);

/// Checks the name of a column or table: [a-z_][a-z0-9_]*, at most 63 characters, no word that SQL or C++ keeps for
/// itself. `where` is the flag. Throws Error (make_name).
DBCTL_API void check_name(std::string_view name, std::string_view what, std::string_view where);

}  // namespace dbctl::scaffold
