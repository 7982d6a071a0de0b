"""`dbctl test roundtrip` and `dbctl test lock`, and what they find when something is wrong."""
import sys
import unittest

import proofs

NAME = sys.argv.pop(1)


class Proofs(proofs.Proofs):
    def test_there_and_back(self):
        report = self.document("test", "roundtrip", *self.environment(NAME))
        self.assertGreaterEqual(report["migrations"], 14)
        self.assertEqual((report["same"], report["failures"]), (report["migrations"], []))
        notes = "\n".join(report["notes"])
        for lost in ("20240301000011_remake loses values of people.phone",
                     "20240301000011_remake loses values of lines.label",
                     "20240301000005_backfills loses values of people.handle",
                     "20240301000010_drops loses the rows of trips_archive_of_nobody"):
            if lost.endswith("people.handle"):  # made by the same migration: not there before
                self.assertNotIn(lost, notes)
            else:
                self.assertIn(lost, notes)

    def thirty_two_runners(self, flags):
        report = self.document("test", "lock", "-j", "32", *flags)
        self.assertEqual((report["runners"], report["applied"], report["idle"], report["failed"]), (32, 1, 31, 0))
        self.assertEqual(report["failures"], [])
        return report["statements"]

    def test_thirty_two_runners(self):
        self.assertGreater(self.thirty_two_runners(self.environment(NAME)), 50)

    @unittest.skipUnless(NAME == "postgresql", "the pooler's server is PostgreSQL")
    def test_thirty_two_runners_through_a_pooler(self):
        # The example alone: what commits by itself is refused there.
        self.assertGreater(self.thirty_two_runners(self.environment("pgbouncer", domains="ecommerce")), 10)


if __name__ == "__main__":
    proofs.main()
