"""`dbctl test crash`: killed anywhere, the next run finishes the work, and everything is as if nothing had happened."""
import sys

import proofs

NAME = sys.argv.pop(1)
POINTS = {"sqlite": 150, "postgresql": 60, "mariadb": 40, "mysql": 30}


class Crash(proofs.Proofs):
    def proven(self, *flags):
        flags = [*self.environment(NAME), *self.sample(POINTS[NAME]), *flags]
        result = self.dbctl("test", "crash", *flags, "--format", "json")
        self.assertEqual(result.code, 0, result)
        report = result.json()
        print(f"{NAME}: {report['points']} of {report['possible']} points, {report['statements']} statements, "
              f"{report['identical']} identical, {report['by_hand']} by hand")
        self.assertEqual((report["resumed"], report["identical"], report["by_hand"]),
                         (report["points"], report["points"], 0))
        self.assertEqual((report["failures"], report["proven"]), ([], True))
        self.assertGreaterEqual(report["possible"], 3 * report["statements"])
        self.assertGreaterEqual(report["migrations"], 14)
        self.assertFalse([note for note in report["notes"] if note.startswith("no point")], "every statement has points")

    def test_a_killed_migrate(self):
        self.proven()

    def test_a_killed_rollback(self):
        self.proven("--direction", "down")


if __name__ == "__main__":
    proofs.main()
