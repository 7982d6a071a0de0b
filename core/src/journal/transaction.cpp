#include "journal/transaction.hpp"

namespace dbctl::journal {

Transaction::Transaction(driver::Connection& connection, bool suspend_foreign_keys) : connection_(connection) {
  connection_.begin(suspend_foreign_keys);
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_.rollback();
  } catch (const std::exception&) {
    // The session is gone, and the transaction with it: what made us leave is the error that people must see.
  }
}

void Transaction::commit() {
  open_ = false;  // the connection leaves none open, whatever happens
  connection_.commit();
}

}  // namespace dbctl::journal
