#include "driver.hpp"

#include "connection.hpp"
#include "errors.hpp"

namespace dbctl::null {
namespace {

// All that the rest of dbctl knows about this database stands here. Claim nothing that the conformance suite would not
// find true.
driver::DriverInfo describe_driver() {
  return {.name = "null",
          .client = "none",
          .products = {},
          .schemes = {"null"},
          .options = {{.name = "record",
                       .type = driver::OptionType::path,
                       .help = "file to which every statement is appended",
                       .env = {"DB_NULL_RECORD"},
                       .url = driver::UrlPart::path}},
          .capabilities = {.transactional_ddl = true,
                           .in_process = true,
                           .descending_index = true,
                           .generated_columns = true,
                           .alter_column = true,
                           .stores_nothing = true},
          .assumed = {.product = "null", .version = {.major = 1}}};
}

}  // namespace

NullDriver::NullDriver() : info_(describe_driver()), dialect_(info_.assumed) {}

const driver::DriverInfo& NullDriver::info() const noexcept {
  return info_;
}

// A driver whose SQL depends on product or version keeps one dialect for each and picks here.
const sql::Dialect& NullDriver::dialect(const sql::ServerInfo&) const {
  return dialect_;
}

std::unique_ptr<driver::Connection> NullDriver::connect(const driver::Options& options) const {
  return std::make_unique<NullConnection>(info_.assumed, options.text("record"));
}

std::string NullDriver::database_name(const driver::Options&) const {
  return "null";
}

std::string NullDriver::target(const driver::Options&) const {
  return "no database";
}

bool NullDriver::create_database(const driver::Options&) const {
  throw no_database("create");
}

bool NullDriver::drop_database(const driver::Options&) const {
  throw no_database("drop");
}

}  // namespace dbctl::null
