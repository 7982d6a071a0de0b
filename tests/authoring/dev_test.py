"""`dbctl dev` on a terminal: what is saved is built, applied and seeded, and a mistake is waited for."""
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import time
import unittest

import project

PATIENCE = 120  # seconds; how long it really takes is printed, and measured elsewhere


class Terminal:
    """A command with a pseudo-terminal for its output and its Ctrl-C."""

    def __init__(self, folder, env, *command):
        self.screen = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, env)

    def wait_for(self, pattern):
        """Until the screen shows it, behind what was waited for before. Returns what was shown till then."""
        begun = time.monotonic()
        while not (found := re.search(pattern, self.screen)):
            if time.monotonic() - begun > PATIENCE:
                raise AssertionError(f"no {pattern!r} on the screen:\n{self.screen}")
            if select.select([self.terminal], [], [], 1)[0]:
                self.screen += os.read(self.terminal, 65536).decode()
        shown, self.screen = self.screen[:found.end()], self.screen[found.end():]
        print(f"{pattern!r} after {time.monotonic() - begun:.2f} s")
        return shown

    def end(self):
        os.write(self.terminal, b"\x03")
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.screen += os.read(self.terminal, 65536).decode()
                except OSError:
                    pass
        os.kill(self.process, signal.SIGKILL)
        raise AssertionError(f"Ctrl-C did not end it:\n{self.screen}")


class Dev(project.Installed):
    def setUp(self):
        self.write("environments/development.yaml",
                   "driver: sqlite\ndomains: [shop]\ndisposable: true\nconnection: { file: shop_dev.db }\n")

    def write(self, file, text):
        (self.folder / file).write_text(text, encoding="utf-8")

    def query(self, sql):
        with sqlite3.connect(self.folder / "shop_dev.db", timeout=30) as database:
            return database.execute(sql).fetchall()

    def columns(self, table):
        return [row[1] for row in self.query(f"PRAGMA table_info({table})")]

    def test_follows_what_is_saved(self):
        self.dbctl("make", "model", "User", "--fields", "name:string,email:string")
        terminal = Terminal(self.folder, self.env, "make", "dev")
        terminal.wait_for(r"create_users")
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.assertIn("email", self.columns("users"))

        # a new migration
        first = "migrations/20990101000000_add_phone_to_users.cpp"
        code = ('#include <dbctl/migration.hpp>\n\nnamespace {\nusing namespace dbctl::dsl;\n\n'
                'const migration add_phone{\n    add_column("users", string("phone").nullable()),\n};\n}\n')
        self.write(first, code)
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.assertIn("phone", self.columns("users"))

        # a broken one, and the mended one
        second = "migrations/20990102000000_add_city_to_users.cpp"
        broken = code.replace("add_phone", "add_city").replace('string("phone")', 'strin("city")')
        self.write(second, broken)
        shown = terminal.wait_for(r"waiting for it to be mended")
        self.assertRegex(shown, r"20990102000000_add_city_to_users\.cpp:7:\d+: error: .*strin")
        self.assertIn("error[DBCTL-MAK-006]", shown)
        self.write(second, broken.replace("strin(", "string("))
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.assertIn("city", self.columns("users"))

        # a seeder, and an edit of it
        self.dbctl("make", "seeder", "UserSeeder", "--table", "users")
        terminal.wait_for(r"UserSeeder\s+10 inserted")
        terminal.wait_for(r"watching; Ctrl-C ends it")
        seeder = self.folder / "seeders/user_seeder.cpp"
        name = self.query("SELECT name FROM users ORDER BY name LIMIT 1")[0][0]
        seeder.write_text(seeder.read_text(encoding="utf-8").replace(name, "Somebody Else"), encoding="utf-8")
        terminal.wait_for(r"UserSeeder\s+.*1 updated")
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.assertEqual(self.query("SELECT count(*) FROM users WHERE name = 'Somebody Else'"), [(1,)])

        # an applied migration is edited: back to it, and again
        more = '    add_column("users", string("mobile").nullable()),\n};'
        self.write(first, code.replace("};", more))
        terminal.wait_for(r"add_phone_to_users was edited: rolling back to it")
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.assertEqual([c for c in self.columns("users") if c in ("phone", "mobile", "city")], ["phone", "mobile", "city"])

        # the same where the environment is not disposable: refused, and the reason
        self.write("environments/development.yaml",
                   "driver: sqlite\ndomains: [shop]\nconnection: { file: shop_dev.db }\n")
        terminal.wait_for(r"watching; Ctrl-C ends it")
        self.write(first, code)
        shown = terminal.wait_for(r"waiting for it to be mended")
        self.assertIn("error[DBCTL-JRN-001]", shown)
        self.assertIn("disposable: true", shown)
        self.assertIn("mobile", self.columns("users"))
        terminal.end()  # which make calls an interrupt

    def test_ends_by_ctrl_c(self):
        self.dbctl("validate")
        terminal = Terminal(self.folder, self.env, "dbctl", "dev")
        terminal.wait_for(r"Ctrl-C ends it")
        self.assertEqual(terminal.end(), 0)

    def test_is_refused_where_it_could_do_harm(self):
        done = self.dbctl("dev", "--env", "production", expect=8, env={"PRODUCTION_PASSWORD": "x"})
        self.assertIn("error[DBCTL-POL-001]", done.stderr)
        done = self.dbctl("dev", "--env", "test", expect=2)
        self.assertIn("in memory", done.stderr)
        # a database that bears the protection itself, by its URL
        self.write("environments/live.yaml",
                   "driver: sqlite\ndomains: [shop]\nprotect: true\nconnection: { file: live.db }\n")
        self.dbctl("validate")
        self.dbctl("migrate", "--env", "live")
        done = self.dbctl("dev", "--once", "-u", "sqlite:live.db", expect=8)
        self.assertIn("error[DBCTL-POL-001]", done.stderr)

    def test_a_terminated_one_ends(self):
        with subprocess.Popen(["dbctl", "dev"], cwd=self.folder, env=self.env, text=True, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as running:
            for line in running.stderr:
                if "Ctrl-C ends it" in line:
                    break
            running.terminate()
            self.assertEqual(running.wait(PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()
