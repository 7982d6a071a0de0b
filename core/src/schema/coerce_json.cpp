#include <cstddef>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "schema/coerce_parts.hpp"
#include "schema/exact_number.hpp"

namespace dbctl::schema::coercion {
namespace {

constexpr std::size_t deepest = 512;
constexpr long longest_plain = 40;

/// The same number is the same text, and no digit that counts is lost: 1.50 is 1.5, 1e2 is 100, 1e300 stays.
std::string number_text(std::string_view token) {
  const auto number = ExactNumber::parse(token);
  if (!number) return std::string(token);
  if (number->whole_digits() <= longest_plain && number->scale() <= longest_plain)
    return number->plain(number->scale());
  return fmt::format("{}{}e{}", number->negative ? "-" : "", number->digits, number->exponent);
}

/// Builds the canonical text from the parser's events; numbers never pass through a binary number.
class Writer : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::string result;
  std::string problem;

  bool null() override { return put("null"); }
  bool boolean(bool b) override { return put(b ? "true" : "false"); }
  bool number_integer(number_integer_t n) override { return put(fmt::format("{}", n)); }
  bool number_unsigned(number_unsigned_t n) override { return put(fmt::format("{}", n)); }
  bool number_float(number_float_t, const string_t& token) override { return put(number_text(token)); }
  bool string(string_t& s) override { return put(nlohmann::json(s).dump()); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& name) override {
    open_.back().key = name;
    return true;
  }
  bool end_object() override {
    std::vector<std::string> members;
    for (const auto& [name, text] : open_.back().members) members.push_back(nlohmann::json(name).dump() + ":" + text);
    return close(fmt::format("{{{}}}", fmt::join(members, ",")));
  }
  bool end_array() override { return close(fmt::format("[{}]", fmt::join(open_.back().items, ","))); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  struct Container {
    bool object = false;
    std::string key = {};
    std::map<std::string, std::string> members = {};  ///< of two with one name the last counts
    std::vector<std::string> items = {};
  };

  bool put(std::string text) {
    if (open_.empty())
      result = std::move(text);
    else if (open_.back().object)
      open_.back().members[open_.back().key] = std::move(text);
    else
      open_.back().items.push_back(std::move(text));
    return true;
  }
  bool open(bool object) {
    if (open_.size() == deepest) problem = fmt::format("it is nested deeper than {}", deepest);
    open_.push_back({.object = object});
    return problem.empty();
  }
  bool close(std::string text) {
    open_.pop_back();
    return put(std::move(text));
  }

  std::vector<Container> open_;
};

}  // namespace

Json json(const Value& value, const Type& type) {
  Writer writer;
  if (!nlohmann::json::sax_parse(text_of(value, type), &writer)) misfit(value, type, writer.problem);
  return {writer.result};
}

}  // namespace dbctl::schema::coercion
