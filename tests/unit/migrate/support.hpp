#pragma once
#include <string>
#include <utility>
#include <vector>

#include "dbctl/migrate/plan.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "support/error_text.hpp"

/// Plans without a database: a dialect, a catalog and what the journal says.
namespace dbctl::migrate::testing {

/// Standard SQL. Raw SQL that begins with "REMAKE" suspends foreign keys; with `commits_by_itself` every definition
/// runs by itself.
class TestDialect final : public sql::AnsiDialect {
 public:
  explicit TestDialect(bool commits_by_itself = false)
      : AnsiDialect({.driver = "test",
                     .server = {"test", {1, 0, 0}},
                     .transactional_ddl = !commits_by_itself,
                     .indexes = {.concurrently = true}}) {}
  using AnsiDialect::render;

 protected:
  sql::Script render(const schema::CreateIndex& op, const schema::Schema& before) const override {
    auto script = AnsiDialect::render(op, before);
    if (op.index.concurrently) script.steps.front().alone = true;
    return script;
  }
  sql::Script render(const schema::RawSql& op, const schema::Schema& before) const override {
    auto script = AnsiDialect::render(op, before);
    script.suspend_foreign_keys = op.sql.starts_with("REMAKE");
    return script;
  }
};

inline schema::Column column(std::string name, schema::TypeKind kind = schema::TypeKind::integer) {
  return {.name = std::move(name), .type = {.kind = kind}, .nullable = true};
}
inline schema::Operation make(std::string table) {
  auto id = column("id");
  id.nullable = false;
  return {.what = schema::CreateTable{{.name = std::move(table), .columns = {id}, .primary_key = {"id"}}}};
}
inline schema::Operation drop(std::string table) {
  return {.what = schema::DropTable{std::move(table)}};
}
inline schema::Operation add(std::string table, std::string name) {
  return {.what = schema::AddColumn{std::move(table), column(std::move(name))}};
}
inline schema::Operation raw(std::string sql, std::string reverse = {}, bool outside = false) {
  return {.what = schema::RawSql{std::move(sql), std::move(reverse), outside}};
}
inline schema::Operation only(std::string driver, std::vector<schema::Operation> operations) {
  return {.what = schema::Only{std::move(driver), std::move(operations)}};
}

/// A catalog whose versions are 20240101000000 plus what is given.
class Project {
 public:
  void add(int version, const std::string& name, std::vector<schema::Operation> up,
           std::optional<std::vector<schema::Operation>> down = {}, const std::string& domain = "shop") {
    const auto file = "migrations/" + domain + "/" + version_of(version) + "_" + name + ".cpp";
    int line = 9;
    for (auto& op : up) op.origin = {.file = file, .line = ++line};
    catalog.add_migration(domain, file, [up = std::move(up), down = std::move(down)] {
      return catalog::Body{up, down};
    });
  }
  static std::string version_of(int n) {
    auto digits = std::to_string(n);
    return "20240101" + std::string(6 - digits.size(), '0') + digits;
  }
  /// Marks a migration of the catalog as applied.
  void applied(int version, std::int64_t batch = 1, const std::string& domain = "shop") {
    const auto& m = catalog.find(domain + "/" + version_of(version));
    state.applied.push_back({.domain = m.domain,
                             .version = m.version,
                             .name = m.name,
                             .checksum = checksum(m.body()),
                             .batch = batch,
                             .applied_at = "2024-01-15 09:00:00.000000",
                             .duration_ms = 5});
  }
  void under_way(int version, Direction direction, std::int64_t done, const std::string& name = "x") {
    state.progress = journal::Progress{.domain = "shop",
                                       .version = version_of(version),
                                       .name = name,
                                       .direction = direction,
                                       .done = done,
                                       .hashes = {},
                                       .cursor = {},
                                       .started_at = {}};
  }

  Plan up(const UpRequest& request = {}) const { return plan_up(catalog, state, target(), request); }
  Plan down(const DownRequest& request = {}) const { return plan_down(catalog, state, target(), request); }
  Target target() const { return {.dialect = &dialect, .names = {"test"}, .known = {"test", "postgresql", "mysql"}}; }

  TestDialect dialect;
  catalog::Catalog catalog;
  journal::State state;
};

/// `name [tx: 1-4] [alone: 5]` of each migration.
inline std::vector<std::string> shown(const Plan& plan) {
  std::vector<std::string> out;
  for (const auto& m : plan.migrations) {
    auto text = m.name;
    for (const auto& g : m.groups) {
      const auto first = g.statements.front().number, last = g.statements.back().number;
      text += g.kind == Group::Kind::transaction ? " [tx: "
              : g.kind == Group::Kind::alone     ? " [alone: "
                                                 : " [backfill: ";
      text += std::to_string(first) + (first == last ? "" : "-" + std::to_string(last)) + "]";
    }
    out.push_back(text);
  }
  return out;
}

}  // namespace dbctl::migrate::testing
