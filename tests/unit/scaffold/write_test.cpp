#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "dbctl/scaffold/scaffold.hpp"
#include "support/error_text.hpp"

namespace dbctl::scaffold {
namespace {

namespace fs = std::filesystem;
using test::error_text;

class Write : public ::testing::Test {
 protected:
  Write() {
    std::string name = (fs::temp_directory_path() / "dbctl-write-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~Write() override { fs::remove_all(folder); }

  std::string read(const fs::path& path) const {
    std::ifstream in(folder / path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t count() const {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) files += entry.is_regular_file() ? 1U : 0U;
    return files;
  }

  fs::path folder;
};

TEST_F(Write, makesFoldersAndFiles) {
  write({{folder / "a/b.txt", "one"}, {folder / "c.txt", "two"}}, {});
  EXPECT_EQ(read("a/b.txt"), "one");
  EXPECT_EQ(read("c.txt"), "two");
  EXPECT_EQ(count(), 2u);
}

TEST_F(Write, writesNothingWhereOneIsThere) {
  write({{folder / "b.txt", "old"}}, {});
  EXPECT_EQ(error_text([&] {
              write({{folder / "a.txt", "new"}, {folder / "b.txt", "new"}}, {});
            }),
            "DBCTL-MAK-003 " + (folder / "b.txt").string() + " is already there\nat " + (folder / "b.txt").string() +
                "\n-> choose another name");
  EXPECT_EQ(read("b.txt"), "old");
  EXPECT_EQ(count(), 1u);
  write({{folder / "a.txt", "new"}, {folder / "b.txt", "new"}}, [](const fs::path&) { return true; });
  EXPECT_EQ(read("b.txt"), "new");
}

TEST_F(Write, writesNothingWhereOneCannotBeWritten) {
  write({{folder / "file", "x"}}, {});
  const auto text = error_text([&] { write({{folder / "a.txt", "new"}, {folder / "file/b.txt", "new"}}, {}); });
  EXPECT_EQ(text.substr(0, 13), "DBCTL-MAK-005");
  EXPECT_EQ(count(), 1u);
}

TEST_F(Write, seesTheVersionsOfAFolderThatItHolds) {
  const Turn turn(folder / "migrations");
  write({{folder / "migrations/20240101000000_a.cpp", ""},
         {folder / "migrations/20240102000000_b.sql", ""},
         {folder / "migrations/notes.txt", ""},
         {folder / "migrations/2024_x.cpp", ""}},
        {});
  auto versions = turn.versions();
  std::sort(versions.begin(), versions.end());
  EXPECT_EQ(versions, (std::vector<std::string>{"20240101000000", "20240102000000"}));
}

}  // namespace
}  // namespace dbctl::scaffold
