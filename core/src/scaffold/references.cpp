#include "scaffold/references.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::scaffold {
namespace {

using catalog::Catalog;
using catalog::Seeding;

Seeded seeded(const std::string& seeder, const Seeding& seeding) {
  Seeded result{.seeder = seeder, .unique_by = seeding.unique_by, .rows = {}};
  for (const auto& row : seeding.rows) {
    seed::Record record;
    for (std::size_t i = 0; i < row.columns.size(); ++i)
      if (const auto* value = std::get_if<Value>(&row.cells[i])) record.emplace_back(row.columns[i], *value);
    result.rows.push_back(std::move(record));
  }
  if (!seeding.data_file.empty())
    for (auto& record : seed::parse_data(seeding.data, seeding.data_file)) result.rows.push_back(std::move(record));
  return result;
}

class Walk {
 public:
  Walk(const Catalog& catalog, const std::string& name) : catalog_(catalog), path_{name} {}

  void visit(const std::string& name) {
    if (std::ranges::find(path_, name) != path_.end()) circle(name);
    if (!done_.insert(name).second) return;
    const auto& all = catalog_.seeders();
    const auto found = std::ranges::find(all, name, &catalog::Seeder::name);
    if (found == all.end()) unknown(name);
    const auto body = found->body();
    path_.push_back(name);
    for (const auto& dependency : body.after) visit(dependency);
    path_.pop_back();
    for (const auto& seeding : body.seedings) tables_.try_emplace(seeding.table, seeded(name, seeding));
  }
  std::map<std::string, Seeded> take() { return std::move(tables_); }

 private:
  [[noreturn]] void circle(const std::string& name) {
    auto path = path_;
    path.push_back(name);
    throw Error(codes::seed_cycle,
                {.summary = "seeders depend on each other in a circle: " + text::join(path, " -> "),
                 .where = "--deps",
                 .next = {fmt::format("leave {} out of --deps", path_.size() > 1 ? path_[1] : name)}});
  }
  [[noreturn]] void unknown(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& seeder : catalog_.seeders()) names.push_back(seeder.name);
    throw Error(codes::seed_unknown,
                {.summary = "there is no seeder " + name,
                 .where = path_.size() > 1 ? fmt::format("{}, .after(\"{}\")", path_.back(), name) : "--deps",
                 .why = text::did_you_mean(name, names),
                 .next = {"dbctl seed --list"}});
  }

  const Catalog& catalog_;
  std::vector<std::string> path_;
  std::set<std::string> done_;
  std::map<std::string, Seeded> tables_;
};

}  // namespace

std::vector<std::string> Seeded::key(const schema::Table& table) const {
  const auto everywhere = [&](const std::vector<std::string>& columns) {
    return !columns.empty() && columns.size() <= 2 && std::ranges::all_of(columns, [&](const auto& column) {
      return std::ranges::all_of(rows, [&](const auto& row) { return field(row, column) != nullptr; });
    });
  };
  if (everywhere(unique_by)) return unique_by;
  return everywhere(table.primary_key) ? table.primary_key : std::vector<std::string>{};
}

std::map<std::string, Seeded> seeded_before(const Catalog& catalog, const std::string& name,
                                            const std::vector<std::string>& after) {
  Walk walk(catalog, name);
  for (const auto& one : after) walk.visit(one);
  return walk.take();
}

std::vector<std::string> seeders_of(const Catalog& catalog, const std::string& table) {
  std::vector<std::string> names;
  for (const auto& seeder : catalog.seeders()) {
    const auto body = seeder.body();
    if (std::ranges::any_of(body.seedings, [&](const auto& seeding) { return seeding.table == table; }))
      names.push_back(seeder.name);
  }
  return names;
}

const Value* field(const seed::Record& record, std::string_view name) {
  for (const auto& [column, value] : record)
    if (column == name) return &value;
  return nullptr;
}

}  // namespace dbctl::scaffold
