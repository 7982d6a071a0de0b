#pragma once
#include "dbctl/driver/driver.hpp"
#include "dialect.hpp"

namespace dbctl::null {

/// A driver without a database: it takes every statement and does nothing with it. Copy it to begin a real one.
class NullDriver final : public driver::Driver {
 public:
  NullDriver();

  const driver::DriverInfo& info() const noexcept override;
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override;
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override;
  std::string database_name(const driver::Options& options) const override;
  std::string target(const driver::Options& options) const override;
  bool create_database(const driver::Options& options) const override;
  bool drop_database(const driver::Options& options) const override;

 private:
  driver::DriverInfo info_;
  NullDialect dialect_;
};

}  // namespace dbctl::null
