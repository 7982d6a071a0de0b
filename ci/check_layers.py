#!/usr/bin/env python3
"""Includes point downwards only, and third-party headers stay where they belong.

Usage: ci/check_layers.py [BUILD_DIR, ignored]. Reads the sources against the table of docs/architecture.md.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What a module may include besides itself; what those may include comes with them.
USES = {
    "base": [],
    "value": ["base"],
    "schema": ["value"],
    "dsl": ["schema"],
    "sql": ["schema"],
    "driver": ["sql"],
    "catalog": ["schema", "dsl"],
    "source": ["catalog", "sql"],
    "plugin": ["driver", "catalog"],
    "environment": ["driver"],
    "journal": ["driver"],
    "migrate": ["journal", "catalog"],
    "seed": ["catalog", "journal", "environment"],
    "model": ["journal", "dsl"],
    "proof": ["migrate"],
    "testing": ["environment", "plugin", "migrate", "seed", "model"],
    "scaffold": ["seed"],
}
# Headers at the top of core/include/dbctl, for authors: the module that each is a door to.
DOORS = {"migration.hpp": "dsl", "seeder.hpp": "dsl", "domain.hpp": "plugin", "model.hpp": "model", "testing.hpp": "testing"}

# Third-party headers and where they may be included, as patterns of paths.
CLIENT = r"plugins/drivers/[^/]+/(connection|errors)[^/]*|plugins/drivers/[^/]+/[^/]*compat\.hpp|tests/.*"
THIRD_PARTY = [
    (r"yaml-cpp/", r"core/src/environment/.*"),
    (r"boost/", r"core/src/plugin/.*"),
    (r"CLI/", r"cli/.*"),
    (r"fmt/", r"(core/src|cli|plugins|tests)/.*"),
    (r"nlohmann/", r"(core/src|cli|plugins|tests)/.*"),
    (r"nettle/", r"core/src/base/.*"),
    (r"(sqlite3|libpq-fe|mysql|mysqld_error|mysql_[a-z_]+|errmsg)\.h$|(pqxx|cppconn|mysql|mariadb|jdbc|mysqlx)/", CLIENT),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def closure(module):
    reached, todo = {module}, [module]
    while todo:
        for used in USES[todo.pop()]:
            if used not in reached:
                reached.add(used)
                todo.append(used)
    return reached


def owner(path):
    """The module that a file of core belongs to, or None."""
    parts = path.parts
    if parts[:3] == ("core", "include", "dbctl"):
        return DOORS.get(parts[3]) if len(parts) == 4 else parts[3]
    if parts[:2] == ("core", "src") and len(parts) > 3:
        return parts[2]
    return None


def included_module(name, path):
    """The module that an include refers to, or None for headers of others."""
    parts = pathlib.PurePosixPath(name).parts
    if parts[0] == "dbctl" and len(parts) == 2:
        return DOORS.get(parts[1])
    if parts[0] == "dbctl":
        return parts[1]
    if len(parts) > 1 and (ROOT / "core/src" / name).exists():
        return parts[0]
    return None


def check(path, findings):
    relative = path.relative_to(ROOT)
    module = owner(relative)
    if module is not None and module not in USES:
        findings.append(f"{relative}: module \"{module}\" is not in the table of {pathlib.Path(__file__).name}")
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match.group(2)
        place = f"{relative}:{number}"
        target = included_module(name, relative)
        if module is not None and target is not None and target not in closure(module):
            findings.append(f"{place}: {module} must not include {target} ({name})")
        if relative.parts[0] == "plugins" and (ROOT / "core/src" / name).exists() and not (path.parent / name).exists():
            findings.append(f"{place}: a plugin includes core's own header {name}")
        for header, allowed in THIRD_PARTY:
            if re.match(header, name) and not re.fullmatch(allowed, str(relative)):
                findings.append(f"{place}: <{name}> belongs to {allowed}")


def main():
    findings = []
    files = [f for folder in ("core", "cli", "plugins", "tests") for f in sorted((ROOT / folder).rglob("*.[hc]pp"))]
    for path in files:
        check(path, findings)
    for finding in findings:
        print(finding)
    if findings:
        return 1
    print(f"check_layers: OK, {len(files)} files")
    return 0


sys.exit(main())
