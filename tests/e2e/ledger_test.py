"""The ledger holds what is true: stamps, checksums, gaps, seeds, and databases that were emptied."""
import os
import shutil

import dbctl

FIXTURES = os.environ["DBCTL_FIXTURES"]
VERSIONS = sorted(path.stem.split("_")[0] for path in (dbctl.SOURCE / "migrations/ecommerce").glob("*.cpp"))
TABLES = ["categories", "order_items", "orders", "products", "users"]
FILE = "ecommerce_dev.db"


class Ledger(dbctl.Project):
    def tables(self):
        return self.sqlite(FILE, "select name from sqlite_master where type = 'table' and name not like 'dbctl%' "
                                 "and name not like 'sqlite%' order by name").split()

    def meta(self, file, name):
        return self.sqlite(file, f"select value from dbctl_meta where name = '{name}'").strip()

    def test_a_stamp_is_obeyed_although_a_table_of_the_ledger_is_missing(self):
        self.dbctl("migrate", expect=0)
        self.sqlite(FILE, "drop table dbctl_history")
        other = (self.folder / "environments/development.yaml").read_text() + "\ndisposable: true\n"
        self.write("environments/other.yaml", other)
        self.refused("DBCTL-ENV-007", 8, "fresh", "-e", "other")
        self.assertEqual(self.tables(), TABLES)

    def test_the_history_is_verified(self):
        self.assertEqual(self.document("history", "--verify")["chain"]["events"], 0)
        self.dbctl("migrate", expect=0)
        self.dbctl("rollback", expect=0)
        events = self.document("history")["events"]
        self.assertEqual([e["number"] for e in events], list(range(1, len(VERSIONS) + 2)))
        count, head = len(events), events[-1]["hash"]
        self.assertEqual(self.document("history", "--verify"), {"chain": {"events": count, "head": head}})
        text = self.dbctl("history", "--verify", "--expect", events[0]["hash"], expect=0).out
        self.assertEqual(text, f"{count} events, chain intact, head {head}\n")
        text = self.refused("DBCTL-JRN-007", 7, "history", "--verify", "--expect", "12ab")
        self.assertIn("no event with the hash 12ab", text)
        self.refused("DBCTL-CLI-001", 2, "history", "--expect", head)
        self.refused("DBCTL-CLI-001", 2, "history", "--verify", "-n", "1")
        self.sqlite(FILE, "update dbctl_history set who = 'somebody' where number = 2")
        text = self.refused("DBCTL-JRN-007", 7, "history", "--verify")
        self.assertIn("event 2 of the history was changed", text)
        self.assertIn("dbctl_history, number 2: applied " + VERSIONS[1], text)
        self.dbctl("migrate", expect=0)  # it does not depend on the history
        self.sqlite(FILE, "delete from dbctl_history where number >= 2")
        text = self.refused("DBCTL-JRN-007", 7, "history", "--verify")
        self.assertIn(f"events 2 to {count + 1} of the history are missing", text)

    def test_an_older_checkout_rolls_back_what_it_does_not_have(self):
        self.dbctl("migrate", expect=0)
        names = [m["version"] + "_" + m["name"] for m in self.document("status")["migrations"]]
        environment = self.folder / "environments/development.yaml"
        newer = environment.read_text()
        environment.write_text(newer.replace("domains: [ecommerce]", "domains: [shop]"))
        (self.folder / "plugins").mkdir()
        shutil.copy(f"{FIXTURES}/libdbctl_domain_shop.so", self.folder / "plugins")
        self.env["DBCTL_PLUGIN_PATH"] = str(self.folder / "plugins")
        self.refused("DBCTL-JRN-002", 7, "migrate")
        self.refused("DBCTL-JRN-002", 7, "redo")
        note = f"{names[-1]} is not in this checkout: its stored rollback is used"
        self.assertIn(note, self.dbctl("rollback", "--dry-run", expect=0).out)
        planned = self.document("rollback", "--dry-run")["plan"]["migrations"]
        self.assertEqual([m["version"] + "_" + m["name"] for m in planned], names[-1:])
        done = self.dbctl("rollback", expect=0)
        self.assertIn(note + "\n", done.err)
        self.assertEqual(done.err.count("its stored rollback is used"), 1)
        self.assertEqual(len(self.document("rollback", "--all", "--confirm", "ecommerce_dev")["reverted"]),
                         len(VERSIONS) - 1)
        self.assertEqual(self.tables(), [])
        environment.write_text(newer)
        self.dbctl("migrate", expect=0)
        self.assertEqual(self.tables(), TABLES)
        self.dbctl("history", "--verify", expect=0)

    def test_what_is_applied_cannot_be_lost_silently(self):
        self.dbctl("migrate", expect=0)
        self.sqlite(FILE, "drop table dbctl_migrations")
        for command in (["status"], ["migrate"], ["seed"], ["fresh", "--confirm", "ecommerce_dev"]):
            text = self.refused("DBCTL-JRN-005", 7, *command)
            self.assertIn("dbctl_migrations is missing", text)
        self.assertEqual(self.tables(), TABLES)

    def test_a_named_run_stamps_although_nothing_is_pending(self):
        self.dbctl("migrate", "-u", f"sqlite:{FILE}", expect=0)
        self.assertEqual(self.meta(FILE, "environment"), "")
        self.assertIn("Nothing to migrate", self.dbctl("migrate", "-e", "development", expect=0).out)
        self.assertEqual(self.meta(FILE, "environment"), "development")
        self.assertEqual(self.meta(FILE, "protect"), "false")
        environment = self.folder / "environments/development.yaml"
        environment.write_text(environment.read_text() + "\nprotect: true\n")
        self.dbctl("seed", expect=0)
        self.assertEqual(self.meta(FILE, "protect"), "true")

    def test_status_sees_a_checksum_that_was_changed(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("status", "--exit-code", expect=0)
        self.sqlite(FILE, f"update dbctl_migrations set checksum = '0' where version = '{VERSIONS[0]}'")
        states = {m["version"]: m["state"] for m in self.document("status")["migrations"]}
        self.assertEqual(states[VERSIONS[0]], "edited")
        self.refused("DBCTL-JRN-001", 7, "migrate")
        self.dbctl("repair", "-y", "--accept-edit", VERSIONS[0], expect=0)
        self.dbctl("status", "--exit-code", expect=0)
        self.dbctl("migrate", expect=0)

    def test_a_gap_is_told_with_its_repair(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("repair", "-y", "--mark-reverted", VERSIONS[0], expect=0)
        for command in (["migrate"], ["rollback"], ["seed"]):
            text = self.refused("DBCTL-JRN-003", 7, *command)
            self.assertIn(f"dbctl repair --mark-applied {VERSIONS[0]}", text)
        self.dbctl("repair", "-y", "--mark-applied", VERSIONS[0], expect=0)
        self.dbctl("rollback", expect=0)

    def test_seeds_go_with_their_tables(self):
        self.dbctl("migrate", "--seed", expect=0)
        self.assertNotEqual(self.sqlite(FILE, "select count(*) from dbctl_seeds"), "0\n")
        self.dbctl("rollback", "--all", "--confirm", "ecommerce_dev", expect=0)
        self.assertEqual(self.sqlite(FILE, "select count(*) from dbctl_seeds"), "0\n")

    def test_a_half_emptied_database_is_finished_by_fresh(self):
        self.dbctl("migrate", expect=0)
        self.sqlite(FILE, "insert into dbctl_meta values ('emptying', ''); drop table order_items")
        for command in (["status"], ["migrate"], ["seed"], ["rollback"]):
            text = self.refused("DBCTL-JRN-006", 7, *command)
            self.assertIn("dbctl fresh", text)
        self.dbctl("fresh", "--seed", "--confirm", "ecommerce_dev", expect=0)
        self.assertEqual(self.tables(), TABLES)
        self.dbctl("status", "--exit-code", expect=0)

    def test_a_refused_repair_makes_nothing(self):
        self.sqlite(FILE, "create table mine (id integer)")
        self.refused("DBCTL-CAT-004", 2, "repair", "-y", "--mark-applied", "BOGUS")
        self.assertEqual(self.sqlite(FILE, "select count(*) from sqlite_master"), "1\n")

    def test_redo_gives_the_lock_back(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("redo", "--steps", "2", expect=0)
        self.dbctl("migrate", "--lock-timeout", "0s", expect=0)


if __name__ == "__main__":
    dbctl.main()
