#include <gtest/gtest.h>

#include <dbctl/testing.hpp>

namespace {

// The database is made for this program, has all migrations, and is dropped when the last test is over.
TEST(Ecommerce, canBeMigratedBackAndForth) {
  auto& project = dbctl::testing::Project::instance();
  project.rollback_all();
  project.migrate();
  EXPECT_EQ(project.pending(), 0U);
}

TEST(Ecommerce, isSeededOnce) {
  auto& project = dbctl::testing::Project::instance();
  project.seed();
  const auto again = project.seed();
  EXPECT_EQ(again.inserted, 0);
  EXPECT_EQ(again.updated, 0);
}

}  // namespace
