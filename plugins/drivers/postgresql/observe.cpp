// What is there and who is at work: what a recovery asks.
#include "connection.hpp"

namespace dbctl::postgresql {

std::vector<driver::ObjectState> PostgresqlConnection::observe(const driver::Objects&) {
  return {};
}
std::vector<std::string> PostgresqlConnection::clean_up(const std::vector<std::string>&) {
  return {};
}
std::vector<std::string> PostgresqlConnection::not_transactional() {
  return {};
}
driver::SessionId PostgresqlConnection::session() {
  return {};
}
driver::SessionState PostgresqlConnection::state_of(const driver::SessionId&) {
  return {};
}
bool PostgresqlConnection::end(const driver::SessionId&) {
  return true;
}
std::vector<driver::Blocker> PostgresqlConnection::blockers(const std::vector<std::string>&) {
  return {};
}

}  // namespace dbctl::postgresql
