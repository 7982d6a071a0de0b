#include "errors.hpp"

#include <string>

#include "dbctl/base/codes.hpp"

namespace dbctl::null {

Error cannot_record(std::string_view file) {
  return {codes::statement_storage,
          {.summary = "cannot write to " + std::string(file),
           .why = "the null driver's option \"record\" names it",
           .next = {"name a file that can be written, or take the option out"}}};
}

Error not_in_transaction() {
  return {codes::statement_stray_commit, {.summary = "COMMIT outside a transaction"}};
}

Unsupported no_foreign_keys() {
  return Unsupported({.summary = "the null driver has no foreign keys to suspend"});
}

Unsupported no_database(std::string_view verb) {
  return Unsupported(
      {.summary = "the null driver has no database to " + std::string(verb), .next = {"name another driver"}});
}

}  // namespace dbctl::null
