#pragma once
#include <string_view>

#include "dbctl/schema/model.hpp"

/// What InnoDB cannot hold, found while planning. MariaDB would shorten some keys by itself and say nothing.
namespace dbctl::mysql::limits {

/// Each throws Unsupported with a hint.
void identifier(std::string_view name);                                         ///< 64 characters
void type(const schema::Type& type);                                            ///< digits, lengths
void collation(std::string_view name);                                          ///< a plain name
void comment(std::string_view owner, std::string_view text, std::size_t most);  ///< characters
void row(const schema::Table& table);  ///< 65,535 bytes without texts and blobs
/// JSON numbers that MySQL would round; MariaDB keeps JSON as it is written.
void value(const Value& value);
/// Columns that cannot be in a key, and keys of more than 3072 bytes. `owner` is the key's name.
void key(const schema::Table& table, const std::vector<std::string>& columns, std::string_view owner);
/// The columns of a full-text index are texts of one collation.
void fulltext(const schema::Table& table, const schema::Index& index);

}  // namespace dbctl::mysql::limits
