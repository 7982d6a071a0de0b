// The splitter, the classifier and the hash, with the words of each database: data, so no client library is needed, nor
// the dialect's rendering. MariaDB's words are MySQL's.
#include "fuzz/sql_properties.hpp"
#include "fuzz/targets.hpp"
#include "plugins/drivers/mysql/lexical.hpp"
#include "plugins/drivers/postgresql/lexical.hpp"
#include "plugins/drivers/sqlite/lexical.hpp"

namespace dbctl::fuzz {

void split_sqlite(std::string_view input) {
  check_sql(input, sqlite::lexical_rules(), sqlite::statement_classes());
}

void split_mysql(std::string_view input) {
  check_sql(input, mysql::lexical_rules(), mysql::statement_classes());
}

void split_postgresql(std::string_view input) {
  check_sql(input, postgresql::lexical_rules(), postgresql::statement_classes());
}

// Of a dialect that overrides nothing.
void split_null(std::string_view input) {
  for (const bool transactional : {false, true}) check_sql(input, {}, sql::standard_classes(transactional));
}

}  // namespace dbctl::fuzz
