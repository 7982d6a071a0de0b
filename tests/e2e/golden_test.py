"""What people read: help, tables and errors, word for word. DBCTL_GOLDEN_UPDATE=1 writes the files anew."""
import os
import pathlib

import dbctl

GOLDEN = pathlib.Path(__file__).parent / "golden"
COMMANDS = ("migrate rollback redo fresh status plan validate history repair test seed create drop wait ping doctor env "
            "plugin errors completion").split()


class Golden(dbctl.Project):
    def same(self, name, text):
        file = GOLDEN / name
        if os.environ.get("DBCTL_GOLDEN_UPDATE"):
            file.write_text(text, encoding="utf-8")
        self.assertEqual(text, file.read_text(encoding="utf-8"), f"{file} (DBCTL_GOLDEN_UPDATE=1 writes it)")

    def transcript(self, name, *lines):
        """Commands and all that they print, as a session in a terminal would show them."""
        text = ""
        for words in lines:
            result = self.dbctl(*words)
            shown = dbctl.masked(result.out + result.err, self.folder)
            text += f"$ dbctl {' '.join(words)}\n{shown}[exit {result.code}]\n\n"
        self.same(name, text)

    def test_help(self):
        self.same("help.txt", self.dbctl("--help", expect=0).out)
        self.assertEqual(self.dbctl("help", expect=0).out, self.dbctl("-h", expect=0).out)
        text = ""
        for command in COMMANDS:
            shown = self.dbctl(command, "--help", expect=0).out
            self.assertEqual(shown, self.dbctl("help", command, expect=0).out)
            own, shared = shown.split("\nglobal flags:\n")
            self.assertIn("--environments DIR", shared)
            text += f"$ dbctl {command} --help\n{own}\n"
        self.same("commands.txt", text)

    def test_story(self):
        self.transcript("story.txt", ["status"], ["plan"], ["migrate"], ["seed"], ["status"], ["seed"],
                        ["seed", "--list"], ["rollback"], ["status", "--exit-code"], ["redo"], ["migrate"],
                        ["fresh", "--seed", "--confirm", "ecommerce_dev"], ["migrate"], ["doctor"], ["ping"],
                        ["validate"], ["env", "show"], ["env", "list"], ["drop", "--confirm", "ecommerce_dev"])

    def test_edited_row(self):
        self.dbctl("migrate", "--seed", expect=0)
        self.sqlite("ecommerce_dev.db", "update products set price = 899 where sku = 'IPH15-128'")
        self.transcript("kept.txt", ["seed"], ["seed", "--status"], ["seed", "--force"], ["seed"])

    def test_errors(self):
        self.dbctl("migrate", expect=0)
        self.write("broken.yaml", "")
        self.write("environments/twice.yaml", "driver: sqlite\ndriver: sqlite\n")
        self.write("environments/typo.yaml", "driver: sqlite\nconnection: { fiel: a.db }\n")
        self.write("environments/folder.yaml", "driver: sqlite\ndomains: [ecommerce]\nconnection: { file: build }\n")
        self.transcript("errors.txt", ["stauts"], ["migrate", "--to"], ["status", "-e", "stagin"],
                        ["status", "-e", "production"], ["status", "-e", "twice"], ["status", "-e", "typo"],
                        ["status", "-e", "folder"], ["fresh"], ["fresh", "-e", "production"],
                        ["fresh", "--confirm", "shop"], ["seed", "--only", "CategorySeder"],
                        ["migrate", "--to", "create_user"], ["plan", "--driver", "orcle"],
                        ["repair", "--mark-applied", "create_users"], ["stauts", "--format", "json"])

    def test_error_page(self):
        page = (dbctl.SOURCE / "docs/errors.md").read_text(encoding="utf-8")
        self.assertEqual(self.dbctl("errors", "--markdown", expect=0).out, page,
                         "docs/errors.md is made by `dbctl errors --markdown`")


if __name__ == "__main__":
    dbctl.main()
