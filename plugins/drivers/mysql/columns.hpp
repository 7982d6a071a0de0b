#pragma once
#include <string>

#include "dbctl/schema/model.hpp"

/// A column of information_schema as the model's.
namespace dbctl::mysql {

/// What the server says; texts of MySQL that it escapes once more are unescaped already.
struct CatalogueColumn {
  std::string name;
  std::string data_type;    ///< "varchar"
  std::string column_type;  ///< "varchar(200)", "enum('a','b')", "int unsigned"
  std::string charset;
  std::string collation;
  bool has_default = false;
  std::string default_text;
  bool nullable = false;
  std::string extra;
  std::string generated;
  std::string comment;
  bool json = false;  ///< MariaDB: the server checks that it is
};

/// The nearest of the model's types; the name of one that dbctl does not make stands in the type's values.
schema::Column column_of(const CatalogueColumn& column, bool mariadb, std::string_view default_collation);

/// MySQL's expressions in information_schema are escaped as if they stood in a string, `_utf8mb4\'a\'`, and their
/// UTF-8, taken for Latin-1, is encoded once more.
std::string unescaped(std::string_view text);

}  // namespace dbctl::mysql
