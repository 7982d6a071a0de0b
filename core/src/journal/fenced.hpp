#pragma once
#include <memory>
#include <utility>

#include "dbctl/base/codes.hpp"
#include "dbctl/driver/driver.hpp"

namespace dbctl::journal {

/// What keeps a run that was overtaken from writing.
class Fence {
 public:
  virtual ~Fence();
  /// On the session that is about to commit. Throws Error (lock_lost) when another run has taken over.
  virtual void hold(driver::Connection& work) = 0;
  /// The session has ended, or the database refused a statement. Throws Error (lock_lost) when another run has taken
  /// over, and so ended the one or did already what the other was to do.
  virtual void explain() = 0;
};

/// A session whose commits go through the fence, whoever makes them; without one it is the session itself.
class FencedConnection final : public driver::Connection {
 public:
  explicit FencedConnection(std::unique_ptr<driver::Connection> real) : real_(std::move(real)) {}
  ~FencedConnection() override;

  /// nullptr: none. It must be taken away before it ends.
  void set_fence(Fence* fence) noexcept { fence_ = fence; }
  driver::Connection& real() noexcept { return *real_; }

  const sql::ServerInfo& server() const noexcept override { return real_->server(); }
  driver::ConnectionInfo info() override {
    return watched([&] { return real_->info(); });
  }

  std::int64_t execute(const Statement& statement) override;
  void execute_all(const std::vector<Statement>& statements) override;
  Rows query(const Statement& statement) override {
    return watched([&] { return real_->query(statement); });
  }
  void each(const Statement& statement, const std::function<bool(const Row&)>& row) override {
    watched([&] { real_->each(statement, row); });
  }

  void begin(bool suspend_foreign_keys) override {
    watched([&] { real_->begin(suspend_foreign_keys); });
  }
  void commit() override;
  void rollback() override {
    watched([&] { real_->rollback(); });
  }
  bool in_transaction() const override { return real_->in_transaction(); }

  bool try_lock(std::string_view name) override {
    return watched([&] { return real_->try_lock(name); });
  }
  void unlock() noexcept override { real_->unlock(); }
  std::optional<driver::LockHolder> lock_holder(std::string_view name) override {
    return watched([&] { return real_->lock_holder(name); });
  }
  bool trusts_session_locks() override {
    return watched([&] { return real_->trusts_session_locks(); });
  }

  schema::Schema describe(const driver::Scope& scope) override {
    return watched([&] { return real_->describe(scope); });
  }
  std::vector<std::string> relations() override {
    return watched([&] { return real_->relations(); });
  }
  std::string home() override {
    return watched([&] { return real_->home(); });
  }

  std::vector<driver::ObjectState> observe(const driver::Objects& objects) override {
    return watched([&] { return real_->observe(objects); });
  }
  std::vector<std::string> clean_up(const std::vector<std::string>& names) override {
    return watched([&] { return real_->clean_up(names); });
  }
  std::vector<std::string> not_transactional() override {
    return watched([&] { return real_->not_transactional(); });
  }
  driver::SessionId session() override {
    return watched([&] { return real_->session(); });
  }
  driver::SessionState state_of(const driver::SessionId& session) override {
    return watched([&] { return real_->state_of(session); });
  }
  bool end(const driver::SessionId& session) override {
    return watched([&] { return real_->end(session); });
  }
  std::vector<driver::Blocker> blockers(const std::vector<std::string>& tables) override {
    return watched([&] { return real_->blockers(tables); });
  }

  void reset_session() override {
    watched([&] { real_->reset_session(); });
  }
  void set_statement_timeout(std::chrono::milliseconds limit) override {
    watched([&] { real_->set_statement_timeout(limit); });
  }
  void set_lock_timeout(std::chrono::milliseconds limit) override {
    watched([&] { real_->set_lock_timeout(limit); });
  }
  std::vector<driver::Finding> examine() override {
    return watched([&] { return real_->examine(); });
  }

 private:
  template <class Call>
  auto watched(Call&& call) -> decltype(call()) {
    try {
      return call();
    } catch (const Error& error) {
      const bool refused = dynamic_cast<const StatementError*>(&error) != nullptr;
      if (fence_ != nullptr && (refused || error.code() == codes::connection_lost)) fence_->explain();
      throw;
    }
  }

  std::unique_ptr<driver::Connection> real_;
  Fence* fence_ = nullptr;
};

}  // namespace dbctl::journal
