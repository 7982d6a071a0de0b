#include "guard.hpp"

#include <cstdlib>
#include <exception>
#include <map>
#include <mutex>
#include <typeinfo>

#include <cxxabi.h>
#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/sql/classify.hpp"

namespace dbctl::plugin {

namespace {

std::string thrown_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "something";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type->name(), nullptr, nullptr, &status),
                                                    std::free);
  return status == 0 ? name.get() : type->name();
}

std::string thrown_text() {
  const std::string type = thrown_type();
  try {
    throw;
  } catch (const std::exception& e) {
    return fmt::format("{}: {}", type, e.what());
  } catch (...) {
    return fmt::format("an object of type {}", type);
  }
}

class GuardedDialect final : public sql::Dialect {
 public:
  GuardedDialect(const sql::Dialect& real, const Origin& origin) : real_(real), origin_(origin) {}

  const sql::DialectInfo& info() const noexcept override { return real_.info(); }
  sql::Script render(const schema::Operation& operation, const schema::Schema& before) const override {
    return guarded(origin_, "render", [&] { return real_.render(operation, before); });
  }
  sql::Brackets brackets(bool suspend_foreign_keys) const override {
    return guarded(origin_, "brackets", [&] { return real_.brackets(suspend_foreign_keys); });
  }
  std::string quote(std::string_view identifier) const override {
    return guarded(origin_, "quote", [&] { return real_.quote(identifier); });
  }
  std::string literal(const Value& value) const override {
    return guarded(origin_, "literal", [&] { return real_.literal(value); });
  }
  std::string placeholder(std::size_t n) const override {
    return guarded(origin_, "placeholder", [&] { return real_.placeholder(n); });
  }
  const sql::LexicalRules& lexical() const override {
    return guarded(origin_, "lexical", [&]() -> const sql::LexicalRules& { return real_.lexical(); });
  }
  std::span<const sql::ClassRule> classes() const override {
    return guarded(origin_, "classes", [&] { return real_.classes(); });
  }
  Statement insert(const schema::Table& table, const std::vector<std::string>& columns,
                   const std::vector<Row>& rows) const override {
    return guarded(origin_, "insert", [&] { return real_.insert(table, columns, rows); });
  }
  std::vector<Statement> after_insert(const schema::Table& table,
                                      const std::vector<std::string>& columns) const override {
    return guarded(origin_, "after_insert", [&] { return real_.after_insert(table, columns); });
  }
  Statement update(const schema::Table& table, const std::vector<std::string>& columns, const Row& values,
                   const std::vector<std::string>& keys, const Row& key_values) const override {
    return guarded(origin_, "update", [&] { return real_.update(table, columns, values, keys, key_values); });
  }
  Statement remove(const schema::Table& table, const std::vector<std::string>& keys,
                   const Row& key_values) const override {
    return guarded(origin_, "remove", [&] { return real_.remove(table, keys, key_values); });
  }
  Statement select(const schema::Table& table, const std::vector<std::string>& columns,
                   const std::vector<std::string>& keys, const std::vector<Row>& wanted,
                   const std::vector<std::string>& order) const override {
    return guarded(origin_, "select", [&] { return real_.select(table, columns, keys, wanted, order); });
  }
  Statement backfill_keys(const schema::Backfill& backfill, const schema::Table& table,
                          const Row& after) const override {
    return guarded(origin_, "backfill_keys", [&] { return real_.backfill_keys(backfill, table, after); });
  }
  Statement backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                           const Row& last) const override {
    return guarded(origin_, "backfill_batch", [&] { return real_.backfill_batch(backfill, table, after, last); });
  }
  schema::Column storage(const schema::Column& column) const override {
    return guarded(origin_, "storage", [&] { return real_.storage(column); });
  }
  schema::Table storage(const schema::Table& table) const override {
    return guarded(origin_, "storage", [&] { return real_.storage(table); });
  }

 private:
  const sql::Dialect& real_;
  const Origin& origin_;
};

class GuardedConnection final : public driver::Connection {
 public:
  GuardedConnection(std::unique_ptr<driver::Connection> real, const Origin& origin)
      : real_(std::move(real)), origin_(origin) {}

  const sql::ServerInfo& server() const noexcept override { return real_->server(); }
  driver::ConnectionInfo info() override {
    return guarded(origin_, "info", [&] { return real_->info(); });
  }
  std::int64_t execute(const Statement& statement) override {
    return guarded(origin_, "execute", [&] { return real_->execute(statement); });
  }
  void execute_all(const std::vector<Statement>& statements) override {
    guarded(origin_, "execute_all", [&] { real_->execute_all(statements); });
  }
  Rows query(const Statement& statement) override {
    return guarded(origin_, "query", [&] { return real_->query(statement); });
  }
  void each(const Statement& statement, const std::function<bool(const Row&)>& row) override {
    std::exception_ptr of_caller;  // what the callback throws is not the plugin's fault
    const auto watched = [&](const Row& r) {
      try {
        return row(r);
      } catch (...) {
        of_caller = std::current_exception();
        throw;
      }
    };
    try {
      guarded(origin_, "each", [&] { real_->each(statement, watched); });
    } catch (const Error&) {
      if (of_caller) std::rethrow_exception(of_caller);
      throw;
    }
  }
  void begin(bool suspend_foreign_keys) override {
    guarded(origin_, "begin", [&] { real_->begin(suspend_foreign_keys); });
  }
  void commit() override {
    guarded(origin_, "commit", [&] { real_->commit(); });
  }
  void rollback() override {
    guarded(origin_, "rollback", [&] { real_->rollback(); });
  }
  bool in_transaction() const override {
    return guarded(origin_, "in_transaction", [&] { return real_->in_transaction(); });
  }
  bool try_lock(std::string_view name) override {
    return guarded(origin_, "try_lock", [&] { return real_->try_lock(name); });
  }
  void unlock() noexcept override { real_->unlock(); }
  std::optional<driver::LockHolder> lock_holder(std::string_view name) override {
    return guarded(origin_, "lock_holder", [&] { return real_->lock_holder(name); });
  }
  bool trusts_session_locks() override {
    return guarded(origin_, "trusts_session_locks", [&] { return real_->trusts_session_locks(); });
  }
  schema::Schema describe(const driver::Scope& scope) override {
    return guarded(origin_, "describe", [&] { return real_->describe(scope); });
  }
  std::vector<std::string> relations() override {
    return guarded(origin_, "relations", [&] { return real_->relations(); });
  }
  std::string home() override {
    return guarded(origin_, "home", [&] { return real_->home(); });
  }
  std::vector<driver::ObjectState> observe(const driver::Objects& objects) override {
    return guarded(origin_, "observe", [&] { return real_->observe(objects); });
  }
  std::vector<std::string> clean_up(const std::vector<std::string>& names) override {
    return guarded(origin_, "clean_up", [&] { return real_->clean_up(names); });
  }
  std::vector<std::string> not_transactional() override {
    return guarded(origin_, "not_transactional", [&] { return real_->not_transactional(); });
  }
  driver::SessionId session() override {
    return guarded(origin_, "session", [&] { return real_->session(); });
  }
  driver::SessionState state_of(const driver::SessionId& session) override {
    return guarded(origin_, "state_of", [&] { return real_->state_of(session); });
  }
  bool end(const driver::SessionId& session) override {
    return guarded(origin_, "end", [&] { return real_->end(session); });
  }
  std::vector<driver::Blocker> blockers(const std::vector<std::string>& tables) override {
    return guarded(origin_, "blockers", [&] { return real_->blockers(tables); });
  }
  void reset_session() override {
    guarded(origin_, "reset_session", [&] { real_->reset_session(); });
  }
  void set_statement_timeout(std::chrono::milliseconds limit) override {
    guarded(origin_, "set_statement_timeout", [&] { real_->set_statement_timeout(limit); });
  }
  void set_lock_timeout(std::chrono::milliseconds limit) override {
    guarded(origin_, "set_lock_timeout", [&] { real_->set_lock_timeout(limit); });
  }
  std::vector<driver::Finding> examine() override {
    return guarded(origin_, "examine", [&] { return real_->examine(); });
  }

 private:
  std::unique_ptr<driver::Connection> real_;
  const Origin& origin_;
};

class GuardedDriver final : public driver::Driver {
 public:
  GuardedDriver(std::unique_ptr<driver::Driver> real, Origin origin)
      : origin_(std::move(origin)), real_(std::move(real)) {}

  const driver::DriverInfo& info() const noexcept override { return real_->info(); }
  const sql::Dialect& dialect(const sql::ServerInfo& server) const override {
    const sql::Dialect& real =
        guarded(origin_, "dialect", [&]() -> const sql::Dialect& { return real_->dialect(server); });
    const std::lock_guard lock(mutex_);
    return dialects_.try_emplace(&real, real, origin_).first->second;
  }
  std::unique_ptr<driver::Connection> connect(const driver::Options& options) const override {
    return std::make_unique<GuardedConnection>(
        guarded(origin_, "connect", [&] { return not_null(real_->connect(options)); }), origin_);
  }
  std::string database_name(const driver::Options& options) const override {
    return guarded(origin_, "database_name", [&] { return real_->database_name(options); });
  }
  std::string target(const driver::Options& options) const override {
    return guarded(origin_, "target", [&] { return real_->target(options); });
  }
  bool create_database(const driver::Options& options) const override {
    return guarded(origin_, "create_database", [&] { return real_->create_database(options); });
  }
  bool drop_database(const driver::Options& options) const override {
    return guarded(origin_, "drop_database", [&] { return real_->drop_database(options); });
  }

 private:
  const Origin origin_;
  std::unique_ptr<driver::Driver> real_;
  mutable std::mutex mutex_;
  mutable std::map<const sql::Dialect*, GuardedDialect> dialects_;
};

class GuardedCommand final : public Command {
 public:
  GuardedCommand(std::unique_ptr<Command> real, Origin origin) : origin_(std::move(origin)), real_(std::move(real)) {}

  std::string summary() const override {
    return guarded(origin_, "summary", [&] { return real_->summary(); });
  }
  Exit run(CommandContext& context) override {
    return guarded(origin_, "run", [&] { return real_->run(context); });
  }

 private:
  const Origin origin_;
  std::unique_ptr<Command> real_;
};

}  // namespace

void blame(const Origin& origin, std::string_view call) {
  throw Error(codes::plugin_threw, {.summary = fmt::format("{} failed in its own code, in {}()", origin.plugin, call),
                                    .where = origin.file,
                                    .why = thrown_text(),
                                    .next = {"report it to the plugin's author with this message"}});
}

std::unique_ptr<driver::Driver> guard(std::unique_ptr<driver::Driver> driver, Origin origin) {
  return std::make_unique<GuardedDriver>(std::move(driver), std::move(origin));
}

std::unique_ptr<Command> guard(std::unique_ptr<Command> command, Origin origin) {
  return std::make_unique<GuardedCommand>(std::move(command), std::move(origin));
}

}  // namespace dbctl::plugin
