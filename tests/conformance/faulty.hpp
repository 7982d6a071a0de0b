#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "dbctl/driver/driver.hpp"

namespace dbctl::conformance {

class FaultySession;

/// The driver under test, whose sessions can be ended at any statement, as a kill or a broken network ends them.
class Faulty final : public driver::Driver {
 public:
  explicit Faulty(const driver::Driver& real) : real_(real) {}

  /// Called around each statement of a session (its number from 0) and around commits, which have no text; may call
  /// `end`.
  using Hook = std::function<void(std::size_t session, const Statement&)>;
  Hook before, after;
  /// Ends the session: every further call on it throws connection_lost.
  void end(std::size_t session);

  const driver::DriverInfo& info() const noexcept override { return real_.info(); }
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override { return real_.dialect(server); }
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override;
  std::string database_name(const driver::Options& options) const override { return real_.database_name(options); }
  std::string target(const driver::Options& options) const override { return real_.target(options); }
  bool create_database(const driver::Options& options) const override { return real_.create_database(options); }
  bool drop_database(const driver::Options& options) const override { return real_.drop_database(options); }

 private:
  friend class FaultySession;
  const driver::Driver& real_;
  mutable std::vector<FaultySession*> sessions_;  ///< nullptr: closed
};

}  // namespace dbctl::conformance
