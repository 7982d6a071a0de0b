"""Runs a program and looks, as long as it lives, at what /proc shows everybody of it and of its children."""
import os
import pathlib
import subprocess
import tempfile
import threading
import time

PAUSE = 0.02  # seconds between two looks


def read(path):
    """A file of /proc; nothing where the process ended meanwhile."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def children_of(pid):
    found = []
    try:
        threads = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):  # it ended
        return found
    for thread in threads:
        for child in read(thread / "children").split():
            found += [int(child), *children_of(int(child))]
    return found


class Watched:
    """`seen`: command lines and environments of children, and `own` command lines, as bytes."""

    def __init__(self, words, **settings):
        if not list(pathlib.Path("/proc/self/task").glob("*/children")):
            raise RuntimeError("no /proc/*/task/*/children: nothing can be said about processes here")
        self.words, self.seen, self.own, self.looks = words, set(), set(), 0
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err, **settings)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        while not self.over.is_set():
            self.look()
            time.sleep(PAUSE)

    def look(self):
        self.looks += 1
        pid = self.process.pid
        self.own.add(read(pathlib.Path(f"/proc/{pid}/cmdline")))
        for child in children_of(pid):
            self.seen |= {read(pathlib.Path(f"/proc/{child}/{file}")) for file in ("cmdline", "environ")}

    def finish(self, stop_with=None):
        """Waits for the end; returns exit code, stdout and stderr."""
        if stop_with is not None:
            self.process.send_signal(stop_with)
        try:
            self.process.wait(timeout=100)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.over.set()
            self.thread.join()
        out, err = self.written(self.out), self.written(self.err)
        self.out.close()
        self.err.close()
        return self.process.returncode, out, err

    @staticmethod
    def written(file):
        """What it has written so far."""
        return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)
