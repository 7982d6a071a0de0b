#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/environment/environment.hpp"
#include "dbctl/journal/database.hpp"
#include "dbctl/migrate/plan.hpp"
#include "dbctl/plugin/host.hpp"
#include "globals.hpp"
#include "output/output.hpp"

namespace dbctl::cli {

/// What commands work with, made on first use: a command that needs no database opens none, and only the driver that
/// the environment names is loaded.
class Context {
 public:
  Context(plugin::PluginHost& host, const Globals& globals, Output& out);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  plugin::PluginHost& host;
  const Globals& globals;
  Output& out;

  environment::Request request() const;
  const environment::Environment& environment();
  const driver::Driver& driver();
  const driver::Options& options();
  /// The options as far as they are known: policy is checked before a missing password matters.
  const driver::Options& known_options();
  /// The name that --confirm must repeat.
  std::string database_name();
  /// "shop.db", "127.0.0.1:5432/shop as dbctl".
  std::string target();
  /// The database is this process's memory and goes with it.
  bool in_memory();

  /// The database is a file that is not there yet: connecting would make it.
  bool file_is_missing();
  /// For commands that only look: throws Error (connection_database) where connecting would make the file.
  void require_file();

  std::vector<std::string> domains();
  const catalog::Catalog& catalog();
  bool several_domains();
  /// "20240115090000_create_catalogue", with its domain where there are several.
  std::string label(const std::string& domain, const std::string& version, const std::string& name);
  /// What on(...) may say anywhere.
  const std::vector<std::string>& known_targets();
  /// What plans are for: the database, or for a file that is not there yet what the driver assumes.
  migrate::Target migration_target();
  /// The domain that --domain names, checked; empty: all.
  std::string domain();

  /// Connects at the first call, waiting as --wait says.
  journal::Database& database();
  /// What the journal says. A file that is not there yet says nothing, and is not made by asking.
  journal::State read();
  /// What a database is opened with.
  journal::Settings settings();
  /// Calls `connect` until it succeeds, fails for another reason than silence, or `patience` is over.
  void wait_for(std::chrono::milliseconds patience, const std::function<void()>& connect);
  /// Whether the environment or, where none is named, the database itself asks for protection.
  bool is_protected(const journal::State& state);

  /// Refuses a --confirm that names another database.
  void check_confirm();

 private:
  void tell_what_is_not_limited();
  void build_domains();

  std::optional<environment::Environment> environment_;
  const driver::Driver* driver_ = nullptr;
  std::optional<driver::Options> options_, known_options_;
  std::optional<catalog::Catalog> catalog_;
  std::optional<std::vector<std::string>> known_targets_;
  std::optional<journal::Database> database_;
};

}  // namespace dbctl::cli
