#pragma once
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// A server on 127.0.0.1 that is after passwords: it greets as a MySQL server does, and asks whoever logs in for the
/// password itself.
namespace dbctl::mysql::test {

class HostileServer {
 public:
  enum class Greets : unsigned char { with_tls, without_tls, not_at_all };

  /// The first connection is greeted in the first way, the second in the second, all later ones in the last.
  explicit HostileServer(std::vector<Greets> ways);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  int port() const noexcept { return port_; }
  /// All that clients sent so far.
  std::string heard() const;

 private:
  void serve();
  void talk(int client, Greets way);

  std::vector<Greets> ways_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::string heard_;
  std::thread thread_;
};

}  // namespace dbctl::mysql::test
