"""What the proofs on the built program share: environments of their own, with the torture domain beside the example."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["DBCTL_SOURCE_DIR"]) / "tests/e2e"))
import dbctl  # noqa: E402

PLUGINS = os.environ["DBCTL_TORTURE_PLUGINS"]
# Of a debug build with sanitizers and a slow server all points would take too long: an even sample, and it says so. All
# of them: DBCTL_ALL_POINTS=1 with a release build.
ALL_POINTS = os.environ.get("DBCTL_ALL_POINTS") == "1"
SERVERS = {"mariadb": "mysql", "mysql": "mysql", "postgresql": "postgresql", "pgbouncer": "postgresql"}


def connection(name):
    """The environment file's connection; the database is the test's own."""
    if name == "sqlite":  # what is killed is a process, never the machine: nobody needs to wait for the disk
        return "driver: sqlite\nconnection: { file: build/proof.db, synchronous: \"off\" }\n"
    port = os.environ.get(name.upper() + "_PORT")
    return None if port is None else (
        f"driver: {SERVERS[name]}\nconnection: {{ host: 127.0.0.1, port: {port}, name: proof_{os.getpid()}, "
        f"user: dbctl, password: dbctl }}\n")


class Proofs(dbctl.Project):
    timeout = 600

    def environment(self, name, domains="ecommerce, torture", disposable="true", file=None):
        """Writes the environment and returns the flags that choose it; skips without its server."""
        text = connection(name)
        if text is None:
            self.skipTest(f"no server for {name}: see ci/services.sh")
        file = file or f"proof-{name}"
        self.write(f"environments/{file}.yaml", f"{text}domains: [{domains}]\ndisposable: {disposable}\n")
        flags = ["-e", file, "--plugin-dir", PLUGINS]
        self.addCleanup(self.dbctl, "drop", *flags)
        return flags

    def sample(self, points):
        return [] if ALL_POINTS else ["--points", str(points)]


main = dbctl.main
