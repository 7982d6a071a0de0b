// The readers are no part of dbctl's interface: they are compiled into their own test.
#include "seed/data_yaml.cpp"

#include <gmock/gmock.h>

#include "environment/yaml.cpp"
#include "seed/data_file.cpp"
#include "support/error_text.hpp"

namespace dbctl::seed {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string refused(std::string_view text) {
  return error_text([&] { parse_yaml(text, "data/p.yaml"); });
}

TEST(ParseYaml, reads_texts_nothing_and_lists) {
  const auto records =
      parse_data("- { name: Books, price: 1.50, note: ~ }\n- name: \"a: b\"\n  tags: [x, 'y z']\n", "p.yaml");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_THAT(records[0], ElementsAre(Pair("name", Value(std::string("Books"))),
                                      Pair("price", Value(std::string("1.50"))), Pair("note", Value(Null{}))));
  EXPECT_THAT(records[1],
              ElementsAre(Pair("name", Value(std::string("a: b"))), Pair("tags", Value(TextArray{{"x", "y z"}}))));
}

TEST(ParseYaml, refuses_with_the_place) {
  EXPECT_EQ(refused("name: x\n"),
            "DBCTL-SED-004 the file is not a list of rows\nat data/p.yaml\n"
            "-> write it as in:  - { name: Books, slug: books }");
  EXPECT_THAT(refused("- x\n"), HasSubstr("a row is not a map of fields\nat data/p.yaml:1:3"));
  EXPECT_THAT(refused("- { a: 1, a: 2 }\n"), HasSubstr("DBCTL-SED-004 the key \"a\" stands twice"));
  EXPECT_THAT(refused("- { a: { b: 1 } }\n"), HasSubstr("the field \"a\" is a map"));
  EXPECT_THAT(refused("- { a: [ [1] ] }\n"), HasSubstr("a list of other things than texts"));
  EXPECT_THAT(refused("- [\n"), HasSubstr("DBCTL-SED-004"));
  EXPECT_THAT(refused(""), HasSubstr("the file holds no rows"));
}

TEST(DataFile, is_known_by_its_ending) {
  for (const auto* name : {"a.json", "a.csv", "a.yaml", "a.yml"}) EXPECT_TRUE(is_data_file(name)) << name;
  for (const auto* name : {"a.txt", "json", "a.json.bak", ""}) EXPECT_FALSE(is_data_file(name)) << name;
}

}  // namespace
}  // namespace dbctl::seed
