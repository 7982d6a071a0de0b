"""The example's story on one environment: everything from an empty database to seeded and back, and again."""
import json
import os
import re
import sys
import unittest

import dbctl

ENVIRONMENT = sys.argv.pop(1) if len(sys.argv) > 1 else "test-sqlite"
SEEDERS = ["CategorySeeder", "UserSeeder", "ProductSeeder", "OrderSeeder", "OrderItemSeeder"]
MIGRATIONS = sorted(path.stem for path in (dbctl.SOURCE / "migrations/ecommerce").glob("*.cpp"))


def variables():
    """The server's variables, with a database of this test's own; None when its server is not there."""
    if ENVIRONMENT == "test-sqlite":
        return {}
    prefix = ENVIRONMENT.split("-")[1].upper() + "_"
    found = {k: v for k, v in os.environ.items() if k.startswith(prefix)}
    if prefix + "PORT" not in found:
        return None
    found[prefix + "DATABASE"] = "e2e_" + re.sub("[^a-z]", "_", ENVIRONMENT)
    return found


@unittest.skipIf(variables() is None, f"no server for {ENVIRONMENT}: see ci/services.sh")
class Story(dbctl.Project):
    def setUp(self):
        super().setUp()
        self.env.update(variables())
        self.env["DBCTL_ENV"] = ENVIRONMENT
        self.addCleanup(self.dbctl, "drop")
        self.dbctl("drop", expect=0)
        self.assertTrue(self.document("create")["created"])

    def states(self):
        status = self.document("status")
        return {f"{m['version']}_{m['name']}": m["state"] for m in status["migrations"]}, status

    def test_the_whole_story(self):
        fresh = self.document("fresh", "--seed")
        self.assertEqual([f"{m['version']}_{m['name']}" for m in fresh["applied"]], MIGRATIONS)
        self.assertGreater(fresh["statements"], len(MIGRATIONS))
        self.assertCountEqual([s["name"] for s in fresh["seed"]["seeders"]], SEEDERS)
        self.assertGreater(fresh["seed"]["inserted"], 0)

        states, status = self.states()
        self.assertEqual(states, dict.fromkeys(MIGRATIONS, "applied"))
        self.assertEqual(status["pending"], 0)
        self.assertTrue(all(m["batch"] == 1 and m["applied_at"] for m in status["migrations"]))

        again = self.document("seed")
        self.assertEqual((again["inserted"], again["updated"], again["kept"]), (0, 0, 0))
        self.assertEqual(again["unchanged"], fresh["seed"]["inserted"])

        self.assertEqual(self.document("migrate")["applied"], [])
        self.assertIn("Nothing to migrate.", self.dbctl("migrate", expect=0).out)

        redone = self.document("redo", "--steps", "2")
        self.assertEqual([m["version"] for m in redone["applied"]],
                         [m["version"] for m in reversed(redone["reverted"])])

        reverted = self.document("rollback", "--all")
        self.assertEqual([f"{m['version']}_{m['name']}" for m in reverted["reverted"]], MIGRATIONS[::-1])
        self.assertEqual(self.states()[1]["pending"], len(MIGRATIONS))
        self.assertEqual(self.document("rollback")["reverted"], [])
        self.assertEqual(len(self.document("migrate", "--seed")["applied"]), len(MIGRATIONS))

    def test_fresh_twice(self):
        self.dbctl("fresh", "--seed", expect=0)
        second = self.document("fresh", "--seed")
        self.assertEqual(sorted(second["dropped"]), ["categories", "order_items", "orders", "products", "users"])
        self.assertEqual(second["seed"]["updated"], 0)

    def test_steps_and_dry_runs(self):
        self.assertEqual(len(self.document("migrate", "--steps", "1")["applied"]), 1)
        dry = self.document("migrate", "--dry-run")
        self.assertEqual((dry["applied"], len(dry["plan"]["migrations"])), ([], len(MIGRATIONS) - 1))
        self.assertEqual(len(self.document("plan")["migrations"]), len(MIGRATIONS) - 1)
        self.dbctl("status", "--exit-code", expect=3)
        to = MIGRATIONS[1].split("_", 1)[1]
        self.assertEqual(len(self.document("migrate", "--to", to)["applied"]), 1)
        self.dbctl("migrate", expect=0)
        self.dbctl("status", "--exit-code", expect=0)
        dry = self.document("seed", "--dry-run")
        self.assertGreater(dry["inserted"], 0)
        self.assertEqual(self.document("seed", "--status")["inserted"], dry["inserted"])
        self.assertEqual(self.document("rollback", "--all", "--dry-run")["reverted"], [])
        self.assertEqual(self.states()[1]["pending"], 0)
        self.assertEqual(len(self.document("rollback", "--batch")["reverted"]), len(MIGRATIONS) - 2)

    def test_read_only_commands_make_no_tables(self):
        for command in ("status", "plan", "history", "doctor", "ping"):
            self.dbctl(command)
        doctor = self.document("doctor", expect=None)
        self.assertIn("none yet", json.dumps(doctor["findings"]))

    def test_history_and_repair(self):
        self.dbctl("migrate", expect=0)
        last = MIGRATIONS[-1].split("_")[0]
        self.refused("DBCTL-CLI-002", 8, "repair", "--mark-reverted", last)
        self.assertTrue(self.document("repair", "--mark-reverted", last, "--yes")["changed"])
        self.assertEqual(self.states()[0][MIGRATIONS[-1]], "pending")
        self.dbctl("repair", "-y", "--mark-applied", last, expect=0)
        events = self.document("history")["events"]
        self.assertEqual([e["what"] for e in events], ["applied"] * len(MIGRATIONS) + ["repaired"] * 2)
        self.assertEqual(len(self.document("history", "-n", "1")["events"]), 1)

    def test_only_with_dependencies(self):
        self.dbctl("migrate", expect=0)
        self.refused("DBCTL-SED-005", 2, "seed", "--only", "ProductSeeder", "--no-deps")
        done = self.document("seed", "--only", "ProductSeeder")
        self.assertEqual([s["name"] for s in done["seeders"]], ["CategorySeeder", "ProductSeeder"])
        self.assertEqual(self.document("seed", "--only", "ProductSeeder", "--no-deps")["inserted"], 0)

    def test_another_environment_is_refused(self):
        self.dbctl("migrate", expect=0)
        other = "another-" + ENVIRONMENT
        text = (self.folder / f"environments/{ENVIRONMENT}.yaml").read_text()
        self.write(f"environments/{other}.yaml", text)
        self.refused("DBCTL-ENV-007", 8, "status", "-e", other)
        self.refused("DBCTL-ENV-007", 8, "drop", "-e", other)

    def test_create_and_drop(self):
        self.assertFalse(self.document("create")["created"])
        self.assertTrue(self.document("drop")["dropped"])
        self.assertFalse(self.document("drop")["dropped"])

    @unittest.skipIf(ENVIRONMENT == "test-sqlite", "a file is made by connecting")
    def test_missing_database(self):
        self.dbctl("drop", expect=0)
        error = self.refused("DBCTL-CON-004", 9, "migrate")
        self.assertIn("dbctl create", error)

    @unittest.skipIf(ENVIRONMENT == "test-sqlite", "a file has no password")
    def test_wrong_password_is_not_waited_for(self):
        prefix = ENVIRONMENT.split("-")[1].upper()
        wrong = {f"{prefix}_PASSWORD": "c4nary$'\"-wrong"}
        for command in (["status"], ["wait"], ["ping", "--wait=30s"]):
            error = self.refused("DBCTL-CON-002", 9, *command, env=wrong)
            self.assertNotIn("c4nary", error)

    def test_a_statement_limit_says_what_it_does_not_limit(self):
        told = "note: --statement-timeout: MySQL ends SELECT statements alone"
        shown = self.dbctl("migrate", "--statement-timeout", "60s", expect=0).err
        self.assertEqual(told in shown, ENVIRONMENT.startswith("test-mysql"), shown)
        self.assertNotIn(told, self.dbctl("status", "--statement-timeout", "0", expect=0).err)

    def test_tls_as_negotiated(self):
        tls = self.document("doctor", expect=None)["tls"]
        if ENVIRONMENT.endswith("-tls"):
            self.assertIn("TLS", tls)


if __name__ == "__main__":
    dbctl.main()
