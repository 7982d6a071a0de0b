#!/usr/bin/env python3
"""Makes the fuzzers' seeds from what the tree has already: seeds.py FOLDER

FOLDER/sql, /yaml, /env, /url and /fields get the golden SQL, the environments, the examples of .env files, and the
texts that tests write as C++ literals.
"""
import ast
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = {
    "sql": ["tests/golden/*/*.sql"],
    "yaml": ["environments/*.yaml"],
    "env": ["environments/.env*.example"],
    "url": [],
    "fields": [],
}
SOURCES = {
    "sql": ["tests/unit/sql/*.cpp", "tests/drivers/*/*.cpp", "tests/property/sql_test.cpp"],
    "yaml": ["tests/unit/environment/*.cpp"],
    "env": ["tests/unit/environment/*.cpp"],
    "url": ["tests/unit/environment/url_test.cpp"],
    "fields": ["tests/unit/scaffold/*.cpp"],
}
LITERAL = re.compile(r'R"([^\s()]*)\((.*?)\)\1"|"((?:[^"\\\n]|\\.)*)"', re.DOTALL)
GLUE = re.compile(r"\s*\Z")


def value(match):
    if match[2] is not None:
        return match[2].encode()
    return ast.literal_eval(f'b"{match[3]}"') if match[3].isascii() else match[3].encode()


def literals(source):
    """Each literal; neighbours are one, as in C++."""
    text = source.read_text()
    end, pieces = 0, b""
    for match in LITERAL.finditer(text):
        if pieces and not GLUE.match(text[end:match.start()]):
            yield pieces
            pieces = b""
        pieces += value(match)
        end = match.end()
    yield pieces


def seeds(kind):
    for pattern in FILES[kind]:
        for file in ROOT.glob(pattern):
            yield file.read_bytes()
    for pattern in SOURCES[kind]:
        for source in ROOT.glob(pattern):
            yield from literals(source)


def main():
    target = pathlib.Path(sys.argv[1])
    for kind in FILES:
        folder = target / kind
        folder.mkdir(parents=True, exist_ok=True)
        for seed in set(seeds(kind)):
            (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
        print(f"{kind}: {len(list(folder.iterdir()))} seeds")


if __name__ == "__main__":
    sys.exit(main())
