#include "dbctl/base/error.hpp"

#include <set>

#include <gtest/gtest.h>

#include "dbctl/base/codes.hpp"

namespace dbctl {
namespace {

TEST(Error, saysItsSummary) {
  const Error error(codes::usage, {.summary = "no command is called migrat"});
  EXPECT_STREQ(error.what(), "no command is called migrat");
  EXPECT_EQ(error.code().id, "DBCTL-CLI-001");
  EXPECT_EQ(error.code().exit, Exit::usage);
}

TEST(Error, callersAddOnlyWhatIsMissing) {
  Error error(codes::usage, {.summary = "s", .where = "a.yaml:1", .next = {"first"}});
  error.set_where("b.yaml:2");
  error.set_why("because");
  error.set_why("otherwise");
  error.add_next("second");
  EXPECT_EQ(error.details().where, "a.yaml:1");
  EXPECT_EQ(error.details().why, "because");
  EXPECT_EQ(error.details().next, (std::vector<std::string>{"first", "second"}));
}

TEST(StatementError, takesTheServersWordsAsTheReason) {
  const StatementError error(codes::statement_constraint,
                             {.message = "duplicate key", .sqlstate = "23505", .native = 7, .position = 3},
                             {.summary = "statement 2 of 5 failed"});
  EXPECT_EQ(error.details().why, "duplicate key (SQLSTATE 23505, code 7)");
  EXPECT_EQ(error.server().position, 3U);
}

TEST(StatementError, leavesOutNumbersThatTheServerDidNotGive) {
  EXPECT_EQ(StatementError(codes::statement_failed, {.message = "no"}, {.summary = "s"}).details().why, "no");
  EXPECT_EQ(StatementError(codes::statement_failed, {.message = "no", .native = 5}, {.summary = "s"}).details().why,
            "no (code 5)");
}

TEST(StatementError, keepsAReasonThatIsGiven) {
  const StatementError error(codes::statement_failed, {.message = "no"}, {.summary = "s", .why = "the disk is full"});
  EXPECT_EQ(error.details().why, "the disk is full");
}

TEST(Unsupported, isASchemaErrorAndCaughtAsError) {
  try {
    throw Unsupported({.summary = "no partial indexes here", .next = {"use on(...)"}});
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, "DBCTL-SCH-003");
    EXPECT_STREQ(error.what(), "no partial indexes here");
  }
}

TEST(Codes, eachIsThereOnceAndSaysWhatToDo) {
  std::set<std::string_view> seen;
  for (const auto* code : codes::all()) {
    EXPECT_TRUE(code->id.starts_with("DBCTL-")) << code->id;
    EXPECT_TRUE(seen.insert(code->id).second) << code->id;
    EXPECT_FALSE(code->title.empty()) << code->id;
    EXPECT_TRUE(code->advice.ends_with('.')) << code->id;
    EXPECT_NE(code->exit, Exit::done) << code->id;
  }
  EXPECT_GT(seen.size(), 50U);
}

TEST(Codes, areFoundInAnyCaseWithOrWithoutThePrefix) {
  EXPECT_EQ(*codes::find("DBCTL-SCH-001"), codes::schema_invalid);
  EXPECT_EQ(*codes::find("dbctl-sch-001"), codes::schema_invalid);
  EXPECT_EQ(*codes::find("sch-001"), codes::schema_invalid);
  EXPECT_EQ(codes::find("SCH-999"), nullptr);
  EXPECT_EQ(codes::find(""), nullptr);
}

}  // namespace
}  // namespace dbctl
