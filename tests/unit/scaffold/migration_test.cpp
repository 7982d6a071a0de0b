#include <gmock/gmock.h>

#include "support/error_text.hpp"
#include "unit/scaffold/shop.hpp"

namespace dbctl::scaffold {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Draft migration(MigrationRequest request) {
  return make_migration(request, testing::shop(), testing::place(), "20240115090000");
}
MigrationRequest named(std::string name, std::string fields = {}, std::string table = {}) {
  return {.name = std::move(name),
          .table = std::move(table),
          .fields = fields.empty() ? std::vector<Field>{} : parse_fields(fields)};
}
/// What stands between the braces.
std::string body(const MigrationRequest& request) {
  const auto text = migration(request).files.at(0).text;
  const auto begin = text.find("20240115090000{") + 15;
  return text.substr(begin, text.find("};") - begin);
}

TEST(Migration, isGuessedFromItsName) {
  EXPECT_EQ(body(named("create_orders_table", "total:decimal")),
            "\n    create_table(\"orders\",\n        uuid(\"id\").primary_key(),\n        decimal<12, 2>(\"total\"),\n"
            "        timestamps()),\n");
  EXPECT_EQ(body(named("add_phone_to_accounts", "phone:string(32)|nullable|index")),
            "\n    add_column(\"accounts\", string(\"phone\", 32).nullable()),\n"
            "    create_index(\"accounts\", \"phone\"),\n");
  EXPECT_EQ(body(named("drop_slug_from_categories")), "\n    drop_column(\"categories\", \"slug\"),\n");
  EXPECT_EQ(body(named("remove_name_and_slug_from_categories")),
            "\n    drop_column(\"categories\", \"name\"),\n    drop_column(\"categories\", \"slug\"),\n");
  EXPECT_EQ(body(named("add_index_to_categories_on_name_created_at")),
            "\n    create_index(\"categories\", {\"name\", \"created_at\"}),\n");
  EXPECT_EQ(body(named("drop_counters_table")), "\n    drop_table(\"counters\"),\n");
  EXPECT_EQ(body(named("AddPhoneToAccounts", "phone:string|default=none")),
            "\n    add_column(\"accounts\", string(\"phone\").default_to(\"none\")),\n");
}

TEST(Migration, takesATableThatItsNameDoesNotSay) {
  EXPECT_EQ(body(named("contact_data", "phone:string|nullable", "accounts")),
            "\n    add_column(\"accounts\", string(\"phone\").nullable()),\n");
  auto create = named("initial", "name:string", "pages");
  create.create = true;
  EXPECT_THAT(body(create), HasSubstr("create_table(\"pages\","));
}

TEST(Migration, ofAnotherNameIsEmptyAndSaysSo) {
  const auto draft = migration(named("tidy_up"));
  EXPECT_THAT(draft.files[0].text, HasSubstr("const migration tidy_up_20240115090000{};"));
  ASSERT_EQ(draft.notes.size(), 1u);
  EXPECT_THAT(draft.notes[0], HasSubstr("it is empty, and nothing is applied before it is filled in"));
}

TEST(Migration, warnsOfAColumnThatATableWithRowsRefuses) {
  EXPECT_THAT(migration(named("add_phone_to_accounts", "phone:string")).notes,
              ElementsAre("accounts.phone is neither nullable nor has a default: a table with rows will refuse it"));
}

TEST(Migration, isRefusedWithAReason) {
  const auto refusal = [](MigrationRequest request) { return error_text([&] { migration(std::move(request)); }); };
  EXPECT_EQ(refusal(named("add_phone_to_accounts")),
            "DBCTL-MAK-001 which type is accounts.phone?\nat --fields\n-> --fields \"phone:string|nullable\"");
  EXPECT_THAT(refusal(named("add_phone_to_acounts", "phone:string")), HasSubstr("did you mean \"accounts\"?"));
  EXPECT_THAT(refusal(named("drop_slog_from_categories")), HasSubstr("categories has no column \"slog\""));
  EXPECT_THAT(refusal(named("add_index_to_categories_on_name_x")), HasSubstr("no column \"name_x\""));
  EXPECT_THAT(refusal(named("add_index_to_categories")), HasSubstr("which columns shall the index be on?"));
  EXPECT_THAT(refusal(named("create_categories_table")), HasSubstr("DBCTL-MAK-003"));
  EXPECT_THAT(refusal(named("tidy_up", "a:int")), HasSubstr("which table are these fields of?"));
  EXPECT_THAT(refusal(named("drop_counters_table", "a:int")), HasSubstr("needs no --fields"));
  EXPECT_THAT(refusal(named("../x")), HasSubstr("DBCTL-MAK-002"));
  EXPECT_THAT(refusal(named("add_slug_to_categories", "slug:string")), HasSubstr("DBCTL-SCH-001"));
}

}  // namespace
}  // namespace dbctl::scaffold
