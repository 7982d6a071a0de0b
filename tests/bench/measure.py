"""What the measurements share: a folder, the programs, medians of interleaved runs."""
import os
import pathlib
import statistics
import subprocess
import time

TREE = pathlib.Path(__file__).resolve().parents[2]


def environment():
    """The caller's, without dbctl's own settings; what was compiled before is compiled again."""
    return {"CCACHE_DISABLE": "1", **{k: v for k, v in os.environ.items() if not k.startswith(("DBCTL_", "DB_", "DATABASE_URL"))}}


def run(command, cwd, **keywords):
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=environment(), capture_output=True, text=True,
                          check=False, **keywords)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def seconds(command, cwd):
    start = time.perf_counter()
    run(command, cwd)
    return time.perf_counter() - start


def interleaved(commands, cwd, runs):
    """The median seconds of each command; one of each in turn, so that what disturbs one disturbs all."""
    times = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command, cwd))
    return {name: statistics.median(values) for name, values in times.items()}


class Report:
    """One line a figure, with what it may be at most; `failed` counts those above."""

    def __init__(self):
        self.failed = 0

    def figure(self, name, value, unit, most):
        good = value <= most
        self.failed += not good
        print(f"{name:<58} {value:8.2f} {unit:<6} at most {most:g}  {'ok' if good else 'TOO SLOW'}", flush=True)

    def note(self, text):
        print(f"  {text}", flush=True)
