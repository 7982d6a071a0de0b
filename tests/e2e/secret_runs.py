"""Runs of dbctl in which nothing that it shows or leaves behind may hold a password of secret_cases.py."""
import concurrent.futures

import dbctl
import secret_cases as cases
from secret_search import Search
from watched import Watched

SEARCH = Search(cases.EVERY + cases.ON_ONE_LINE)
AT_ONCE = 4  # runs side by side


class Secrets(dbctl.Project):
    """Runs that are all looked at; what was found is told at the end."""

    def setUp(self):
        super().setUp()
        self.found, self.mine = [], set(self.folder.rglob("*"))
        for name in ("home", "tmp"):
            (self.folder / name).mkdir()
        self.env |= {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"), "LANG": "C.UTF-8"}

    def write(self, file, text):
        path = super().write(file, text)
        self.mine.add(path)
        return path

    def start(self, words, env=None):
        return Watched([dbctl.PROGRAM, *words], cwd=self.folder, env={**self.env, **(env or {})})

    def told(self, where, data):
        self.found += [f"{where}: {find}" for find in SEARCH.find(data)]

    def finish(self, watched, stop_with=None):
        code, out, err = watched.finish(stop_with)
        words = watched.words[1:]
        shown = f"dbctl {' '.join(words)}"
        self.told(f"stdout of {shown}", out)
        self.told(f"stderr of {shown}", err)
        for seen in watched.seen:
            self.told(f"child of {shown}", seen)
        if not SEARCH.find("\n".join(words)):  # who types a password into the command line shows it
            for own in watched.own:
                self.told(f"command line of {shown}", own)
        both = (out + err).decode("utf-8", "replace")
        self.assertNotIn(b"Sanitizer", err, shown)
        for bug in ("error[DBCTL-BUG", '"code": "DBCTL-BUG'):
            self.assertNotIn(bug, both, shown)
        return code, both

    def run_one(self, words, env=None, expect=None):
        code, both = self.finish(self.start(words, env))
        if expect is not None:
            self.assertIn(code, expect, f"dbctl {words}: exit {code}\n{both}")
        return code, both

    def run_all(self, runs):
        """Many (words, variables, exit codes), every other one with --format json."""
        def one(numbered):
            number, (words, env, expect) = numbered
            return self.run_one([*words, "--format", "json"] if number % 2 else words, env, expect)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(one, enumerate(runs)))

    def nothing_was_found(self):
        for path in self.folder.rglob("*"):
            self.told("name of a file", str(path.relative_to(self.folder)))
            if path.is_file() and path not in self.mine:
                self.told(path.relative_to(self.folder), path.read_bytes())
        self.assertEqual(sorted(set(self.found)), [], "\n".join(["", *sorted(set(self.found))]))
