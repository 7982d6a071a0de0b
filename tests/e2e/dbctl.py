"""What the end-to-end tests share: a project in a folder of its own, and runs of the built program in it."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["DBCTL_PROGRAM"]
SOURCE = pathlib.Path(os.environ["DBCTL_SOURCE_DIR"])
SANITIZED = os.environ.get("DBCTL_SANITIZED") == "ON"
SKIPPED = 77  # CTest's SKIP_RETURN_CODE
# Nothing of the caller's own settings may leak into a test; what starts servers exports is passed on by name.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH")
# Client libraries keep memory of their own until the process ends.
SANITIZER = {"ASAN_OPTIONS": "detect_leaks=0"}


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}--- stderr\n{self.err}"


def base_environment():
    return {**{k: v for k, v in os.environ.items() if k in KEPT}, **SANITIZER}


class Project(unittest.TestCase):
    """A folder with the tree's environments; SQLite files are made in it."""

    maxDiff = None
    timeout = 120

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dbctl-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(SOURCE / "environments", self.folder / "environments",
                        ignore=shutil.ignore_patterns(".env*"))
        (self.folder / "build").mkdir()
        self.env = base_environment()

    def dbctl(self, *arguments, expect=None, env=None, stdin=subprocess.DEVNULL):
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env={**self.env, **(env or {})}, stdin=stdin,
                              capture_output=True, text=True, timeout=self.timeout, check=False)
        result = Result(done)
        if expect is not None:
            self.assertEqual(result.code, expect, f"dbctl {' '.join(arguments)}: {result}")
        self.assertNotIn("Sanitizer", result.err)
        self.assertNotIn("error[DBCTL-BUG", result.err)
        self.assertNotRegex(result.out, r'"DBCTL-BUG-001",\s+"severity"')
        return result

    def document(self, *arguments, expect=0, env=None):
        """One JSON document and nothing else on stdout."""
        return self.dbctl(*arguments, "--format", "json", expect=expect, env=env).json()

    def refused(self, code, exit_code, *arguments, env=None):
        """An error with this code and exit code, as text and as a document. Returns the text."""
        error = self.document(*arguments, expect=exit_code, env=env)["error"]
        self.assertEqual(error["code"], code, error)
        self.assertEqual(sorted(error), ["code", "next", "severity", "summary", "where", "why"])
        text = self.dbctl(*arguments, expect=exit_code, env=env)
        self.assertEqual(text.out, "")
        self.assertIn(f"error[{code}]: ", text.err)
        return text.err

    def sqlite(self, file, sql):
        done = subprocess.run(["sqlite3", str(self.folder / file), sql], capture_output=True, text=True, check=True)
        return done.stdout

    def write(self, file, text):
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def masked(text, folder=None):
    """Text without what differs from run to run and from machine to machine."""
    if folder is not None:
        text = text.replace(str(folder), "FOLDER")
    text = text.replace(str(pathlib.Path(PROGRAM).resolve().parent.parent), "BUILD")
    text = re.sub(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?', "TIME", text)
    text = re.sub(r'("(?:duration|connect)_ms": )\d+', r'\g<1>0', text)
    text = re.sub(r' *\d+ ms\b| *\d+\.\d s\b', " TOOK", text)
    text = re.sub(r'SQLite \d+\.\d+\.\d+', "SQLite VERSION", text)
    text = re.sub(r'\b[0-9a-f]{64}\b', "SHA256", text)
    return text


def main():
    program = unittest.main(exit=False, verbosity=1)
    result = program.result
    if result.wasSuccessful() and result.testsRun == len(result.skipped) > 0:
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())
