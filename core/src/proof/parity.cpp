#include "dbctl/proof/parity.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"
#include "dbctl/value/value.hpp"
#include "proof/probe.hpp"
#include "proof/rig.hpp"
#include "schema/identifiers.hpp"

namespace dbctl::proof {
namespace {

/// A line of the canonical text with the table that it is of.
using Fact = std::pair<std::string, std::string>;
using Facts = std::set<Fact>;

Facts facts_of(const schema::Schema& schema) {
  Facts out;
  std::string table;
  for (const auto& line : text::split(schema::canonical(schema), '\n')) {
    if (line.empty()) continue;
    if (!line.starts_with(" ")) table = line;
    out.emplace(table, std::string(text::trim(line)));
  }
  return out;
}

std::string shown(const Fact& fact) {
  return fact.first == fact.second ? fact.first : fact.first + ": " + fact.second;
}

Facts without(const Facts& all, const Facts& others) {
  Facts out;
  std::ranges::set_difference(all, others, std::inserter(out, out.end()));
  return out;
}

/// What one database turned out to be.
struct Side {
  std::string name;
  schema::Schema model;  ///< what the migrations declare for it
  Facts declared;
  Facts missing, beyond;              ///< what is not there of what its dialect stores, and what is there besides
  std::vector<std::string> raw_here;  ///< raw SQL within on(...) that ran on it
};

void add_raw(const std::vector<schema::Operation>& operations, const std::vector<std::string>& targets, bool inside,
             std::vector<std::string>& out) {
  for (const auto& operation : operations) {
    if (const auto* only = std::get_if<schema::Only>(&operation.what)) {
      if (std::ranges::find(targets, only->driver) != targets.end()) add_raw(only->operations, targets, true, out);
    } else if (const auto* raw = std::get_if<schema::RawSql>(&operation.what); raw != nullptr && inside) {
      out.push_back(raw->sql);
    }
  }
}

/// The name between the first quotes of a line: `index "idx_a" ("a")`.
std::string name_in(const std::string& line) {
  const auto from = line.find('"'), to = line.find('"', from + 1);
  return from == std::string::npos || to == std::string::npos ? "" : line.substr(from + 1, to - from - 1);
}

class Parity {
 public:
  explicit Parity(const Tell& tell) : tell_(tell) {}

  ParityReport run(const std::vector<Candidate>& candidates) {
    for (const auto& candidate : candidates) sides_.push_back(side_of(candidate));
    compare_declarations();
    for (const auto& side : sides_) judge(side);
    report_.databases = sides_.size();
    report_.tables = tables_.size();
    return std::move(report_);
  }

 private:
  Side side_of(const Candidate& candidate) {
    const auto& subject = *candidate.subject;
    Rig rig(subject);
    rig.clear();
    auto database = rig.open();
    Silent silent;
    migrate::migrate(database, subject.catalog, subject.known, {}, silent);
    const migrate::Target target{&database.dialect(), database.target_names(), subject.known};
    Side side{.name = candidate.name, .model = migrate::fold(subject.catalog, target)};
    side.declared = facts_of(side.model);
    for (const auto& m : subject.catalog.migrations()) add_raw(m.body().up, target.names, false, side.raw_here);
    describe(database, side);
    behave(database, side);
    tell_(side.name + ": described and probed");
    return side;
  }

  void describe(journal::Database& database, Side& side) {
    schema::Schema stored;
    for (const auto& [name, table] : side.model.tables) {
      stored.tables.emplace(name, database.dialect().storage(table));
      tables_.insert(name);
      for (const auto& column : table.columns) note_storage(side, column, database.dialect().storage(column));
    }
    auto found = database.connection().describe();
    found.tables.erase_if([](const auto& named) { return named.first.starts_with("dbctl_"); });
    const auto wanted = facts_of(stored), there = facts_of(found);
    side.missing = without(wanted, there);
    side.beyond = without(there, wanted);
    report_.facts += wanted.size() - side.missing.size();
  }

  void note_storage(const Side& side, const schema::Column& column, const schema::Column& stored) {
    if (column.type == stored.type || column.type.kind == stored.type.kind) return;
    const auto kind = [](schema::Type type) {
      type.size = type.scale = 0;
      type.values.clear();
      const auto words = schema::to_text(type);
      return words.substr(0, words.find_first_of("<("));
    };
    add(report_.stored, side.name + " stores " + kind(column.type) + " as " + kind(stored.type));
  }

  void behave(journal::Database& database, const Side& side) {
    auto probed = probe(database, side.model);
    report_.probes += probed.probes;
    for (auto& failure : probed.failures)
      report_.failures.push_back({.where = side.name + ": " + failure.where, .lines = std::move(failure.lines)});
    for (const auto& way : probed.stored) add(report_.stored, side.name + " " + way);
    for (const auto& note : probed.notes) add(report_.notes, side.name + ": " + note);
    // Arithmetic alone: what is written and read is exact everywhere, or a probe above has failed.
    const auto exact = database.connection().query({.sql = "SELECT CASE WHEN 0.1 + 0.2 = 0.3 THEN 1 ELSE 0 END"});
    if (to_int(exact.rows.at(0).at(0)) == 0)
      add(report_.stored, side.name + " computes decimals in SQL as binary numbers; written and read they are exact");
  }

  void compare_declarations() {
    for (const auto& side : sides_)
      for (const auto& fact : side.declared) {
        std::vector<std::string> with;
        for (const auto& other : sides_)
          if (other.declared.contains(fact)) with.push_back(other.name);
        if (with.size() < sides_.size())
          add(report_.declared, "only on " + text::join(with, ", ") + ": " + shown(fact));
      }
  }

  /// What raw SQL made is compared too: the same everywhere, or by on(...).
  void judge(const Side& side) {
    Failure failure{.where = side.name, .lines = {}};
    for (const auto& fact : side.missing) failure.lines.push_back("declared and not there: " + shown(fact));
    for (const auto& fact : side.beyond) {
      if (std::ranges::all_of(sides_, [&](const Side& other) { return other.beyond.contains(fact); })) continue;
      if (is_made_by(side.raw_here, fact))
        add(report_.declared, "only on " + side.name + ", by raw SQL: " + shown(fact));
      else
        failure.lines.push_back("there and not declared: " + shown(fact));
    }
    if (!failure.lines.empty()) report_.failures.push_back(std::move(failure));
  }

  static bool is_made_by(const std::vector<std::string>& raw, const Fact& fact) {
    return std::ranges::any_of(raw, [&](const std::string& sql) {
      return schema::identifiers::mentions(sql, name_in(fact.second)) ||
             schema::identifiers::mentions(sql, name_in(fact.first));
    });
  }

  static void add(std::vector<std::string>& to, std::string line) {
    if (std::ranges::find(to, line) == to.end()) to.push_back(std::move(line));
  }

  const Tell& tell_;
  std::vector<Side> sides_;
  std::set<std::string> tables_;
  ParityReport report_;
};

}  // namespace

ParityReport parity(const std::vector<Candidate>& candidates, const Tell& tell) {
  return Parity(tell).run(candidates);
}

}  // namespace dbctl::proof
