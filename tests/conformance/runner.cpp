#include "conformance/runner.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace dbctl::conformance {

catalog::Catalog catalog_of(std::vector<Written> migrations) {
  catalog::Catalog catalog;
  catalog.add_domain({.name = "shop", .file = "libdbctl_domain_shop.so", .build_id = {}});
  int version = 0;
  for (auto& m : migrations) {
    const auto file = fmt::format("migrations/shop/202401010000{:02}_{}.cpp", ++version, m.name);
    int line = 10;
    for (auto& operation : m.up) operation.origin = {.file = file, .line = ++line};
    catalog.add_migration("shop", file, [up = std::move(m.up), down = std::move(m.down)] {
      return catalog::Body{up, down};
    });
  }
  return catalog;
}

schema::Operation add_column(std::string table, std::string name) {
  return {.what =
              schema::AddColumn{std::move(table), nullable(column(std::move(name), type(schema::TypeKind::integer)))}};
}

void RunnerTest::SetUp() {
  Test::SetUp();
  if (!subject().in_memory()) disconnect();
  database_ = std::make_unique<journal::Database>(
      subject().driver(), subject().options(),
      journal::Settings{.lock_timeout = std::chrono::seconds(5), .actor = {"tester", "here", "0.1.0"}});
}

migrate::Target RunnerTest::target() {
  return {.dialect = &database().dialect(), .names = database().target_names(), .known = {}};
}

migrate::Outcome RunnerTest::up(const catalog::Catalog& catalog, const migrate::UpRequest& request) {
  watcher_.statements.clear();
  return migrate::migrate(database(), catalog, {}, request, watcher_);
}

migrate::Outcome RunnerTest::down(const catalog::Catalog& catalog, const migrate::DownRequest& request) {
  watcher_.statements.clear();
  return migrate::rollback(database(), catalog, {}, request, watcher_);
}

std::vector<std::string> RunnerTest::states(const catalog::Catalog& catalog) {
  std::vector<std::string> out;
  for (const auto& row : migrate::status(catalog, database().read()).migrations)
    out.push_back(row.name + ": " + std::string(migrate::to_text(row.state)) +
                  (row.detail.empty() ? "" : ", " + row.detail));
  return out;
}

std::vector<std::string> RunnerTest::user_tables() {
  std::vector<std::string> out;
  std::ranges::copy_if(work().relations(), std::back_inserter(out),
                       [](const auto& name) { return !journal::Journal::is_own(name); });
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> RunnerTest::history() {
  std::vector<std::string> out;
  for (const auto& event : database().journal().history()) out.push_back(event.what + " " + event.name);
  return out;
}

void RunnerTest::expect_described(const catalog::Catalog& catalog) {
  auto found = work().describe();
  found.tables.erase_if([](const auto& entry) { return journal::Journal::is_own(entry.first); });
  const auto model = migrate::fold(catalog, database().read(), target());
  EXPECT_TRUE(same(stored(model, database().dialect()), found));
}

}  // namespace dbctl::conformance
