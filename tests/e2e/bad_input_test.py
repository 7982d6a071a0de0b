"""Bad input: one clear error with the next step, the right exit code, nothing half done, the password nowhere."""
import os

import dbctl

CANARY = "c4nary' \"$(touch pwned);`id`\\\n#:{}${HOME}"
SERVER = """driver: postgresql
domains: [ecommerce]
connection:
  host: 127.0.0.1
  port: 1
  name: shop
  user: u
  password: "${SHOP_PASSWORD:?put it in .env.shop}"
"""


class BadInput(dbctl.Project):
    def environment(self, name, text):
        self.write(f"environments/{name}.yaml", text)
        return name

    def test_environment_files(self):
        cases = {
            "driver: sqlite\ndrvier: x\n": "DBCTL-ENV-003",
            "driver: sqlite\nmigrations: [db]\n": "DBCTL-ENV-003",
            "driver: sqlite\nzebra: x\n": "DBCTL-ENV-003",
            "driver: sqlite\ndriver: sqlite\n": "DBCTL-ENV-003",
            "driver: sqlite\nprotect: perhaps\n": "DBCTL-ENV-004",
            "driver: [\n": "DBCTL-ENV-002",
            "driver: sqlite\nconnection: { fiel: x }\n": "DBCTL-ENV-003",
            "driver: sqlite\nconnection: { busy_timeout: soon }\n": "DBCTL-ENV-004",
            "domains: [ecommerce]\n": "DBCTL-ENV-008",
            SERVER: "DBCTL-ENV-005",
        }
        for n, (text, code) in enumerate(cases.items()):
            error = self.refused(code, 2, "status", "-e", self.environment(f"bad{n}", text))
            self.assertIn(f"environments/bad{n}.yaml", error)
            self.assertIn("next:", error)
        self.refused("DBCTL-PLG-001", 10, "status", "-e", self.environment("other", "driver: sqlit\n"))
        self.refused("DBCTL-PLG-001", 10, "status", "-e",
                     self.environment("domain", "driver: sqlite\ndomains: [shop]\nconnection: { file: x.db }\n"))
        self.assertEqual(self.dbctl("env", "check").code, 2)

    def test_the_password_is_nowhere(self):
        self.environment("shop", SERVER)
        known = {"SHOP_PASSWORD": CANARY}
        for words in (["status"], ["env", "show"], ["env", "check"], ["doctor"], ["migrate", "-v"], ["ping"],
                      ["create"], ["drop", "--confirm", "shop"], ["plan"], ["seed"]):
            for form in ("text", "json"):
                shown = repr(self.dbctl(*words, "-e", "shop", "--format", form, env=known))
                self.assertNotIn("c4nary", shown, words)
        for url in ("postgresql://u:c4nary@127.0.0.1:1/shop", "postgresql://u:c4n%41ry@127.0.0.1:1/shop?nonsense=1",
                    "nonsense://u:c4nary@h/x", "postgresql://u:c4nary@127.0.0.1:port/shop"):
            for words in (["status", "-u", url], ["env", "show", "--url", url], ["drop", "-u", url]):
                shown = repr(self.dbctl(*words)).lower()
                self.assertNotIn("c4nary", shown, words)
            self.assertNotIn("c4nary", repr(self.dbctl("migrate", env={"DATABASE_URL": url})).lower())
        self.assertFalse((self.folder / "pwned").exists())

    def test_unreachable(self):
        self.environment("shop", SERVER)
        error = self.refused("DBCTL-CON-001", 9, "migrate", "-e", "shop", env={"SHOP_PASSWORD": "x"})
        self.assertIn("127.0.0.1:1", error)
        self.refused("DBCTL-CON-001", 9, "wait", "--wait=300ms", "-e", "shop", env={"SHOP_PASSWORD": "x"})

    def test_files(self):
        def on(file):
            return {"DB_DRIVER": "sqlite", "DB_SQLITE_FILE_PATH": file}

        self.write("text.db", "this is no database, and long enough to be sure of it\n" * 40)
        self.assertEqual(self.dbctl("migrate", env=on("build")).code, 9)
        self.assertEqual(self.dbctl("migrate", env=on("no/such/folder/x.db")).code, 9)
        self.assertEqual(self.dbctl("migrate", env=on("text.db")).code, 9)
        self.assertTrue((self.folder / "text.db").read_text(encoding="utf-8").startswith("this is no database"))

    def test_read_only_file(self):
        self.dbctl("migrate", "--steps", "1", expect=0)
        if os.geteuid() == 0:
            self.skipTest("root may write everything")
        os.chmod(self.folder / "ecommerce_dev.db", 0o444)
        self.refused("DBCTL-SQL-004", 6, "migrate")
        self.assertEqual(self.document("status")["pending"], 3)
        for companion in self.folder.glob("*.db-*"):
            companion.unlink()
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        self.assertIn("in wal mode readers write too", self.refused("DBCTL-SQL-004", 6, "status"))

    def test_edited_and_missing(self):
        self.dbctl("migrate", expect=0)
        self.sqlite("ecommerce_dev.db", "update dbctl_migrations set checksum = 'x' where name = 'create_users';"
                                        "delete from dbctl_meta where name like 'build%'")
        self.assertEqual(self.document("status")["migrations"][0]["state"], "edited")
        self.dbctl("status", "--exit-code", expect=7)
        self.refused("DBCTL-JRN-001", 7, "rollback", "--all", "--confirm", "ecommerce_dev")
        self.dbctl("repair", "--accept-edit", "create_users", "-y", expect=0)
        self.sqlite("ecommerce_dev.db", "update dbctl_migrations set version = '20990101000000' "
                                        "where name = 'tune_product_search'")
        states = {m["version"]: m["state"] for m in self.document("status")["migrations"]}
        self.assertEqual(states["20990101000000"], "missing")
        self.assertEqual(states["20240201080000"], "out_of_order")
        self.dbctl("status", "--exit-code", expect=7)

    def test_out_of_order(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("repair", "-y", "--mark-reverted", "tune_product_search", expect=0)
        self.dbctl("repair", "-y", "--mark-reverted", "create_orders", expect=0)
        self.dbctl("repair", "-y", "--mark-applied", "tune_product_search", expect=0)
        self.refused("DBCTL-JRN-003", 7, "migrate")
        self.refused("DBCTL-JRN-003", 7, "redo")


if __name__ == "__main__":
    dbctl.main()
