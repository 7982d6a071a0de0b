"""Steps 1 and 2 of docs/ecommerce-example.md, typed as they stand, make a shop that runs on every database."""
import json
import re
import shlex
import unittest

import dbctl
import project

TABLES = {"users", "categories", "products", "orders", "order_items"}
KEYS = {"products.category_id", "orders.user_id", "order_items.order_id", "order_items.product_id"}


def commands(target):
    text = (dbctl.SOURCE / "docs/ecommerce-example.md").read_text(encoding="utf-8")
    return re.findall(rf"^{target} .*$", text, re.MULTILINE)


class Example(project.Installed):
    name = "ecommerce"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notes = ""
        for line in commands("make make-model") + commands("make make-seeder"):
            cls.notes += cls.run_in(cls.folder, *shlex.split(line)).stderr

    def test_the_document_has_five_of_each(self):
        self.assertEqual(len(commands("make make-model")), 5)
        self.assertEqual(len(commands("make make-seeder")), 5)

    def test_says_which_columns_are_foreign_keys(self):
        self.assertEqual(set(re.findall(r"note: (\S+) is a foreign key", self.notes)), KEYS)

    def test_ten_rows_in_five_tables_on_every_database(self):
        for name, variables in project.servers().items():
            with self.subTest(name):
                self.dbctl("drop", "--confirm", "authoring", env=variables)
                self.dbctl("create", env=variables)
                self.run_here("make", "migrate", env=variables)
                status = json.loads(self.dbctl("status", "--format", "json", env=variables).stdout)
                self.assertEqual([m["state"] for m in status["migrations"]], ["applied"] * 5)
                seeded = self.run_here("make", "db-seed", env=variables)
                self.assertIn("50 inserted, 0 updated", seeded.stdout)
                self.assertEqual(seeded.stdout.count("  10 inserted"), 5)
                self.assertIn("0 inserted, 0 updated, 50 unchanged", self.run_here("make", "db-seed", env=variables).stdout)
                self.run_here("make", "test", env=variables)
                self.run_here("make", "migrate-rollback", "COUNT=4", env=variables)
                self.dbctl("drop", "--confirm", "authoring", env=variables)

    def test_refers_to_what_it_should(self):
        sql = self.dbctl("plan", "--sql", "--driver", "postgresql").stdout
        self.assertEqual(set(re.findall(r'CREATE TABLE "(\w+)"', sql)), TABLES)
        self.assertEqual(sql.count("REFERENCES"), len(KEYS))


if __name__ == "__main__":
    unittest.main()
