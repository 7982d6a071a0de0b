// The names are no part of dbctl's interface: they are compiled into their own test.
#include "scaffold/names.cpp"

#include <gtest/gtest.h>

#include "dbctl/base/error.hpp"
#include "dbctl/scaffold/scaffold.hpp"

namespace dbctl::scaffold {
namespace {

TEST(Names, haveTheFormsOfCppAndSql) {
  for (const auto* form : {"OrderItem", "orderItem", "order_item", "order-item", "order item"}) {
    EXPECT_EQ(snake(form), "order_item") << form;
    EXPECT_EQ(pascal(form), "OrderItem") << form;
  }
  EXPECT_EQ(snake("HTTPServer"), "http_server");
  EXPECT_EQ(snake("User2Factor"), "user2_factor");
}

TEST(Names, arePluralAndSingular) {
  const std::pair<const char*, const char*> pairs[] = {
      {"category", "categories"},    {"user", "users"},      {"box", "boxes"},         {"person", "people"},
      {"order_item", "order_items"}, {"day", "days"},        {"address", "addresses"}, {"branch", "branches"},
      {"house", "houses"},           {"status", "statuses"}, {"child", "children"},    {"series", "series"},
      {"database", "databases"},     {"alias", "aliases"},   {"bus", "buses"}};
  for (const auto& [one, many] : pairs) {
    EXPECT_EQ(plural(one), many);
    EXPECT_EQ(singular(many), one);
  }
}

TEST(Names, textsAreLiterals) {
  EXPECT_EQ(literal("plain"), "\"plain\"");
  EXPECT_EQ(literal("a\"b\\c\n\t\x01"), "\"a\\\"b\\\\c\\n\\t\\001\"");
}

std::chrono::sys_seconds at(int year, unsigned month, unsigned day, int hour, int minute, int second) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
         std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

TEST(Versions, areGreaterThanAllAndNotBeforeNow) {
  const auto now = at(2024, 2, 28, 23, 59, 59);
  EXPECT_EQ(next_version({}, now), "20240228235959");
  EXPECT_EQ(next_version({"20240101000000"}, now), "20240228235959");
  EXPECT_EQ(next_version({"20240228235959"}, now), "20240229000000");
  EXPECT_EQ(next_version({"20240228235959", "20240229000000"}, now), "20240229000001");
  EXPECT_EQ(next_version({"20991231235959"}, now), "21000101000000");
}

TEST(Versions, thatNoClockShowsAreExceededAllTheSame) {
  const auto now = at(2024, 2, 28, 0, 0, 0);
  for (const auto* odd : {"20240228000061", "20241301000000", "20240230000000", "20249999999999"})
    EXPECT_GT(next_version({odd}, now), odd);
  EXPECT_THROW(next_version({"99991231235959"}, now), Error);
}

}  // namespace
}  // namespace dbctl::scaffold
