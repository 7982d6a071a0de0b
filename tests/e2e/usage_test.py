"""The command line itself: flags, words, durations, output."""
import os
import re
import subprocess

import dbctl


class Usage(dbctl.Project):
    def test_unknown_words(self):
        cases = {
            ("stauts",): "did you mean dbctl status?",
            ("db:sede",): "did you mean dbctl db:seed?",
            ("status", "--exitcode"): "did you mean --exit-code?",
            ("migrate", "--stepps", "2"): "did you mean --steps?",
            ("--envv", "x", "status"): "put --envv after the command",
            ("env", "shwo"): "did you mean show?",
            ("errors", "SQL-999"): "did you mean",
            ("plugin", "info", "sqlit"): 'did you mean "sqlite"?',
            ("status", "--format", "yaml"): "--format takes text or json",
        }
        for words, hint in cases.items():
            result = self.dbctl(*words)
            self.assertIn(hint, result.err, words)
            self.assertIn(result.code, (2, 10), words)
        self.refused("DBCTL-CLI-001", 2, "stauts")
        self.refused("DBCTL-CLI-001", 2, "init")
        self.refused("DBCTL-ENV-001", 2, "status", "-e", "stagin")
        self.refused("DBCTL-CAT-004", 2, "migrate", "--to", "create_user")
        self.refused("DBCTL-SED-002", 2, "seed", "--only", "CategorySeder")
        self.refused("DBCTL-PLG-001", 10, "plan", "--driver", "sqlit")

    def test_wrong_use(self):
        cases = {
            ("migrate", "--to"): "--to needs a value",
            ("migrate", "--to", "1", "--steps", "1"): "--to and --steps exclude each other",
            ("migrate", "--steps", "0"): '--steps takes a whole number from 1, not "0"',
            ("migrate", "--steps", "two"): '--steps takes a whole number from 1, not "two"',
            ("migrate", "now"): 'dbctl migrate takes no further argument "now"',
            ("rollback", "--all", "--batch"): "--batch and --all exclude each other",
            ("repair",): "dbctl repair needs one of --mark-applied, --mark-reverted, --accept-edit",
            ("completion",): "dbctl completion needs bash or zsh or fish",
            ("plugin", "info"): "dbctl plugin info needs a plugin's name",
            ("status", "--dry-run=yes"): "dbctl status has no flag --dry-run",
            (): "no command was given",
        }
        for words, summary in cases.items():
            error = self.refused("DBCTL-CLI-001", 2, *words)
            self.assertIn(f"error[DBCTL-CLI-001]: {summary}\n", error)

    def test_asking_makes_no_file(self):
        for words in (["status"], ["plan"], ["history"], ["migrate", "--dry-run"], ["rollback", "--dry-run"],
                      ["validate"], ["env", "show"]):
            self.dbctl(*words, expect=0)
            self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["build", "environments"], words)

    def test_durations(self):
        for good in ("10s", "500ms", "2m", "1h", "0"):
            self.dbctl("status", "--lock-timeout", good, f"--statement-timeout={good}", expect=0)
        for bad in ("10", "s", "-1s", "1.5s", "10 s", "99999999h", ""):
            error = self.refused("DBCTL-CLI-001", 2, "status", f"--lock-timeout={bad}")
            self.assertIn("--lock-timeout ", error)
        self.assertIn("did you mean 10s?", self.dbctl("status", "--wait=10").err)
        self.dbctl("ping", "--wait", expect=0)
        self.dbctl("--wait", "ping", expect=0)
        self.dbctl("ping", "--wait=1s", expect=0)

    def test_flags_before_and_after_the_command(self):
        for words in (["-e", "test-sqlite", "status", "--format=json"], ["status", "--format", "json", "-etest-sqlite"],
                      ["--format", "json", "info", "--env=test-sqlite", "-q"], ["-qe", "test-sqlite", "--format=json", "status"]):
            self.assertEqual(self.dbctl(*words, expect=0).json()["environment"], "test-sqlite")

    def test_aliases(self):
        self.assertIn("4 migrations applied", self.dbctl("up", expect=0).out)
        self.assertIn("inserted", self.dbctl("db:seed", expect=0).out)
        self.assertIn("tune_product_search", self.dbctl("info", expect=0).out)
        self.assertIn("applied", self.dbctl("log", expect=0).out)
        self.assertIn("1 migration reverted", self.dbctl("down", expect=0).out)

    def test_quiet_and_verbose(self):
        self.assertEqual(repr(self.dbctl("migrate", "-q", expect=0)), "exit 0\n--- stdout\n--- stderr\n")
        self.assertEqual(self.dbctl("status", "-q", expect=0).err, "")
        self.assertEqual(len(self.dbctl("status", "-q", expect=0).out.splitlines()), 4)
        verbose = self.dbctl("redo", "-v", expect=0)
        self.assertRegex(verbose.err, r"\[1/\d+\] ALTER TABLE")

    def test_colours_only_where_asked_for(self):
        self.assertNotIn("\x1b", repr(self.dbctl("status")))
        self.assertIn("\x1b[33mpending", self.dbctl("status", "--color", "always").out)
        self.assertIn("\x1b[1;31merror", self.dbctl("stauts", "--color=always").err)

    def test_a_reader_that_goes_away_ends_nothing(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([dbctl.PROGRAM, "migrate"], cwd=self.folder, env=self.env, stdout=write, check=False)
        os.close(write)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.document("status")["pending"], 0)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            for words in (["status"], ["--version"], ["env", "list"]):
                done = subprocess.run([dbctl.PROGRAM, *words], cwd=self.folder, env=self.env, stdout=full, check=False)
                self.assertEqual(done.returncode, 2, words)
        self.refused("DBCTL-CLI-003", 2, "plan", "-o", "no/such/folder.sql")

    def test_version(self):
        self.assertRegex(self.dbctl("--version", expect=0).out, r"^dbctl \d+\.\d+\.\d+\n$")
        self.assertTrue(re.fullmatch(r"\d+\.\d+\.\d+", self.document("--version")["version"]))

    def test_plan_for_every_driver_without_a_database(self):
        for driver, word in {"sqlite": "json_valid", "mysql": "FULLTEXT", "mariadb": "FULLTEXT",
                             "postgresql": "jsonb"}.items():
            sql = self.dbctl("plan", "--driver", driver, "--sql", expect=0).out
            self.assertIn(word.lower(), sql.lower(), driver)
            self.assertIn("create table", sql.lower())
            self.dbctl("plan", "--driver", driver, "--sql", "-o", "plan.sql", expect=0)
            self.assertEqual((self.folder / "plan.sql").read_text(encoding="utf-8"), sql)
        self.assertEqual(list(self.folder.glob("*.db")), [])

    def test_sql_of_the_plan_is_what_sqlite_takes(self):
        self.write("plan.sql", self.dbctl("plan", "--driver", "sqlite", "--sql", expect=0).out)
        self.sqlite("by_hand.db", f".read {self.folder / 'plan.sql'}")
        self.assertIn("order_items", self.sqlite("by_hand.db", ".tables"))


if __name__ == "__main__":
    dbctl.main()
