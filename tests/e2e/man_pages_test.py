"""The man pages that packaging/man_pages.sh makes: one for the program and each command, with all that --help says."""
import gzip
import re
import shutil
import subprocess
import unittest

import dbctl

REQUESTS = {".TH", ".SH", ".SS", ".TP", ".PP", ".BR", ".br"}


class ManPages(dbctl.Project):
    def setUp(self):
        super().setUp()
        folder = self.folder / "man1"
        subprocess.run([dbctl.SOURCE / "packaging/man_pages.sh", dbctl.PROGRAM, folder, "2024-02-01"], check=True,
                       env=self.env, timeout=self.timeout)
        self.pages = {f.name.removesuffix(".1.gz"): gzip.decompress(f.read_bytes()).decode() for f in folder.iterdir()}

    def test_one_for_each_command(self):
        overview = self.dbctl("--help", expect=0).out.split("\nglobal flags")[0]
        commands = re.findall(r"^  ([a-z]+)", overview, re.MULTILINE)
        self.assertIn("migrate", commands)
        self.assertEqual(sorted(self.pages), sorted(["dbctl", *(f"dbctl-{command}" for command in commands)]))
        for command in commands:
            self.assertIn(f"\\fB{command}", self.pages["dbctl"])
            self.assertIn(f".BR dbctl\\-{command} (1)", self.pages["dbctl"])

    def test_all_that_help_says(self):
        for name, page in self.pages.items():
            plain = " ".join(re.sub(r"\\f.", "", page).replace("\\-", "-").replace("\\&", "").split())
            lines = self.dbctl(*name.split("-")[1:], "--help", expect=0).out.replace("`", "").replace("…", "...").splitlines()
            for entry in lines[1:]:
                for part in re.split(r"  +", entry.strip()):
                    if not part.endswith(":"):
                        self.assertIn(part.removeprefix("usage: ").removeprefix("alias: "), plain, name)

    def test_form(self):
        for name, page in self.pages.items():
            lines = page.splitlines()
            escaped = name.replace("-", r"\-")
            self.assertTrue(lines[0].startswith(f".TH {escaped.upper()} 1 2024-02-01 "), lines[0])
            self.assertEqual(lines[1], ".SH NAME")
            self.assertTrue(lines[2].startswith(rf"{escaped} \- "), lines[2])
            for line in lines:
                if line.startswith((".", "'")):
                    self.assertIn(line.split(" ")[0], REQUESTS, name)

    @unittest.skipIf(shutil.which("mandoc") is None, "no mandoc here")
    def test_mandoc(self):
        for name, page in self.pages.items():
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=page, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, ""), name)


if __name__ == "__main__":
    dbctl.main()
