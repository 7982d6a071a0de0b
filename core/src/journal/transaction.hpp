#pragma once
#include "dbctl/driver/driver.hpp"

namespace dbctl::journal {

/// A transaction that is rolled back unless committed, whatever is thrown.
class Transaction {
 public:
  explicit Transaction(driver::Connection& connection, bool suspend_foreign_keys = false);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  driver::Connection& connection_;
  bool open_ = true;
};

}  // namespace dbctl::journal
