#include "mask.hpp"

#include <algorithm>
#include <string_view>

#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

constexpr std::string_view after_scheme = "://", in_a_path = ":/";
constexpr const char* masked = "********";

std::string mask(const std::string& url) {
  return url.substr(0, url.find(in_a_path)) + std::string(after_scheme) + masked;
}

}  // namespace

Mask::Mask(const std::vector<std::string>& words) {
  const auto add = [this](const std::string& text) {
    if (text.find(after_scheme) == std::string::npos) return;
    urls_.push_back(text);
    auto path = text;  // has no two slashes in a row
    path.erase(std::ranges::unique(path, [](char a, char b) { return a == '/' && b == '/'; }).begin(), path.end());
    urls_.push_back(std::move(path));
  };
  for (const auto& word : words) {
    add(word);
    if (const auto equals = word.find('='); word.starts_with('-') && equals != std::string::npos)
      add(word.substr(equals + 1));
    if (word.size() > 2 && word[0] == '-' && word[1] != '-') add(word.substr(2));  // -ePRODUCTION
  }
  std::ranges::sort(urls_, std::ranges::greater{}, &std::string::size);
}

std::string Mask::operator()(std::string text) const {
  for (const auto& url : urls_) text = text::replace_all(std::move(text), url, mask(url));
  return text;
}

std::string without_urls(std::string text) {
  for (auto at = text.find(after_scheme); at != std::string::npos; at = text.find(after_scheme, at + 1)) {
    const auto begin = at + after_scheme.size();
    const auto end = std::min(text.find_first_of(" \"\n", begin), text.size());
    if (std::string_view(text).substr(begin, end - begin).find_first_of("@:") == std::string_view::npos) continue;
    text.replace(begin, end - begin, masked);
  }
  return text;
}

}  // namespace dbctl::cli
