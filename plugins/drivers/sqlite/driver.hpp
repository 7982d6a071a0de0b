#pragma once
#include "dbctl/driver/driver.hpp"
#include "dialect.hpp"

namespace dbctl::sqlite {

class SqliteDriver final : public driver::Driver {
 public:
  SqliteDriver();

  const driver::DriverInfo& info() const noexcept override { return info_; }
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override;
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override;
  std::string database_name(const driver::Options& options) const override;
  std::string target(const driver::Options& options) const override;
  bool create_database(const driver::Options& options) const override;
  bool drop_database(const driver::Options& options) const override;

 private:
  driver::DriverInfo info_;
  SqliteDialect dialect_;
};

}  // namespace dbctl::sqlite
