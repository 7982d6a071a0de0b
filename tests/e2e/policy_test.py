"""Protection: who may destroy what, decided before any connection."""
import os
import pty
import subprocess
import unittest

import dbctl

DESTRUCTIVE = (["fresh"], ["drop"], ["rollback", "--all"])
SHOP = "driver: sqlite\ndomains: [ecommerce]\nconnection: {{ file: {} }}\n"


class Policy(dbctl.Project):
    def test_protected_needs_confirm_before_any_connection(self):
        for command in DESTRUCTIVE:
            error = self.refused("DBCTL-POL-001", 8, *command, "--env", "production")
            self.assertIn(f"dbctl {' '.join(command)} --env production --confirm ecommerce_prod", error)
            self.refused("DBCTL-POL-001", 8, *command, "--env", "production", "-y")

    def test_confirmed_passes_policy_and_fails_to_connect(self):
        reach = {"DB_POSTGRES_HOST": "127.0.0.1", "DB_POSTGRES_PORT": "1", "POSTGRES_PROD_PASSWORD": "c4nary$'\"x"}
        for command in DESTRUCTIVE:
            error = self.refused("DBCTL-CON-001", 9, *command, "--env", "production", "--confirm", "ecommerce_prod",
                                 env=reach)
            self.assertNotIn("c4nary", error)

    def test_a_wrong_name_is_refused_everywhere(self):
        for command in (*DESTRUCTIVE, ["migrate"], ["seed"], ["status"], ["create"], ["ping"], ["seed", "--list"],
                        ["validate"], ["plan", "--driver", "sqlite"], ["plugin", "list"], ["env", "show"], ["redo"]):
            for environment in ("production", "test-sqlite", "development"):
                self.refused("DBCTL-POL-002", 8, *command, "--env", environment, "--confirm", "wrong")
        self.assertEqual([p.name for p in self.folder.glob("*.db")], [])

    def test_disposable_needs_nothing_and_others_consent(self):
        self.dbctl("fresh", "-e", "test-sqlite", expect=0)
        self.dbctl("migrate", expect=0)
        for command in DESTRUCTIVE:
            error = self.refused("DBCTL-CLI-002", 8, *command)
            self.assertIn(f"dbctl {' '.join(command)} --confirm ecommerce_dev", error)
            self.refused("DBCTL-CLI-002", 8, *command, "-y")
        for command in DESTRUCTIVE[::-1]:
            self.dbctl(*command, "--confirm", "ecommerce_dev", expect=0)

    def test_disposable_holds_for_the_files_own_database_alone(self):
        self.dbctl("migrate", "--seed", "-u", "sqlite:prod.db", expect=0)
        before = self.sqlite("prod.db", "select count(*) from users")
        others = ({"DATABASE_URL": "sqlite:prod.db"}, {"DB_SQLITE_FILE_PATH": "prod.db"},
                  {"DB_SQLITE_FILE_PATH": "prod.db", "DB_SQLITE_IN_MEMORY": "false"})
        for command in DESTRUCTIVE:
            for other in others:
                error = self.refused("DBCTL-CLI-002", 8, *command, "-e", "test-sqlite", "--no-input", env=other)
                self.assertIn('environment "test-sqlite" is disposable, but its connection is not its own: '
                              f"{next(iter(other))}", error)
                self.assertIn("--env test-sqlite --confirm prod", error)
            self.refused("DBCTL-CLI-002", 8, *command, "-e", "test-sqlite", "-u", "sqlite:prod.db")
        self.write(".env.test-sqlite", "DB_SQLITE_FILE_PATH=prod.db\n")
        error = self.refused("DBCTL-CLI-002", 8, "fresh", "-e", "test-sqlite")
        self.assertIn("not its own: .env.test-sqlite:1 (DB_SQLITE_FILE_PATH)", error)
        self.assertEqual(self.sqlite("prod.db", "select count(*) from users"), before)
        self.assertNotIn("test-sqlite", self.sqlite("prod.db", "select * from dbctl_meta"))
        self.dbctl("fresh", "-e", "test-sqlite", "--confirm", "prod", expect=0)

    def test_variables_that_the_file_names_are_its_own(self):
        self.write("environments/own.yaml", "driver: sqlite\ndisposable: true\ndomains: [ecommerce]\n"
                                            'connection: { file: "${SHOP_FILE}" }\n')
        for variables in ({"SHOP_FILE": "own.db"}, {"SHOP_FILE": "own.db", "DB_DRIVER": "sqlite"}):
            self.dbctl("fresh", "-e", "own", env=variables, expect=0)
        self.dbctl("fresh", "-e", "own", env={"DB_SQLITE_IN_MEMORY": "true", "SHOP_FILE": "x"}, expect=0)

    def test_reverting_everything_is_what_it_is_by_any_flag(self):
        self.write("environments/live.yaml", SHOP.format("live.db") + "protect: true\n")
        self.dbctl("migrate", "-e", "live", expect=0)
        for words in (["rollback", "--steps", "99"], ["rollback", "--batch"], ["redo", "--steps", "4"]):
            error = self.refused("DBCTL-POL-001", 8, *words, "-e", "live")
            self.assertIn(f"dbctl {' '.join(words)} --env live --confirm live", error)
            self.refused("DBCTL-CLI-002", 8, *words, "-u", "sqlite:live.db")
        self.assertEqual(self.document("status", "-e", "live")["pending"], 0)
        self.dbctl("rollback", "--steps", "3", "-e", "live", expect=0)
        self.refused("DBCTL-POL-001", 8, "rollback", "-e", "live")  # the last one
        self.dbctl("rollback", "-e", "live", "--confirm", "live", expect=0)

        self.dbctl("migrate", expect=0)
        self.refused("DBCTL-CLI-002", 8, "rollback", "--steps", "99")
        self.refused("DBCTL-CLI-002", 8, "redo", "--steps", "4")
        self.dbctl("rollback", "--steps", "3", expect=0)
        self.dbctl("redo", expect=0)  # a single one is what was asked for
        self.dbctl("rollback", expect=0)

    def test_seeding_policy_needs_no_database(self):
        away = {"DB_POSTGRES_HOST": "127.0.0.1", "DB_POSTGRES_PORT": "1", "POSTGRES_PROD_PASSWORD": "x"}
        self.refused("DBCTL-POL-003", 8, "seed", "--only", "OrderSeeder", "--env", "production", env=away)
        self.refused("DBCTL-SED-002", 2, "seed", "--only", "Nope", "--env", "production", env=away)

    def on_a_terminal(self, answer, *command):
        """Runs with a terminal as stdin and stderr and types `answer`; returns exit code and what it showed."""
        ours, theirs = pty.openpty()
        done = subprocess.Popen([dbctl.PROGRAM, *command], cwd=self.folder, env=self.env, stdin=theirs, stderr=theirs,
                                stdout=subprocess.DEVNULL)
        os.close(theirs)
        os.write(ours, answer.encode() + b"\n")
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            shown += part
        os.close(ours)
        return done.wait(timeout=60), shown.decode()

    def test_a_terminal_is_asked(self):
        self.dbctl("migrate", expect=0)
        code, shown = self.on_a_terminal("yes", "rollback", "--all")
        self.assertEqual(code, 8, shown)
        self.assertIn("Type the database's name (ecommerce_dev)", shown)
        self.assertIn("DBCTL-POL-002", shown)
        self.assertIn("dbctl rollback --all --confirm ecommerce_dev", shown)
        code, shown = self.on_a_terminal("ecommerce_dev", "rollback", "--all")
        self.assertEqual(code, 0, shown)
        self.assertEqual(self.document("status")["pending"], 4)
        code, shown = self.on_a_terminal("", "rollback", "--all", "--no-input")
        self.assertEqual((code, "DBCTL-CLI-002" in shown), (8, True), shown)

    def test_an_anonymous_run_obeys_what_the_database_bears(self):
        self.write("environments/live.yaml", SHOP.format("live.db") + "protect: true\n")
        self.dbctl("migrate", "-e", "live", expect=0)
        anonymous = {"DB_DRIVER": "sqlite", "DB_SQLITE_FILE_PATH": "live.db"}
        for command in DESTRUCTIVE:
            self.refused("DBCTL-CLI-002", 8, *command, env=anonymous)
        self.dbctl("status", "-u", "sqlite:live.db", expect=0)
        seeded = self.document("seed", env=anonymous)
        self.assertEqual({s["name"]: s["state"] for s in seeded["seeders"]},
                         {"CategorySeeder": "seeded", "UserSeeder": "skipped", "ProductSeeder": "skipped",
                          "OrderSeeder": "skipped", "OrderItemSeeder": "skipped"})
        meta = self.sqlite("live.db", "select * from dbctl_meta")
        self.assertIn("live", meta)

    def test_an_anonymous_run_stamps_nothing(self):
        anonymous = {"DB_DRIVER": "sqlite", "DB_SQLITE_FILE_PATH": "shop.db"}
        self.dbctl("migrate", env=anonymous, expect=0)
        self.assertNotIn("development", self.sqlite("shop.db", "select * from dbctl_meta"))
        self.assertIsNone(self.document("status", env=anonymous)["environment"])

    def test_protected_seeding(self):
        self.write("environments/live.yaml", SHOP.format("live.db") + "protect: true\n")
        self.dbctl("migrate", "-e", "live", expect=0)
        text = self.dbctl("seed", "-e", "live", expect=0).out
        self.assertIn("skipped    ProductSeeder", text)
        self.refused("DBCTL-POL-003", 8, "seed", "-e", "live", "--only", "OrderSeeder")
        self.dbctl("seed", "-e", "live", "--only", "CategorySeeder", expect=0)
        self.dbctl("seed", "-e", "live", "--only", "ProductSeeder", expect=0)
        self.assertEqual(self.sqlite("live.db", "select count(*) from orders"), "0\n")


if __name__ == "__main__":
    dbctl.main()
