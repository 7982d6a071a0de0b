#include "dbctl/catalog/catalog.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace dbctl::catalog {
namespace {

using test::error_text;
using ::testing::ElementsAre;

Body never() {
  ADD_FAILURE() << "a body was expanded";
  return {};
}

std::vector<std::string> ids(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const Migration& m : catalog.migrations()) all.push_back(m.domain + "/" + m.id());
  return all;
}

TEST(Catalog, TakesIdentityFromTheFileName) {
  Catalog catalog;
  catalog.add_migration("shop", "/src/migrations/20240115090000_create-It_2.up.cpp", never);
  catalog.add_migration("shop", "20240115090001_x.sql", never);
  const Migration& m = catalog.migrations()[0];
  EXPECT_EQ(m.domain, "shop");
  EXPECT_EQ(m.version, "20240115090000");
  EXPECT_EQ(m.name, "create-It_2.up");
  EXPECT_EQ(m.file, "/src/migrations/20240115090000_create-It_2.up.cpp");
}

TEST(Catalog, OrdersByVersionThenDomain) {
  Catalog catalog;
  catalog.add_migration("b", "20240101000002_two.cpp", never);
  catalog.add_migration("b", "20240101000001_one.cpp", never);
  catalog.add_migration("a", "20240101000002_two.cpp", never);
  EXPECT_THAT(ids(catalog), ElementsAre("b/20240101000001_one", "a/20240101000002_two", "b/20240101000002_two"));
  catalog.add_migration("c", "20230101000000_zero.cpp", never);
  EXPECT_EQ(ids(catalog).front(), "c/20230101000000_zero");
}

TEST(Catalog, RefusesMisnamedFiles) {
  const auto refused = [](std::string_view file, std::string_view why) {
    Catalog catalog;
    const std::string path = fmt::format("migrations/{}", file);
    EXPECT_EQ(error_text([&] { catalog.add_migration("shop", path, never); }),
              fmt::format("DBCTL-CAT-001 \"{}\" is not the name of a migration's file\nat {}\nbecause {}\n"
                          "-> rename it to 14 digits, an underscore and a name: "
                          "20240115090000_create_catalogue.cpp",
                          file, path, why));
  };
  refused("create_catalogue.cpp", "it does not begin with a version");
  refused("", "it does not begin with a version");
  refused("2024_create.cpp", "its version has 4 digits instead of 14");
  refused("1_create.cpp", "its version has 1 digit instead of 14");
  refused("202401150900001_create.cpp", "its version has 15 digits instead of 14");
  refused("20240115090000.cpp", "no name follows the version");
  refused("20240115090000_.cpp", "no name follows the version");
  refused("20240115090000-create.cpp", "no name follows the version");
  refused(fmt::format("20240115090000_{:x>129}.cpp", ""), "its name has 129 characters; 128 are allowed");
  refused("20240115090000_create it.cpp", "its name has ' '; letters, digits, _, - and . are allowed");
}

TEST(Catalog, RefusesTwoMigrationsWithOneVersion) {
  Catalog catalog;
  catalog.add_migration("shop", "a/20240115090000_one.cpp", never);
  catalog.add_migration("blog", "b/20240115090000_one.cpp", never);
  EXPECT_EQ(error_text([&] { catalog.add_migration("shop", "a/20240115090000_two.cpp", never); }),
            "DBCTL-CAT-002 two migrations of domain \"shop\" have the version 20240115090000\n"
            "at a/20240115090000_two.cpp\nbecause the other one is a/20240115090000_one.cpp\n"
            "-> rename the newer file to a version of its own");
  catalog.add_migration("shop", "a/20240117090000_three.cpp", never);
  catalog.add_migration("shop", "a/20240116090000_two.cpp", never);
  EXPECT_EQ(error_text([&] { catalog.add_migration("shop", "a/20240115090000_four.cpp", never); }).substr(0, 13),
            "DBCTL-CAT-002")
      << "whatever came after it";
  EXPECT_EQ(error_text([&] { catalog.add_migration("shop", "a/20240116090000_five.cpp", never); }).substr(0, 13),
            "DBCTL-CAT-002")
      << "in whatever order they came";
}

TEST(Catalog, SeedersHaveOneNameEach) {
  Catalog catalog;
  catalog.add_seeder("shop", "user_seeder.cpp", "UserSeeder", {});
  catalog.add_seeder("blog", "post_seeder.cpp", "PostSeeder", {});
  EXPECT_EQ(catalog.seeders()[0].name, "PostSeeder");
  EXPECT_EQ(catalog.seeders()[1].domain, "shop");
  EXPECT_EQ(error_text([&] { catalog.add_seeder("blog", "blog/user_seeder.cpp", "UserSeeder", {}); }),
            "DBCTL-CAT-002 two seeders are named \"UserSeeder\"\nat blog/user_seeder.cpp\n"
            "because the other one is in user_seeder.cpp\n-> give one of them another name");
}

TEST(Catalog, NamesFitDbctlsOwnTables) {
  Catalog catalog;
  catalog.add_migration("shop", fmt::format("20240115090000_{:x>128}.cpp", ""), never);
  catalog.add_seeder("shop", "a_seeder.cpp", std::string(128, 'A'), {});
  EXPECT_EQ(error_text([&] { catalog.add_seeder("shop", "b_seeder.cpp", std::string(129, 'B'), {}); }),
            "DBCTL-SED-004 the name of a seeder has 129 characters\nat b_seeder.cpp\nbecause 128 are allowed\n"
            "-> give it a shorter name");
}

TEST(Catalog, DomainsAreThereOnce) {
  Catalog catalog;
  catalog.add_domain({.name = "shop", .file = "a.so", .build_id = "00ff"});
  EXPECT_EQ(catalog.domains()[0].build_id, "00ff");
  EXPECT_EQ(error_text([&] { catalog.add_domain({.name = "shop", .file = "b.so", .build_id = ""}); }),
            "DBCTL-CAT-002 domain \"shop\" is there twice\nat b.so\nbecause it was loaded from a.so\n"
            "-> name it once in the environment's `domains:`");
}

class CatalogFind : public ::testing::Test {
 protected:
  CatalogFind() {
    catalog.add_migration("shop", "shop/20240115090000_create_catalogue.cpp", never);
    catalog.add_migration("shop", "shop/20240116090000_tune.cpp", never);
    catalog.add_migration("blog", "blog/20240116090000_posts.cpp", never);
  }
  Catalog catalog;
};

TEST_F(CatalogFind, ByVersionNameOrBoth) {
  const Migration& first = catalog.migrations()[0];
  EXPECT_EQ(&catalog.find("20240115090000"), &first);
  EXPECT_EQ(&catalog.find("create_catalogue"), &first);
  EXPECT_EQ(&catalog.find("20240115090000_create_catalogue"), &first);
  EXPECT_EQ(&catalog.find("shop/20240115090000"), &first);
  EXPECT_EQ(catalog.find("blog/20240116090000").name, "posts");
}

TEST_F(CatalogFind, SuggestsTheNearest) {
  EXPECT_EQ(error_text([&] { catalog.find("create_catalog"); }),
            "DBCTL-CAT-004 no migration is named \"create_catalog\"\n"
            "-> did you mean \"create_catalogue\"?\n-> `dbctl status` lists all migrations");
  EXPECT_EQ(error_text([&] { catalog.find("blog/create_catalogue"); }).substr(0, 13), "DBCTL-CAT-004");
}

TEST_F(CatalogFind, AsksWhichOne) {
  EXPECT_EQ(error_text([&] { catalog.find("20240116090000"); }),
            "DBCTL-CAT-004 \"20240116090000\" is the name of more than one migration\n"
            "-> give blog/20240116090000_posts for blog/20240116090000_posts.cpp\n"
            "-> give shop/20240116090000_tune for shop/20240116090000_tune.cpp\n"
            "-> `dbctl status` lists all migrations");
}

}  // namespace
}  // namespace dbctl::catalog
