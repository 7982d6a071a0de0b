"""How long an author waits: one more migration in this tree, and a domain of 1,000 migrations from clean."""
import pathlib
import statistics
import time

import measure

FRAME = """#include <dbctl/migration.hpp>

namespace {{{{
using namespace dbctl::dsl;

const migration {verb}_{{name}}{{{{
{operations}
}}}};
}}}}  // namespace
"""


def migration(operations, verb="make"):
    """The text of a migration file, but for the {name} of its table."""
    return FRAME.format(verb=verb, operations=operations.strip("\n"))


MIGRATION = migration("""
    create_table("{name}",
        uuid("id").primary_key(),
        string("name", 120),
        string("email", 190).unique(),
        decimal<12, 2>("price").default_to(0).check("price >= 0"),
        integer("stock").default_to(0),
        text("notes").nullable(),
        timestamps()),
    create_index("{name}", {{"name", "stock"}}),
""")
DROPPED = migration('    drop_table("{name}"),', "drop")
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(shop LANGUAGES CXX)
find_package(dbctl REQUIRED)
dbctl_add_domain(shop MIGRATIONS migrations)
"""


def write_migration(folder, number, version, text=MIGRATION):
    name = f"bench_{number:04}"
    file = folder / f"{version}_{'drop' if text is DROPPED else 'make'}_{name}.cpp"
    file.write_text(text.format(name=name), encoding="utf-8")
    return file


def one_more(build, folder, report, runs=5):
    """Saved, built and applied: what lies between an idea and a table."""
    program = build / "bin/dbctl"
    url = ["--url", f"sqlite:{folder / 'more.db'}"]
    measure.run([program, "migrate", *url], folder)
    saved, times, parts = [], [], []
    try:
        for number in range(runs):
            version = 99990101000000 + number
            start = time.perf_counter()
            saved.append(write_migration(measure.TREE / "migrations/ecommerce", number, version))
            measure.run(["cmake", "--build", build], measure.TREE)
            built = time.perf_counter()
            measure.run([program, "migrate", *url], folder)
            times.append(time.perf_counter() - start)
            parts.append(built - start)
    finally:
        for file in saved:
            file.unlink()
        measure.run(["cmake", "--build", build], measure.TREE)
    report.note(f"of which building {statistics.median(parts):.2f} s")
    report.figure("one more migration, built and applied", statistics.median(times), "s", 1.5)


def of_one_table(count):
    """Each table but the first goes again: SQLite reads the whole schema at the first statement, about 30 ms for 1,000
    tables, and that is not dbctl's."""
    return [(number, MIGRATION) if number % 2 == 1 or number == 0 else (number - 1, DROPPED) for number in range(count)]


def configure(prefix, folder, numbered):
    """A domain of these migrations, in their order, built against an installed dbctl; its build folder."""
    migrations = folder / "migrations"
    migrations.mkdir(parents=True)
    (folder / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
    (folder / "plugin.cpp").write_text("#include <dbctl/domain.hpp>\n\nDBCTL_DOMAIN_PLUGIN(shop)\n", encoding="utf-8")
    for version, (number, text) in enumerate(numbered, 20240101000000):
        write_migration(migrations, number, version, text)
    build = folder / "build"
    measure.run(["cmake", "-S", folder, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                 f"-DCMAKE_PREFIX_PATH={prefix}", "-DDBCTL_CCACHE=OFF", "-DCMAKE_CXX_COMPILER_LAUNCHER="], folder)
    return build


def thousand(build, folder, report, count=1000):
    prefix = folder / "prefix"
    measure.run(["cmake", "--install", build, "--prefix", prefix], measure.TREE)
    program = prefix / "bin/dbctl"
    status = {}
    for name, size in (("one", 1), ("many", count)):
        domain = folder / name
        binaries = configure(prefix, domain, of_one_table(size))
        took = measure.seconds(["cmake", "--build", binaries, "-j2"], domain)
        if size == count:
            report.figure(f"{count} migrations compiled from clean on 2 cores", took, "s", 20)
        (domain / "environments").mkdir()
        plugins = next(pathlib.Path(binaries).rglob("libdbctl_domain_shop.so")).parent
        (domain / "environments/bench.yaml").write_text(
            f"driver: sqlite\nconnection:\n  file: {domain}/shop.db\ndomains: [shop]\n", encoding="utf-8")
        command = [program, "--plugin-dir", plugins, "--environments", domain / "environments", "--env", "bench"]
        took = measure.seconds([*command, "migrate"], domain)
        report.note(f"migrate applies {size} in {took:.2f} s")
        status[name] = [*command, "status"]
    medians = measure.interleaved(status, folder, 20)
    for name, value in medians.items():
        report.note(f"status with {name:<6} {value * 1000:7.2f} ms")
    report.figure(f"{count} migrations add to dbctl status", (medians["many"] - medians["one"]) * 1000, "ms", 3)
