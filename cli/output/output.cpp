#include "output/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "output/live_line.hpp"
#include "output/standard_error.hpp"

namespace dbctl::cli {
namespace {

bool wants_colour(Colours colours, bool terminal) {
  if (colours != Colours::automatic) return colours == Colours::always;
  const char* refused = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  return terminal && (refused == nullptr || *refused == '\0') && (kind == nullptr || std::string_view(kind) != "dumb");
}

}  // namespace

class Output::LiveLine : public cli::LiveLine {};

Output::Output(Settings settings)
    : settings_(settings),
      terminal_out_(isatty(STDOUT_FILENO) == 1),
      terminal_error_(isatty(STDERR_FILENO) == 1),
      colour_out_(wants_colour(settings.colours, terminal_out_)),
      colour_error_(wants_colour(settings.colours, terminal_error_)) {}
Output::~Output() = default;

void Output::write(std::string_view text) {
  live({});
  if (failure_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) failure_ = errno;
}

void Output::data(std::string_view text) {
  if (!json()) write(text);
}

void Output::data(const Table& table) {
  if (!json()) write(table.text(terminal_out_, colour_out_));
}

void Output::document(const Json& document) {
  // Text from a database need not be UTF-8: replaced, not refused.
  if (json()) write(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void Output::say(std::string_view text) {
  if (told(Level::warn) && !json()) write(fmt::format("{}\n", text));
}

void Output::note(std::string_view text) {
  if (told(Level::info)) complain(text);
}

void Output::detail(std::string_view text) {
  if (told(Level::debug)) complain(paint_error(Style::dim, text));
}

void Output::complain(std::string_view text) {
  live({});
  tell(fmt::format("{}\n", text));
}

void Output::live(const std::string& text) {
  if (!settings_.progress || !terminal_error_ || json() || !told(Level::info)) return;
  if (!live_) {
    if (text.empty()) return;
    live_ = std::make_unique<LiveLine>();
  }
  live_->show(text);
}

bool Output::can_ask() const noexcept {
  return settings_.input && !json() && terminal_error_ && isatty(STDIN_FILENO) == 1;
}

std::string Output::ask(std::string_view question) {
  live({});
  tell(question);
  std::string answer;
  std::getline(std::cin, answer);
  return answer;
}

std::string Output::paint(Style style, std::string_view text) const {
  return cli::paint(style, text, colour_out_);
}

std::string Output::paint_error(Style style, std::string_view text) const {
  return cli::paint(style, text, colour_error_);
}

void Output::finish() {
  live({});
  if (failure_ == 0 || failure_ == EPIPE) return;
  const int failure = std::exchange(failure_, 0);
  throw Error(codes::output_failed, {.summary = "the result could not be written to the standard output",
                                     .why = std::strerror(failure),
                                     .next = {"dbctl status"}});
}

}  // namespace dbctl::cli
