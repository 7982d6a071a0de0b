"""The search for passwords (secret_search.py, watched.py), tried on texts and processes that hold one."""
import base64
import binascii
import itertools
import json
import re
import shlex
import sys
import unittest
import urllib.parse

import dbctl
import secret_cases as cases
from secret_runs import SEARCH
from secret_search import parts
from watched import Watched


class SelfTest(unittest.TestCase):
    """A search that finds nothing proves nothing: here it must find."""

    def test_every_encoding_is_found(self):
        for password in cases.EVERY:
            data = password.encode()
            written = [password, password.upper(), urllib.parse.quote(password), urllib.parse.quote_plus(password),
                       urllib.parse.quote(password, safe="").lower(), json.dumps({"password": password}), repr(password),
                       json.dumps(password, ensure_ascii=False), shlex.join(["login", "-p", password]),
                       password.replace("'", "''"), password.replace("\\", "\\\\").replace("'", "\\'"),
                       password.replace('"', '""'), re.sub(r"(\W)", r"\\\1", password),
                       binascii.hexlify(data).decode(), data.hex(" ").upper(), data.hex(":")]
            for before, after in itertools.product((b"", b"u", b"u:", b"usr"), (b"", b"@", b"@h", b"@ho")):
                written.append(base64.b64encode(before + data + after).decode())
                written.append(base64.urlsafe_b64encode(before + data + after).decode())
            for text in written:
                self.assertTrue(SEARCH.find(f"error: refused ({text})\n"), text)

    def test_a_part_is_found_in_every_encoding(self):
        for password in cases.EVERY:
            self.assertGreater(len(parts(password)), 4, password)
            for part in parts(password):
                for text in (part, part.upper(), urllib.parse.quote(part), json.dumps(part), part.encode().hex(),
                             base64.b64encode(b"ab" + part.encode() + b"c").decode()):
                    self.assertTrue(SEARCH.find(f"x{text}y"), (part, text))

    def test_a_cut_password_is_found(self):
        for password, cut in itertools.product(cases.EVERY, (1, 2, 3)):
            self.assertTrue(SEARCH.find(password[:-cut]))
            self.assertTrue(SEARCH.find(password[cut:]))

    def test_innocent_text_is_not_found(self):
        for file in ("README.md", "docs/errors.md", "docs/environments.md", "tests/e2e/golden/story.txt"):
            self.assertEqual(SEARCH.find((dbctl.SOURCE / file).read_bytes()), [])

    def test_processes_are_seen(self):
        password = cases.WRONG[0]
        for words, env in ((["sleep", "0.3", f"--{password}"], {}), (["sleep", "0.3"], {"PASSWORD": password})):
            child = f"import subprocess; subprocess.run({words!r}, env={env!r})" if env else \
                    f"import subprocess; subprocess.run(['bash', '-c', 'sleep 0.3; true', {words[-1]!r}])"
            watched = Watched([sys.executable, "-c", child])
            watched.finish()
            self.assertTrue(any(SEARCH.find(seen) for seen in watched.seen), env)
        watched = Watched(["bash", "-c", "sleep 0.2; true", password])
        watched.finish()
        self.assertTrue(any(SEARCH.find(own) for own in watched.own))


if __name__ == "__main__":
    unittest.main()
