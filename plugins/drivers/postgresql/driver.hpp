#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "dialect.hpp"

namespace dbctl::postgresql {

class PostgresqlDriver final : public driver::Driver {
 public:
  PostgresqlDriver();

  const driver::DriverInfo& info() const noexcept override { return info_; }
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override;
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override;
  std::string database_name(const driver::Options& options) const override;
  std::string target(const driver::Options& options) const override;
  bool create_database(const driver::Options& options) const override;
  bool drop_database(const driver::Options& options) const override;

 private:
  driver::DriverInfo info_;
  std::vector<std::unique_ptr<const PostgresqlDialect>> dialects_;  ///< one for each major version
};

}  // namespace dbctl::postgresql
