"""Generators in a project whose domain is built already: what they write, and that bad input writes nothing."""
import pathlib
import re
import subprocess

import dbctl


class Make(dbctl.Project):
    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()
                      and path.parts[-2] != "environments")

    def test_writes_what_it_says(self):
        made = self.document("make", "model", "Review", "--fields", "product_id:uuid,stars:int|default=5")
        version = re.fullmatch(r"migrations/(\d{14})_create_reviews\.cpp", made["written"][1]).group(1)
        self.assertEqual(made["written"][0], "models/review.hpp")
        self.assertEqual(made["notes"], ["reviews.product_id is a foreign key: it refers to products.id"])
        self.assertEqual(self.files(), made["written"][::-1] and sorted(made["written"]))
        self.assertIn(f"const migration create_reviews_{version}{{",
                      (self.folder / made["written"][1]).read_text(encoding="utf-8"))
        seeder = self.dbctl("make:seeder", "order_note_seeder", "--table", "orders", "--deps", "UserSeeder", expect=0)
        self.assertIn("wrote seeders/order_note_seeder.cpp", seeder.out)

    def test_versions_of_five_at_once_differ(self):
        runs = [subprocess.Popen([dbctl.PROGRAM, "new", f"note_{n}"], cwd=self.folder, env=self.env,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for n in range(5)]
        self.assertEqual([run.communicate()[1] and run.returncode for run in runs], [0] * 5)
        versions = [path.name[:14] for path in (self.folder / "migrations").iterdir()]
        self.assertEqual(len(set(versions)), 5, versions)
        newest = max(path.name for path in (dbctl.SOURCE / "migrations/ecommerce").iterdir())[:14]
        self.assertGreater(min(versions), newest)

    def test_nothing_is_overwritten_without_consent(self):
        self.dbctl("make", "model", "User", expect=0)
        header = self.folder / "models/user.hpp"
        header.write_text("mine", encoding="utf-8")
        self.refused("DBCTL-MAK-003", 2, "make", "model", "User")
        self.refused("DBCTL-CLI-002", 8, "make", "model", "User", "--force")
        self.assertEqual(header.read_text(encoding="utf-8"), "mine")
        self.dbctl("make", "model", "User", "--force", "--yes", expect=0)
        self.assertIn("struct User {", header.read_text(encoding="utf-8"))

    def test_bad_input_writes_nothing(self):
        (self.folder / "rows.json").write_text('[{"nam": 1}]', encoding="utf-8")
        before = self.files()
        cases = [
            ("DBCTL-MAK-001", ("model", "Page", "--fields", "a:strng"), 'did you mean "string"?'),
            ("DBCTL-MAK-001", ("model", "Page", "--fields", "a:int,a:int"), "is there twice"),
            ("DBCTL-MAK-001", ("model", "Page", "--fields", ""), "a field is empty"),
            ("DBCTL-MAK-001", ("model", "Page", "--fields", "id:int"), 'has a column "id" already'),
            ("DBCTL-MAK-001", ("migration", "add_x_to_users"), "which type is users.x?"),
            ("DBCTL-MAK-002", ("model", "Page", "--fields", "select:int"), "reserved word of SQL"),
            ("DBCTL-MAK-002", ("model", "Page", "--fields", "namespace:int"), "keeps for itself"),
            ("DBCTL-MAK-002", ("model", "Pa ge!", "--fields", "a:int"), "is no name for a model"),
            ("DBCTL-MAK-002", ("model", "../../Page", "--fields", "a:int"), "is no name for a model"),
            ("DBCTL-MAK-002", ("model", "Page", "--table", "Pages", "--fields", "a:int"), 'did you mean "pages"?'),
            ("DBCTL-MAK-002", ("migration", "a/b"), "is no name for a migration"),
            ("DBCTL-MAK-002", ("seeder", "", "--table", "users"), "is no name for a seeder"),
            ("DBCTL-MAK-003", ("model", "User", "--fields", "a:int"), "makes the table users already"),
            ("DBCTL-MAK-003", ("migration", "create_users_table", "--fields", "a:int"), "makes the table users"),
            ("DBCTL-MAK-004", ("model", "Page", "--fields", "a:uuid|fk:usrs"), 'did you mean "users"?'),
            ("DBCTL-MAK-004", ("migration", "drop_phne_from_users"), 'did you mean "phone"?'),
            ("DBCTL-MAK-004", ("seeder", "PageSeeder", "--table", "user"), 'did you mean "users"?'),
            ("DBCTL-MAK-004", ("seeder", "NewSeeder", "--table", "products"), "--deps CategorySeeder"),
            ("DBCTL-SED-001", ("seeder", "UserSeeder", "--table", "users", "--deps", "OrderSeeder"), "in a circle"),
            ("DBCTL-SED-002", ("seeder", "NewSeeder", "--table", "users", "--deps", "UsrSeeder"), "UserSeeder"),
            ("DBCTL-SED-004", ("seeder", "NewSeeder", "--table", "users", "--data", "rows.json"), 'no column of users'),
            ("DBCTL-CLI-001", ("seeder", "NewSeeder"), "needs a table"),
            ("DBCTL-CLI-001", ("seeder", "NewSeeder", "--table", "users", "--key", "int"), "--key is for"),
            ("DBCTL-CLI-001", ("model",), "needs a NAME"),
            ("DBCTL-CLI-001", ("modle", "Page"), "did you mean model?"),
            ("DBCTL-CLI-001", ("seeder", "NewSeeder", "--table", "users", "--data", "no.json"), "cannot be read"),
        ]
        for code, words, text in cases:
            with self.subTest(words):
                self.assertIn(text, self.refused(code, 7 if "SED" in code and code != "DBCTL-SED-002" else 2, "make", *words))
                self.assertEqual(self.files(), before)

    def test_a_project_is_made_once(self):
        self.dbctl("init", "new shop", expect=0)
        folder = self.folder / "new shop"
        self.assertIn("dbctl_add_domain(new_shop)", (folder / "CMakeLists.txt").read_text(encoding="utf-8"))
        text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())
        self.assertNotRegex(text, "@[A-Z]+@")
        before = sorted(path for path in folder.rglob("*"))
        self.refused("DBCTL-MAK-003", 2, "init", "new shop")
        self.refused("DBCTL-MAK-002", 2, "init", "select")
        self.refused("DBCTL-MAK-002", 2, "init", "1")
        self.refused("DBCTL-CLI-001", 2, "init")
        self.assertEqual(sorted(path for path in folder.rglob("*")), before)
        self.assertFalse((self.folder / "select").exists())

    def test_builds_no_project_of_others(self):
        app = self.folder / "app"
        app.mkdir()
        (app / "CMakeLists.txt").write_text("message(FATAL_ERROR \"this was run\")\n", encoding="utf-8")
        for folder in (app, self.folder):
            (folder / "CMakeLists.txt").write_text("message(FATAL_ERROR \"this was run\")\n", encoding="utf-8")
            done = subprocess.run([dbctl.PROGRAM, "-u", "sqlite:a.db", "status"], cwd=folder, env=self.env,
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(path.name for path in app.iterdir()), ["CMakeLists.txt"])

    def test_works_from_any_folder_of_a_project(self):
        (self.folder / "CMakeLists.txt").touch()
        below = self.folder / "some/where"
        below.mkdir(parents=True)
        done = subprocess.run([dbctl.PROGRAM, "--no-build", "plan", "--sql", "-o", "plan.sql"], cwd=below, env=self.env,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("CREATE TABLE", pathlib.Path(below / "plan.sql").read_text(encoding="utf-8"))
        done = subprocess.run([dbctl.PROGRAM, "-u", "sqlite:here.db", "migrate"], cwd=below, env=self.env,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((below / "here.db").exists())


if __name__ == "__main__":
    dbctl.main()
