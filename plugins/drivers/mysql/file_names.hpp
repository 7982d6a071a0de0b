#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// InnoDB calls a table by its file: "db/table", "db/table#p#partition", with what is no ASCII letter, digit or
/// underscore encoded ("Mapping of Identifiers to File Names" in MySQL's manual).
namespace dbctl::mysql {

/// What every file name of this database begins with: the characters up to the first one that is encoded.
std::string plain_prefix(std::string_view name);

/// Which identities belong to which table.
class FileNames {
 public:
  /// "db/table#p#p0" and its number.
  void add(std::string_view file_name, std::string number);
  /// The table's number, or "#p#partition=number" of each partition; empty when there is none. Two tables whose
  /// encoded names cannot be told apart here, which takes letters beyond ASCII, have none.
  std::string identity(std::string_view schema, std::string_view table) const;

 private:
  struct Table {
    std::string schema, name;       ///< encoded
    std::set<std::string> numbers;  ///< "12", "#p#p0=12"
  };
  std::map<std::string, std::vector<Table>> tables_;  ///< by what both spellings have in common
};

}  // namespace dbctl::mysql
