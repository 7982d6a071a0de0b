"""What exactly once costs: `dbctl migrate` of 200 DDL statements, against the database's own client running the same
ones in the same transactions (the script that `dbctl plan --sql` prints). Both begin with a database in which dbctl has
applied one migration: its own tables are made once in the life of a database."""
import os
import re
import statistics
import subprocess
import time

import authoring
import measure

MIGRATION = authoring.migration("""
    create_table("{name}",
        uuid("id").primary_key(),
        string("name", 120),
        decimal<12, 2>("price").default_to(0),
        integer("stock").default_to(0),
        text("notes").nullable(),
        timestamps()),
    create_index("{name}", {{"name", "stock"}}),
    add_column("{name}", string("sku", 64).nullable()),
    rename_column("{name}", "notes", "remarks"),
    create_index("{name}", {{"sku"}}),
    create_table("{name}_notes",
        uuid("id").primary_key(),
        uuid("{name}_id").references("{name}").on_delete(cascade),
        string("title", 120)),
    add_column("{name}_notes", text("body").nullable()),
    create_index("{name}_notes", {{"{name}_id"}}),
    rename_column("{name}_notes", "title", "heading"),
    add_column("{name}_notes", integer("position").default_to(0)),
""")
STATEMENTS = 200
MOST = {"sqlite": 1.15, "postgresql": 1.15, "mariadb": 1.6, "mysql": 1.6}
DATABASE = "dbctl_cost"


class Database:
    """One that can be made anew, and written to by its own client and by dbctl."""

    def __init__(self, name, folder):
        self.name, self.file = name, folder / "cost.db"
        self.driver = {"mariadb": "mysql"}.get(name, name)
        host, port, user, self.password, self.client = (
            os.environ.get(f"{name.upper()}_{key}", "") for key in ("HOST", "PORT", "USER", "PASSWORD", "CLIENT"))
        if name == "postgresql":
            self.words = [self.client, "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", port, "-U", user]
        elif name != "sqlite":
            # MySQL's and MariaDB's alike by MariaDB's, with its defaults: another client is another measure.
            client = os.environ.get("MARIADB_CLIENT") or self.client
            self.words = [client, "--no-defaults", "-h", host, "-P", port, "-u", user]
        # MariaDB's client encrypts nothing by default on Debian 12, PostgreSQL's does when it can, as dbctl does.
        tls = ["  ssl_mode: disable"] if self.driver == "mysql" else []
        self.connection = [f"  host: {host}", f"  port: {port}", f"  user: {user}", '  password: "${COST_PASSWORD}"',
                           f"  name: {DATABASE}", *tls] if name != "sqlite" else [f"  file: {self.file}"]

    def environment(self):
        server = ["server: mariadb 10.6"] if self.name == "mariadb" else []
        return "\n".join([f"driver: {self.driver}", *server, "domains: [shop]", "connection:", *self.connection, ""])

    def own_client(self, script, database=DATABASE):
        words = ["sqlite3", "-bail", str(self.file)] if self.name == "sqlite" else [*self.words, database]
        variables = {**os.environ, "PGPASSWORD": self.password, "MYSQL_PWD": self.password}
        done = subprocess.run(words, input=script, env=variables, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{words[0]}: exit {done.returncode}: {done.stderr}")

    def renew(self):
        if self.name == "sqlite":
            for file in self.file.parent.glob(self.file.name + "*"):
                file.unlink()
            self.own_client("PRAGMA journal_mode = WAL; PRAGMA user_version = 0;")
            return
        for verb in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
            self.own_client(f"{verb} {DATABASE};", {"postgresql": "postgres"}.get(self.name, "mysql"))


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bench(build, folder, report, runs=7):
    prefix, domain = folder / "prefix", folder / "cost"
    measure.run(["cmake", "--install", build, "--prefix", prefix], measure.TREE)
    each = 10
    binaries = authoring.configure(prefix, domain, [(number, MIGRATION) for number in range(1 + STATEMENTS // each)])
    measure.run(["cmake", "--build", binaries, "-j2"], domain)
    (domain / "environments").mkdir()
    plugins = next(binaries.rglob("libdbctl_domain_shop.so")).parent
    dbctl = [prefix / "bin/dbctl", "--plugin-dir", plugins, "--environments", domain / "environments"]
    for name, most in MOST.items():
        if name != "sqlite" and f"{name.upper()}_PORT" not in os.environ:
            report.note(f'SKIPPED: {name} does not run: ci/services.sh up --durable; eval "$(ci/services.sh env)"')
            continue
        database = Database(name, folder)
        (domain / f"environments/{name}.yaml").write_text(database.environment(), encoding="utf-8")
        os.environ["COST_PASSWORD"] = database.password
        command = [*dbctl, "--env", name]

        def begin():
            database.renew()
            measure.run([*command, "migrate", "--steps", "1"], domain)

        begin()
        script = measure.run([*command, "plan", "--sql"], domain)
        if name == "sqlite":  # as dbctl's session is
            script = "PRAGMA foreign_keys = ON;\n" + script
        found = len(re.findall(r"^(?!BEGIN|COMMIT|PRAGMA).*;$", script, re.MULTILINE))
        times = {"own client": [], "dbctl": []}
        for _ in range(runs):
            begin()
            times["own client"].append(timed(lambda: database.own_client(script)))
            begin()
            times["dbctl"].append(timed(lambda: measure.run([*command, "migrate"], domain)))
        own, ours = (statistics.median(values) for values in times.values())
        report.note(f"{name}: {found} statements: own client {own:.3f} s, dbctl {ours:.3f} s")
        report.figure(f"{STATEMENTS} DDL statements on {name} / its client", ours / own, "times", most)
