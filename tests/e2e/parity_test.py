"""The example's tables on the four databases, described by each and compared with each other: equal but for what is
listed here, each with its reason."""
import os
import re
import subprocess
import unittest

import dbctl

# What on(...) of the example's migrations adds on one database alone.
DECLARED = {
    "sqlite": set(),
    "mariadb": {('table "products"', 'index "idx_products_name_description" ("name", "description") fulltext')},
    "mysql": {('table "products"', 'index "idx_products_name_description" ("name", "description") fulltext')},
    "postgresql": {('table "products"', 'index "idx_products_attributes" ("attributes") method "gin"')},
}
# Types that a database has no own one for, as docs/writing-migrations.md says: what it stores instead.
STORED = {
    "sqlite": {"uuid": "text", "timestamp": "text", "integer": "bigint"},
    "mariadb": {"text_array": "json"},
    "mysql": {"text_array": "json"},
    "postgresql": {},
}


def lines_of(description):
    """Every line of the canonical text with the table that it is of."""
    table, found = "", set()
    for line in description.splitlines():
        if not line.startswith(" "):
            table = line
        found.add((table, line.strip()))
    return found


class Parity(dbctl.Project):
    def described(self, environment):
        done = subprocess.run([os.environ["DBCTL_DESCRIBE"], environment], cwd=self.folder,
                              env={**self.env, "DBCTL_ENV": environment}, capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def migrated(self, name):
        """What is in the database after `migrate`; it is the test's own, and gone at the end."""
        variables = {k: v for k, v in os.environ.items() if k.startswith(name.upper() + "_")}
        if name != "sqlite":
            if name.upper() + "_PORT" not in variables:
                self.skipTest(f"no server for test-{name}: see ci/services.sh")
            variables[name.upper() + "_DATABASE"] = "e2e_parity"
        self.env.update(variables)
        self.dbctl("drop", "-e", f"test-{name}", expect=0)
        self.addCleanup(self.dbctl, "drop", "-e", f"test-{name}")
        self.dbctl("create", "-e", f"test-{name}", expect=0)
        self.dbctl("migrate", "-e", f"test-{name}", expect=0)
        found = lines_of(self.described(f"test-{name}"))
        self.assertEqual(DECLARED[name] - found, set(), "declared and not there")
        return found - DECLARED[name]

    def assert_equal(self, one, other):
        """Equal when both are written in the types that both have."""
        def common(lines):
            stored = {**STORED[one], **STORED[other]}
            return {(table, re.sub(r'^(column "\w+" )(\w+)', lambda m: m[1] + stored.get(m[2], m[2]), line))
                    for table, line in lines}
        here, there = common(self.migrated(one)), common(self.migrated(other))
        self.assertGreater(len(here), 50)
        self.assertEqual((sorted(here - there), sorted(there - here)), ([], []))

    def test_sqlite_and_postgresql(self):
        self.assert_equal("sqlite", "postgresql")

    def test_sqlite_and_mysql(self):
        self.assert_equal("sqlite", "mysql")

    def test_sqlite_and_mariadb(self):
        self.assert_equal("sqlite", "mariadb")

    def test_postgresql_and_mysql(self):
        self.assert_equal("postgresql", "mysql")

    def test_postgresql_and_mariadb(self):
        self.assert_equal("postgresql", "mariadb")

    def test_mysql_and_mariadb(self):
        self.assert_equal("mysql", "mariadb")


if __name__ == "__main__":
    dbctl.main()
