#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "output/style.hpp"
#include "output/table.hpp"

namespace dbctl::cli {

using Json = nlohmann::ordered_json;

enum class Format : unsigned char { text, json };
enum class Colours : unsigned char { automatic, always, never };
/// What is told on stderr and beside the data: from errors alone to every statement.
enum class Level : unsigned char { error, warn, info, debug };

/// The only way out: data on stdout; notes, progress and questions on stderr. In JSON mode stdout gets one document.
class Output {
 public:
  struct Settings {
    Format format = Format::text;
    Colours colours = Colours::automatic;
    Level level = Level::info;
    bool progress = true;
    bool input = true;
  };
  explicit Output(Settings settings);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool json() const noexcept { return settings_.format == Format::json; }
  bool told(Level level) const noexcept { return settings_.level >= level; }
  void set_level(Level level) noexcept { settings_.level = level; }

  /// What was asked for, on stdout. Nothing in JSON mode.
  void data(std::string_view text);
  void data(const Table& table);
  /// The one document of JSON mode. Nothing in text mode.
  void document(const Json& document);
  /// What was done, a line on stdout; not with -q.
  void say(std::string_view text);
  /// A remark, a line on stderr; not with -q.
  void note(std::string_view text);
  /// A line on stderr with -v.
  void detail(std::string_view text);
  /// An error's text on stderr, always.
  void complain(std::string_view text);

  /// A line on the terminal that is overwritten by the next; the elapsed time is added. Empty: removed.
  void live(const std::string& text);

  /// Whether there is a person to ask.
  bool can_ask() const noexcept;
  /// Asks on the terminal; the answer without its line end.
  std::string ask(std::string_view question);

  std::string paint(Style style, std::string_view text) const;        ///< for stdout
  std::string paint_error(Style style, std::string_view text) const;  ///< for stderr

  /// Whether something could not be written to stdout.
  bool failed() const noexcept { return failure_ != 0; }
  /// Throws Error (output_failed) when something could not be written. A reader that went away is no error.
  void finish();

 private:
  void write(std::string_view text);

  Settings settings_;
  bool terminal_out_, terminal_error_, colour_out_, colour_error_;
  int failure_ = 0;
  class LiveLine;
  std::unique_ptr<LiveLine> live_;
};

}  // namespace dbctl::cli
