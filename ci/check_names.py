#!/usr/bin/env python3
"""core/ knows no database by name: only drivers do. Documentation (*.md) may name them.

Usage: ci/check_names.py [BUILD_DIR, ignored].
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = re.compile(r"mysql|mariadb|sqlite|postgres|libpq|pqxx", re.IGNORECASE)


def main():
    files = [f for f in sorted((ROOT / "core").rglob("*")) if f.is_file() and f.suffix != ".md"]
    findings = 0
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if NAMES.search(line):
                print(f"{path.relative_to(ROOT)}:{number}: names a database: {line.strip()}")
                findings += 1
    if findings:
        return 1
    print(f"check_names: OK, {len(files)} files")
    return 0


sys.exit(main())
