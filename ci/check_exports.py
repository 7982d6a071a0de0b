#!/usr/bin/env python3
"""What the built libraries export: a plugin one symbol, `dbctl_plugin`; libdbctl.so dbctl's own and no others.

Usage: ci/check_exports.py [BUILD_DIR]; without one, every build/* that has been built.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OWN = re.compile(r"(dbctl::|(typeinfo|typeinfo name|vtable|VTT|(non-virtual|virtual) thunk) (for|to) dbctl::)")


def exported(library):
    """The names, demangled, of all that others can link to."""
    lines = subprocess.run(["nm", "-DC", "--defined-only", library], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return [line.split(" ", 2)[2] for line in lines]


def check(build):
    findings = []
    plugins = sorted((build / "lib/dbctl").glob("*.so"))
    for plugin in plugins:
        names = exported(plugin)
        if names != ["dbctl_plugin"]:
            findings.append(f"{plugin}: exports {', '.join(names[:10]) or 'nothing'} instead of dbctl_plugin alone")
    # A sanitizer marks its globals with symbols of its own.
    strange = [name for name in exported(build / "lib/libdbctl.so") if not OWN.match(name) and "asan" not in name]
    findings += [f"{build}/lib/libdbctl.so: exports {name}" for name in strange]
    return findings, len(plugins)


def main():
    builds = [pathlib.Path(argument) for argument in sys.argv[1:]]
    if not builds:
        builds = [path.parent.parent for path in sorted(ROOT.glob("build/*/lib/libdbctl.so"))]
    if not builds:
        print("check_exports: no build to look at; build first, or name its folder")
        return 1
    findings, plugins = [], 0
    for build in builds:
        found, number = check(build)
        findings += found
        plugins += number
    for finding in findings:
        print(finding)
    if findings:
        return 1
    print(f"check_exports: OK, {plugins} plugins in {len(builds)} builds")
    return 0


sys.exit(main())
