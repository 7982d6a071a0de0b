#include "dbctl/migrate/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migrate/verified.cpp"
#include "unit/migrate/support.hpp"

namespace dbctl::migrate::testing {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> shown(const Status& status) {
  std::vector<std::string> out;
  for (const auto& row : status.migrations)
    out.push_back(row.domain + " " + row.name + ": " + std::string(to_text(row.state)) +
                  (row.detail.empty() ? "" : ", " + row.detail));
  return out;
}

TEST(Status, knows_every_state) {
  Project p;
  p.add(1, "late", {make("l")});
  p.add(2, "applied", {make("a")});
  p.add(3, "edited", {make("e")});
  p.add(5, "interrupted", {make("i")});
  p.add(6, "pending", {make("p")});
  p.add(1, "first", {make("f")}, {}, "another");
  p.applied(2);
  p.applied(3);
  p.state.applied.back().checksum = "0";
  p.state.applied.push_back({.domain = "shop", .version = Project::version_of(4), .name = "gone", .batch = 2});
  p.under_way(5, Direction::up, 2);
  const auto s = status(p.catalog, p.state);
  EXPECT_THAT(shown(s), ElementsAre("another first: pending", "shop late: out_of_order", "shop applied: applied",
                                    "shop edited: edited", "shop gone: missing",
                                    "shop interrupted: interrupted, 2 statements done", "shop pending: pending"));
  EXPECT_EQ(s.pending, 4U);
  EXPECT_FALSE(s.in_order());
  const auto& row = s.migrations[2];
  EXPECT_EQ(row.applied_at, "2024-01-15 09:00:00.000000");
  EXPECT_EQ(row.batch, 1);
  EXPECT_EQ(row.duration_ms, 5);
  EXPECT_EQ(row.file, "migrations/shop/20240101000002_applied.cpp");
}

TEST(Status, of_nothing_and_of_a_healthy_project) {
  Project p;
  EXPECT_TRUE(status(p.catalog, p.state).migrations.empty());
  EXPECT_TRUE(status(p.catalog, p.state).in_order());
  p.add(1, "one", {make("a")});
  p.add(2, "two", {make("b")});
  p.applied(1);
  EXPECT_TRUE(status(p.catalog, p.state).in_order());
  EXPECT_EQ(status(p.catalog, p.state).pending, 1U);
}

TEST(Status, tells_how_far_an_interrupted_one_is) {
  Project p;
  p.add(1, "one", {make("a")});
  p.under_way(1, Direction::up, 1);
  p.state.progress->intent = true;
  EXPECT_THAT(shown(status(p.catalog, p.state)),
              ElementsAre("shop one: interrupted, 1 statement done, the next one was under way"));
  p.applied(1);
  p.under_way(1, Direction::down, 3);
  EXPECT_THAT(shown(status(p.catalog, p.state)),
              ElementsAre("shop one: interrupted, 3 statements of the rollback done"));
  p.under_way(2, Direction::up, 3, "gone");
  EXPECT_THAT(shown(status(p.catalog, p.state)),
              ElementsAre("shop one: applied", "shop gone: missing, 3 statements done"));
}

TEST(Status, expands_no_body_of_a_build_that_was_verified) {
  Project p;
  p.catalog.add_domain({.name = "shop", .file = "x.so", .build_id = "abc"});
  p.catalog.add_migration("shop", "20240101000001_one.cpp", []() -> catalog::Body {
    ADD_FAILURE() << "a body was expanded";
    return {};
  });
  p.state.applied.push_back({.domain = "shop", .version = Project::version_of(1), .name = "one", .checksum = "0"});
  p.state.meta[journal::meta::build_of("shop")] = verified(p.catalog.domains().front(), p.state);
  EXPECT_THAT(shown(status(p.catalog, p.state)), ElementsAre("shop one: applied"));
}

TEST(Status, compares_again_when_a_row_of_the_ledger_has_changed) {
  Project p;
  p.catalog.add_domain({.name = "shop", .file = "x.so", .build_id = "abc"});
  p.add(1, "one", {make("a")});
  p.applied(1);
  p.state.meta[journal::meta::build_of("shop")] = verified(p.catalog.domains().front(), p.state);
  p.state.applied[0].checksum = "0";
  EXPECT_THAT(shown(status(p.catalog, p.state)), ElementsAre("shop one: edited"));
}

}  // namespace
}  // namespace dbctl::migrate::testing
