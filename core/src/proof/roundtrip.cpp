#include "dbctl/proof/roundtrip.hpp"

#include "dbctl/base/text.hpp"
#include "proof/losses.hpp"
#include "proof/rig.hpp"

namespace dbctl::proof {
namespace {

using migrate::Direction;

class Roundtrip {
 public:
  Roundtrip(const Subject& subject, const Tell& tell) : rig_(subject), tell_(tell) {}

  RoundtripReport run(const std::vector<std::string>& migrations) {
    rig_.build();
    for (const auto n : rig_.selected(migrations)) prove(n);
    report_.notes.assign(notes_.begin(), notes_.end());
    return std::move(report_);
  }

 private:
  void prove(std::size_t n) {
    const auto& m = rig_.migration(n);
    rig_.reach(n);
    const auto losses = losses_before(n);
    const auto before = rig_.print(losses);
    Silent silent;
    rig_.run(n, Direction::up, silent);
    const auto after = rig_.print();
    rig_.run(n, Direction::down, silent);
    Failure failure{.where = m.id(), .lines = {}};
    compare("down", before, rig_.print(losses), failure);
    rig_.run(n, Direction::up, silent);
    compare("up again", after, rig_.print(), failure);
    rig_.is_at(n + 1, failure.lines.empty());
    ++report_.migrations;
    if (failure.lines.empty()) ++report_.same;
    tell_(m.id() + (failure.lines.empty() ? ": there and back, and there again" : ": not the same"));
    if (!failure.lines.empty()) report_.failures.push_back(std::move(failure));
  }

  /// Only of tables that were there; what the migration itself made may go.
  Losses losses_before(std::size_t n) {
    const auto& subject = rig_.subject();
    auto database = rig_.open();
    const migrate::Target target{&database.dialect(), database.target_names(), subject.known};
    const auto model = migrate::fold(subject.catalog, database.read(), target);
    const auto& m = rig_.migration(n);
    auto losses = losses_of(schema::select(m.body().up, target.names), model);
    std::erase_if(losses.tables, [&](const auto& name) { return model.find(name) == nullptr; });
    std::erase_if(losses.columns, [&](const auto& c) {
      const auto* table = model.find(c.first);
      return table == nullptr || table->find_column(c.second) == nullptr;
    });
    for (const auto& name : losses.tables) notes_.insert(m.id() + " loses the rows of " + name);
    for (const auto& [table, column] : losses.columns)
      notes_.insert(m.id() + " loses values of " + table + "." + column);
    return losses;
  }

  void compare(const std::string& step, const Fingerprint& wanted, const Fingerprint& found, Failure& failure) {
    const auto different = difference(wanted, found, Wording::free);
    for (const auto& line : different.lines) failure.lines.push_back(step + ": " + line);
    for (const auto& table : different.counted)
      notes_.insert("numbers that the database gives out differ in " + table + ": they count on");
    for (const auto& column : wanted.not_compared) notes_.insert("not compared: " + column + ", the time of insertion");
  }

  Rig rig_;
  const Tell& tell_;
  RoundtripReport report_;
  std::set<std::string> notes_;
};

}  // namespace

RoundtripReport roundtrip(const Subject& subject, const std::vector<std::string>& migrations, const Tell& tell) {
  return Roundtrip(subject, tell).run(migrations);
}

}  // namespace dbctl::proof
