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
        self.dbctl("create", expect=0)
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

    def test_stderr_that_is_full_closed_or_gone_ends_nothing(self):
        gone, read = os.pipe()[::-1]
        os.close(read)
        with open("/dev/full", "w", encoding="ascii") as full:
            for broken in (full, gone):
                done = subprocess.run([dbctl.PROGRAM, "bogus"], cwd=self.folder, env=self.env, stderr=broken,
                                      check=False)
                self.assertEqual(done.returncode, 2)
            done = subprocess.run([dbctl.PROGRAM, "migrate", "-v"], cwd=self.folder, env=self.env, stderr=gone,
                                  stdout=subprocess.DEVNULL, check=False)
        self.assertEqual((done.returncode, self.document("status")["pending"]), (0, 0))
        os.close(gone)
        for closing, words, code in (("2>&-", "bogus", 2), ("2>&-", "redo -v", 0), (">&-", "status", 2),
                                     (">&- 2>&-", "redo", 2), ("<&- >&- 2>&-", "status", 2)):
            done = subprocess.run(["sh", "-c", f'"$0" {words} {closing}', dbctl.PROGRAM], cwd=self.folder,
                                  env=self.env, capture_output=True, check=False)
            self.assertEqual(done.returncode, code, (closing, words, done))
        self.assertEqual(self.sqlite("ecommerce_dev.db", "pragma integrity_check"), "ok\n")

    def test_an_error_document_that_cannot_be_written_is_told_all_the_same(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run([dbctl.PROGRAM, "bogus", "--format", "json"], cwd=self.folder, env=self.env,
                                  stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no command", done.stderr)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            for words in (["status"], ["--version"], ["env", "list"]):
                done = subprocess.run([dbctl.PROGRAM, *words], cwd=self.folder, env=self.env, stdout=full, check=False)
                self.assertEqual(done.returncode, 2, words)
        error = self.refused("DBCTL-CLI-003", 2, "plan", "-o", "no/such/folder.sql")
        self.assertIn("next:  give -o a file in a folder that exists", error)

    def test_version(self):
        self.assertRegex(self.dbctl("--version", expect=0).out, r"^dbctl \d+\.\d+\.\d+\n$")
        self.assertTrue(re.fullmatch(r"\d+\.\d+\.\d+", self.document("--version")["version"]))
        self.assertEqual(self.dbctl("status", "--version", expect=0).out, self.dbctl("--version").out)

    def test_help_after_flags(self):
        self.assertEqual(self.document("help", "status"), self.document("status", "--help"))
        done = self.dbctl("--format", "json", "help", expect=0)
        self.assertEqual(done.json()["help"], self.dbctl("--help").out)

    def test_a_domain_is_obeyed_or_refused(self):
        self.dbctl("migrate", "--seed", expect=0)
        rows = self.sqlite("ecommerce_dev.db", "select count(*) from users")
        for words in (["migrate"], ["rollback"], ["redo"], ["status"], ["plan"], ["history"], ["seed"],
                      ["seed", "--list"], ["seed", "--dry-run"]):
            error = self.refused("DBCTL-CLI-001", 2, *words, "--domain", "bogus")
            self.assertIn('there is no domain "bogus"', error)
            self.dbctl(*words, "--domain", "ecommerce", expect=0)
        for words in (["fresh", "--confirm", "ecommerce_dev"], ["drop", "--confirm", "ecommerce_dev"], ["validate"],
                      ["repair", "-y", "--mark-reverted", "create_users"], ["ping"], ["plugin", "list"]):
            for name in ("bogus", "ecommerce"):
                error = self.refused("DBCTL-CLI-001", 2, *words, "--domain", name)
                self.assertIn(f"dbctl {words[0]} cannot be limited to one domain", error)
        self.assertEqual(self.sqlite("ecommerce_dev.db", "select count(*) from users"), rows)

    def test_a_password_in_the_wrong_place_is_not_repeated(self):
        url = "postgresql://u:hun,t\"er 2@h/db"
        for words in (["status", url], [url], ["status", "-e", url], [f"-e{url}", "status"], ["errors", url],
                      ["status", f"--color={url}"], ["status", "--wait", url], [f"--{url}"], ["status", f"-{url}"],
                      ["migrate", "--to", url], ["seed", "--only", url], ["plugin", "info", url], ["plan", "--driver", url],
                      ["status", "--domain", url], ["status", "--confirm", url], ["env", url]):
            for form in ("text", "json"):
                result = self.dbctl(*words, "--format", form)
                self.assertNotEqual(result.code, 0, words)
                for part in ("hun", "er 2", "@h"):
                    self.assertNotIn(part, result.out + result.err, words)
        self.assertIn("dbctl status has no flag -p\n", self.dbctl("status", "-phunter2", expect=2).err)
        self.assertNotIn("hunter2", self.dbctl("-phunter2", "status", expect=2).err)
        self.assertNotIn("hunter2", self.dbctl("status", "--environments", "mysql://u:hunter2@h/db", expect=2).err)
        error = self.refused("DBCTL-CLI-001", 2, "status", "postgresql://u:hunter2@h/db")
        self.assertIn('takes no further argument "postgresql://********"', error)
        self.assertIn("give a database's URL with --url", error)

    def test_a_url_in_the_place_of_another_value_is_not_repeated(self):
        url = "mysql://u:hunter2@h:1/db"
        for name in ("DBCTL_ENV", "DB_DRIVER", "LOG_LEVEL", "DB_SQLITE_IN_MEMORY"):
            for words in (["status"], ["env", "show"], ["env", "check"]):
                for form in ("text", "json"):
                    shown = repr(self.dbctl(*words, "--format", form, env={"DB_DRIVER": "sqlite", name: url}))
                    self.assertNotIn("hunter2", shown, (name, words))

    def test_hints_name_the_database(self):
        self.write("environments/shop.yaml", "driver: sqlite\ndomains: [ecommerce]\nconnection: { file: shop.db }\n")
        error = self.refused("DBCTL-CON-004", 9, "ping", "-e", "shop")
        self.assertIn("dbctl migrate --env shop\n", error)
        error = self.refused("DBCTL-CAT-004", 2, "migrate", "--to", "create_user", "--env", "shop")
        self.assertIn("`dbctl status --env shop` lists all migrations", error)
        self.assertIn("`dbctl status --env shop` lists", "\n".join(self.document(
            "migrate", "--to", "create_user", "--env", "shop", expect=2)["error"]["next"]))
        self.assertIn("`dbctl status` lists all", self.refused("DBCTL-CAT-004", 2, "migrate", "--to", "create_user"))
        away = {"DB_POSTGRES_HOST": "127.0.0.1", "DB_POSTGRES_PORT": "1", "POSTGRES_PROD_PASSWORD": "x"}
        error = self.refused("DBCTL-CON-001", 9, "migrate", "-e", "production", env=away)
        self.assertRegex(error, r"dbctl \w+ (--wait=60s )?--env production")
        self.assertNotRegex(error, r"dbctl (ping|doctor|wait)(?! --env)")

    def test_rollback_tells_why_there_is_nothing_to_do(self):
        self.dbctl("migrate", "--steps", "2", expect=0)
        self.assertIn("create_orders is not applied, and nothing newer is.",
                      self.dbctl("rollback", "--to", "create_orders", expect=0).out)
        self.assertIn("nothing newer than 20240115090000_create_catalogue is applied.",
                      self.dbctl("rollback", "--to", "create_catalogue", "--dry-run", expect=0).out)

    def test_no_database_is_made_by_what_needs_one(self):
        for words in (["seed"], ["seed", "--status"], ["seed", "--dry-run"], ["rollback"], ["redo"]):
            error = self.refused("DBCTL-CON-004", 9, *words)
            self.assertIn("dbctl migrate", error)
        self.assertEqual(list(self.folder.glob("*.db")), [])
        self.dbctl("create", expect=0)
        for words in (["seed", "--status"], ["seed", "--dry-run"]):
            error = self.dbctl(*words)
            self.assertNotIn("dbctl_seeds", error.err)
            self.assertIn("dbctl migrate", error.err)
        self.assertEqual(self.sqlite("ecommerce_dev.db", ".tables"), "")

    def test_a_limit_that_holds_for_all_statements_needs_no_note(self):
        self.dbctl("migrate", expect=0)
        self.assertNotIn("statement-timeout", self.dbctl("status", "--statement-timeout", "5s", expect=0).err)

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
