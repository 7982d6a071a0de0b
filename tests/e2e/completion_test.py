"""The completion scripts are well-formed, and bash's completes."""
import shutil
import subprocess
import unittest

import dbctl


class Completion(dbctl.Project):
    def complete(self, line):
        """What bash offers for the last word of `line`."""
        words = line.split(" ")
        script = self.dbctl("completion", "bash", expect=0).out + f"""
COMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1}
_dbctl; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
        path = dbctl.pathlib.Path(dbctl.PROGRAM).parent
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, capture_output=True, text=True, check=True,
                              env={**self.env, "PATH": f"{path}:{self.env['PATH']}"})
        return done.stdout.split()

    def test_bash(self):
        self.assertEqual(self.complete("dbctl rol"), ["rollback"])
        self.assertEqual(self.complete("dbctl db:"), ["db:seed"])
        self.assertEqual(self.complete("dbctl migrate --out-of-order "), ["fail", "apply"])
        self.assertEqual(self.complete("dbctl -e staging migrate --st"), ["--steps", "--statement-timeout"])
        self.assertEqual(self.complete("dbctl env s"), ["show"])
        self.assertEqual(self.complete("dbctl status -e prod"), ["production"])
        self.assertEqual(self.complete("dbctl --format "), ["text", "json"])

    def test_every_shell_accepts_its_script(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.dbctl("completion", shell, expect=0).out
            self.assertIn("db:seed", script)
            if shutil.which(shell) is None:
                continue
            subprocess.run([shell, "-n"], input=script, text=True, check=True, env=self.env)

    @unittest.skipIf(shutil.which("zsh") is None, "no zsh here")
    def test_zsh_loads(self):
        script = self.dbctl("completion", "zsh", expect=0).out
        subprocess.run(["zsh", "-f", "-c", "autoload -U compinit; compinit -D; " + script], check=True, env=self.env)

    @unittest.skipIf(shutil.which("zsh") is None, "no zsh here")
    def test_zsh_answers_the_tab_that_loads_it(self):
        (self.folder / "_dbctl").write_text(self.dbctl("completion", "zsh", expect=0).out, encoding="utf-8")
        script = "fpath=($PWD $fpath); _arguments() { echo asked; }; autoload -U _dbctl; _dbctl"
        done = subprocess.run(["zsh", "-f", "-c", script], cwd=self.folder, capture_output=True, text=True, env=self.env)
        self.assertEqual((done.stdout, done.stderr), ("asked\n", ""))


if __name__ == "__main__":
    dbctl.main()
