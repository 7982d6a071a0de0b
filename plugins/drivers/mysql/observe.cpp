// What is there and who is at work: what a recovery asks.
#include "connection.hpp"

namespace dbctl::mysql {

std::vector<driver::ObjectState> MysqlConnection::observe(const driver::Objects&) {
  return {};
}
std::vector<std::string> MysqlConnection::clean_up(const std::vector<std::string>&) {
  return {};
}
std::vector<std::string> MysqlConnection::not_transactional() {
  return {};
}
driver::SessionId MysqlConnection::session() {
  return {};
}
driver::SessionState MysqlConnection::state_of(const driver::SessionId&) {
  return {};
}
bool MysqlConnection::end(const driver::SessionId&) {
  return true;
}
std::vector<driver::Blocker> MysqlConnection::blockers(const std::vector<std::string>&) {
  return {};
}

}  // namespace dbctl::mysql
