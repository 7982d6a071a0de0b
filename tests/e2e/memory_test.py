"""A database in memory: the whole story in one process."""
import dbctl


class Memory(dbctl.Project):
    def setUp(self):
        super().setUp()
        self.env.update(DB_DRIVER="sqlite", DB_SQLITE_IN_MEMORY="true")

    def test_everything_in_one_process(self):
        for command in (["migrate", "--seed"], ["fresh", "--seed"], ["fresh", "--seed", "--confirm", ":memory:"]):
            done = self.document(*command)
            self.assertEqual(len(done["applied"]), 4)
            self.assertEqual(done["seed"]["updated"], 0)
            self.assertGreater(done["seed"]["inserted"], 0)
        self.assertEqual([p.name for p in self.folder.iterdir() if p.is_file()], [])

    def test_a_bare_migrate_says_that_nothing_outlives_it(self):
        self.assertIn("nothing of it outlives this command", self.dbctl("migrate", expect=0).err)
        self.assertNotIn("outlives", self.dbctl("migrate", "--seed", expect=0).err)

    def test_seed_alone_points_at_migrate(self):
        self.assertIn("dbctl migrate --seed", self.refused("DBCTL-SED-004", 7, "seed"))

    def test_confirm_names_the_memory(self):
        self.refused("DBCTL-POL-002", 8, "fresh", "--confirm", "memory")


if __name__ == "__main__":
    dbctl.main()
