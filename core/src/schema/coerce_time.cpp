#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "schema/coerce_parts.hpp"

namespace dbctl::schema::coercion {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::minutes;
using Moment = std::chrono::sys_time<microseconds>;

/// Reads a date, a time of day and an offset from the left; each answer is empty when the text does not go on so.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(std::string_view any_of) {
    if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::optional<std::chrono::sys_days> date() {
    const auto year = number(4);
    const auto month = year && take("-") ? number(2) : std::nullopt;
    const auto day = month && take("-") ? number(2) : std::nullopt;
    if (!day || *year == 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{std::chrono::sys_days{date}} : std::nullopt;
  }

  /// hh:mm[:ss[.f]]; digits beyond the sixth must be zeros.
  std::optional<microseconds> time() {
    const auto hour = number(2);
    const auto minute = hour && take(":") ? number(2) : std::nullopt;
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    std::optional<int> second = 0;
    if (take(":")) second = number(2);
    if (!second || *second > 59) return std::nullopt;
    std::optional<int> fraction = 0;
    if (take(".")) fraction = microsecond_digits();
    if (!fraction) return std::nullopt;
    return std::chrono::hours{*hour} + minutes{*minute} + std::chrono::seconds{*second} + microseconds{*fraction};
  }

  /// Nothing at all, Z, +hh, +hhmm or +hh:mm.
  std::optional<minutes> offset() {
    if (at_end() || take("Zz")) return minutes{0};
    const bool west = text_.front() == '-';
    if (!take("+-")) return std::nullopt;
    const auto hour = number(2);
    const bool hour_alone = at_end();
    take(":");
    const auto minute = hour_alone ? std::optional{0} : number(2);
    if (!hour || !minute || *hour > 15 || *minute > 59) return std::nullopt;
    const minutes east = std::chrono::hours{*hour} + minutes{*minute};
    return west ? -east : east;
  }

 private:
  std::optional<int> number(std::size_t length) {
    int value = 0;
    if (text_.size() < length || text_.front() == '-') return std::nullopt;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + length, value);
    if (error != std::errc{} || end != text_.data() + length) return std::nullopt;
    text_.remove_prefix(length);
    return value;
  }

  std::optional<int> microsecond_digits() {
    const auto digits = text_.substr(0, text_.find_first_not_of("0123456789"));
    text_.remove_prefix(digits.size());
    if (digits.empty() || digits.find_first_not_of('0', 6) != std::string_view::npos) return std::nullopt;
    std::string six(digits.substr(0, 6));
    six.resize(6, '0');
    return Reader(six).number(6);
  }

  std::string_view text_;
};

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string time_text(microseconds since_midnight) {
  const std::chrono::hh_mm_ss time{since_midnight};
  return fmt::format("{:02}:{:02}:{:02}.{:06}", time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

/// A date alone is its midnight.
std::optional<Moment> moment(std::string_view text) {
  Reader reader(text);
  const auto day = reader.date();
  if (!day) return std::nullopt;
  if (reader.at_end()) return *day;
  const auto time = reader.take("Tt ") ? reader.time() : std::nullopt;
  if (!time) return std::nullopt;
  reader.take(" ");
  const auto offset = reader.offset();
  if (!offset || !reader.at_end()) return std::nullopt;
  return *day + *time - *offset;
}

bool has_four_digit_year(std::chrono::sys_days day) {
  const auto year = static_cast<int>(std::chrono::year_month_day{day}.year());
  return year >= 1 && year <= 9999;
}

}  // namespace

Date date(const Value& value, const Type& type) {
  Reader reader(text::trim(text_of(value, type)));
  const auto day = reader.date();
  if (!day || !reader.at_end()) misfit(value, type);
  return {date_text(*day)};
}

Time time(const Value& value, const Type& type) {
  Reader reader(text::trim(text_of(value, type)));
  const auto since_midnight = reader.time();
  if (!since_midnight || !reader.at_end()) misfit(value, type);
  return {time_text(*since_midnight)};
}

bool is_timestamp(std::string_view text) {
  constexpr std::string_view form = "0000-00-00 00:00:00.000000";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
  const auto two = [&](std::size_t at) { return static_cast<unsigned>((text[at] - '0') * 10 + text[at + 1] - '0'); };
  const auto year = static_cast<int>(two(0) * 100 + two(2));
  const std::chrono::year_month_day day{std::chrono::year{year}, std::chrono::month{two(5)}, std::chrono::day{two(8)}};
  return year > 0 && day.ok() && two(11) < 24 && two(14) < 60 && two(17) < 60;
}

Timestamp timestamp(const Value& value, const Type& type) {
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && is_timestamp(*text)) return {*text};
  if (const auto* known = std::get_if<Timestamp>(&value); known != nullptr && is_timestamp(known->text)) return *known;
  const auto at = moment(text::trim(text_of(value, type)));
  if (!at) misfit(value, type);
  const auto day = std::chrono::floor<days>(*at);
  if (!has_four_digit_year(day)) misfit(value, type, "in UTC it is not in the years 1 to 9999");
  return {date_text(day) + " " + time_text(*at - day)};
}

}  // namespace dbctl::schema::coercion
