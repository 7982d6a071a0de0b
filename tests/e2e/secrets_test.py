"""No password leaves dbctl: not by output, files, tables or processes, whatever the command and however it fails.

Passwords that break quoting are given in every way there is, right and wrong, and looked for in every encoding."""
import itertools
import json
import re
import signal
import sys
import time
import unittest

import dbctl
import secret_cases as cases
import secret_servers as servers
from secret_runs import Secrets

NOWHERE = "e2e_secrets_nowhere"
PRESENT = [server for server in servers.ALL if server.is_there()]


class WithoutServer(Secrets):
    def environments(self, texts, suffix):
        """One environment for each text, so that all may be tried at once."""
        names = []
        for number, text in enumerate(texts):
            names.append(f"{suffix}{number}")
            self.write(f"environments/{names[-1]}.yaml", text)
        return names

    def test_every_command_has_a_recipe(self):
        overview = self.dbctl("--help", expect=0).out.split("\nglobal flags")[0]
        self.assertEqual(set(re.findall(r"^  ([a-z]+)\b", overview, re.M)), set(cases.RECIPES))

    def test_broken_environment_files(self):
        texts = [text for driver, password in zip(itertools.cycle(("mysql", "postgresql")), cases.ON_ONE_LINE)
                 for text in cases.broken_yaml(driver, password)]
        names = self.environments(texts, "broken")
        actions = itertools.cycle((["ping"], ["env", "show"], ["migrate"]))
        self.run_all([([*next(actions), "-e", name], None, (0, 2, 9)) for name in names[::5]])
        self.run_all([(["env", "check"], None, (2,)), (["env", "check"], None, (2,)), (["env", "list"], None, (0,))])
        self.nothing_was_found()

    def test_broken_dotenv_files(self):
        runs = []
        for driver, variable in (("mysql", "DB_MYSQL_PASSWORD"), ("postgresql", "DB_POSTGRES_PASSWORD")):
            for password in cases.ON_ONE_LINE:
                for text in cases.broken_dotenv(variable, password):
                    name = f"{driver}{len(runs)}"
                    self.write(f"environments/{name}.yaml", cases.environment(driver, None))
                    self.write(f".env.{name}", text + "\n")
                    runs.append(([("ping", "status", "doctor")[len(runs) % 3], "-v", "-e", name], None, (2, 9)))
        self.run_all(runs[::5])
        self.run_all([(["env", "check"], None, (2,)), (["env", "check"], None, (2,))])
        self.nothing_was_found()

    def test_broken_urls(self):
        runs = []
        for scheme, password in zip(itertools.cycle(("mysql", "postgresql")), cases.EVERY[2:]):
            for number, url in enumerate(cases.broken_urls(scheme, password)):
                command = (["ping"], ["drop"], ["env", "show"], ["plan"])[number % 4]
                runs.append(([*command, "--url", url], None, None) if len(runs) % 4 < 2 else
                            ([*command, "-v"], {"DATABASE_URL": url}, None))
        self.run_all(runs)
        self.nothing_was_found()

    def test_misplaced_urls(self):
        for turn, (scheme, password) in enumerate((("mysql", cases.WRONG[0]), ("postgresql", cases.WRONG[1]))):
            text = cases.encoded(password) if turn else password
            lines = cases.misplaced(f"{scheme}://u:{text}@127.0.0.1:1/n")
            lines = lines[turn:] + lines[:turn]  # what was text becomes JSON
            self.run_all([(words, None, None) for words in lines])
        self.nothing_was_found()

    def test_passwords_in_other_variables(self):
        runs = []
        for driver, prefix in (("mysql", "DB_MYSQL_"), ("postgresql", "DB_POSTGRES_")):
            names = ["DBCTL_ENV", "DB_DRIVER", "LOG_LEVEL", "DBCTL_PLUGIN_PATH", "DATABASE_URL",
                     *(prefix + name for name in ("HOST", "PORT", "SSL_MODE", "PASSWROD"))]
            for name, password in zip(names, itertools.cycle(cases.WRONG[:2])):
                url = f"{driver}://u:{cases.encoded(password)}@127.0.0.1:1/n"
                variables = {"DB_DRIVER": driver, prefix + "PORT": "1", prefix + "NAME": "n", prefix + "USER": "u", name: url}
                runs += [(words, variables, None) for words in (["ping", "-v"], ["env", "show"])]
        self.run_all(runs)
        self.nothing_was_found()

    def test_sqlite_beside_passwords(self):
        env = {"DB_MYSQL_PASSWORD": cases.EVERY[0], "DB_POSTGRES_PASSWORD": cases.EVERY[1], "SHOP_PASSWORD": cases.WRONG[0]}
        self.write(".env", f"DB_MYSQL_PASSWORD={cases.in_dotenv(cases.WRONG[1])}\n")
        for command in cases.STORY:
            self.run_all([(words, env, None) for words in cases.RECIPES[command][:1]])
        self.assertTrue((self.folder / "ecommerce_dev.db").exists())
        self.nothing_was_found()


class OnServer(Secrets):
    """All of this on each server; the classes below say which."""
    server = None

    def setUp(self):
        super().setUp()
        for user, password in cases.RIGHT.items():
            self.server.make_user(user, password)
            self.addCleanup(self.server.drop_user, user)
        self.user, self.password = next(iter(cases.RIGHT.items()))
        self.database = f"{self.server.database}_{self.user}"
        self.write("environments/shop.yaml", cases.environment(self.server.driver))
        self.shop = {"DBCTL_ENV": "shop", **self.reach(self.user), "SHOP_PASSWORD": self.password}

    def reach(self, user):
        return {"SHOP_HOST": self.server.get("HOST"), "SHOP_PORT": self.server.get("PORT"), "SHOP_USER": user,
                "SHOP_DATABASE": f"{self.server.database}_{user}"}

    def story(self):
        for command in cases.STORY:
            for words in cases.RECIPES[command]:
                expect = (0, 3) if command == "doctor" else (0, 2) if words == ["env", "check"] else (0,)
                for format_ in ("json", "text") if command in ("status", "doctor", "env") else ("text",):
                    self.run_one([*words, "--format", format_], self.shop, expect)

    def test_commands_that_work(self):
        self.story()
        tables, text = self.server.own_tables(self.database)
        self.assertGreater(len(tables), 3)
        self.assertIn("create_users", text)
        self.told("dbctl's own tables", text)
        self.refused_statements()
        self.run_one(["drop", "-v"], self.shop, (0,))
        self.nothing_was_found()

    def refused_statements(self):
        """Statements that the server refuses, with the values in them."""
        self.run_one(["rollback", "--all"], self.shop, (0,))
        self.server.sql("CREATE TABLE users (id int)", self.database)
        for words in (["migrate", "-v"], ["migrate", "--format", "json"]):
            self.assertIn("users", self.run_one(words, self.shop, (6,))[1])
        self.server.sql("DROP TABLE users", self.database)
        self.run_one(["migrate"], self.shop, (0,))
        self.server.sql("ALTER TABLE categories ADD CONSTRAINT none CHECK (name = 'none')", self.database)
        for words in (["seed", "-v"], ["seed", "--format", "json"]):
            self.run_one(words, self.shop, (6,))

    def ways(self, user, password):
        """Every way in which a password gets in: name, flags, variables."""
        driver, variables, reach = self.server.driver, self.server.variables, self.reach(user)
        host, port, name = reach["SHOP_HOST"], reach["SHOP_PORT"], reach["SHOP_DATABASE"]
        url = f"{self.server.scheme}://{user}:{cases.encoded(password)}@{host}:{port}/{name}"
        key = f"{variables}PASSWORD"
        number = len(self.mine)
        for way, text in (("literal", cases.in_yaml(password)), ("named", None), ("reference", '"${SHOP_PASSWORD}"')):
            self.write(f"environments/{way}{number}.yaml", cases.environment(driver, text))
        self.write(f".env.named{number}", f"{key}={cases.in_dotenv(password)}\n")
        self.write(f".env.reference{number}", f"SHOP_PASSWORD={cases.in_dotenv(password)}\n")
        single = {variables + "HOST": host, variables + "PORT": port, variables + "NAME": name, variables + "USER": user}
        yield ["-e", f"literal{number}"], reach
        yield ["-e", f"named{number}"], reach
        yield ["-e", f"reference{number}"], reach
        yield ["-e", "shop"], {**reach, "SHOP_PASSWORD": password}
        yield ["-e", "shop"], {**reach, key: password}
        yield [], {**single, "DB_DRIVER": driver, key: password}
        yield ["--url", url], {}
        yield [], {"DATABASE_URL": url}

    def test_every_way_in(self):
        runs = []
        for user, password in cases.RIGHT.items():
            self.run_one(["create"], {**self.shop, **self.reach(user), "SHOP_PASSWORD": password}, (0,))
            for flags, env in self.ways(user, password):
                runs.append((["doctor", *flags], env, (0, 3)))
            for flags, env in self.ways(user, cases.WRONG[len(runs) % 3]):
                runs.append((["ping", "-v", *flags] if len(runs) % 3 else ["status", *flags], env, (9,)))
                if user == self.user:
                    runs.append((["env", "show", *flags], env, (0,)))
        self.run_all(runs)
        # .env holds for every environment
        self.write(".env", f"{self.server.variables}PASSWORD={cases.in_dotenv(self.password)}\n")
        self.write("environments/bare.yaml", cases.environment(self.server.driver, None))
        self.run_all([(["ping", "-v", "-e", "bare"], self.reach(self.user), (0,))] * 2)
        self.nothing_was_found()

    def failures(self):
        """Variables that make a connection fail, and the exit codes that may come of it."""
        plain = {"SHOP_PORT": self.server.get("PLAIN_PORT"), "SHOP_SSL_MODE": "require"}
        if plain["SHOP_PORT"] is None:
            print(f"SKIPPED: TLS that is not there: {self.server.name}-plain does not run; see ci/services.sh",
                  file=sys.stderr)
        else:
            yield plain, (9,)
        yield {"SHOP_PASSWORD": cases.WRONG[0]}, (9,)
        yield {"SHOP_USER": "nobody"}, (9,)
        yield {"SHOP_PORT": "1"}, (9,)
        yield {"SHOP_DATABASE": NOWHERE}, (0, 9)

    def nowhere(self, number):
        """The name of a database that is not there; a run that makes it must not meet one that drops it."""
        name = f"{NOWHERE}_{number}"
        self.addCleanup(self.server.sql, f"DROP DATABASE IF EXISTS {name}")
        self.server.sql(f"DROP DATABASE IF EXISTS {name}")
        return name

    def test_every_command_in_every_failure(self):
        runs = []
        for number, (env, expect) in enumerate(self.failures()):
            # How a driver fails is the same for every command, and what a command makes of it for every driver.
            every = (number + PRESENT.index(self.server)) % len(PRESENT) == 0
            for command in cases.RECIPES if every else ("ping", "migrate", "doctor", "create"):
                if "SHOP_DATABASE" in env and command == "create":
                    continue  # it would make it
                for words in cases.RECIPES[command] if "SHOP_PASSWORD" in env else cases.RECIPES[command][:1]:
                    if "SHOP_DATABASE" in env:
                        env = {"SHOP_DATABASE": self.nowhere(len(runs))}
                    runs.append((words, {**self.shop, **env}, None if command in cases.WITHOUT_SERVER else expect))
            if len(runs) % 2 == 0:
                runs.append((["ping"], {**self.shop, **env}, expect))  # text and JSON change places
        runs += [(words, {**self.shop, "SHOP_HOST": "no-such-host.invalid"}, (9,)) for words in (["ping"], ["doctor"])]
        other = f"\n  ca: {self.server.get('OTHER_CA')}"
        self.write("environments/untrusted.yaml", cases.environment(self.server.driver, '"${SHOP_PASSWORD}"' + other))
        runs += [(words, {**self.shop, "SHOP_SSL_MODE": "verify-full", "SHOP_HOST": "localhost", "DBCTL_ENV": "untrusted"},
                  (9,)) for words in (["ping", "-v"], ["status"])]
        unset = {name: value for name, value in self.shop.items() if name != "SHOP_PASSWORD"}
        runs += [(words, unset, (2,)) for words in (["ping"], ["migrate", "-v"])]
        self.run_all(runs)
        self.nothing_was_found()

    def test_ends_while_working(self):
        """Another session holds the lock: what waits is looked at, and stopped in every way."""
        self.run_one(["create"], self.shop, (0,))
        self.run_one(["migrate", "--steps", "1"], self.shop, (0,))
        holder = self.server.hold_lock(self.database)
        try:
            self.run_all([(["migrate", "-v", "--lock-timeout", "100ms"], self.shop, (5,))] * 2)
            for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9), (signal.SIGQUIT, -3)):
                watched = self.start(["migrate", "-v", "--lock-timeout", "60s"], {**self.shop, "ASAN_OPTIONS":
                                                                                  "detect_leaks=0:disable_coredump=1"})
                self.assertTrue(self.is_waiting(watched), "it never came to the lock")
                sessions = self.server.sessions()
                self.assertIn(self.user, sessions)
                self.told("list of sessions", sessions)
                ended, both = self.finish(watched, number)
                self.assertEqual(ended, code, both)
        finally:
            self.server.release(holder)
        self.run_one(["migrate"], self.shop, (0,))
        self.nothing_was_found()

    def is_waiting(self, watched):
        """Whether the run says so, and has been looked at often; it is not waited for without end."""
        end = time.monotonic() + 60
        while time.monotonic() < end and watched.process.poll() is None:
            if b"waiting for the lock" in watched.written(watched.err) and watched.looks > 10:
                return True
            time.sleep(0.05)
        return False


def load_tests(loader, _, __):
    suite = loader.loadTestsFromTestCase(WithoutServer)
    for server in PRESENT:
        case = type(f"On_{server.name}", (OnServer,), {"server": server})
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


def main():
    for server in servers.ALL:
        if not server.is_there():
            print(f"SKIPPED: everything on {server.name}: it does not run; see ci/services.sh", file=sys.stderr)
    result = unittest.main(exit=False, verbosity=1).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(0 if PRESENT else dbctl.SKIPPED)


if __name__ == "__main__":
    main()
