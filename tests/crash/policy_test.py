"""What `dbctl test` refuses before it drops anything."""
import proofs


class Policy(proofs.Proofs):
    def test_only_disposable_environments(self):
        flags = self.environment("sqlite", disposable="false", file="kept")
        self.dbctl("migrate", *flags, expect=0)
        for proof in ("crash", "roundtrip", "lock"):
            text = self.refused("DBCTL-POL-004", 8, "test", proof, *flags)
            self.assertIn('environment "kept" is not disposable', text)
        self.assertIn("is applied", self.sqlite("build/proof.db", "select 'is applied' from dbctl_migrations limit 1"))
        other = self.environment("sqlite", file="thrown")
        self.refused("DBCTL-POL-004", 8, "test", "crash", *other, env={"DB_SQLITE_FILE_PATH": "other.db"})
        self.refused("DBCTL-POL-004", 8, "test", "crash", "-u", "sqlite:other.db", "--plugin-dir", proofs.PLUGINS)
        self.refused("DBCTL-ENV-007", 8, "test", "lock", *other)  # it bears the name of the one that is kept
        (self.folder / "build/proof.db").unlink()

    def test_what_cannot_be_killed(self):
        flags = self.environment("sqlite")
        self.refused("DBCTL-TST-001", 2, "test", "crash", "--kill", "connection", *flags)
        self.assertIn("disposable: { kill:", self.refused("DBCTL-TST-001", 2, "test", "crash", "--kill", "server", *flags))
        memory = {"DB_SQLITE_IN_MEMORY": "true"}
        self.refused("DBCTL-TST-001", 2, "test", "roundtrip", *flags, env=memory)
        self.refused("DBCTL-CLI-001", 2, "test", "parity", "--environments", "proof-sqlite")
        self.refused("DBCTL-CAT-004", 2, "test", "crash", "--migrations", "nonsense", *flags)

    def test_the_keys_of_a_disposable_server(self):
        self.environment("sqlite", disposable='{ kill: "false", restart: "true" }')
        values = {v["name"]: v["value"] for v in self.document("env", "show", "-e", "proof-sqlite")["values"]}
        self.assertEqual((values["disposable"], values["disposable.kill"]), ("true", "false"))
        self.environment("sqlite", disposable='{ slay: "false" }')
        self.assertIn("known keys: kill, restart", self.refused("DBCTL-ENV-003", 2, "env", "show", "-e", "proof-sqlite"))
        self.environment("sqlite")


class Findings(proofs.Proofs):
    """A proof that finds nothing wrong with what is wrong would prove nothing."""

    def test_a_rollback_that_loses_what_it_does_not_say(self):
        # (n * 2) - 2 is n for 2 alone.
        flags = self.environment("sqlite", domains="faulty")
        result = self.dbctl("test", "roundtrip", *flags)
        self.assertEqual(result.code, 6, result)
        self.assertIn("migrations 2, the same after up, down and up 1", result.out)
        self.assertIn("not proven: 20240401000002_does_not_come_back", result.out)
        self.assertIn("down: rows of things: missing: id=1, n=1", result.out)
        report = self.document("test", "roundtrip", *flags, expect=6)
        self.assertEqual((report["proven"], len(report["failures"])), (False, 1))


if __name__ == "__main__":
    proofs.main()
