#include "dbctl/schema/names.hpp"

#include <gtest/gtest.h>

#include "dbctl/schema/operation.hpp"

namespace dbctl::schema {
namespace {

TEST(Names, sayWhatTheyAreFor) {
  EXPECT_EQ(names::index("products", {"category_id"}), "idx_products_category_id");
  EXPECT_EQ(names::unique("products", {"a", "b"}), "uq_products_a_b");
  EXPECT_EQ(names::foreign_key("orders", {"user_id"}), "fk_orders_user_id");
  EXPECT_EQ(names::check("products", "price"), "ck_products_price");
  EXPECT_EQ(names::primary_key("products"), "pk_products");
  EXPECT_EQ(names::enumeration("orders", "state"), "en_orders_state");
}

TEST(Names, upTo63BytesAreKept) {
  const std::string name(63, 'a');
  EXPECT_EQ(names::fit(name), name);
}

TEST(Names, longerOnesEndInAHashThatNeverChanges) {
  const std::string name(64, 'a');
  // sha256 of 64 times a; part of every database that has such a name
  EXPECT_EQ(names::fit(name), std::string(54, 'a') + "_ffe054fe");
  EXPECT_NE(names::fit(name + "a"), names::fit(name));
  EXPECT_EQ(names::fit(name + "a").size(), 63U);
}

TEST(Names, areNotCutInsideACharacter) {
  const auto cut = names::fit(std::string(53, 'a') + "\u00e4" + std::string(20, 'b'));
  EXPECT_EQ(cut.substr(0, 54), std::string(53, 'a') + "_");
  EXPECT_EQ(cut.size(), 62U);
}

TEST(Types, areShownAsAuthorsWriteThem) {
  EXPECT_EQ(to_text({.kind = TypeKind::decimal, .size = 12, .scale = 2}), "decimal<12,2>");
  EXPECT_EQ(to_text({.kind = TypeKind::string, .size = 200}), "string(200)");
  EXPECT_EQ(to_text({.kind = TypeKind::character, .size = 2}), "character(2)");
  EXPECT_EQ(to_text({.kind = TypeKind::binary}), "binary");
  EXPECT_EQ(to_text({.kind = TypeKind::binary, .size = 16}), "binary(16)");
  EXPECT_EQ(to_text({.kind = TypeKind::double_}), "double");
  EXPECT_EQ(to_text({.kind = TypeKind::enumeration, .values = {"a", "it's"}}), "enumeration('a','it''s')");
}

TEST(Summary, isOneLineForEachOperation) {
  const auto of = [](Operation::Variant what) { return summary({.what = std::move(what)}); };
  EXPECT_EQ(of(CreateTable{{.name = "products"}}), "create_table products");
  EXPECT_EQ(of(DropTable{"products"}), "drop_table products");
  EXPECT_EQ(of(RenameTable{"a", "b"}), "rename_table a to b");
  EXPECT_EQ(of(AddColumn{"products", {.name = "tags"}}), "add_column products.tags");
  EXPECT_EQ(of(AlterColumn{"products", {.name = "tags"}}), "alter_column products.tags");
  EXPECT_EQ(of(DropColumn{"products", "tags"}), "drop_column products.tags");
  EXPECT_EQ(of(RenameColumn{"products", "a", "b"}), "rename_column products.a to b");
  EXPECT_EQ(of(AddForeignKey{"t", {.name = "fk"}}), "add_foreign_key t.fk");
  EXPECT_EQ(of(DropForeignKey{"t", "fk"}), "drop_foreign_key t.fk");
  EXPECT_EQ(of(AddCheck{"t", {"ck", "a > 0"}}), "add_check t.ck");
  EXPECT_EQ(of(DropCheck{"t", "ck"}), "drop_check t.ck");
  EXPECT_EQ(of(AddUnique{"t", {"uq", {"a"}}}), "add_unique t.uq");
  EXPECT_EQ(of(DropUnique{"t", "uq"}), "drop_unique t.uq");
  EXPECT_EQ(of(CreateIndex{"t", {.name = "idx"}}), "create_index t.idx");
  EXPECT_EQ(of(DropIndex{"t", "idx"}), "drop_index t.idx");
  EXPECT_EQ(of(RawSql{"  update t\n   set a = 1 "}), "sql update t set a = 1");
  EXPECT_EQ(of(RawSql{std::string(80, 'x')}), "sql " + std::string(57, 'x') + "...");
  EXPECT_EQ(of(InsertRows{"t", {"a"}, {{std::int64_t{1}}, {std::int64_t{2}}}}), "insert_rows t (2 rows)");
  EXPECT_EQ(of(DeleteRows{"t", {"a"}, {{std::int64_t{1}}}}), "delete_rows t (1 row)");
  EXPECT_EQ(of(Backfill{.table = "t", .assignments = {{"a", "1"}, {"b", "2"}}}), "backfill t.a,b");
  EXPECT_EQ(of(Only{"null", {{.what = DropTable{"a"}}, {.what = DropTable{"b"}}}}),
            "on(null) drop_table a; drop_table b");
}

}  // namespace
}  // namespace dbctl::schema
