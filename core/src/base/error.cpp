#include "dbctl/base/error.hpp"

#include <utility>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl {
namespace {

std::string server_text(const StatementError::Server& server) {
  std::vector<std::string> numbers;
  if (!server.sqlstate.empty()) numbers.push_back("SQLSTATE " + server.sqlstate);
  if (server.native != 0) numbers.push_back(fmt::format("code {}", server.native));
  if (numbers.empty()) return server.message;
  return fmt::format("{} ({})", server.message, fmt::join(numbers, ", "));
}

Details with_server(Details details, const StatementError::Server& server) {
  if (details.why.empty()) details.why = server_text(server);
  return details;
}

}  // namespace

Error::Error(const Code& code, Details details) : code_(&code), details_(std::move(details)) {
  std::erase(details_.next, std::string());  // of a hint that there was none of
}
Error::~Error() = default;
Error::Error(const Error&) = default;
Error& Error::operator=(const Error&) = default;

const char* Error::what() const noexcept {
  return details_.summary.c_str();
}

void Error::set_where(std::string where) {
  if (details_.where.empty()) details_.where = std::move(where);
}

void Error::set_why(std::string why) {
  if (details_.why.empty()) details_.why = std::move(why);
}

void Error::add_why(std::string line) {
  if (!details_.why.empty()) details_.why += '\n';
  details_.why += line;
}
void Error::add_next(std::string next) {
  details_.next.push_back(std::move(next));
}

StatementError::StatementError(const Code& code, Server server, Details details)
    : Error(code, with_server(std::move(details), server)), server_(std::move(server)) {}
StatementError::~StatementError() = default;
StatementError::StatementError(const StatementError&) = default;

Unsupported::Unsupported(Details details) : Error(codes::schema_unsupported, std::move(details)) {}
Unsupported::~Unsupported() = default;
Unsupported::Unsupported(const Unsupported&) = default;

}  // namespace dbctl
