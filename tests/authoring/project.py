"""A project that `dbctl init` made, with an installed dbctl."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import dbctl

BUILD = os.environ["DBCTL_BUILD_DIR"]
SANITIZE = "-fsanitize=address,undefined -fno-sanitize-recover=undefined"


def servers():
    """By name, the variables of each database that there is; SQLite always."""
    found = {"sqlite": {"DB_DRIVER": "sqlite", "DB_SQLITE_FILE_PATH": "authoring.db"}}
    for name, driver, prefix in (("mariadb", "mysql", "MYSQL"), ("mysql", "mysql", "MYSQL"),
                                 ("postgresql", "postgresql", "POSTGRES")):
        if name.upper() + "_PORT" in os.environ:
            found[name] = {"DB_DRIVER": driver, f"DB_{prefix}_NAME": "authoring"}
            for key in ("HOST", "PORT", "USER", "PASSWORD"):
                found[name][f"DB_{prefix}_{key}"] = os.environ[f"{name.upper()}_{key}"]
    return found


class Installed(unittest.TestCase):
    """One project for all tests of a class; it is built where dbctl or a test builds it."""

    name = "shop"
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.work = pathlib.Path(tempfile.mkdtemp(prefix="dbctl-authoring-"))
        cls.addClassCleanup(shutil.rmtree, cls.work, ignore_errors=True)
        prefix = cls.work / "installed"
        subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True, capture_output=True)
        cls.program = prefix / "bin/dbctl"
        cls.env = {**dbctl.base_environment(), "PATH": f"{prefix}/bin:{os.environ['PATH']}"}
        if "CXX" in os.environ:
            cls.env["CXX"] = os.environ["CXX"]
        cls.folder = cls.work / cls.name
        cls.run_in(cls.work, "dbctl", "init", cls.name)
        if dbctl.SANITIZED:
            cls.run_in(cls.folder, "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                       f"-DCMAKE_PREFIX_PATH={prefix}", "-DDBCTL_SANITIZE=ON", f"-DCMAKE_CXX_FLAGS={SANITIZE}")

    @classmethod
    def run_in(cls, folder, *words, env=None, expect=0):
        done = subprocess.run([str(w) for w in words], cwd=folder, env={**cls.env, **(env or {})}, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=600, check=False)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def run_here(self, *words, env=None, expect=0):
        return self.run_in(self.folder, *words, env=env, expect=expect)

    def dbctl(self, *words, env=None, expect=0):
        return self.run_here("dbctl", *words, env=env, expect=expect)

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                      if path.is_file() and "build" not in path.parts and ".db" not in path.name)
