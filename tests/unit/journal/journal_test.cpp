#include "dbctl/journal/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// What needs no database; the rest is verified on each one by the conformance suite.
namespace dbctl::journal {
namespace {

TEST(Journal, knows_its_own_tables) {
  EXPECT_THAT(Journal::tables(), ::testing::ElementsAre("dbctl_migrations", "dbctl_progress", "dbctl_history",
                                                        "dbctl_reverses", "dbctl_seeds", "dbctl_lock", "dbctl_meta"));
  EXPECT_TRUE(Journal::is_own("dbctl_meta"));
  EXPECT_FALSE(Journal::is_own("dbctl_metadata"));
  EXPECT_FALSE(Journal::is_own("products"));
}

TEST(State, finds_what_is_applied_by_domain_and_version) {
  State state;
  for (const auto& [domain, version] :
       {std::pair{"a", "20240101000001"}, {"b", "20240101000001"}, {"a", "20240101000003"}})
    state.applied.push_back({.domain = domain, .version = version});
  EXPECT_TRUE(state.is_applied("a", "20240101000001"));
  EXPECT_TRUE(state.is_applied("b", "20240101000001"));
  EXPECT_TRUE(state.is_applied("a", "20240101000003"));
  EXPECT_FALSE(state.is_applied("b", "20240101000003"));
  EXPECT_FALSE(state.is_applied("a", "20240101000002"));
  EXPECT_FALSE(state.is_applied("c", "20240101000004"));
  EXPECT_FALSE(State().is_applied("a", "20240101000001"));
}

TEST(Meta, keeps_a_build_for_each_domain) {
  EXPECT_EQ(meta::build_of("shop"), "build:shop");
}

}  // namespace
}  // namespace dbctl::journal
