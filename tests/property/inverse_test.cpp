#include <algorithm>
#include <array>
#include <optional>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/error.hpp"
#include "property/operations.hpp"

namespace rc {

template <>
struct Arbitrary<dbctl::schema::testing::Choice> {
  static Gen<dbctl::schema::testing::Choice> arbitrary() {
    using dbctl::schema::testing::Choice;
    const auto number = gen::inRange<std::uint32_t>(0, 1000);
    return gen::build<Choice>(gen::set(&Choice::kind, number), gen::set(&Choice::a, number),
                              gen::set(&Choice::b, number), gen::set(&Choice::c, number),
                              gen::set(&Choice::only, gen::weightedElement<bool>({{3, false}, {1, true}})));
  }
};

}  // namespace rc

namespace dbctl::schema {
namespace {

using testing::Choice;
using testing::operation;
using testing::operation_kinds;
using Operations = std::vector<Operation>;

Schema run(Schema schema, const Operations& operations) {
  for (const auto& op : operations) schema = apply(std::move(schema), op);
  return schema;
}

/// What comes after, or nothing when the operation does not fit; any other failure is a failure of the test.
std::optional<Schema> try_apply(const Schema& before, const Operation& op) {
  try {
    return apply(before, op);
  } catch (const Error& error) {
    if (error.code() != codes::schema_invalid) throw;
    return std::nullopt;
  }
}

std::optional<Operations> try_inverse(const Operation& op, const Schema& before) {
  try {
    return inverse(op, before);
  } catch (const Error& error) {
    if (error.code() != codes::schema_irreversible) throw;
    return std::nullopt;
  }
}

std::vector<Choice> choices() {
  return *rc::gen::resize(100, rc::gen::arbitrary<std::vector<Choice>>());
}

TEST(Inverse, ofEveryOperationGivesBackTheSchema) {
  std::array<int, operation_kinds> tried{};
  EXPECT_TRUE(rc::check("apply, then inverse, is nothing", [&] {
    Schema schema;
    for (const auto& choice : choices()) {
      const auto op = operation(choice, schema);
      auto after = try_apply(schema, op);
      if (!after) continue;
      if (const auto back = try_inverse(op, schema)) {
        ++tried.at(op.what.index());
        RC_LOG() << summary(op) << "\n";
        RC_ASSERT(canonical(run(*after, *back)) == canonical(schema));
      }
      schema = std::move(*after);
    }
  }));
  for (std::size_t kind = 0; kind < tried.size(); ++kind) EXPECT_GE(tried.at(kind), 5) << "operation " << kind;
}

/// A list in which some operations are for "one" alone, that fits with and without them.
Operations mixed_list(const std::vector<Choice>& choices) {
  Operations out;
  Schema common, one;
  for (const auto& choice : choices) {
    const auto op = operation(choice, choice.only ? one : common);
    const auto in_one = try_apply(one, op);
    if (!in_one || !try_inverse(op, one)) continue;
    const auto in_common = choice.only ? common : try_apply(common, op);
    if (!in_common) continue;
    one = *in_one;
    common = *in_common;
    out.push_back(choice.only ? Operation{.what = Only{"one", {op}}} : op);
  }
  return out;
}

const std::array<std::vector<std::string>, 2> databases{std::vector<std::string>{}, {"one"}};

TEST(Inverse, ofAMigrationGivesBackTheSchemaForEachDatabase) {
  EXPECT_TRUE(rc::check("a selected migration and its inverse are nothing", [] {
    const auto list = mixed_list(choices());
    for (const auto& targets : databases) {
      const auto selected = select(list, targets);
      RC_ASSERT(canonical(run(run({}, selected), inverse(selected, {}))) == "");
    }
  }));
}

TEST(Inverse, ofAMigrationMayBeSelectedAfterwards) {
  int tried = 0;
  EXPECT_TRUE(rc::check("a migration and the selection of its inverse are nothing", [&] {
    const auto list = mixed_list(choices());
    Operations back;
    try {
      back = inverse(list, {});
    } catch (const Error& error) {
      if (error.code() != codes::internal) throw;
      return;  // the inverse is another one for each database, and says so
    }
    for (const auto& targets : databases)
      RC_ASSERT(canonical(run(run({}, select(list, targets)), select(back, targets))) == "");
    tried += targets_named(list).empty() ? 0 : 1;
  }));
  EXPECT_GE(tried, 10);
}

TEST(Canonical, isTheSameForEqualSchemasAndOnlyForThem) {
  EXPECT_TRUE(rc::check("canonical text tells schemas apart", [] {
    Schema schema;
    for (const auto& choice : choices()) {
      const auto op = operation(choice, schema);
      const auto after = try_apply(schema, op);
      if (!after) continue;
      RC_ASSERT((canonical(*after) == canonical(schema)) == (*after == schema));
      schema = *after;
    }
  }));
}

template <class Item>
bool shuffle(std::vector<Item>& items, std::size_t step) {
  if (items.size() < 2) return false;
  std::ranges::rotate(items, items.begin() + static_cast<std::ptrdiff_t>(step % (items.size() - 1) + 1));
  return true;
}

/// A table with two of everything that has no order.
Table with_two_of_each() {
  const auto number = [](std::string name) { return Column{.name = std::move(name), .type = {TypeKind::integer}}; };
  return {.name = "ordered",
          .columns = {number("id"), number("a"), number("b")},
          .primary_key = {"id"},
          .uniques = {{"uq_a", {"a"}}, {"uq_b", {"b"}}},
          .foreign_keys = {{.name = "fk_a", .columns = {"a"}, .references = "ordered", .references_columns = {"id"}},
                           {.name = "fk_b", .columns = {"b"}, .references = "ordered", .references_columns = {"id"}}},
          .checks = {{"ck_a", "a > 0"}, {"ck_b", "b > 0"}},
          .indexes = {{.name = "idx_a", .parts = {{.column = "a"}}}, {.name = "idx_b", .parts = {{.column = "b"}}}}};
}

// As if the same things had been written in another order.
TEST(Canonical, doesNotDependOnTheOrderOfWhatATableHas) {
  std::array<int, 5> tried{};
  EXPECT_TRUE(rc::check("another order is the same text", [&] {
    Schema schema;
    schema.tables.emplace("ordered", with_two_of_each());
    for (const auto& choice : choices())
      if (auto after = try_apply(schema, operation(choice, schema))) schema = std::move(*after);
    auto other = schema;
    const auto step = *rc::gen::inRange<std::size_t>(0, 10);
    for (const auto& name : other.tables.names()) {
      auto& table = *other.find(name);
      tried[0] += shuffle(table.columns, step);
      tried[1] += shuffle(table.uniques, step);
      tried[2] += shuffle(table.foreign_keys, step);
      tried[3] += shuffle(table.checks, step);
      tried[4] += shuffle(table.indexes, step);
      for (auto& index : table.indexes) index.concurrently = !index.concurrently;
    }
    RC_ASSERT(canonical(other) == canonical(schema));
  }));
  for (std::size_t list = 0; list < tried.size(); ++list) EXPECT_GE(tried.at(list), 5) << "list " << list;
}

}  // namespace
}  // namespace dbctl::schema
