#include "conformance/fixture.hpp"
#include "dbctl/base/codes.hpp"

/// What a database says becomes a code, its own words, and no secret.
namespace dbctl::conformance {
namespace {

using schema::TypeKind;

class ErrorsTest : public Test {
 protected:
  void SetUp() override {
    Test::SetUp();
    create({.name = "parents",
            .columns = {column("id", type(TypeKind::integer)), column("name", type(TypeKind::string, 20)),
                        column("age", type(TypeKind::integer))},
            .primary_key = {"id"},
            .uniques = {{"uq_parents_name", {"name"}}},
            .checks = {{"ck_parents_age", "age >= 0"}}});
    create({.name = "children",
            .columns = {column("id", type(TypeKind::integer)), column("parent_id", type(TypeKind::integer))},
            .primary_key = {"id"},
            .foreign_keys = {{.name = "fk_children_parent_id",
                              .columns = {"parent_id"},
                              .references = "parents",
                              .references_columns = {"id"},
                              .on_delete = schema::Action::restricted}}});
    insert("parents", {"id", "name", "age"}, {{std::int64_t{1}, "Ann", std::int64_t{30}}});
    insert("children", {"id", "parent_id"}, {{std::int64_t{1}, std::int64_t{1}}});
  }
  Statement parent(Value id, Value name, Value age) {
    return dialect().insert(table("parents"), {"id", "name", "age"},
                            {{std::move(id), std::move(name), std::move(age)}});
  }
  void expect_refused(const Statement& statement, const Code& code, const char* why) {
    SCOPED_TRACE(why);
    try {
      db().execute(statement);
      ADD_FAILURE() << "it went through: " << statement.sql;
    } catch (const StatementError& error) {
      EXPECT_EQ(error.code().id, code.id) << test::whole_text(error);
      EXPECT_FALSE(error.server().message.empty());
      EXPECT_TRUE(error.server().native != 0 || !error.server().sqlstate.empty()) << "no native code, no SQLSTATE";
      EXPECT_FALSE(error.details().summary.empty());
      EXPECT_EQ(error.details().summary.find('\n'), std::string::npos) << error.details().summary;
      if (const auto& at = error.server().position; at) {
        EXPECT_LE(*at, statement.sql.size());
      }
    }
    EXPECT_FALSE(db().in_transaction());
  }
};

TEST_F(ErrorsTest, constraints) {
  if (!stores()) return;
  const std::int64_t one = 1, two = 2;
  expect_refused(parent(one, "Bob", two), codes::statement_constraint, "primary key");
  expect_refused(parent(two, "Ann", two), codes::statement_constraint, "unique");
  expect_refused(parent(two, Null{}, two), codes::statement_constraint, "not null");
  expect_refused(parent(two, "Bob", std::int64_t{-1}), codes::statement_constraint, "check");
  expect_refused(dialect().insert(table("children"), {"id", "parent_id"}, {{two, std::int64_t{7}}}),
                 codes::statement_constraint, "foreign key, no such parent");
  expect_refused(dialect().remove(table("parents"), {"id"}, {one}), codes::statement_constraint,
                 "foreign key, still referred to");
  EXPECT_EQ(rows("parents", {"id"}).size(), 1U);
}

TEST_F(ErrorsTest, statements) {
  if (!stores()) return;
  expect_refused({"SELEC 1"}, codes::statement_failed, "syntax");
  expect_refused({"SELECT * FROM " + dialect().quote("nowhere")}, codes::statement_failed, "table");
  expect_refused({"SELECT nothing FROM " + dialect().quote("parents")}, codes::statement_failed, "column");
  expect_refused({"CREATE TABLE " + dialect().quote("parents") + " (a INTEGER)"}, codes::statement_failed, "exists");
}

TEST_F(ErrorsTest, of_a_query_and_a_stream_are_the_same) {
  if (!stores()) return;
  const Statement wrong{"SELECT * FROM " + dialect().quote("nowhere")};
  EXPECT_EQ(code_of([&] { db().query(wrong); }), codes::statement_failed.id);
  EXPECT_EQ(code_of([&] { db().each(wrong, [](const Row&) { return true; }); }), codes::statement_failed.id);
  EXPECT_EQ(rows("parents", {"id"}).size(), 1U) << "the session can be used afterwards";
}

TEST_F(ErrorsTest, a_position_points_at_the_mistake) {
  if (!stores()) return;
  const std::string sql = "SELECT 'ü€' AS a, nothing_here FROM " + dialect().quote("parents");
  try {
    db().query({sql});
    ADD_FAILURE();
  } catch (const StatementError& error) {
    if (error.server().position) {
      EXPECT_EQ(*error.server().position, sql.find("nothing_here")) << "bytes from 0, not characters from 1";
    }
  }
}

TEST_F(ErrorsTest, values_too_large_are_refused_not_cut) {
  if (!stores()) return;
  EXPECT_EQ(code_of([&] {
              insert("parents", {"id", "name", "age"}, {{std::int64_t{2}, std::string(21, 'x'), std::int64_t{1}}});
            }) == "nothing",
            false)
      << "21 characters in a string of 20";
}

class ConnectErrorsTest : public Test {
 protected:
  // Everything that URLs, shells, format strings and connection strings trip over.
  static constexpr const char* canary = "p@ss:/%'\" \xC3\xBC\\ ?#&=";

  static driver::Options changed(driver::UrlPart part, const std::string& value) {
    return subject().with(*subject().option(part), value);
  }
  static bool has(driver::UrlPart part) { return subject().option(part) != nullptr; }
  /// Connects with the canary for a password, and with what else is wrong.
  static void expect_refused(driver::Options options, const Code& code) {
    if (const auto* password = subject().option(driver::UrlPart::password))
      options.set(*password, canary, "the conformance suite");
    expect_refused_as_is(options, code);
  }
  static void expect_refused_as_is(const driver::Options& options, const Code& code) {
    try {
      subject().driver().connect(options);
      ADD_FAILURE() << "it connected";
    } catch (const Error& error) {
      const auto text = test::whole_text(error);
      EXPECT_EQ(error.code().id, code.id) << text;
      EXPECT_FALSE(error.details().next.empty()) << text;
      EXPECT_EQ((text + error.what()).find("p@ss"), std::string::npos) << "the password is shown: " << text;
      EXPECT_EQ((text + error.what()).find("p%40ss"), std::string::npos) << "the password is shown: " << text;
    }
  }
  static bool on_a_server() { return has(driver::UrlPart::host) && !claims().in_process; }
};

TEST_F(ConnectErrorsTest, unknown_host) {
  if (on_a_server()) expect_refused(changed(driver::UrlPart::host, "no-such-host.invalid"), codes::connection_failed);
}

TEST_F(ConnectErrorsTest, nothing_listens) {
  if (on_a_server() && has(driver::UrlPart::port))
    expect_refused(changed(driver::UrlPart::port, "1"), codes::connection_failed);
}

TEST_F(ConnectErrorsTest, wrong_password) {
  if (on_a_server() && has(driver::UrlPart::password)) expect_refused(subject().options(), codes::connection_refused);
}

TEST_F(ConnectErrorsTest, unknown_user) {
  if (on_a_server() && has(driver::UrlPart::user))
    expect_refused(changed(driver::UrlPart::user, "dbctl_nobody"), codes::connection_refused);
}

TEST_F(ConnectErrorsTest, missing_database) {
  if (on_a_server() && has(driver::UrlPart::name))
    expect_refused_as_is(changed(driver::UrlPart::name, "dbctl_conformance_nowhere"), codes::connection_database);
}

TEST_F(ConnectErrorsTest, no_secret_is_in_what_the_driver_says_of_itself) {
  const auto* password = subject().option(driver::UrlPart::password);
  if (password == nullptr) return;
  const auto options = subject().with(*password, canary);
  EXPECT_EQ(subject().driver().target(options).find("p@ss"), std::string::npos);
  EXPECT_EQ(subject().driver().database_name(options).find("p@ss"), std::string::npos);
  EXPECT_EQ(password->type, driver::OptionType::secret);
}

TEST_F(ConnectErrorsTest, no_secret_is_in_what_a_session_tells) {
  const auto* option = subject().option(driver::UrlPart::password);
  if (option == nullptr) return;
  const auto password = subject().options().secret(option->name).reveal();
  // one that is part of a name cannot be looked for
  if (password.empty() || subject().driver().target(subject().options()).find(password) != std::string::npos) return;
  std::string told = db().info().server + db().info().user + db().info().database + db().info().tls;
  for (const auto& finding : db().examine()) told += finding.subject + finding.text;
  const auto other = subject().connect();
  ASSERT_TRUE(other->try_lock("dbctl:canary"));
  if (const auto holder = db().lock_holder("dbctl:canary")) told += holder->text;
  EXPECT_EQ(told.find(password), std::string::npos) << "the password is shown";
}

}  // namespace
}  // namespace dbctl::conformance
