#include "relay.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "errors.hpp"

namespace dbctl::mysql {
namespace {

constexpr short gone = POLLHUP | POLLERR | POLLNVAL;

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/// One direction. What was read is sent before more is read.
struct Way {
  int from;
  int to;
  std::string pending = {};
  bool ended = false;  ///< nothing more comes or nothing more can be sent
  std::vector<char> buffer = std::vector<char>(65536);

  bool reads() const { return !ended && pending.empty(); }
  bool writes() const { return !ended && !pending.empty(); }

  std::string receive() {
    const auto count = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && !would_block())) ended = true;
    return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  }
  void send_pending() {
    if (pending.empty()) return;
    const auto count = send(to, pending.data(), pending.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count > 0) pending.erase(0, static_cast<std::size_t>(count));
    if (count < 0 && !would_block()) ended = true;
  }
};

/// The thread takes no signals: they are the program's.
template <class Work>
std::thread thread_without_signals(Work work) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(work));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

}  // namespace

Relay::Relay(const Settings& settings) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(settings.connect_timeout);
  server_ = connect_to_server(settings, deadline);
  greeting_ = read_greeting(server_, deadline);
  if (!greeting_.bytes.empty()) return;
  const bool late = std::chrono::steady_clock::now() >= deadline;
  raise_unreachable(settings, late ? fmt::format("it said nothing for {} s", settings.connect_timeout)
                                   : "it closed the connection without a word");
}

Relay::~Relay() {
  if (!thread_.joinable()) return;
  const std::uint64_t once = 1;
  // an event's first write neither waits nor fails
  [[maybe_unused]] const auto written = write(stop_.handle(), &once, sizeof once);
  thread_.join();
}

int Relay::start(const Settings& settings) {
  int port = 0;
  std::tie(listener_, port) = listen_locally(settings);
  stop_ = Socket(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop_) raise_unreachable(settings, "there are too many open files");
  thread_ = thread_without_signals([this] { carry(); });
  return port;
}

Socket Relay::accept_client() {
  for (;;) {
    std::array<pollfd, 2> wanted{{{listener_.handle(), POLLIN, 0}, {stop_.handle(), POLLIN, 0}}};
    if (poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) return Socket();
    if (wanted[1].revents != 0) return Socket();
    if (wanted[0].revents == 0) continue;
    Socket client(accept4(listener_.handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (client || !would_block()) return client;
  }
}

void Relay::carry() {
  const Socket client = accept_client();
  const Socket server = std::move(server_);  // both are closed at the end, which tells the other side
  { const Socket no_more = std::move(listener_); }
  if (!client) return;
  tune_session(client);
  TlsGate gate;
  Way down{.from = server.handle(), .to = client.handle(), .pending = greeting_.bytes};
  Way up{.from = client.handle(), .to = server.handle()};
  // one that nothing is wanted of is left out: that it has hung up would be reported again and again
  const auto wants = [](int handle, const Way& in, const Way& out) {
    const auto events = static_cast<short>((in.reads() ? POLLIN : 0) | (out.writes() ? POLLOUT : 0));
    return pollfd{.fd = events == 0 ? -1 : handle, .events = events, .revents = 0};
  };
  bool stopping = false;
  while (!(down.ended || up.ended)) {
    std::array<pollfd, 3> wanted{wants(client.handle(), up, down), wants(server.handle(), down, up),
                                 pollfd{.fd = stopping ? -1 : stop_.handle(), .events = POLLIN, .revents = 0}};
    const int ready = poll(wanted.data(), wanted.size(), stopping ? 0 : -1);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || (ready == 0 && stopping)) return;
    stopping = stopping || wanted[2].revents != 0;
    if (up.reads() && (wanted[0].revents & (POLLIN | gone)) != 0) {
      auto sent = gate.pass(up.receive());
      if (!sent) {
        refused_ = true;
        return;
      }
      up.pending = std::move(*sent);
    }
    if (down.reads() && (wanted[1].revents & (POLLIN | gone)) != 0) down.pending = down.receive();
    up.send_pending();
    down.send_pending();
  }
}

}  // namespace dbctl::mysql
