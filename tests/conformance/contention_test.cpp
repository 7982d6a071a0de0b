#include <thread>

#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// Definitions that wait for other sessions' locks.
namespace dbctl::conformance {
namespace {

using namespace std::chrono_literals;
using schema::Operation;
using schema::TypeKind;
using testing::HasSubstr;

class ContentionTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!shared() || claims().in_process) GTEST_SKIP() << "no other session can hold a lock here";
    up(catalog_of({{"make", {make_}}}));
    other_ = subject().connect();
    other_->begin();
    other_->execute({"INSERT INTO a (id) VALUES (1)"});  // and with that a lock on the table's definition
  }
  journal::Database hasty() const {
    return {subject().driver(),
            subject().options(),
            {.lock_timeout = 10s, .actor = {"tester", "here", "0.1.0"}, .ddl_lock_timeout = 1s}};
  }
  catalog::Catalog adding() const {
    return catalog_of({{"make", {make_}},
                       {"add", {{.what = schema::AddColumn{"a", nullable(column("n", type(TypeKind::integer)))}}}}});
  }

  const Operation make_{.what = schema::CreateTable{
                            {.name = "a", .columns = {column("id", type(TypeKind::integer))}, .primary_key = {"id"}}}};
  std::unique_ptr<driver::Connection> other_;
};

TEST_F(ContentionTest, goes_through_when_the_other_is_done) {
  watcher_.at_contention = [&] {
    if (other_->in_transaction()) other_->commit();
  };
  auto run = hasty();
  EXPECT_EQ(migrate::migrate(run, adding(), {}, {}, watcher_).migrations.size(), 1U);
  EXPECT_FALSE(watcher_.contended_by.empty()) << "it had to wait";
}

TEST_F(ContentionTest, gives_up_and_names_the_other) {
  auto run = hasty();
  try {
    migrate::migrate(run, adding(), {}, {}, watcher_);
    ADD_FAILURE() << "it went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::statement_busy.id);
    EXPECT_THAT(error.details().why, HasSubstr("the lock is held by session "));
    EXPECT_THAT(error.details().why, HasSubstr(", idle"));
    EXPECT_THAT(error.details().next, testing::Contains(HasSubstr("10 attempts were made")));
  }
  other_->rollback();
  EXPECT_EQ(up(adding()).migrations.size(), 1U) << "the same command continues";
}

}  // namespace
}  // namespace dbctl::conformance
