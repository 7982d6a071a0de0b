#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <pqxx/pqxx>
#include <pqxx/version>

/// All that differs between libpqxx 6.4 and 7.10, and nothing else. Never compare the patch number: the header of the
/// 6.4.5 package says 6.4.4.
namespace dbctl::postgresql::compat {

#define DBCTL_PQXX(major, minor) \
  (PQXX_VERSION_MAJOR > (major) || (PQXX_VERSION_MAJOR == (major) && PQXX_VERSION_MINOR >= (minor)))

/// A statement's parameters as the server reads them; nothing is NULL.
using Parameters = std::vector<std::optional<std::string>>;
/// Receives what the server says besides its results; must not throw.
using NoticeHandler = std::function<void(const char* text)>;

inline pqxx::result execute(pqxx::transaction_base& work, const std::string& sql, const Parameters& parameters) {
  if (parameters.empty()) return work.exec(sql);
#if DBCTL_PQXX(7, 5)
  pqxx::params list;
  list.reserve(parameters.size());
  for (const auto& parameter : parameters) {
    if (parameter)
      list.append(*parameter);
    else
      list.append();
  }
#if DBCTL_PQXX(7, 10)
  return work.exec(sql, list);
#else
  return work.exec_params(sql, list);
#endif
#else
  std::vector<const char*> list;
  list.reserve(parameters.size());
  for (const auto& parameter : parameters) list.push_back(parameter ? parameter->c_str() : nullptr);
  return work.exec_params(sql, pqxx::prepare::make_dynamic_params(list));
#endif
}

#if DBCTL_PQXX(7, 10)
/// Keeps the server's notices from stderr and hands them to the handler while it lives.
class Notices {
 public:
  Notices(pqxx::connection& connection, NoticeHandler handler) {
    connection.set_notice_handler([handler = std::move(handler)](pqxx::zview text) noexcept { handler(text.c_str()); });
  }
};
#else
class Notices final : public pqxx::errorhandler {
 public:
  Notices(pqxx::connection_base& connection, NoticeHandler handler)
      : pqxx::errorhandler(connection), handler_(std::move(handler)) {}
  bool operator()(const char text[]) noexcept override {
    handler_(text);
    return false;  // the next handler would write to stderr
  }

 private:
  NoticeHandler handler_;
};
#endif

/// The SQLSTATE of errors that come without one from the library; empty for all others.
inline std::string missing_sqlstate(const std::exception& error) {
  if (dynamic_cast<const pqxx::insufficient_privilege*>(&error) != nullptr) return "42501";  // 7.10 too
#if !DBCTL_PQXX(7, 0)
  if (dynamic_cast<const pqxx::deadlock_detected*>(&error) != nullptr) return "40P01";
  if (dynamic_cast<const pqxx::serialization_failure*>(&error) != nullptr) return "40001";
  if (dynamic_cast<const pqxx::statement_completion_unknown*>(&error) != nullptr) return "40003";
  if (dynamic_cast<const pqxx::transaction_rollback*>(&error) != nullptr) return "40000";
#endif
  return {};
}

/// "6.4", the version of the library that the plugin was built with.
inline std::string version() {
  return std::to_string(PQXX_VERSION_MAJOR) + "." + std::to_string(PQXX_VERSION_MINOR);
}

}  // namespace dbctl::postgresql::compat
