#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dbctl/seed/seed.hpp"
#include "support/error_text.hpp"

namespace dbctl::seed {
namespace {

using test::error_text;
using ::testing::ElementsAre;

struct Planted {
  std::string name;
  std::vector<std::string> after = {};
  bool essential = false;
};

catalog::Catalog catalog_of(const std::vector<Planted>& all) {
  catalog::Catalog catalog;
  for (const auto& p : all)
    catalog.add_seeder("shop", "seeders/" + p.name + ".cpp", p.name, [p] {
      return catalog::SeederBody{.seedings = {{.table = p.name + "_rows"}, {.table = p.name + "_rows"}},
                                 .after = p.after,
                                 .essential = p.essential};
    });
  return catalog;
}

std::vector<std::string> names(const std::vector<Planted>& all, const Request& request = {}) {
  std::vector<std::string> out;
  for (const auto& node : order(catalog_of(all), request)) out.push_back(node.name);
  return out;
}

const std::vector<Planted> shop{
    {"Users", {}, true}, {"Products", {"Categories"}}, {"Orders", {"Users", "Products"}}, {"Categories", {}, true}};

TEST(Order, dependencies_first_then_by_name) {
  EXPECT_THAT(names(shop), ElementsAre("Categories", "Users", "Products", "Orders"));
}

TEST(Order, takes_dependencies_along) {
  EXPECT_THAT(names(shop, {.only = {"Products"}}), ElementsAre("Categories", "Products"));
  EXPECT_THAT(names(shop, {.only = {"Products", "Categories"}}), ElementsAre("Categories", "Products"));
  EXPECT_THAT(names(shop, {.only = {"Users", "Users"}}), ElementsAre("Users"));
}

TEST(Order, without_dependencies_takes_what_is_named) {
  EXPECT_THAT(names(shop, {.only = {"Products"}, .with_dependencies = false}), ElementsAre("Products"));
}

TEST(Order, of_one_domain) {
  auto catalog = catalog_of(shop);
  catalog.add_seeder("blog", "seeders/Posts.cpp", "Posts",
                     [] { return catalog::SeederBody{.seedings = {{.table = "posts"}}, .after = {"Users"}}; });
  const auto names_of = [&](const Request& request) {
    std::vector<std::string> out;
    for (const auto& node : order(catalog, request)) out.push_back(node.name);
    return out;
  };
  EXPECT_THAT(names_of({.domain = "blog"}), ElementsAre("Users", "Posts")) << "what it depends on comes along";
  EXPECT_THAT(names_of({.domain = "shop"}), ElementsAre("Categories", "Users", "Products", "Orders"));
  EXPECT_EQ(error_text([&] { names_of({.only = {"Users"}, .domain = "blog"}); }),
            "DBCTL-SED-002 Users is no seeder of domain blog\nat seeders/Users.cpp\n"
            "because it belongs to domain shop\n-> leave out --domain");
}

TEST(Order, without_dependencies_is_an_order_still) {
  EXPECT_THAT(names(shop, {.only = {"Products", "Categories"}, .with_dependencies = false}),
              ElementsAre("Categories", "Products"));
  EXPECT_THAT(names(shop, {.only = {"Orders", "Categories"}, .with_dependencies = false}),
              ElementsAre("Categories", "Orders"))
      << "also where what stays out lies between";
}

TEST(Order, without_dependencies_of_nothing_is_refused) {
  EXPECT_EQ(error_text([] { names(shop, {.with_dependencies = false}); }),
            "DBCTL-CLI-001 --no-deps says which dependencies stay out, so it needs --only\n"
            "-> dbctl seed --only NAME --no-deps\n"
            "-> dbctl seed");
}

TEST(Order, in_a_protected_environment) {
  EXPECT_THAT(names(shop, {.protect = true}), ElementsAre("Categories", "Users"));
  EXPECT_THAT(names(shop, {.only = {"Products"}, .protect = true}), ElementsAre("Categories", "Products"))
      << "named, and its dependency is essential";
  EXPECT_EQ(error_text([] { names(shop, {.only = {"Orders"}, .protect = true}); }),
            "DBCTL-POL-003 Products would run as a dependency, and it is neither essential nor named\n"
            "at seeders/Products.cpp\n"
            "because this environment is protected\n"
            "-> name it too: --only Orders,Products\n"
            "-> or mark it .essential()");
}

TEST(Order, a_protected_essential_seeder_with_a_dependency_that_is_not) {
  const std::vector<Planted> all{{"A", {"B"}, true}, {"B"}};
  EXPECT_EQ(error_text([&] { names(all, {.protect = true}); }),
            "DBCTL-POL-003 B would run as a dependency, and it is neither essential nor named\n"
            "at seeders/B.cpp\n"
            "because this environment is protected\n"
            "-> mark it .essential()");
}

TEST(Order, shows_the_circle) {
  const std::vector<Planted> all{{"A"}, {"B", {"A", "C"}}, {"C", {"D"}}, {"D", {"B"}}, {"E", {"B"}}};
  EXPECT_EQ(error_text([&] { names(all); }),
            "DBCTL-SED-001 seeders depend on each other in a circle: B -> C -> D -> B\n"
            "at seeders/B.cpp\n"
            "-> take out one .after(...) of this circle");
  EXPECT_EQ(error_text([] {
              names({{"A", {"A"}}});
            }),
            "DBCTL-SED-001 seeders depend on each other in a circle: A -> A\n"
            "at seeders/A.cpp\n"
            "-> take out one .after(...) of this circle");
  EXPECT_THAT(names(all, {.only = {"A"}}), ElementsAre("A")) << "a circle elsewhere does no harm";
}

TEST(Order, unknown_names_get_a_hint) {
  EXPECT_EQ(error_text([] { names(shop, {.only = {"Product"}}); }),
            "DBCTL-SED-002 there is no seeder Product\n"
            "because did you mean \"Products\"?\n"
            "-> dbctl seed --list");
  EXPECT_EQ(error_text([] {
              names({{"A", {"Nobody"}}, {"B"}});
            }),
            "DBCTL-SED-002 there is no seeder Nobody\n"
            "at seeders/A.cpp, .after(\"Nobody\")\n"
            "because known: A, B\n"
            "-> dbctl seed --list");
}

TEST(Order, describes_its_nodes) {
  const auto nodes = order(catalog_of(shop), {.only = {"Products"}});
  ASSERT_EQ(nodes.size(), 2U);
  EXPECT_EQ(nodes[1].domain, "shop");
  EXPECT_EQ(nodes[1].file, "seeders/Products.cpp");
  EXPECT_THAT(nodes[1].after, ElementsAre("Categories"));
  EXPECT_THAT(nodes[1].tables, ElementsAre("Products_rows"));
  EXPECT_FALSE(nodes[1].essential);
  EXPECT_TRUE(nodes[0].essential);
}

}  // namespace
}  // namespace dbctl::seed
