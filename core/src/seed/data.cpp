#include "seed/data.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"

namespace dbctl::seed {
namespace {

using nlohmann::json;

std::string place(std::string_view text, std::size_t position, const std::string& file) {
  position = std::min(position, text.size());
  const auto before = text.substr(0, position);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto newline = before.rfind('\n');
  const auto column = newline == std::string_view::npos ? position + 1 : position - newline;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

/// What the parser says of bytes that are no text is text.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x80 ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return out;
}

/// Receives the parser's events, so that the digits of a number are seen before any double is. What is nested in a
/// record is written out again as it comes.
class Reader final : public json::json_sax_t {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  bool null() override { return put(Null{}, "null"); }
  bool boolean(bool v) override { return put(v, v ? "true" : "false"); }
  bool number_integer(number_integer_t v) override { return put(std::int64_t{v}, std::to_string(v)); }
  bool number_unsigned(number_unsigned_t v) override {
    const auto digits = std::to_string(v);
    if (v > static_cast<number_unsigned_t>(INT64_MAX)) return put(Decimal{digits}, digits);
    return put(static_cast<std::int64_t>(v), digits);
  }
  bool number_float(number_float_t, const string_t& digits) override { return put(Decimal{digits}, digits); }
  bool string(string_t& v) override { return put(v, json(v).dump()); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return open('{');
  }
  bool end_object() override {
    keys_.pop_back();
    return close('}');
  }
  bool start_array(std::size_t) override { return open('['); }
  bool end_array() override { return close(']'); }
  bool key(string_t& k) override {
    if (!keys_.back().insert(k).second)
      throw Error(codes::seed_data, {.summary = "the field \"" + k + "\" stands twice in one object",
                                     .where = file_ + ", row " + std::to_string(records_.size()),
                                     .next = {"take one of them out"}});
    if (depth_ == 2) {
      key_ = k;
    } else {
      separate();
      nested_ += json(k).dump() + ":";
    }
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    std::string why = e.what();
    if (const auto colon = why.rfind("syntax error"); colon != std::string::npos) why = why.substr(colon);
    why = printable(why);
    throw Error(codes::seed_data, {.summary = "the data file is not valid JSON",
                                   .where = place(text_, position > 0 ? position - 1 : 0, file_),
                                   .why = std::move(why)});
  }

  std::vector<Record> take() { return std::move(records_); }

 private:
  [[noreturn]] void shape() const {
    throw Error(codes::seed_data, {.summary = "the data file must be an array of objects",
                                   .where = file_,
                                   .next = {"[ { \"name\": \"…\", … }, … ]"}});
  }
  bool put(Value value, const std::string& text) {
    if (depth_ < 2) shape();
    if (depth_ == 2) {
      records_.back().emplace_back(key_, std::move(value));
    } else {
      separate();
      nested_ += text;
    }
    return true;
  }
  bool open(char bracket) {
    if (depth_ == 0 && bracket != '[') shape();
    if (depth_ == 1 && bracket != '{') shape();
    if (depth_ == 1) records_.emplace_back();
    if (depth_ > 2) separate();
    if (depth_ >= 2) nested_ += bracket;
    ++depth_;
    return true;
  }
  bool close(char bracket) {
    --depth_;
    if (depth_ >= 2) nested_ += bracket;
    if (depth_ == 2) records_.back().emplace_back(key_, Json{std::exchange(nested_, {})});
    return true;
  }
  /// A comma, unless what follows is the first in its brackets or a member's value.
  void separate() {
    const char before = nested_.back();
    if (before != '[' && before != '{' && before != ':') nested_ += ',';
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Record> records_;
  std::string key_;
  std::vector<std::set<std::string>> keys_;  ///< of each object that is open
  std::string nested_;                       ///< the JSON of a field's array or object so far
  int depth_ = 0;
};

}  // namespace

std::vector<Record> parse_json(std::string_view text, const std::string& file) {
  Reader reader(text, file);
  json::sax_parse(text, &reader);
  return reader.take();
}

}  // namespace dbctl::seed
