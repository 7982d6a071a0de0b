#include "proof/rig.hpp"

#include <algorithm>
#include <thread>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"

namespace dbctl::proof {

using migrate::Direction;

namespace {

constexpr std::int64_t longest_silence_ms = 60'000;
constexpr auto between_attempts = std::chrono::milliseconds(200);
/// A table keeps traces of what was done to it: of each column that was added or dropped at once, until no row fits any
/// more. Nobody goes up and down as often as a proof does.
constexpr std::size_t most_steps = 30;

std::string full_name(const catalog::Migration& m) {
  return m.domain + "/" + m.version;
}

}  // namespace

Rig::Rig(const Subject& subject) : subject_(subject) {
  if (subject.catalog.migrations().empty())
    throw Error(codes::proof_impossible, {.summary = "there are no migrations to prove anything of",
                                          .next = {"dbctl plugin list", "dbctl env show"}});
}

const catalog::Migration& Rig::migration(std::size_t n) const {
  return subject_.catalog.migrations().at(n);
}

std::size_t Rig::size() const {
  return subject_.catalog.migrations().size();
}

std::vector<std::size_t> Rig::selected(const std::vector<std::string>& names) const {
  const auto& all = subject_.catalog.migrations();
  std::vector<bool> meant(all.size(), names.empty());
  for (const auto& name : names) meant[static_cast<std::size_t>(&subject_.catalog.find(name) - all.data())] = true;
  std::vector<std::size_t> out;
  for (std::size_t n = 0; n < all.size(); ++n)
    if (meant[n]) out.push_back(n);
  return out;
}

journal::Database Rig::open() const {
  return {subject_.driver, subject_.options, subject_.settings};
}

void Rig::wait_until_it_answers() const {
  const Stopwatch watch;
  for (;;) {
    try {
      open();
      return;
    } catch (const Error& error) {
      const bool silent = error.code() == codes::connection_failed || error.code() == codes::connection_lost;
      if (!silent || watch.milliseconds() > longest_silence_ms) throw;
      std::this_thread::sleep_for(between_attempts);
    }
  }
}

void Rig::clear() {
  is_at({});
  subject_.driver.drop_database(subject_.options);
  subject_.driver.create_database(subject_.options);
  steps_ = 0;
  is_at(0, true);
}

migrate::Outcome Rig::run(journal::Database& database, const Subject& subject, std::size_t n, Direction direction,
                          migrate::Observer& observer) {
  const auto& m = subject.catalog.migrations().at(n);
  if (direction == Direction::up)
    return migrate::migrate(database, subject.catalog, subject.known, {.to = full_name(m), .domain = m.domain},
                            observer);
  // What is gone already must not take the one before with it.
  if (!database.read().is_applied(m.domain, m.version)) return {};
  return migrate::rollback(database, subject.catalog, subject.known, {.domain = m.domain}, observer);
}

migrate::Outcome Rig::run(std::size_t n, Direction direction, migrate::Observer& observer) {
  is_at({});
  auto database = open();
  auto outcome = run(database, subject_, n, direction, observer);
  is_at(direction == Direction::up ? n + 1 : n);
  return outcome;
}

Fingerprint Rig::print(const Losses& losses) const {
  auto database = open();
  return fingerprint(database, losses);
}

void Rig::climb(std::size_t n) {
  Silent silent;
  clear();
  for (std::size_t i = 0; i < n; ++i) {
    run(i, Direction::up, silent);
    if (!wanted_.contains(i + 1)) wanted_.emplace(i + 1, print());
  }
  is_at(n, true);
}

void Rig::build() {
  clear();
  wanted_.emplace(0, print());
  climb(size());
}

bool Rig::step_to(std::size_t n) {
  if (at_ == n) return exact_;
  if (!at_ || (*at_ != n + 1 && *at_ + 1 != n)) return false;
  const bool down = *at_ == n + 1;
  const std::pair way(std::min(*at_, n), down ? Direction::down : Direction::up);
  if (leads_elsewhere_[way]) return false;
  Silent silent;
  run(way.first, way.second, silent);
  exact_ = difference(wanted_.at(n), print()).lines.empty();
  leads_elsewhere_[way] = !exact_;
  return exact_;
}

void Rig::reach(std::size_t n) {
  if (++steps_ > most_steps || !step_to(n)) climb(n);
}

}  // namespace dbctl::proof
