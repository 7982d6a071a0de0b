#include "output/live_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "duration.hpp"
#include "output/standard_error.hpp"
#include "output/style.hpp"

namespace dbctl::cli {
namespace {

constexpr auto between_drawings = std::chrono::milliseconds(100);
constexpr auto not_worth_showing = std::chrono::milliseconds(150);

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

/// At most `columns` code points, so that the line never wraps and can be erased.
std::string_view fitting(std::string_view text, std::size_t columns) {
  while (width(text) > columns) text.remove_suffix(1);
  return text;
}

}  // namespace

LiveLine::LiveLine() : thread_([this] { work(); }) {}

LiveLine::~LiveLine() {
  show({});
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void LiveLine::show(const std::string& text) {
  const std::lock_guard lock(mutex_);
  text_ = text;
  since_ = std::chrono::steady_clock::now();
  if (text_.empty() && drawn_) {
    tell("\r\x1b[K");
    drawn_ = false;
  }
  changed_.notify_one();
}

void LiveLine::draw() {
  const auto elapsed = std::chrono::steady_clock::now() - since_;
  if (text_.empty() || elapsed < not_worth_showing) return;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  const auto line = fmt::format("{}, {}", text_, format_duration(ms));
  tell(fmt::format("\r\x1b[K{}", fitting(line, terminal_width() - 1)));
  drawn_ = true;
}

void LiveLine::work() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    if (text_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_for(lock, between_drawings);
    }
    draw();
  }
}

}  // namespace dbctl::cli
