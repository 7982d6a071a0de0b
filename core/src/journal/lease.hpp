#pragma once
#include <cstdint>
#include <string>

#include "dbctl/driver/driver.hpp"
#include "dbctl/schema/model.hpp"

namespace dbctl::journal {

/// What dbctl_lock says. A token is one holder's alone: each new one has the next, and none comes again.
struct LeaseState {
  std::int64_t token = 0;
  std::int64_t writes = 0;  ///< counts what the holder committed
  std::int64_t beats = 0;   ///< counts while the holder lives
  std::string holder;       ///< for people; empty: nobody has it
  std::string session;      ///< the holder's driver::SessionId; empty where it tells nothing
  bool operator==(const LeaseState&) const = default;
};

/// The two rows of dbctl_lock. The holder's work session writes the one and its heartbeat the other, so that a long
/// transaction and the heartbeat never wait for each other, nor fail because of each other in a cluster.
class LeaseRows {
 public:
  LeaseRows(driver::Connection& connection, const sql::Dialect& dialect);

  bool are_there();
  /// Makes the table and the rows where they are missing; several may try at once.
  void make();
  LeaseState read();

  // Each is one statement; false when the lease was another's by then.
  bool take(const LeaseState& seen, const std::string& holder, const std::string& session);
  bool renew(std::int64_t token, std::int64_t writes);
  bool beat(std::int64_t token, std::int64_t beats);
  bool give_up(std::int64_t token);

 private:
  bool table_is_there();
  std::vector<Row> rows();
  bool change(std::int64_t row, const std::vector<std::string>& columns, const Row& values,
              const std::vector<std::string>& keys, const Row& key_values);

  driver::Connection& connection_;
  const sql::Dialect& dialect_;
  schema::Table table_;
};

}  // namespace dbctl::journal
