"""Every command's document is what docs/json says it is."""
import json
import re

import dbctl
import schema


class Documents(dbctl.Project):
    def check(self, name, *words, expect=0):
        text = (dbctl.SOURCE / f"docs/json/{name}.schema.json").read_text(encoding="utf-8")
        document = self.document(*words, expect=expect)
        self.assertEqual(schema.problems(document, json.loads(text)), [], words)
        self.checked.add(name)

    def test_every_command(self):
        self.checked = set()
        consent = ["--confirm", "ecommerce_dev"]
        self.check("create", "create")
        self.check("ping", "ping")
        self.check("wait", "wait")
        self.check("status", "status")
        self.check("plan", "plan", "--sql")
        self.check("plan", "plan", "--driver", "postgresql")
        self.check("migrate", "migrate", "--dry-run")
        self.check("migrate", "migrate", "--seed")
        self.check("status", "status")
        self.check("seed", "seed")
        self.check("seed", "seed", "--list")
        self.check("seed", "seed", "--status")
        self.check("redo", "redo")
        self.check("rollback", "rollback", "--dry-run")
        self.check("rollback", "rollback")
        self.check("history", "history")
        self.check("history", "history", "--verify")
        self.check("repair", "repair", "--mark-applied", "tune_product_search", "-y")
        self.check("fresh", "fresh", "--seed", *consent)
        self.check("validate", "validate", "--driver", "sqlite,mysql,mariadb,postgresql")
        self.check("doctor", "doctor")
        self.check("env", "env", "list")
        self.check("env", "env", "show")
        self.check("env", "env", "check", expect=2)
        self.check("plugin", "plugin", "list")
        self.check("plugin", "plugin", "info", "sqlite")
        self.check("plugin", "plugin", "info", "ecommerce")
        self.check("plugin", "plugin", "test", "sqlite")
        self.check("errors", "errors")
        self.check("errors", "errors", "DBCTL-SQL-001")
        self.check("errors", "errors", "--markdown")
        self.check("dev", "dev", "--once")
        self.check("make", "make", "migration", "add_nickname_to_users", "--fields", "nickname:string|nullable")
        self.check("init", "init", "new_project")
        self.check("completion", "completion", "zsh")
        self.check("version", "--version")
        self.check("help", "--help")
        self.check("help", "migrate", "--help")
        self.write("environments/second.yaml", "driver: sqlite\ndomains: [ecommerce]\ndisposable: true\n"
                                               "connection: { file: build/second.db }\n")
        self.check("test", "test", "crash", "-e", "second", "--points", "3")
        self.check("test", "test", "roundtrip", "-e", "second", "--migrations", "create_users")
        self.check("test", "test", "lock", "-e", "second", "-j", "2")
        self.check("test", "test", "parity", "--environments", "test-sqlite,second")
        self.check("drop", "drop", *consent)
        self.check("error", "migrate", "--nonsense", expect=2)
        self.check("error", "status", "-e", "production", expect=2)
        published = {p.name.split(".")[0] for p in (dbctl.SOURCE / "docs/json").glob("*.schema.json")}
        self.assertEqual(self.checked, published)
        commands = re.findall(r"^  (\w+)(?:, \S+)? {2,}", self.dbctl("--help").out.split("global flags")[0], re.M)
        self.assertGreater(len(commands), 15)
        self.assertEqual(set(commands) - published, set())


if __name__ == "__main__":
    dbctl.main()
