#include "dbctl/driver/session_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"

namespace dbctl::driver {
namespace {

constexpr std::size_t longest = 120;
constexpr auto before_secrets = std::to_array<std::string_view>({"identified", "passw", "secret", "credential"});

/// Where the character number `count` begins, or the end.
std::size_t characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && count-- == 0) break;
  return at;
}

}  // namespace

std::string statement_excerpt(std::string_view sql) {
  sql = text::trim(sql);
  auto end = std::min(sql.find_first_of("\r\n"), characters(sql, longest));
  const auto words = text::lower(sql);
  for (const auto word : before_secrets) end = std::min(end, words.find(word));
  const auto shown = text::trim(sql.substr(0, end));
  if (shown.size() == sql.size()) return std::string(sql);
  return shown.empty() ? "…" : fmt::format("{} …", shown);
}

std::string session_text(const SessionFacts& facts) {
  auto text = fmt::format("session {}, user {}", facts.number, facts.user);
  if (!facts.host.empty()) text += " from " + facts.host;
  if (facts.statement.empty()) return text + fmt::format(", {} for {} s", facts.doing, facts.seconds);
  return text + fmt::format(", for {} s: {}", facts.seconds, statement_excerpt(facts.statement));
}

}  // namespace dbctl::driver
