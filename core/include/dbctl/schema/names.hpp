#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"

/// Names of constraints and indexes that authors do not write. They are the same on every database, so they are at
/// most 63 bytes (the smallest limit there is): longer ones end in a hash of the whole.
namespace dbctl::schema::names {

DBCTL_API std::string index(std::string_view table, const std::vector<std::string>& columns);        ///< idx_t_a_b
DBCTL_API std::string unique(std::string_view table, const std::vector<std::string>& columns);       ///< uq_t_a_b
DBCTL_API std::string foreign_key(std::string_view table, const std::vector<std::string>& columns);  ///< fk_t_a_b
DBCTL_API std::string check(std::string_view table, std::string_view what);                          ///< ck_t_what
DBCTL_API std::string primary_key(std::string_view table);                                           ///< pk_t
/// The check that restricts an enumeration where the database has no such type.
DBCTL_API std::string enumeration(std::string_view table, std::string_view column);  ///< en_t_c
/// Keeps names of up to 63 bytes; others keep their beginning and end in `_` and eight digits of their SHA-256.
DBCTL_API std::string fit(std::string name);

}  // namespace dbctl::schema::names
