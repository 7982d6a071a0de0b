#!/usr/bin/env python3
"""Snippets of the documentation that say where they are from (<!-- from FILE -->) stand there word for word.

Usage: ci/check_snippets.py [BUILD_DIR, ignored].
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SNIPPET = re.compile(r"^<!-- from (\S+) -->\n```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main():
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    findings, number = [], 0
    for document in documents:
        if not document.exists():
            continue
        text = document.read_text(encoding="utf-8")
        for match in SNIPPET.finditer(text):
            number += 1
            source = ROOT / match.group(1)
            if not source.exists() or match.group(2) not in source.read_text(encoding="utf-8"):
                line = text.count("\n", 0, match.start()) + 1
                findings.append(f"{document.relative_to(ROOT)}:{line}: this does not stand in {match.group(1)}")
    for finding in findings:
        print(finding)
    if findings:
        return 1
    print(f"check_snippets: OK, {number} snippets")
    return 0


sys.exit(main())
