// What is there and who is at work: what a recovery asks.
#include "connection.hpp"

namespace dbctl::null {

// There is nothing, and nobody but this session.
std::vector<driver::ObjectState> NullConnection::observe(const driver::Objects&) {
  return {};
}
std::vector<std::string> NullConnection::clean_up(const std::vector<std::string>&) {
  return {};
}
std::vector<std::string> NullConnection::not_transactional() {
  return {};
}
driver::SessionId NullConnection::session() {
  return {};
}
driver::SessionState NullConnection::state_of(const driver::SessionId&) {
  return {};
}
bool NullConnection::end(const driver::SessionId&) {
  return true;
}
std::vector<driver::Blocker> NullConnection::blockers(const std::vector<std::string>&) {
  return {};
}

}  // namespace dbctl::null
