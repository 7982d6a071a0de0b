#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/sqlite/support.hpp"

namespace dbctl::sqlite::test {
namespace {

/// Runs in a process of its own; the test waits for the exit code.
template <class Action>
int in_child(Action action) {
  const auto child = ::fork();
  if (child == 0) {
    try {
      ::_exit(action());
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(99);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(SqliteFiles, names) {
  const SqliteDriver driver;
  EXPECT_EQ(driver.database_name(options(driver, {{"file", "/srv/data/shop.v2.db"}})), "shop.v2");
  EXPECT_EQ(driver.target(options(driver, {{"file", "/srv/data/shop.v2.db"}})), "/srv/data/shop.v2.db");
  EXPECT_EQ(driver.database_name(options(driver, {{"file", "x.db"}, {"in_memory", "true"}})), ":memory:");
  EXPECT_EQ(driver.database_name(options(driver, {{"file", ":memory:"}})), ":memory:");
  EXPECT_EQ(error_of([&] { driver.connect(options(driver, {})); }),
            "DBCTL-ENV-006: no database file is given\n"
            "next: set `file:` below `connection:` in the environment's file, or DB_SQLITE_FILE_PATH\n"
            "next: DB_SQLITE_IN_MEMORY=true uses a database in memory");
}

TEST(SqliteFiles, what_cannot_be_opened_says_why) {
  Folder folder;
  const SqliteDriver driver;
  const auto error = [&](const std::string& path) {
    return error_of([&] { driver.connect(options(driver, {{"file", path}})); });
  };
  EXPECT_EQ(error(folder.text()), "DBCTL-CON-001: the database file " + folder.text() +
                                      " cannot be opened\nwhy: it is a directory, not a file\n"
                                      "next: give the option file the path of a file");
  const auto missing = folder / "no/such/shop.db";
  EXPECT_EQ(error(missing), "DBCTL-CON-001: the database file " + missing +
                                " cannot be opened\nwhy: there is no directory " + (folder / "no/such") +
                                "\nnext: mkdir -p " + (folder / "no/such"));
  const auto text = folder / "notes.txt";
  write_file(text, std::string(2000, 'x'));
  EXPECT_EQ(error(text), "DBCTL-CON-001: " + text +
                             " is not a SQLite database\nwhy: SQLite error 26: file is not a database\n"
                             "next: check the option file: it names something else");
}

/// What a user without rights meets, as text; root has all rights and becomes nobody first.
std::string without_rights(const std::string& path, const std::string& fresh) {
  constexpr uid_t nobody = 65534;
  if (::geteuid() == 0 && ::setuid(nobody) != 0) return "no other user";
  Shop shop(Given{{"file", path}});
  const auto begin_and_write = [&] {
    shop->begin();
    shop.execute("INSERT INTO t VALUES (1)");
  };
  std::string all = shop.rows("SELECT count(*) FROM t") + "\n" + error_of(begin_and_write) + "\n";
  shop->rollback();
  return all + error_of([&] { shop->try_lock("x"); }) + "\n" + error_of([&] { Shop(Given{{"file", fresh}}); });
}

TEST(SqliteFiles, without_rights) {
  Folder folder;
  const auto path = folder / "shop.db", fresh = folder / "new.db", result = folder / "result";
  {
    Shop made(Given{{"file", path}});
    made.execute("CREATE TABLE t (a)");
  }
  fs::remove(path + ".dbctl-lock");
  fs::permissions(path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  write_file(result, "");
  fs::permissions(result, fs::perms::all);
  fs::permissions(folder.text(),
                  fs::perms::all & ~(fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write));
  EXPECT_EQ(in_child([&] {
              write_file(result, without_rights(path, fresh));
              return 0;
            }),
            0);
  EXPECT_EQ(read_file(result), "0\nDBCTL-SQL-004: " + path +
                                   " cannot be written to: it is read-only\n"
                                   "why: SQLite error 8: attempt to write a readonly database\n"
                                   "next: give this user the right to write to " +
                                   path +
                                   " and to its folder\n"
                                   "DBCTL-SQL-004: the lock file " +
                                   path +
                                   ".dbctl-lock cannot be made\nwhy: Permission denied\n"
                                   "next: give this user the right to write to that folder\n"
                                   "DBCTL-CON-001: the database file " +
                                   fresh +
                                   " cannot be opened\nwhy: Permission denied\n"
                                   "next: check the rights of " +
                                   fresh + " and of its folder");
  fs::permissions(folder.text(), fs::perms::owner_all);
}

TEST(SqliteFiles, a_disk_that_is_full) {
  EXPECT_EQ(in_child([] {
              Folder folder;
              const auto path = folder / "shop.db";
              Shop shop(Given{{"file", path}});
              shop.execute("CREATE TABLE t (a)");
              std::signal(SIGXFSZ, SIG_IGN);
              const rlimit limit{64 * 1024, 64 * 1024};
              if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
              shop->begin();
              const auto error = error_of([&] {
                shop.execute("INSERT INTO t VALUES (?)", {std::string(1 << 20, 'x')});
                shop->commit();
              });
              shop->rollback();
              const bool as_expected =
                  error.starts_with("DBCTL-SQL-004: ") && shop.rows("SELECT count(*) FROM t") == "0";
              if (!as_expected) std::fprintf(stderr, "%s\n", error.c_str());
              return as_expected ? 0 : 1;
            }),
            0);
}

TEST(SqliteFiles, a_database_page_limit_is_a_full_disk) {
  Folder folder;
  Shop shop(Given{{"file", folder / "shop.db"}});
  shop.execute("CREATE TABLE t (a)");
  shop.execute("PRAGMA max_page_count = 5");
  EXPECT_EQ(error_of([&] { shop.execute("INSERT INTO t VALUES (?)", {std::string(1 << 20, 'x')}); }),
            "DBCTL-SQL-004: the disk is full: " + (folder / "shop.db") +
                " cannot grow\n"
                "why: SQLite error 13: database or disk is full\n"
                "next: free some space and run the same command again: nothing of this step was kept");
}

TEST(SqliteFiles, what_was_left_of_a_removed_database_is_no_part_of_the_next) {
  Folder folder;
  const auto path = folder / "shop.db";
  const Given given{{"file", path}, {"journal_mode", "wal"}};
  // The process dies without closing: its -wal holds rows.
  ASSERT_EQ(in_child([&] {
              auto* shop = new Shop(given);
              (*shop)->try_lock("x");
              shop->execute("CREATE TABLE old (a)");
              shop->execute("INSERT INTO old VALUES (1)");
              return 0;
            }),
            0);
  ASSERT_GT(fs::file_size(path + "-wal"), 0U);
  ASSERT_TRUE(fs::exists(path + "-shm"));
  ASSERT_TRUE(fs::exists(path + ".dbctl-lock"));
  fs::remove(path);
  write_file(path + "-journal", std::string(4096, 'j'));
  Shop shop(given);
  EXPECT_EQ(shop->relations(), std::vector<std::string>{});
  EXPECT_EQ(shop.rows("PRAGMA integrity_check"), "ok");
  EXPECT_FALSE(fs::exists(path + "-journal"));
  shop.execute("CREATE TABLE fresh (a)");
  EXPECT_TRUE(shop->try_lock("x"));
}

TEST(SqliteFiles, a_database_that_was_not_closed_keeps_its_rows) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}, {"journal_mode", "wal"}};
  ASSERT_EQ(in_child([&] {
              auto* shop = new Shop(given);
              shop->execute("CREATE TABLE t (a)");
              shop->execute("INSERT INTO t VALUES (1)");
              return 0;
            }),
            0);
  Shop shop(given);
  EXPECT_EQ(shop.rows("SELECT count(*) FROM t"), "1");
}

TEST(SqliteFiles, options_are_applied) {
  Folder folder;
  Shop shop(Given{{"file", folder / "shop.db"},
                  {"journal_mode", "wal"},
                  {"synchronous", "normal"},
                  {"cache_size", "-64000"},
                  {"busy_timeout", "1234"}});
  EXPECT_EQ(shop.rows("SELECT * FROM pragma_journal_mode, pragma_synchronous, pragma_cache_size, pragma_busy_timeout, "
                      "pragma_foreign_keys"),
            "wal|1|-64000|1234|1");
  Shop unchanged(Given{{"file", folder / "shop.db"}});
  EXPECT_EQ(unchanged.rows("PRAGMA journal_mode"), "wal");
  Shop memory(Given{{"in_memory", "true"}, {"journal_mode", "wal"}});
  EXPECT_EQ(memory.rows("PRAGMA journal_mode"), "memory");
  for (const auto* mode : {"delete", "truncate", "persist", "memory", "off", "wal"}) {
    Shop other(Given{{"file", folder / (std::string("mode-") + mode + ".db")}, {"journal_mode", mode}});
    EXPECT_EQ(other.rows("PRAGMA journal_mode"), mode);
  }
}

TEST(SqliteFiles, a_name_that_looks_like_something_else_is_a_file) {
  Folder folder;
  const auto before = fs::current_path();
  fs::current_path(folder.text());
  {
    Shop shop(Given{{"file", "file:shop.db?mode=memory"}});
    shop.execute("CREATE TABLE t (a)");
  }
  EXPECT_TRUE(fs::exists("file:shop.db?mode=memory"));
  fs::current_path(before);
}

TEST(SqliteFiles, memory_is_private) {
  Shop one, other;
  one.execute("CREATE TABLE t (a)");
  EXPECT_EQ(other->relations(), std::vector<std::string>{});
  EXPECT_TRUE(one->try_lock("x"));
  EXPECT_TRUE(other->try_lock("x"));
  one->unlock();
}

TEST(SqliteFiles, create_and_drop) {
  Folder folder;
  const auto path = folder / "shop.db";
  const SqliteDriver driver;
  const auto given = options(driver, {{"file", path}, {"journal_mode", "wal"}});
  EXPECT_TRUE(driver.create_database(given));
  EXPECT_TRUE(fs::exists(path));
  EXPECT_FALSE(driver.create_database(given));
  {
    Shop shop(Given{{"file", path}});
    shop.execute("CREATE TABLE t (a)");
    ASSERT_TRUE(shop->try_lock("x"));
    EXPECT_EQ(error_of([&] { driver.drop_database(given); }).substr(0, 100),
              ("DBCTL-LCK-001: " + path + " cannot be dropped: another dbctl is at work on it\nwhy: dbctl on ")
                  .substr(0, 100));
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_TRUE(driver.drop_database(given));
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) EXPECT_FALSE(fs::exists(path + suffix)) << suffix;
  EXPECT_FALSE(driver.drop_database(given));
  EXPECT_FALSE(driver.create_database(options(driver, {{"in_memory", "true"}})));
  EXPECT_FALSE(driver.drop_database(options(driver, {{"in_memory", "true"}})));
}

TEST(SqliteLock, excludes_other_connections_and_ends_with_its_own) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}};
  Shop second(given);
  {
    Shop first(given);
    EXPECT_EQ(first->lock_holder("x"), std::nullopt);
    EXPECT_TRUE(first->try_lock("x"));
    EXPECT_TRUE(first->try_lock("x"));
    EXPECT_FALSE(second->try_lock("x"));
    const auto holder = second->lock_holder("x");
    ASSERT_TRUE(holder.has_value());
    EXPECT_EQ(holder->text.find("dbctl on "), 0U) << holder->text;
    EXPECT_NE(holder->text.find(", pid " + std::to_string(::getpid()) + ", user "), std::string::npos) << holder->text;
    EXPECT_NE(holder->text.find(", since 20"), std::string::npos) << holder->text;
  }
  EXPECT_EQ(second->lock_holder("x"), std::nullopt);
  EXPECT_TRUE(second->try_lock("x"));
  second->unlock();
  second->unlock();
  Shop third(given);
  EXPECT_TRUE(third->try_lock("x"));
}

TEST(SqliteLock, ends_with_its_process) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}};
  Shop shop(given);
  int ready[2], done[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(done), 0);
  const auto child = ::fork();
  if (child == 0) {
    Shop holder(given);
    const char held = holder->try_lock("x") ? '1' : '0';
    char byte = 0;
    if (::write(ready[1], &held, 1) != 1) ::_exit(2);
    [[maybe_unused]] const auto never = ::read(done[0], &byte, 1);
    ::_exit(0);
  }
  char held = 0;
  ASSERT_EQ(::read(ready[0], &held, 1), 1);
  EXPECT_EQ(held, '1');
  EXPECT_FALSE(shop->try_lock("x"));
  ASSERT_TRUE(shop->lock_holder("x").has_value());
  EXPECT_NE(shop->lock_holder("x")->text.find("pid " + std::to_string(child)), std::string::npos);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(shop->lock_holder("x"), std::nullopt);
  EXPECT_TRUE(shop->try_lock("x"));
  for (const int fd : {ready[0], ready[1], done[0], done[1]}) ::close(fd);
}

TEST(SqliteLock, is_the_same_through_a_symbolic_link) {
  Folder folder;
  Shop direct(Given{{"file", folder / "shop.db"}});
  fs::create_symlink(folder / "shop.db", folder / "link.db");
  Shop linked(Given{{"file", folder / "link.db"}});
  EXPECT_TRUE(direct->try_lock("x"));
  EXPECT_FALSE(linked->try_lock("x"));
}

TEST(SqliteLock, a_lock_file_that_was_removed_is_made_again) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}};
  Shop first(given), second(given);
  ASSERT_TRUE(first->try_lock("x"));
  first->unlock();
  fs::remove(folder / "shop.db.dbctl-lock");
  EXPECT_TRUE(first->try_lock("x"));
  EXPECT_FALSE(second->try_lock("x"));
}

TEST(SqliteExamine, tells_what_could_be_better) {
  Folder folder;
  const auto texts = [](Shop& shop) {
    std::vector<std::string> lines;
    for (const auto& f : shop->examine())
      lines.push_back(std::to_string(static_cast<int>(f.level)) + " " + f.subject + ": " + f.text);
    return text::join(lines, "\n");
  };
  Shop plain(Given{{"file", folder / "a.db"}, {"foreign_keys", "false"}, {"synchronous", "off"}});
  EXPECT_EQ(texts(plain),
            "1 journal_mode: it is delete: with `journal_mode: wal` readers go on while one writes\n"
            "1 foreign_keys: they are not enforced: set `foreign_keys: true`\n"
            "1 synchronous: it is off: a power failure can damage the file");
  Shop good(Given{{"file", folder / "b.db"}, {"journal_mode", "wal"}});
  EXPECT_EQ(texts(good), "0 journal_mode: it is wal\n0 foreign_keys: they are enforced");
}

}  // namespace
}  // namespace dbctl::sqlite::test
