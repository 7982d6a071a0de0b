#include "environment/url.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::environment {
namespace {

constexpr std::string_view form = "scheme://user:password@host:port/name?option=value, or scheme:path";

[[noreturn]] void refuse(std::string why, const std::string& origin, std::string next) {
  throw Error(codes::environment_value, {.summary = "the URL of the database cannot be understood",
                                         .where = origin,
                                         .why = std::move(why),
                                         .next = {std::move(next)}});
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, const std::string& origin) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) refuse("a % that two hexadecimal digits do not follow", origin, "write %25 for a %");
    if (high == 0 && low == 0) refuse("it holds a zero byte (%00)", origin, "leave %00 out");
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

bool is_scheme(std::string_view scheme) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !scheme.empty() && letter(scheme.front()) && std::ranges::all_of(scheme, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == '_';
  });
}

/// Characters that a URL must not have as they are, and that mean a forgotten encoding.
void refuse_raw(std::string_view text, const std::string& origin) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f)
      refuse("it holds a blank or a control character", origin, "write %20 for a blank");
    if (c == '#') refuse("it holds a #", origin, "write %23 for a #");
  }
}

void read_user(std::string_view text, Url& url) {
  const auto colon = text.find(':');
  if (const auto user = decode(text.substr(0, colon), url.origin); !user.empty()) url.user = user;
  if (colon != std::string_view::npos) url.password = decode(text.substr(colon + 1), url.origin);
}

void read_port(std::string_view text, Url& url) {
  if (text.empty()) return;
  if (text.size() > 5 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    refuse("the port is not a number", url.origin,
           "write : / ? # @ and % in a user's name or password as %3A %2F %3F %23 %40 and %25");
  }
  url.port = text;
}

void read_host(std::string_view text, Url& url) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || (end + 1 < text.size() && text[end + 1] != ':')) {
      refuse("the brackets of an IPv6 address are not closed", url.origin, "write it like [::1]:1234");
    }
    url.host = decode(text.substr(1, end - 1), url.origin);
    return read_port(text.substr(std::min(end + 2, text.size())), url);
  }
  const auto colon = text.find(':');
  if (const auto host = decode(text.substr(0, colon), url.origin); !host.empty()) url.host = host;
  if (colon == std::string_view::npos) return;
  if (text.find(':', colon + 1) != std::string_view::npos) {
    refuse("more than one colon after the host", url.origin, "write an IPv6 address in brackets, like [::1]:1234");
  }
  read_port(text.substr(colon + 1), url);
}

void read_authority(std::string_view text, Url& url) {
  const auto at = text.find('@');
  if (at != std::string_view::npos) {
    if (text.find('@', at + 1) != std::string_view::npos) {
      refuse("it holds more than one @", url.origin, "write %40 for an @ in a user's name or password");
    }
    read_user(text.substr(0, at), url);
    text.remove_prefix(at + 1);
  }
  read_host(text, url);
}

void read_query(std::string_view text, Url& url) {
  for (const auto& part : text::split(text, '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    if (equals == std::string::npos || equals == 0) {
      refuse("what follows the ? is not option=value", url.origin, "write %3F for a ? in a password");
    }
    url.query.emplace_back(decode(part.substr(0, equals), url.origin), decode(part.substr(equals + 1), url.origin));
  }
}

}  // namespace

Url parse_url(std::string_view text, const std::string& origin) {
  Url url{.scheme = {}, .user = {}, .password = {}, .host = {}, .port = {}, .path = {}, .query = {}, .origin = origin};
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) {
    refuse("it does not begin with a scheme", origin, fmt::format("write {}", form));
  }
  url.scheme = text::lower(text.substr(0, colon));
  text.remove_prefix(colon + 1);
  url.hierarchical = text.starts_with("//");
  if (url.hierarchical) refuse_raw(text, origin);
  const auto question = text.find('?');
  const auto query = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
  text = text.substr(0, question);
  if (url.hierarchical) {
    text.remove_prefix(2);
    const auto slash = std::min(text.find('/'), text.size());
    read_authority(text.substr(0, slash), url);
    text.remove_prefix(slash);
    if (text.find('@') != std::string_view::npos || query.find('@') != std::string_view::npos) {
      refuse("an @ after the host", origin, "write %2F, %3F and %40 for / ? and @ in a user's name or password");
    }
  }
  read_query(query, url);
  if (!text.empty()) url.path = decode(text, origin);
  return url;
}

}  // namespace dbctl::environment
