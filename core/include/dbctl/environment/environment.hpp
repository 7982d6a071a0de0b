#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/driver/driver.hpp"

/// Which database, with which settings, and where each of them came from. docs/environments.md is the manual.
///
/// Two phases, because a driver's options are known only after its plugin is loaded: `load` reads the files and says
/// which driver is wanted; `Environment::options` then resolves that driver's options. Neither opens a connection.
namespace dbctl::environment {

using Variables = std::map<std::string, std::string, std::less<>>;

/// The variables of this process.
DBCTL_API Variables process_variables();

/// Words that choose an environment. DBCTL_ENV and DATABASE_URL are read from `variables`.
struct Request {
  std::optional<std::string> name = {};              ///< --env
  std::optional<std::string> url = {};               ///< --url
  std::optional<std::filesystem::path> folder = {};  ///< --environments; otherwise `environments` below the root
  std::filesystem::path root = ".";                  ///< the project: relative paths and .env files are below it
  Variables variables = {};                          ///< the process environment
};

enum class LogLevel : std::uint8_t { debug, info, warn, error };

/// One value as `dbctl env show` prints it.
struct Explanation {
  std::string name;     ///< "driver", "connection.host"
  std::string shown;    ///< secrets are masked
  std::string origin;   ///< "environments/staging.yaml:7:9", ".env.staging:3 (DB_HOST)"; empty: no value
  std::string problem;  ///< why the value cannot be had, if so
};

/// What a value that needs a variable which is not set does to `options`.
enum class Missing : std::uint8_t {
  refused,  ///< an error: for connecting
  allowed,  ///< the option stays without a value: for naming the database while policy is checked
};

struct Sources;

/// Immutable, and free of side effects, after `load`.
class DBCTL_API Environment {
 public:
  std::optional<std::string> name;  ///< none when anonymous
  bool anonymous = false;           ///< only variables or a URL say which database: no name is stamped
  std::string driver;               ///< a driver's name or a URL's scheme; empty when nothing names one
  std::string driver_origin;
  std::vector<std::string> domains;  ///< in the order written; empty: none named, all that are installed count
  bool protect = false;
  bool disposable = false;                    ///< of the file's own database alone: see `replaced_by`
  std::string kill_command, restart_command;  ///< of a disposable server, for `dbctl test crash --kill server`
  LogLevel log_level = LogLevel::info;
  std::optional<sql::ServerInfo> server;                      ///< for offline plans: "product 10.11"
  std::string lock = "session";                               ///< how other runs are kept out: "session" or "lease"
  std::optional<std::chrono::milliseconds> lease;             ///< its time, where the file says one
  std::optional<std::chrono::milliseconds> ddl_lock_timeout;  ///< where the file says one

  Environment();
  Environment(Environment&&) noexcept;
  Environment& operator=(Environment&&) noexcept;
  ~Environment();

  /// `driver`; throws Error (driver_unspecified) that says where one can be named when there is none.
  const std::string& required_driver() const;

  /// Every option that the driver declares: URL > process > .env.<name> > .env > YAML > fallback. Throws Error with
  /// environment_key, environment_value, environment_variable or environment_missing.
  driver::Options options(const driver::DriverInfo& info, Missing missing = Missing::refused) const;

  /// The origin of what outranks the file's own driver or connection: a URL, or a variable of the driver's
  /// ("DATABASE_URL", ".env:2 (DB_NAME_HOST)"). Secrets and the variables that the file itself refers to do not count.
  /// Empty: the database is the file's own.
  std::string replaced_by(const driver::DriverInfo& info) const;

  /// The settings that need no driver.
  std::vector<Explanation> explain() const;
  /// The driver's options. Throws nothing for a single value that cannot be had: it has a `problem`.
  std::vector<Explanation> explain(const driver::DriverInfo& info) const;
  /// What was written but is not used, and why: for the terminal, one sentence each.
  std::vector<std::string> notes(const driver::DriverInfo& info) const;

 private:
  friend DBCTL_API Environment load(const Request& request);
  std::unique_ptr<const Sources> sources_;
};

/// Reads `environments/<name>.yaml`, `.env` and `.env.<name>`. Throws Error with environment_unknown,
/// environment_syntax, environment_key, environment_value or environment_variable.
DBCTL_API Environment load(const Request& request);

/// A file of the environments folder.
struct Listed {
  std::string name;
  std::string file;     ///< as shown in messages
  std::string problem;  ///< why it cannot be chosen; empty when it can
};

/// What `request.folder` holds, sorted by name; empty when there is no such folder.
DBCTL_API std::vector<Listed> list(const Request& request);

}  // namespace dbctl::environment
