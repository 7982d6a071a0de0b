#include <gtest/gtest.h>

#include <dbctl/testing.hpp>

namespace {

std::size_t count(dbctl::testing::Project& project, const std::string& table) {
  return project.database().connection().query({.sql = "SELECT id FROM " + table}).size();
}

TEST(References, keepWhatOthersReferTo) {
  auto& project = dbctl::testing::Project::instance();
  project.seed();
  const auto products = count(project, "products");
  ASSERT_GT(products, 0U);
  EXPECT_THROW(project.database().connection().execute({.sql = "DELETE FROM products"}), dbctl::StatementError);
  EXPECT_EQ(count(project, "products"), products);
}

TEST(References, areThereAgainAfterARollback) {
  auto& project = dbctl::testing::Project::instance();
  project.rollback_all();
  project.migrate();
  EXPECT_GT(project.seed().inserted, 0);
  EXPECT_THROW(project.database().connection().execute({.sql = "DELETE FROM categories"}), dbctl::StatementError);
}

}  // namespace
