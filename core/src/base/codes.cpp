#include "dbctl/base/codes.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"

namespace dbctl::codes {

std::span<const Code* const> all() noexcept {
  static constexpr const Code* list[] = {
#define DBCTL_CODE(name, id, exit, title, advice) &name,
#include "dbctl/base/codes.def"
#undef DBCTL_CODE
  };
  return list;
}

const Code* find(std::string_view id) noexcept {
  constexpr std::string_view prefix = "DBCTL-";
  const auto same = [](std::string_view a, std::string_view b) {
    const auto up = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    return std::ranges::equal(a, b, {}, up, up);
  };
  for (const auto* code : all())
    if (same(code->id, id) || same(code->id.substr(prefix.size()), id)) return code;
  return nullptr;
}

}  // namespace dbctl::codes
