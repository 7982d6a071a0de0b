#include "migrate/verified.hpp"

#include <cstring>

#include <fmt/format.h>

namespace dbctl::migrate {

namespace {

/// Only has to notice that a row has changed; nobody gains by deceiving it, for whoever can write to the table can
/// write the right answer, too. Every step is a bijection of the sum for a given word and of the word for a given sum:
/// one word that differs always makes another sum, and several do but once in 2^64.
class Sum {
 public:
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});  // where one text ends and the next begins
    std::uint64_t word = 0;
    for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
      std::memcpy(&word, text.data(), sizeof word);
      add(word);
    }
    word = 0;
    for (const char c : text) word = word << 8U | static_cast<unsigned char>(c);
    add(word);
  }
  std::uint64_t value() const { return sum_; }

 private:
  void add(std::uint64_t word) {
    sum_ = (sum_ ^ word) * 0x9e3779b97f4a7c15U;
    sum_ ^= sum_ >> 32U;
  }
  std::uint64_t sum_ = 0;
};

}  // namespace

std::string verified(const catalog::Domain& domain, const journal::State& state) {
  Sum rows;
  for (const auto& a : state.applied) {
    if (a.domain != domain.name) continue;
    rows.add(a.version);
    rows.add(a.checksum);
  }
  return fmt::format("{} {:016x}", domain.build_id, rows.value());
}

bool is_verified(const catalog::Domain& domain, const journal::State& state) {
  if (domain.build_id.empty()) return false;
  const auto it = state.meta.find(journal::meta::build_of(domain.name));
  return it != state.meta.end() && it->second == verified(domain, state);
}

}  // namespace dbctl::migrate
