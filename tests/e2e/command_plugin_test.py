"""A command that a plugin adds: `dbctl hello`, from tests/plugin/fixtures/hello.cpp."""
import json
import os
import shutil

import dbctl
import schema

FIXTURES = os.environ["DBCTL_FIXTURES"]


class CommandPlugin(dbctl.Project):
    def setUp(self):
        super().setUp()
        (self.folder / "plugins").mkdir()
        shutil.copy(f"{FIXTURES}/libdbctl_command_hello.so", self.folder / "plugins")
        self.env["DBCTL_PLUGIN_PATH"] = str(self.folder / "plugins")

    def test_it_runs_with_its_arguments_in_order(self):
        self.assertEqual(self.dbctl("hello", "a", "-q", "b", expect=0).out, "hello a\nhello b\n")
        self.assertEqual(self.document("hello", "a", "b"), {"output": "hello a\nhello b\n"})
        del self.env["DBCTL_PLUGIN_PATH"]
        self.dbctl("--plugin-dir", "plugins", "hello", "a", expect=0)
        self.refused("DBCTL-CLI-001", 2, "hello", "a")

    def test_it_has_the_environments_database(self):
        self.dbctl("migrate", expect=0)
        self.assertIn('hello "products"\n', self.dbctl("hello", expect=3).out)
        self.assertIn('hello "dbctl_meta"\n', self.dbctl("hello", "-u", "sqlite:ecommerce_dev.db", expect=3).out)
        self.refused("DBCTL-POL-002", 8, "hello", "--confirm", "wrong")
        self.refused("DBCTL-ENV-007", 8, "hello", "-e", "test-sqlite", "-u", "sqlite:ecommerce_dev.db")

    def test_its_errors(self):
        self.refused("DBCTL-CLI-001", 2, "hello", "--loud")
        error = self.refused("DBCTL-PLG-010", 10, "hello", "--throw")
        self.assertIn('command "hello" failed in its own code, in run()', error)

    def test_it_is_found_and_described(self):
        self.assertIn("did you mean dbctl hello?", self.dbctl("helo").err)
        self.assertIn("dbctl hello: greet the tables of a database", self.dbctl("hello", "--help", expect=0).out)
        self.assertEqual(self.dbctl("help", "hello", expect=0).out, self.dbctl("hello", "-h", expect=0).out)
        text = (dbctl.SOURCE / "docs/json/plugin.schema.json").read_text(encoding="utf-8")
        document = self.document("plugin", "info", "hello")
        self.assertEqual(schema.problems(document, json.loads(text)), [])
        self.assertEqual(document["plugins"][0]["command"], {"summary": "greet the tables of a database"})
        self.dbctl("plugin", "test", "hello", expect=0)

    def test_a_driver_under_a_commands_name_is_refused(self):
        driver = next(p for p in json.loads(self.dbctl("plugin", "list", "--format=json").out)["plugins"]
                      if p["name"] == "sqlite")["file"]
        shutil.copy(driver, self.folder / "plugins/libdbctl_command_bye.so")
        self.refused("DBCTL-PLG-007", 10, "bye")
        self.assertIn("bye", self.dbctl("plugin", "test", "bye", expect=10).out)

    def test_no_built_in_is_replaced(self):
        shutil.copy(f"{FIXTURES}/libdbctl_command_hello.so", self.folder / "plugins/libdbctl_command_status.so")
        self.assertIn("pending", self.dbctl("status", expect=0).out)


if __name__ == "__main__":
    dbctl.main()
