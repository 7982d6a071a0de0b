#include <algorithm>
#include <iterator>

#include "conformance/fixture.hpp"
#include "conformance/needs.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/schema/coerce.hpp"
#include "dbctl/schema/fold.hpp"
#include "golden/cases.hpp"

/// Every operation renders, runs and is described as the fold says; its inverse leads back, and it can be done again.
namespace dbctl::conformance {
namespace {

using golden::Case;

std::vector<Case> operations() {
  std::vector<Case> out;
  std::ranges::copy_if(golden::cases(), std::back_inserter(out),
                       [](const Case& c) { return std::holds_alternative<schema::Operation>(c.what); });
  return out;
}

template <class T>
bool is(const schema::Operation& operation) {
  return std::holds_alternative<T>(operation.what);
}

class OperationsTest : public Test, public testing::WithParamInterface<Case> {
 protected:
  const schema::Operation& operation() const { return std::get<schema::Operation>(GetParam().what); }

  /// False when the dialect refuses the operation, which is checked against what the driver claims.
  bool renders() {
    const auto needs = needs_of(GetParam().name, operation());
    const auto claimed = !needs.unclaimed(claims(), dialect().info().indexes).has_value();
    try {
      const auto script = dialect().render(operation(), model_);
      EXPECT_FALSE(needs.refused) << "core's rules for raw SQL refuse this on every database";
      EXPECT_TRUE(claimed || needs.is_noted)
          << "not claimed, so it must throw Unsupported: " << *needs.unclaimed(claims(), dialect().info().indexes);
      if (!claimed && needs.is_noted && stores()) {
        EXPECT_FALSE(script.notes.empty()) << "what is not kept must be told in a note";
      }
      return true;
    } catch (const Unsupported& error) {
      EXPECT_TRUE(!claimed || needs.is_optional || needs.refused) << "claimed, but refused:\n"
                                                                  << test::whole_text(error);
      EXPECT_FALSE(error.details().next.empty()) << "an Unsupported says what works instead";
    } catch (const Error& error) {
      EXPECT_TRUE(needs.refused || needs.is_dialect_bound) << test::whole_text(error);
    }
    return false;
  }

  /// One row in each table of the shop, so that operations have something to keep.
  void fill();
  std::size_t row_count();
  void delete_all_rows();
  void expect_as_modelled(const char* when) {
    if (stores()) {
      EXPECT_TRUE(same(stored(model_, dialect()), db().describe())) << when;
    }
  }
  void go_back_and_forth(const schema::Schema& before);
  /// A column that rows have no value for is refused while there are rows, on every database; then they are deleted.
  void expect_refused_over_rows();
};

void OperationsTest::fill() {
  if (!stores() || model_.find("order_items") == nullptr) return;
  if (is<schema::InsertRows>(operation())) return;  // it brings rows of its own
  const std::int64_t one = 1;
  insert("users", {"id", "email", "name"}, {{Uuid{"00000000-0000-4000-8000-000000000001"}, "a@b.c", "A"}});
  insert("categories", {"id", "name"}, {{one, "Books"}});
  insert("products", {"id", "name", "sku", "price", "stock", "description", "category_id"},
         {{one, "Book", "B-1", Decimal{"9.50"}, std::int64_t{3}, "paper", one}});
  insert("order_items", {"order_id", "line", "product_id"}, {{one, one, one}});
}

std::size_t OperationsTest::row_count() {
  std::size_t n = 0;
  for (const auto& [name, t] : model_.tables)
    n += db().query(dialect().select(t, {t.columns.front().name}, {}, {}, {})).size();
  return n;
}

void OperationsTest::delete_all_rows() {
  for (const char* name : {"order_items", "products", "articles", "categories", "users", "people"})
    if (const auto* t = model_.find(name); t != nullptr) db().execute(dialect().remove(*t, {}, {}));
}

void OperationsTest::go_back_and_forth(const schema::Schema& before) {
  std::vector<schema::Operation> back;
  try {
    back = schema::inverse(operation(), before);
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::schema_irreversible.id) << test::whole_text(error);
    return;
  }
  // A required column comes back without values.
  if (is<schema::DropColumn>(operation())) delete_all_rows();
  for (const auto& step : back) apply(step);
  EXPECT_EQ(schema::canonical(model_), schema::canonical(before));
  expect_as_modelled("after the inverse");
  apply(operation());
  expect_as_modelled("done a second time");
}

void OperationsTest::expect_refused_over_rows() {
  const auto* add = std::get_if<schema::AddColumn>(&operation().what);
  if (!stores() || add == nullptr || add->column.nullable || add->column.auto_increment ||
      add->column.default_value.kind != schema::Default::Kind::none || !add->column.generated.expression.empty())
    return;
  ASSERT_GT(row_count(), 0U);
  EXPECT_THROW(apply(operation()), Error) << "which value would the rows have?";
  expect_as_modelled("after it was refused");
  delete_all_rows();
}

TEST_P(OperationsTest, runs_and_is_described_and_undone) {
  for (const auto& step : GetParam().setup) apply(step);
  expect_as_modelled("after the setup");
  if (!renders()) return;
  fill();
  expect_refused_over_rows();
  const auto before = model_;
  const auto rows_before = stores() ? row_count() : 0;
  try {
    apply(operation());
  } catch (const StatementError& error) {
    // Some cases speak one database's own language.
    EXPECT_TRUE(needs_of(GetParam().name, operation()).is_dialect_bound) << test::whole_text(error);
    EXPECT_EQ(error.code().id, codes::statement_failed.id) << test::whole_text(error);
    return;
  }
  expect_as_modelled("after the operation");
  if (stores() && needs_of(GetParam().name, operation()).keeps_rows) {
    EXPECT_EQ(row_count(), rows_before) << "rows were lost or doubled";
  }
  go_back_and_forth(before);
}

INSTANTIATE_TEST_SUITE_P(all, OperationsTest, testing::ValuesIn(operations()),
                         [](const auto& test) { return test.param.name; });

/// The dialect's functions for data run as they are.
class StatementsTest : public Test, public testing::WithParamInterface<Case> {};

TEST_P(StatementsTest, run) {
  for (const auto& step : GetParam().setup) apply(step);
  for (const auto& statement : std::get<Case::Statements>(GetParam().what)(dialect(), model_)) {
    SCOPED_TRACE(statement.sql);
    // An insert after another one of the same keys is refused, and rightly.
    EXPECT_THAT(code_of([&] { db().query(statement); }),
                testing::AnyOf(std::string("nothing"), std::string(codes::statement_constraint.id)));
  }
}

std::vector<Case> statements() {
  std::vector<Case> out;
  std::ranges::copy_if(golden::cases(), std::back_inserter(out),
                       [](const Case& c) { return std::holds_alternative<Case::Statements>(c.what); });
  return out;
}

INSTANTIATE_TEST_SUITE_P(all, StatementsTest, testing::ValuesIn(statements()),
                         [](const auto& test) { return test.param.name; });

class DataOperationsTest : public Test {};

TEST_F(DataOperationsTest, insert_and_delete_rows_of_every_type) {
  const auto all = golden::cases();
  const auto find = [&](const char* name) -> const Case& { return *std::ranges::find(all, name, &Case::name); };
  const auto& insert_case = find("insert_rows_every_type");
  for (const auto& step : insert_case.setup) apply(step);
  const auto& inserting = std::get<schema::Operation>(insert_case.what);
  apply(inserting);
  if (!stores()) return;
  const auto& wanted = std::get<schema::InsertRows>(inserting.what);
  const auto found = rows(wanted.table, wanted.columns);
  ASSERT_EQ(found.size(), wanted.rows.size());
  for (std::size_t i = 0; i < wanted.columns.size(); ++i)
    EXPECT_EQ(to_text(found[0][i]),
              to_text(schema::coerce(wanted.rows[0][i], table(wanted.table).find_column(wanted.columns[i])->type)));
  // Only the key and simple values tell the rows apart where JSON cannot be compared: that is the dialect's business.
  apply(std::get<schema::Operation>(find("delete_rows_every_type").what));
  EXPECT_TRUE(rows(wanted.table, wanted.columns).empty());
}

TEST_F(DataOperationsTest, backfill_in_batches_by_key) {
  for (const auto& step : golden::shop()) apply(step);
  if (!stores()) return;
  std::vector<Row> products;
  for (std::int64_t i = 1; i <= 25; ++i)
    products.push_back({i, "p" + std::to_string(i), "s" + std::to_string(i), Decimal{"1.00"}, i});
  insert("products", {"id", "name", "sku", "price", "stock"}, products);
  const schema::Backfill fill{
      .table = "products", .assignments = {{"stock", "stock + 100"}}, .where = "stock > 5", .batch = 7};
  Row after;
  std::size_t batches = 0;
  std::int64_t changed = 0;
  for (;; ++batches) {
    const auto keys = db().query(dialect().backfill_keys(fill, table("products"), after));
    if (keys.empty()) break;
    ASSERT_LE(keys.size(), 7U);
    changed += db().execute(dialect().backfill_batch(fill, table("products"), after, keys.rows.back()));
    after = keys.rows.back();
  }
  EXPECT_EQ(batches, 3U);
  EXPECT_EQ(changed, 20);
  std::int64_t sum = 0;
  for (const auto& row : rows("products", {"stock"})) sum += to_int(row[0]);
  EXPECT_EQ(sum, 25 * 26 / 2 + 20 * 100);
}

}  // namespace
}  // namespace dbctl::conformance
