// What is there and who is at work: what a recovery asks.
#include "connection.hpp"

namespace dbctl::sqlite {

std::vector<driver::ObjectState> SqliteConnection::observe(const driver::Objects&) {
  return {};
}
std::vector<std::string> SqliteConnection::clean_up(const std::vector<std::string>&) {
  return {};
}
std::vector<std::string> SqliteConnection::not_transactional() {
  return {};
}
driver::SessionId SqliteConnection::session() {
  return {};
}
driver::SessionState SqliteConnection::state_of(const driver::SessionId&) {
  return {};
}
bool SqliteConnection::end(const driver::SessionId&) {
  return true;
}
std::vector<driver::Blocker> SqliteConnection::blockers(const std::vector<std::string>&) {
  return {};
}

}  // namespace dbctl::sqlite
