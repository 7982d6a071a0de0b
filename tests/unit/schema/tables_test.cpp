#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dbctl/schema/model.hpp"

namespace dbctl::schema {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Table named(std::string name, std::string comment = {}) {
  return {.name = std::move(name), .columns = {}, .primary_key = {}, .comment = std::move(comment)};
}

TEST(Tables, areInTheOrderOfTheirNames) {
  Tables tables{{"b", named("b")}, {"c", named("c")}};
  tables.emplace("a", named("a"));
  tables["d"].name = "d";
  EXPECT_THAT(tables.names(), ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(tables.find("c")->second.name, "c");
  EXPECT_FALSE(tables.contains("cc"));
  tables.emplace("b", named("b", "other"));
  EXPECT_EQ(tables.find("b")->second.comment, "") << "the name was taken";
  tables.erase("b");
  tables.erase("b");
  tables.erase_if([](const auto& entry) { return entry.first == "d"; });
  EXPECT_THAT(tables.names(), ElementsAre("a", "c"));
}

TEST(Tables, aCopyDoesNotSeeWhatTheOtherChanges) {
  Tables before{{"a", named("a")}, {"b", named("b")}};
  auto after = before;
  after.edit("a")->comment = "changed";
  after["c"].name = "c";
  after.erase("b");
  EXPECT_EQ(before.find("a")->second.comment, "");
  EXPECT_THAT(before.names(), ElementsAre("a", "b"));
  before.edit("a")->comment = "also";
  EXPECT_EQ(after.find("a")->second.comment, "changed");
  EXPECT_EQ(after.edit("b"), nullptr);
}

TEST(Tables, shareWhatNobodyChanged) {
  const Tables before{{"a", named("a")}, {"b", named("b")}};
  auto after = before;
  after.edit("a")->comment = "changed";
  EXPECT_EQ(&before.find("b")->second, &after.find("b")->second);
  EXPECT_NE(&before.find("a")->second, &after.find("a")->second);
}

TEST(Tables, tellWhatDiffers) {
  const Tables before{{"a", named("a")}, {"b", named("b")}, {"c", named("c")}};
  auto after = before;
  EXPECT_EQ(before, after);
  EXPECT_THAT(before.names_of_changed(after), IsEmpty());
  after.edit("c");
  EXPECT_EQ(before, after) << "another place, the same contents";
  EXPECT_THAT(before.names_of_changed(after), IsEmpty());
  after.edit("c")->comment = "changed";
  after.erase("a");
  after["d"].name = "d";
  after["aa"].name = "aa";
  EXPECT_NE(before, after);
  EXPECT_THAT(before.names_of_changed(after), ElementsAre("a", "aa", "c", "d"));
  EXPECT_THAT(after.names_of_changed(before), ElementsAre("a", "aa", "c", "d"));
}

}  // namespace
}  // namespace dbctl::schema
