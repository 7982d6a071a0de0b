"""Signals: the first ends a run at a statement boundary, here while it waits for the lock."""
import fcntl
import signal
import subprocess

import dbctl


class Signals(dbctl.Project):
    def test_stopped_while_waiting_for_the_lock(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("rollback", expect=0)
        with open(self.folder / "ecommerce_dev.db.dbctl-lock", "r+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                run = subprocess.Popen([dbctl.PROGRAM, "migrate", "--lock-timeout", "60s"], cwd=self.folder,
                                       env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                self.assertIn("waiting for the lock", run.stderr.readline())
                run.send_signal(number)
                out, err = run.communicate(timeout=60)
                self.assertEqual(run.returncode, code, err)
                self.assertIn("error[DBCTL-CLI-004]: stopped by SIG", err)
                self.assertEqual(out, "")
            self.refused("DBCTL-LCK-001", 5, "migrate", "--lock-timeout", "100ms")
        self.assertEqual(self.document("status")["pending"], 1)
        self.dbctl("migrate", expect=0)

    def test_a_second_signal_ends_it_at_once(self):
        self.dbctl("migrate", expect=0)
        self.dbctl("rollback", expect=0)
        with open(self.folder / "ecommerce_dev.db.dbctl-lock", "r+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            run = subprocess.Popen([dbctl.PROGRAM, "migrate", "--lock-timeout", "60s"], cwd=self.folder, env=self.env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            self.assertIn("waiting for the lock", run.stderr.readline())
            run.send_signal(signal.SIGINT)
            run.stderr.readline()  # the end of the line that the terminal's ^C stands in
            self.assertIn("again to stop at once", run.stderr.readline())
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=60)
            self.assertIn(run.returncode, (-signal.SIGINT, 130))


if __name__ == "__main__":
    dbctl.main()
