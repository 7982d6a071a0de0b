#include "environment/url.hpp"

#include <fmt/format.h>

#include "fuzz/configuration.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

using environment::parse_url;
using environment::Url;

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string authority(const Url& url) {
  std::string out = "//";
  if (url.user || url.password) {
    out += encoded(url.user.value_or(""));
    if (url.password) out += ':' + encoded(*url.password);
    out += '@';
  }
  out += encoded(url.host.value_or(""));
  return url.port ? out + ':' + *url.port : out;
}

std::string written(const Url& url) {
  std::string out = url.scheme + ':';
  if (url.hierarchical) out += authority(url);
  if (url.path && url.hierarchical)
    out += '/' + encoded(std::string_view(*url.path).substr(1));
  else if (url.path)
    out += encoded(*url.path);
  char mark = '?';
  for (const auto& [option, value] : url.query) {
    out += mark + encoded(option) + '=' + encoded(value);
    mark = '&';
  }
  return out;
}

}  // namespace

void url(std::string_view input) {
  const auto read = [&] {
    const auto url = parse_url(input, "--url");
    const auto again = parse_url(written(url), "--url");
    require(again.scheme == url.scheme && again.hierarchical == url.hierarchical && again.user == url.user &&
                again.password == url.password && again.host.value_or("") == url.host.value_or("") &&
                again.port == url.port && again.path == url.path && again.query == url.query,
            "a URL with everything encoded is the URL");
  };
  check_refusals(read, [](const Error&) { return false; });
}

}  // namespace dbctl::fuzz
