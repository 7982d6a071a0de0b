#include <algorithm>

#include "dbctl/schema/model.hpp"

namespace dbctl::schema {
namespace {

constexpr auto name_of = [](const auto& node) -> std::string_view { return node->first; };

}  // namespace

Tables::Tables(std::initializer_list<value_type> tables) {
  for (const auto& [name, table] : tables) emplace(name, table);
}

std::vector<Tables::Node>::iterator Tables::place(std::string_view name) {
  return std::ranges::lower_bound(all_, name, {}, name_of);
}

Tables::const_iterator Tables::find(std::string_view name) const noexcept {
  const auto at = std::ranges::lower_bound(all_, name, {}, name_of);
  return const_iterator(at != all_.end() && (*at)->first == name ? at : all_.end());
}

std::vector<std::string> Tables::names() const {
  std::vector<std::string> out;
  for (const auto& [name, table] : *this) out.push_back(name);
  return out;
}

std::vector<std::string> Tables::names_of_changed(const Tables& other) const {
  std::vector<std::string> out;
  auto a = all_.begin(), b = other.all_.begin();
  while (a != all_.end() || b != other.all_.end()) {
    const bool only_a = b == other.all_.end() || (a != all_.end() && (*a)->first < (*b)->first);
    const bool only_b = !only_a && (a == all_.end() || (*b)->first < (*a)->first);
    if (only_a || only_b || (*a != *b && **a != **b)) out.push_back(only_b ? (*b)->first : (*a)->first);
    if (!only_b) ++a;
    if (!only_a) ++b;
  }
  return out;
}

Table* Tables::edit(std::string_view name) {
  const auto at = place(name);
  if (at == all_.end() || (*at)->first != name) return nullptr;
  if (at->use_count() > 1) *at = std::make_shared<value_type>(**at);
  return &(*at)->second;
}

Table& Tables::operator[](std::string_view name) {
  emplace(name, {});
  return *edit(name);
}

void Tables::emplace(std::string_view name, Table table) {
  const auto at = place(name);
  if (at != all_.end() && (*at)->first == name) return;
  all_.insert(at, std::make_shared<value_type>(std::string(name), std::move(table)));
}

void Tables::erase(std::string_view name) {
  const auto at = place(name);
  if (at != all_.end() && (*at)->first == name) all_.erase(at);
}

bool Tables::operator==(const Tables& other) const {
  return std::ranges::equal(all_, other.all_, [](const Node& a, const Node& b) { return a == b || *a == *b; });
}

}  // namespace dbctl::schema
