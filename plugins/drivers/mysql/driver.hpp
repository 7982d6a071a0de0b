#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "dbctl/driver/driver.hpp"
#include "dialect.hpp"

namespace dbctl::mysql {

class MysqlDriver final : public driver::Driver {
 public:
  MysqlDriver();

  const driver::DriverInfo& info() const noexcept override { return info_; }
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override;
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override;
  std::string database_name(const driver::Options& options) const override;
  std::string target(const driver::Options& options) const override;
  bool create_database(const driver::Options& options) const override;
  bool drop_database(const driver::Options& options) const override;

 private:
  driver::DriverInfo info_;
  mutable std::mutex mutex_;  // guards dialects_, which only grows
  mutable std::map<std::string, std::unique_ptr<MysqlDialect>, std::less<>> dialects_;
};

}  // namespace dbctl::mysql
