#include "conformance/faulty.hpp"

#include <utility>

#include "dbctl/base/codes.hpp"

namespace dbctl::conformance {

class FaultySession final : public driver::Connection {
 private:
  driver::Connection& real() const {
    if (!real_) throw Error(codes::connection_lost, {.summary = "the connection was ended by the test"});
    return *real_;
  }
  template <class F>
  auto around(const Statement& statement, F&& f) {
    real();
    if (driver_.before) driver_.before(number_, statement);
    auto result = f();
    if (driver_.after) driver_.after(number_, statement);
    real();
    return result;
  }

 public:
  FaultySession(const Faulty& driver, std::size_t number, std::unique_ptr<driver::Connection> real)
      : driver_(driver), number_(number), real_(std::move(real)), server_(real_->server()) {}
  ~FaultySession() override { driver_.sessions_[number_] = nullptr; }

  void end() { real_.reset(); }

  const sql::ServerInfo& server() const noexcept override { return server_; }
  driver::ConnectionInfo info() override { return real().info(); }

  std::int64_t execute(const Statement& s) override {
    return around(s, [&] { return real().execute(s); });
  }
  void execute_all(const std::vector<Statement>& all) override { driver::execute_in_turn(*this, all); }
  Rows query(const Statement& s) override {
    return around(s, [&] { return real().query(s); });
  }
  void each(const Statement& s, const std::function<bool(const Row&)>& row) override { real().each(s, row); }

  void begin(bool suspend_foreign_keys) override { real().begin(suspend_foreign_keys); }
  void commit() override {
    around({}, [&] {
      real().commit();
      return 0;
    });
  }
  void rollback() override { real().rollback(); }
  bool in_transaction() const override { return real_ && real_->in_transaction(); }

  bool try_lock(std::string_view name) override { return real().try_lock(name); }
  void unlock() noexcept override {
    if (real_) real_->unlock();
  }
  std::optional<driver::LockHolder> lock_holder(std::string_view name) override { return real().lock_holder(name); }
  bool trusts_session_locks() override { return real().trusts_session_locks(); }

  schema::Schema describe(const driver::Scope& scope) override { return real().describe(scope); }
  std::vector<std::string> relations() override { return real().relations(); }
  std::string home() override { return real().home(); }
  std::vector<driver::ObjectState> observe(const driver::Objects& objects) override { return real().observe(objects); }
  std::vector<std::string> clean_up(const std::vector<std::string>& names) override { return real().clean_up(names); }
  std::vector<std::string> not_transactional() override { return real().not_transactional(); }
  driver::SessionId session() override { return real().session(); }
  driver::SessionState state_of(const driver::SessionId& session) override { return real().state_of(session); }
  bool end(const driver::SessionId& session) override { return real().end(session); }
  std::vector<driver::Blocker> blockers(const std::vector<std::string>& tables) override {
    return real().blockers(tables);
  }
  void reset_session() override { real().reset_session(); }
  void set_statement_timeout(std::chrono::milliseconds limit) override { real().set_statement_timeout(limit); }
  void set_lock_timeout(std::chrono::milliseconds limit) override { real().set_lock_timeout(limit); }
  std::vector<driver::Finding> examine() override { return real().examine(); }

 private:
  const Faulty& driver_;
  std::size_t number_;
  std::unique_ptr<driver::Connection> real_;
  sql::ServerInfo server_;
};

void Faulty::end(std::size_t session) {
  if (session < sessions_.size() && sessions_[session] != nullptr) sessions_[session]->end();
}

std::unique_ptr<driver::Connection> Faulty::connect(const driver::Options& options) const {
  auto session = std::make_unique<FaultySession>(*this, sessions_.size(), real_.connect(options));
  sessions_.push_back(session.get());
  return session;
}

}  // namespace dbctl::conformance
