"""Finds a password in bytes, however it was written there: as it is, encoded, quoted, or a longer part of it."""
import base64
import json
import re
import shlex
import urllib.parse

SHORTEST = 6  # bytes of a part that is a find of its own
QUOTES = ("'", '"', "`")


def parts(password):
    """What stands between the special characters, so that a password that was cut or split is found too."""
    words = set(re.split(r"[^\w]+", password)) | set(re.split(r"[^A-Za-z0-9]+", password))
    return sorted(word for word in words if len(word.encode()) >= SHORTEST)


def in_base64(data):
    """The characters that `data` alone decides, at each of the three places it may begin at in a longer text."""
    found = set()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + data).decode()
        begin, end = (0, 2, 3)[before], (before + len(data)) * 8 // 6
        for text in (whole, whole.replace("+", "-").replace("/", "_")):
            found.add(text[begin:end])
    return found


def in_urls(password):
    found = set()
    for safe in ("", "/", ":", "'", "@", ":/", "@:/", "-._~!$&'()*+,;=:@/"):
        for text in (urllib.parse.quote(password, safe=safe), urllib.parse.quote_plus(password, safe=safe)):
            found |= {text, re.sub("%[0-9A-F]{2}", lambda escape: escape.group().lower(), text)}
    found.add("".join(f"%{byte:02x}" for byte in password.encode()))
    return found


def in_quotes(password):
    """As JSON, C, SQL and shells write it, without the quotes around it."""
    lines = password.replace("\\", "\\\\").replace("\n", "\\n")
    found = {json.dumps(password)[1:-1], json.dumps(password, ensure_ascii=False)[1:-1], lines, shlex.quote(password),
              shlex.quote(password).strip("'"), re.sub(r"([^\w])", r"\\\1", password), repr(password)[1:-1]}
    for quote in QUOTES:
        for text in (password, password.replace("\\", "\\\\"), lines):
            found |= {text.replace(quote, quote * 2), text.replace(quote, "\\" + quote)}
    return found | {text.replace("/", "\\/") for text in found}


def needles(password):
    """The texts to look for: those whose case counts, and those found in any case (and in lower case here)."""
    exact, folded = set(), set()
    for text in (password, *parts(password)):
        exact |= in_base64(text.encode())
        folded |= {text, text.encode().hex(), text.encode().hex(" "), text.encode().hex(":")}
        folded |= in_urls(text) | in_quotes(text)
    return ({text.encode() for text in exact if len(text) >= SHORTEST},
            {text.lower().encode() for text in folded if len(text.encode()) >= SHORTEST})


class Search:
    """For many passwords at once."""

    def __init__(self, passwords):
        self.needles = [(password, *needles(password)) for password in passwords]

    def find(self, data):
        """The longest find of each password in bytes or text, with its surroundings; none is what everybody hopes for."""
        data = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
        lower = data.decode("utf-8", "surrogateescape").lower().encode("utf-8", "surrogateescape")
        found = []
        for password, exact, folded in self.needles:
            hits = [(data, n) for n in exact if n in data] + [(lower, n) for n in folded if n in lower]
            if hits:
                text, needle = max(hits, key=lambda hit: len(hit[1]))
                at = text.index(needle)
                found.append(f"{needle!r} in {text[max(0, at - 60):at + len(needle) + 20]!r}")
        return found
