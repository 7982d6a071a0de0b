#include "dbctl/driver/session_text.hpp"

#include <gtest/gtest.h>

namespace dbctl::driver {
namespace {

TEST(SessionText, tells_who_and_what) {
  EXPECT_EQ(session_text({.number = "4711",
                          .user = "report",
                          .host = "10.0.0.3",
                          .seconds = 42,
                          .doing = "active",
                          .statement = "SELECT 1"}),
            "session 4711, user report from 10.0.0.3, for 42 s: SELECT 1");
  EXPECT_EQ(session_text({.number = "1", .user = "a", .host = "", .seconds = 2, .doing = "idle", .statement = ""}),
            "session 1, user a, idle for 2 s");
}

TEST(StatementExcerpt, is_one_line_of_at_most_120_characters) {
  EXPECT_EQ(statement_excerpt("  SELECT 1\n"), "SELECT 1");
  EXPECT_EQ(statement_excerpt("ALTER TABLE t\n  ADD c INT"), "ALTER TABLE t …");
  EXPECT_EQ(statement_excerpt(std::string(120, 'x')), std::string(120, 'x'));
  EXPECT_EQ(statement_excerpt(std::string(121, 'x')), std::string(120, 'x') + " …");
  std::string umlauts;
  for (int i = 0; i < 121; ++i) umlauts += "ü";
  EXPECT_EQ(statement_excerpt(umlauts), umlauts.substr(0, 240) + " …");
  EXPECT_EQ(statement_excerpt(""), "");
}

TEST(StatementExcerpt, holds_no_secret) {
  EXPECT_EQ(statement_excerpt("CREATE USER a IDENTIFIED BY 'hidden'"), "CREATE USER a …");
  EXPECT_EQ(statement_excerpt("create role a Password 'hidden'"), "create role a …");
  EXPECT_EQ(statement_excerpt("SET PASSWORD = 'hidden'"), "SET …");
  EXPECT_EQ(statement_excerpt("password"), "…");
}

}  // namespace
}  // namespace dbctl::driver
