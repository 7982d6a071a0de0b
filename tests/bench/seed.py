"""What a seeder costs whose rows are found again: 10,000 rows of a data file, against the database's own client inserting
the same rows, 500 a statement, in one transaction. The second run finds them all unchanged."""
import json
import os
import statistics
import uuid

import cost
import measure

ROWS = 10_000
BATCH = 500
MOST = {"sqlite": 8, "postgresql": 8, "mariadb": 8, "mysql": 8}
MIGRATION = """#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration create_products{
    create_table("products",
        uuid("id").primary_key(),
        string("sku", 64).unique(),
        string("name", 200),
        decimal<12, 2>("price"),
        integer("stock").default_to(0)),
};
}  // namespace
"""
SEEDER = """#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder product_seeder{"ProductSeeder", into("products").unique_by("sku").rows_from("data/products.json")};
}  // namespace
"""


def rows():
    return [{"sku": f"SKU-{n:05}", "name": f"product number {n}", "price": f"{n % 900}.99", "stock": n % 50}
            for n in range(ROWS)]


def script():
    lines = ["BEGIN;"]
    values = [f"('{uuid.uuid5(uuid.NAMESPACE_OID, row['sku'])}', '{row['sku']}', '{row['name']}', {row['price']}, "
              f"{row['stock']})" for row in rows()]
    for begin in range(0, ROWS, BATCH):
        lines.append("INSERT INTO products (id, sku, name, price, stock) VALUES "
                     + ",\n".join(values[begin:begin + BATCH]) + ";")
    return "\n".join([*lines, "COMMIT;", ""])


def bench(build, folder, report, runs=5):
    prefix, project = folder / "prefix", folder / "shop"
    measure.run(["cmake", "--install", build, "--prefix", prefix], measure.TREE)
    measure.run([prefix / "bin/dbctl", "init", project], folder)
    (project / "migrations/20240101000000_create_products.cpp").write_text(MIGRATION, encoding="utf-8")
    (project / "seeders/product_seeder.cpp").write_text(SEEDER, encoding="utf-8")
    (project / "seeders/data/products.json").write_text(json.dumps(rows()), encoding="utf-8")
    measure.run([prefix / "bin/dbctl", "validate", "--driver", "sqlite"], project)
    own_script = script()
    for name, most in MOST.items():
        if name != "sqlite" and f"{name.upper()}_PORT" not in os.environ:
            report.note(f'SKIPPED: {name} does not run: ci/services.sh up --durable; eval "$(ci/services.sh env)"')
            continue
        database = cost.Database(name, folder)
        (project / f"environments/{name}.yaml").write_text(database.environment(), encoding="utf-8")
        os.environ["COST_PASSWORD"] = database.password
        command = [prefix / "bin/dbctl", "--env", name]
        times = {"own client": [], "dbctl": [], "again": []}
        for _ in range(runs):
            database.renew()
            measure.run([*command, "migrate"], project)
            times["own client"].append(cost.timed(lambda: database.own_client(own_script)))
            database.renew()
            measure.run([*command, "migrate"], project)
            for which in ("dbctl", "again"):
                times[which].append(cost.timed(lambda: measure.run([*command, "seed"], project)))
        own, ours, again = (statistics.median(values) for values in times.values())
        report.note(f"{name}: {ROWS} rows: own client {own:.3f} s, dbctl {ours:.3f} s, again {again:.3f} s")
        report.figure(f"{ROWS} rows seeded on {name} / its client", ours / own, "times", most)
