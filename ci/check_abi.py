#!/usr/bin/env python3
"""The boundary's headers and its number change together.

A plugin built with other headers than dbctl would crash instead of being refused, if both bore the same ABI number.
Usage: ci/check_abi.py [BUILD_DIR, ignored]; ci/check_abi.py --record writes what is there now to ci/abi.txt.
"""
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORD = ROOT / "ci/abi.txt"
INCLUDE = ROOT / "core/include"
# What a plugin's macro and its headers reach; found by following includes from these.
ENTRANCES = ["dbctl/plugin/plugin.hpp", "dbctl/plugin/command.hpp", "dbctl/plugin/embed.hpp", "dbctl/driver/driver.hpp", "dbctl/sql/ansi_dialect.hpp",
             "dbctl/base/codes.hpp", "dbctl/domain.hpp", "dbctl/migration.hpp", "dbctl/seeder.hpp"]

COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def reached():
    """All headers that the entrances include, directly or not."""
    seen, todo = set(), list(ENTRANCES)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        text = (INCLUDE / name).read_text(encoding="utf-8")
        for included in re.findall(r'^\s*#\s*include\s*[<"](dbctl/[^>"]+)[>"]', text, re.MULTILINE):
            if included.endswith(".hpp"):  # codes.def is a list of messages
                todo.append(included)
    return sorted(seen)


def meaning(name):
    """A header without comments, white space and the number itself."""
    text = COMMENT.sub(lambda m: m.group(1) or " ", (INCLUDE / name).read_text(encoding="utf-8"))
    text = re.sub(r"#define DBCTL_PLUGIN_ABI \d+", "", text)
    return " ".join(text.split())


def current():
    number = re.search(r"#define DBCTL_PLUGIN_ABI (\d+)", (INCLUDE / "dbctl/plugin/toolchain.hpp").read_text()).group(1)
    lines = {name: hashlib.sha256(meaning(name).encode()).hexdigest() for name in reached()}
    return number, lines


def recorded():
    if not RECORD.exists():
        return None, {}
    first, *rest = RECORD.read_text(encoding="utf-8").splitlines()
    return first.split()[1], dict(reversed(line.split("  ", 1)) for line in rest)


def main():
    number, headers = current()
    if sys.argv[1:] == ["--record"]:
        RECORD.write_text(f"abi {number}\n" + "".join(f"{digest}  {name}\n" for name, digest in headers.items()),
                          encoding="utf-8")
        print(f"check_abi: recorded ABI {number}, {len(headers)} headers")
        return 0
    old_number, old = recorded()
    changed = sorted(name for name in headers.keys() | old.keys() if headers.get(name) != old.get(name))
    if not changed and number == old_number:
        print(f"check_abi: OK, ABI {number}, {len(headers)} headers")
        return 0
    for name in changed:
        print(f"core/include/{name}: {'removed' if name not in headers else 'new' if name not in old else 'changed'}")
    if number == old_number:
        print(f"check_abi: the boundary changed, its number {number} did not. Plugins built before would crash.\n"
              "Raise DBCTL_PLUGIN_ABI in core/include/dbctl/plugin/toolchain.hpp, unless no dbctl with this number was\n"
              "ever released; then run ci/check_abi.py --record and commit ci/abi.txt.")
    else:
        print(f"check_abi: ABI {number} is not recorded; run ci/check_abi.py --record and commit ci/abi.txt.")
    return 1


sys.exit(main())
