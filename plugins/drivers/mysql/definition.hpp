#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What the server's own texts say of an object, without what changes by itself.
namespace dbctl::mysql {

/// What SHOW CREATE TABLE told.
struct TableText {
  std::string
      definition;  ///< without the table's name and AUTO_INCREMENT=n; keys and constraints in alphabetical order
  std::string engine;
  bool temporary = false;
  bool sequence = false;  ///< MariaDB's, which it shows as the table behind it
};
TableText table_text(std::string_view show_create_table);

/// What stands before the query of SHOW CREATE VIEW: the server writes the query itself in other words when a table
/// behind it changes.
std::string view_header(std::string_view show_create_view);

/// All names and keywords of a statement, names without their quotes.
std::vector<std::string> words_of(std::string_view sql);

}  // namespace dbctl::mysql
