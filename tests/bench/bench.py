"""Measures what dbctl promises about time: bench.py [startup|authoring|thousand|cost|seed]... [--build build/release]

Nothing here is a test: a machine that does something else beside gives other figures. Each figure is a ratio, or
seconds on two cores, of one run, next to what it may be at most; the exit code is 1 when one is above."""
import argparse
import pathlib
import sys
import tempfile

import authoring
import cost
import measure
import seed
import startup

PARTS = ("startup", "authoring", "thousand", "cost", "seed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without one")
    parser.add_argument("--build", type=pathlib.Path, default=measure.TREE / "build/release")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    build = arguments.build.resolve()
    if not (build / "bin/dbctl").exists():
        parser.error(f"{build}/bin/dbctl is not there: cmake --preset release && cmake --build --preset release")
    report = measure.Report()
    with tempfile.TemporaryDirectory(prefix="dbctl-bench-") as name:
        folder = pathlib.Path(name)
        for part in arguments.parts or PARTS:
            print(f"== {part}")
            if part == "startup":
                startup.bench(build / "bin/dbctl", folder, report)
            elif part == "authoring":
                authoring.one_more(build, folder, report)
            elif part == "thousand":
                authoring.thousand(build, folder, report)
            elif part == "cost":
                cost.bench(build, folder, report)
            else:
                seed.bench(build, folder, report)
    sys.exit(report.failed > 0)


main()
