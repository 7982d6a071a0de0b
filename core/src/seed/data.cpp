#include "seed/data.hpp"

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

/// Receives the parser's events, so that the digits of a number are seen before any double is.
class Reader final : public json::json_sax_t {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  bool null() override { return put(Null{}, json(nullptr)); }
  bool boolean(bool v) override { return put(v, json(v)); }
  bool number_integer(number_integer_t v) override { return put(std::int64_t{v}, json(v)); }
  bool number_unsigned(number_unsigned_t v) override {
    if (v > static_cast<number_unsigned_t>(INT64_MAX)) return put(Decimal{std::to_string(v)}, json(v));
    return put(static_cast<std::int64_t>(v), json(v));
  }
  bool number_float(number_float_t v, const string_t& digits) override { return put(Decimal{digits}, json(v)); }
  bool string(string_t& v) override { return put(v, json(v)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (depth_ == 1) records_.emplace_back();
    return open(json::object());
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_array() override { return close(); }
  bool key(string_t& k) override {
    if (depth_ == 2)
      key_ = k;
    else
      keys_.back() = k;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    std::string why = e.what();
    if (const auto colon = why.rfind("syntax error"); colon != std::string::npos) why = why.substr(colon);
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
  bool put(Value value, json element) {
    if (depth_ < 2) shape();
    if (depth_ == 2)
      records_.back().emplace_back(key_, std::move(value));
    else
      add(std::move(element));
    return true;
  }
  bool open(json container) {
    if (depth_ == 0 && !container.is_array()) shape();
    if (depth_ == 1 && !container.is_object()) shape();
    if (depth_ >= 2) {
      nested_.push_back(std::move(container));
      keys_.emplace_back();
    }
    ++depth_;
    return true;
  }
  bool close() {
    --depth_;
    if (depth_ < 2) return true;
    auto done = std::move(nested_.back());
    nested_.pop_back();
    keys_.pop_back();
    if (depth_ == 2)
      records_.back().emplace_back(key_, Json{done.dump()});
    else
      add(std::move(done));
    return true;
  }
  void add(json element) {
    if (nested_.back().is_array())
      nested_.back().push_back(std::move(element));
    else
      nested_.back()[keys_.back()] = std::move(element);
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Record> records_;
  std::string key_;
  std::vector<json> nested_;
  std::vector<std::string> keys_;
  int depth_ = 0;
};

}  // namespace

std::vector<Record> parse_json(std::string_view text, const std::string& file) {
  Reader reader(text, file);
  json::sax_parse(text, &reader);
  return reader.take();
}

}  // namespace dbctl::seed
