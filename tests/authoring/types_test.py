"""A model, a migration and a seeder with every type compile without a warning, and run on every database."""
import json
import unittest

import project

FIELDS = ("flag:boolean,small:smallint,whole:integer,large:bigint,price:decimal(12,2),ratio:decimal(30,10),half:real,"
          "precise:double,name:string(40)|unique,body:text,mark:character(4),owner:uuid,raw:binary,brief:binary(8),"
          "born:date,starts:time,seen:timestamp,extra:json,tags:text_array,kind:enumeration(new,'in use',old)")
DEFAULTS = ("d_flag:bool|default=true,d_small:smallint|default=-3,d_whole:int|default=7,d_large:bigint|default=-9,"
            "d_price:decimal(8,3)|default=-1.5,d_half:float|default=0.5,d_precise:double|default=-2,"
            "d_name:string|default='it''s \"x\", a|b',d_mark:char(2)|default=ok,d_born:date|default=2024-02-29,"
            "d_seen:datetime|default=now,d_kind:enum(a,b)|default=b,d_raw:binary|default=abc,d_body:text|default=x,"
            "d_tags:text_array|default='[\"x\",\"y z\"]',d_extra:json|default='{\"a\":[1]}',"
            "d_owner:uuid|default=0b0a7f2e-6c1d-5a53-9d5e-1f6d0c7b8a91,d_starts:time|default=10:30").replace("it''s", "its")
NULLABLE = ",".join(f"n_{f.split(':')[0]}:{f.split(':')[1]}|nullable" for f in
                    ("a:boolean", "b:bigint", "c:decimal(65,30)", "d:double", "e:string", "f:uuid", "g:binary", "h:date",
                     "i:time", "j:timestamp", "k:json", "l:text_array"))
BY_MODEL = """#include <dbctl/seeder.hpp>

#include "models/twin.hpp"

namespace {
using namespace dbctl::dsl;
using shop::Twin;

const seeder more_twins_seeder{"MoreTwinsSeeder",
    into<Twin>().unique_by(&Twin::name).after("PartSeeder")
        .columns(&Twin::uuid, &Twin::name, &Twin::part_id)
        .row("0b0a7f2e-6c1d-5a53-9d5e-1f6d0c7b8a91", "first", lookup("parts").where("label", "Desk Lamp"))
        .row("0b0a7f2e-6c1d-5a53-9d5e-1f6d0c7b8a92", "second", lookup("parts").where("label", "Travel Mug"))};
}  // namespace
"""
TEST = """#include <gtest/gtest.h>

#include <dbctl/testing.hpp>

#include "models/everything.hpp"
#include "models/part.hpp"

namespace {

using shop::Everything;

TEST(Everything, isReadAsItWasSeeded) {
  auto& project = dbctl::testing::Project::instance();
  project.seed();
  const auto all = dbctl::rows<Everything>(project.database());
  ASSERT_EQ(all.size(), 10U);
  const auto named = dbctl::rows<Everything>(project.database(), dbctl::where(&Everything::name, all[3].name));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].id, all[3].id);
  EXPECT_EQ(named[0].price.text.find('.') + 3, named[0].price.text.size());
  EXPECT_EQ(named[0].tags.items.size(), 2U);
  EXPECT_EQ(named[0].mark.size(), 4U);
  EXPECT_TRUE(named[0].n_c.has_value());
  EXPECT_EQ(dbctl::rows<Everything>(project.database(), dbctl::where(&Everything::n_b, all[3].n_b)).size(), 1U);
  EXPECT_TRUE(dbctl::rows<Everything>(project.database(), dbctl::where(&Everything::n_e, std::nullopt)).empty());
  const auto parts = dbctl::rows<shop::Part>(project.database(), dbctl::where(&shop::Part::everything_id, all[0].id));
  EXPECT_EQ(parts.size(), 1U);
  EXPECT_EQ(project.seed().inserted, 0);
  project.rollback_all();
  project.migrate();
}

}  // namespace
"""


class Types(project.Installed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        here = cls.folder
        cls.run_in(here, "dbctl", "make", "model", "Everything", "--table", "everythings", "--fields",
                   f"{FIELDS},{DEFAULTS},{NULLABLE}")
        cls.run_in(here, "dbctl", "make", "model", "Part", "--fields", "everything_id:uuid,label:string", "--key", "int")
        cls.run_in(here, "dbctl", "make", "model", "Twin", "--fields", "part_id:int,name:string", "--key", "dual")
        cls.run_in(here, "dbctl", "make", "seeder", "EverythingSeeder", "--table", "everythings")
        cls.run_in(here, "dbctl", "make", "seeder", "PartSeeder", "--table", "parts", "--deps", "EverythingSeeder")
        cls.run_in(here, "dbctl", "make", "seeder", "TwinSeeder", "--table", "twins", "--deps", "PartSeeder")
        (here / "seeders/more_twins_seeder.cpp").write_text(BY_MODEL, encoding="utf-8")
        (here / "tests/everything_test.cpp").write_text(TEST, encoding="utf-8")
        with (here / "CMakeLists.txt").open("a", encoding="utf-8") as out:
            out.write("target_compile_options(shop_domain_tests PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror)\n"
                      "target_compile_options(dbctl_domain_shop PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror)\n")
        cls.run_in(here, "dbctl", "validate", "--driver", "sqlite,mysql,mariadb,postgresql")
        cls.run_in(here, "cmake", "--build", "build", "--target", "dbctl_domain_tests")

    def on_each(self, check):
        for name, variables in project.servers().items():
            with self.subTest(name):
                check(name, variables)

    def test_are_read_as_they_were_seeded(self):
        def check(_, variables):
            self.run_here("ctest", "--test-dir", "build", "-L", "domain", "--output-on-failure", "--no-tests=error",
                          env=variables)
        self.on_each(check)

    def test_run_on_every_database(self):
        def check(_, variables):
            self.dbctl("drop", "--confirm", "authoring", env=variables)
            self.dbctl("create", env=variables)
            self.dbctl("migrate", env=variables)
            seeded = json.loads(self.dbctl("seed", "--format", "json", env=variables).stdout)
            self.assertEqual([s["inserted"] for s in seeded["seeders"]], [10, 10, 2, 10])
            again = json.loads(self.dbctl("seed", "--format", "json", env=variables).stdout)
            self.assertEqual((again["inserted"], again["updated"], again["unchanged"]), (0, 0, 32))
            self.dbctl("drop", "--confirm", "authoring", env=variables)
        self.on_each(check)


if __name__ == "__main__":
    unittest.main()
