#include "environment/url_options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::environment {
namespace {

using driver::UrlPart;

class Mapper {
 public:
  Mapper(const Url& url, const driver::DriverInfo& info) : url_(url), info_(info) {}

  std::map<std::string, std::string, std::less<>> map() {
    if (url_.user) give(UrlPart::user, "user", *url_.user);
    if (url_.password) give(UrlPart::password, "password", *url_.password);
    if (url_.host) give(UrlPart::host, "host", *url_.host);
    if (url_.port) give(UrlPart::port, "port", *url_.port);
    if (url_.path) map_path();
    for (const auto& [key, value] : url_.query) map_query(key, value);
    return std::move(values_);
  }

 private:
  const driver::OptionSpec* spec_of(UrlPart part) const {
    const auto found = std::ranges::find(info_.options, part, &driver::OptionSpec::url);
    return found == info_.options.end() ? nullptr : &*found;
  }

  void give(UrlPart part, const char* what, const std::string& value) {
    const auto* spec = spec_of(part);
    if (spec == nullptr) {
      refuse(codes::environment_value, fmt::format("the driver \"{}\" takes no {} in its URL", info_.name, what),
             {form()});
    }
    values_.emplace(spec->name, value);
  }

  void map_path() {
    if (!url_.hierarchical) return give(UrlPart::path, "path without two slashes", *url_.path);
    if (spec_of(UrlPart::name) == nullptr) return give(UrlPart::path, "path", *url_.path);
    const auto name = url_.path->substr(1);
    if (!name.empty()) give(UrlPart::name, "name", name);
  }

  void map_query(const std::string& key, const std::string& value) {
    const auto known = std::ranges::find(info_.options, key, &driver::OptionSpec::name);
    if (known == info_.options.end()) refuse_key(key);
    if (values_.emplace(key, value).second) return;
    refuse(codes::environment_key, fmt::format("the URL gives the option \"{}\" twice", key), {"write it once"});
  }

  /// The wrong key is not repeated: after a ? that was not encoded it is a part of the password.
  [[noreturn]] void refuse_key(const std::string& key) const {
    std::vector<std::string> names;
    for (const auto& spec : info_.options) names.push_back(spec.name);
    std::vector<std::string> next;
    if (const auto near = text::nearest(key, names)) next.push_back(fmt::format("did you mean \"{}\"?", *near));
    next.emplace_back("take out what follows the ?, or write one of the known options");
    throw Error(codes::environment_key,
                {.summary = fmt::format("the URL names an option that the driver \"{}\" does not have", info_.name),
                 .where = url_.origin,
                 .why = fmt::format("known options: {}", text::join(names, ", ")),
                 .next = std::move(next)});
  }

  std::string form() const {
    if (spec_of(UrlPart::host) != nullptr) return fmt::format("write {}://user:password@host:port/name", url_.scheme);
    return fmt::format("write {0}:relative/path or {0}:///absolute/path", url_.scheme);
  }

  [[noreturn]] void refuse(const Code& code, std::string summary, std::vector<std::string> next) const {
    throw Error(code, {.summary = std::move(summary), .where = url_.origin, .next = std::move(next)});
  }

  const Url& url_;
  const driver::DriverInfo& info_;
  std::map<std::string, std::string, std::less<>> values_ = {};
};

}  // namespace

std::map<std::string, std::string, std::less<>> url_options(const Url& url, const driver::DriverInfo& info) {
  return Mapper(url, info).map();
}

}  // namespace dbctl::environment
