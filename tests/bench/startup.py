"""How long dbctl takes to say its version and a status with nothing pending, against sqlite3 doing the same."""
import measure


def bench(program, folder, report, runs=20):
    database = folder / "bench.db"
    url = ["--url", f"sqlite:{database}"]
    measure.run([program, "migrate", "--seed", *url], folder)
    medians = measure.interleaved({
        "sqlite3 --version": ["sqlite3", "--version"],
        "dbctl --version": [program, "--version"],
        "sqlite3 query": ["sqlite3", database, "select count(*) from dbctl_migrations"],
        "dbctl status": [program, "status", *url],
        "dbctl migrate, nothing pending": [program, "migrate", *url],
    }, folder, runs)
    for name, value in medians.items():
        report.note(f"{name:<40} {value * 1000:7.2f} ms")
    report.figure("dbctl --version / sqlite3 --version", medians["dbctl --version"] / medians["sqlite3 --version"],
                  "times", 2)
    report.figure("dbctl status / sqlite3 FILE 'select count(*)'",
                  medians["dbctl status"] / medians["sqlite3 query"], "times", 3)
