"""The example's tables on the four databases: described and behaving alike, but for what is listed here, each with its
reason."""
import itertools

import proofs

FULLTEXT = 'table "products": index "idx_products_name_description" ("name", "description") fulltext'
GIN = 'table "products": index "idx_products_attributes" ("attributes") method "gin"'
# What on(...) of the example's migrations adds.
DECLARED = {"mariadb": {FULLTEXT}, "mysql": {FULLTEXT}, "postgresql": {GIN}, "sqlite": set()}
# Types that a database has no own one for, as docs/writing-migrations.md says: what it stores instead.
STORED = {
    "sqlite": {"stores uuid as text", "stores timestamp as text", "stores integer as bigint",
               "computes decimals in SQL as binary numbers; written and read they are exact"},
    "mariadb": {"stores text_array as json"},
    "mysql": {"stores text_array as json"},
    "postgresql": set(),
}


class Parity(proofs.Proofs):
    def check(self, *names):
        for name in names:
            self.environment(name, domains="ecommerce", file=name)
        report = self.document("test", "parity", "--environments", ",".join(names), "--plugin-dir", proofs.PLUGINS)
        self.assertEqual((report["failures"], report["proven"], report["notes"]), ([], True, []))
        self.assertEqual(report["databases"], len(names))
        self.assertEqual(report["tables"], 5)
        self.assertGreater(report["facts"], 50 * len(names))
        self.assertGreater(report["probes"], 60 * len(names))
        self.assertEqual(set(report["stored"]), {f"{name} {what}" for name in names for what in STORED[name]})
        declared = {}
        for name in names:
            for fact in DECLARED[name]:
                declared.setdefault(fact, []).append(name)
        self.assertEqual(set(report["declared"]), {f"only on {', '.join(on)}: {fact}" for fact, on in declared.items()
                                                   if len(on) < len(names)})

    def test_each_with_each(self):
        there = [name for name in STORED if proofs.connection(name) is not None]
        if len(there) < 2:
            self.skipTest("no server: see ci/services.sh")
        for pair in itertools.combinations(there, 2):
            with self.subTest(pair):
                self.check(*pair)

    def test_all_of_them(self):
        self.check(*STORED)

    def test_what_is_there_and_not_declared_is_found(self):
        self.environment("sqlite", file="one")
        self.write("environments/two.yaml", "driver: sqlite\ndomains: [faulty, ecommerce, torture]\ndisposable: true\n"
                                            "connection: { file: build/two.db }\n")
        report = self.document("test", "parity", "--environments", "one,two", "--plugin-dir", proofs.PLUGINS)
        self.assertIn('only on two: table "things"', report["declared"])
        self.assertIn("two numbers things.id where NULL is inserted", report["stored"])
        self.assertGreater(report["probes"], 200)


if __name__ == "__main__":
    proofs.main()
