#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <thread>

#include "conformance/fixture.hpp"
#include "conformance/needs.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/schema/fold.hpp"
#include "golden/cases.hpp"
#include "support/library_leaks.hpp"

/// What a recovery asks of a database: whether an object has changed, whether it is another one, and who is at work.
namespace dbctl::conformance {
namespace {

using golden::Case;
using State = driver::SessionState::Kind;
using Definitions = std::map<std::pair<std::string, std::string>, std::string>;

class ObserveTest : public Test {
 protected:
  std::vector<driver::ObjectState> observe(std::vector<std::string> names = {}, bool identities = true) {
    return db().observe({.names = std::move(names), .identities = identities});
  }
  Definitions definitions() {
    Definitions out;
    for (auto& object : observe({}, false)) {
      EXPECT_TRUE(object.valid) << object.name;
      EXPECT_FALSE(object.definition.empty()) << object.name;
      const auto key = std::pair(object.kind, object.name);
      EXPECT_TRUE(out.emplace(key, std::move(object.definition)).second) << key.first << ' ' << key.second << " twice";
    }
    return out;
  }
  std::string identity(const std::string& name) {
    for (const auto& object : observe({name}))
      if (object.kind == "table" && object.name == name) return object.identity;
    ADD_FAILURE() << name << " is not observed";
    return {};
  }
  static schema::Table items(const std::string& name = "items") {
    auto id = column("id", type(schema::TypeKind::bigint));
    id.auto_increment = true;
    return {.name = name,
            .columns = {id, column("name", type(schema::TypeKind::string, 40))},
            .primary_key = {"id"},
            .indexes = {{.name = "idx_" + name + "_name", .parts = {{.column = "name"}}}}};
  }
};

class ObserveOperationsTest : public ObserveTest, public testing::WithParamInterface<Case> {
 protected:
  const schema::Operation& operation() const { return std::get<schema::Operation>(GetParam().what); }
  /// False when this database does not do it, which other tests look at.
  bool goes_through() {
    try {
      apply(operation());
      return true;
    } catch (const Error&) {
      return false;
    }
  }
};

template <class T>
bool is(const schema::Operation& operation) {
  return std::holds_alternative<T>(operation.what);
}

TEST_P(ObserveOperationsTest, changes_definitions_and_its_inverse_brings_them_back) {
  if (!stores()) return;
  for (const auto& step : GetParam().setup) apply(step);
  const auto model_before = model_;
  const auto before = definitions();
  EXPECT_EQ(definitions(), before);
  if (!goes_through()) return;
  const auto after = definitions();
  const bool changes =
      schema::canonical(stored(model_before, dialect())) != schema::canonical(stored(model_, dialect()));
  if (changes) {
    EXPECT_NE(after, before);
  } else if (!is<schema::RawSql>(operation())) {
    EXPECT_EQ(after, before) << "rows are no definition";
  }
  std::vector<schema::Operation> back;
  try {
    back = schema::inverse(operation(), model_before);
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::schema_irreversible.id) << test::whole_text(error);
    return;
  }
  for (const auto& step : back) apply(step);
  if (is<schema::DropColumn>(operation())) return;  // it comes back as the last one
  // a database may keep the casts that a change of type put into a check
  if (GetParam().name == "alter_column_type_using") return;
  EXPECT_EQ(definitions(), before);
  apply(operation());
  EXPECT_EQ(definitions(), after);
}

std::vector<Case> operations() {
  std::vector<Case> out;
  std::ranges::copy_if(golden::cases(), std::back_inserter(out),
                       [](const Case& c) { return std::holds_alternative<schema::Operation>(c.what); });
  return out;
}
INSTANTIATE_TEST_SUITE_P(all, ObserveOperationsTest, testing::ValuesIn(operations()),
                         [](const auto& test) { return test.param.name; });

TEST_F(ObserveTest, names_choose_and_what_is_not_there_is_left_out) {
  create(items());
  create(items("others"));
  create(items("dbctl_own_table_of_a_test"));
  if (!stores()) {
    EXPECT_TRUE(observe().empty());
    return;
  }
  const auto all = observe();
  const auto some = observe({"items", "not_there", "dbctl_own_table_of_a_test"});
  const auto is_there = [](const auto& objects, const std::string& name) {
    return std::ranges::any_of(objects, [&](const auto& o) { return o.kind == "table" && o.name == name; });
  };
  EXPECT_TRUE(is_there(all, "items") && is_there(all, "others"));
  EXPECT_TRUE(is_there(some, "items"));
  EXPECT_FALSE(is_there(some, "others"));
  EXPECT_FALSE(is_there(all, "dbctl_own_table_of_a_test") || is_there(some, "dbctl_own_table_of_a_test"));
  for (const auto& object : some)
    EXPECT_NE(std::ranges::find(all, object), all.end()) << object.kind << ' ' << object.name << " differs by how it "
                                                         << "is asked for:\n"
                                                         << object.definition;
  EXPECT_TRUE(observe({"not_there"}).empty());
}

TEST_F(ObserveTest, rows_do_not_change_a_definition) {
  create(items());
  const auto before = definitions();
  for (int i = 0; i < 20; ++i) insert("items", {"name"}, {{std::string("a")}, {std::string("b")}});
  EXPECT_EQ(definitions(), before);
  if (stores()) {
    EXPECT_FALSE(before.empty());
  }
}

TEST_F(ObserveTest, an_identity_stays_when_renamed_and_is_new_when_made_anew) {
  create(items());
  if (!stores()) return;
  const auto first = identity("items");
  insert("items", {"name"}, {{std::string("a")}});
  EXPECT_EQ(identity("items"), first);
  apply({.what = schema::RenameTable{"items", "goods"}});
  EXPECT_EQ(identity("goods"), first);
  apply({.what = schema::DropTable{"goods"}});
  create(items());
  if (!first.empty()) {
    EXPECT_NE(identity("items"), first);
  }
}

TEST_F(ObserveTest, nothing_is_left_behind_where_nothing_failed) {
  create(items());
  const auto before = definitions();
  EXPECT_TRUE(db().clean_up({"items", "idx_items_name", "not_there"}).empty());
  EXPECT_EQ(definitions(), before);
  EXPECT_TRUE(db().not_transactional().empty());
  EXPECT_TRUE(db().blockers({"items"}).empty());
}

TEST_F(ObserveTest, a_session_knows_itself) {
  if (!stores()) return;
  const auto self = db().session();
  EXPECT_FALSE(self.id.empty());
  EXPECT_EQ(db().session(), self);
  const auto state = db().state_of(self);
  EXPECT_EQ(state.kind, State::there);
  EXPECT_TRUE(state.text.starts_with("session ")) << state.text;
}

TEST_F(ObserveTest, another_session_is_seen_and_ended) {
  if (!shared() || claims().in_process) return;
  auto other = subject().connect();
  const auto id = other->session();
  EXPECT_NE(id, db().session());
  EXPECT_EQ(db().state_of(id).kind, State::there) << db().state_of(id).text;
  EXPECT_TRUE(db().end(id));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (db().state_of(id).kind == State::there && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(db().state_of(id).kind, State::gone) << db().state_of(id).text;
  const auto refused = [&] {
    const test::LeaksOfTheLibrary leaks;
    return test::error_text([&] { other->relations(); });
  }();
  EXPECT_TRUE(refused.starts_with(codes::connection_lost.id)) << refused;
  EXPECT_TRUE(db().end(id)) << "nothing to do";
  EXPECT_NE(subject().connect()->session(), id);
}

TEST_F(ObserveTest, a_session_that_never_was_is_gone) {
  if (!stores()) return;
  for (const char* id : {"", "nonsense", "999999999", "1/2/3/4"}) {
    EXPECT_EQ(db().state_of({id}).kind, State::gone) << id;
    if (!claims().in_process) {
      EXPECT_TRUE(db().end({id})) << id;
    }
  }
}

}  // namespace
}  // namespace dbctl::conformance
