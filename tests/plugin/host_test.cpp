#include <cstdlib>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dbctl/base/codes.hpp"
#include "support.hpp"

namespace dbctl::plugin::tests {
namespace {

using ::testing::ElementsAre;

std::string load_from(const SearchSettings& settings, const Folder& folder) {
  return error_of([&] { PluginHost(settings).load_driver("sample"); }, folder.path());
}

TEST(PluginHost, LoadsADriverOnceByNameProductOrScheme) {
  const Folder folder;
  folder.add("driver_sample");
  PluginHost host({.directories = {folder.path()}});
  const driver::Driver& driver = host.load_driver("sample");
  EXPECT_EQ(driver.info().name, "sample");
  EXPECT_EQ(&host.load_driver("sampledb"), &driver);
  EXPECT_EQ(&host.load_driver("smpl"), &driver);
  EXPECT_EQ(host.resolve_driver("smpl"), "sample");
}

TEST(PluginHost, LoadsAStrippedPlugin) {
  const Folder folder;
  const fs::path file = folder.add("driver_sample");
  const auto whole = fs::file_size(file);
  ASSERT_EQ(std::system(fmt::format("{} '{}'", DBCTL_STRIP, file.string()).c_str()), 0);
  ASSERT_LT(fs::file_size(file), whole);
  PluginHost host({.directories = {folder.path()}});
  EXPECT_EQ(host.load_driver("sample").info().name, "sample");
}

TEST(PluginHost, TheFirstPlaceWins) {
  const Folder folder;
  const fs::path bin = folder.path() / "prefix/bin";
  const fs::path beside = folder.path() / "prefix/lib/dbctl";
  const fs::path given = folder.path() / "given";
  const fs::path listed = folder.path() / "listed";
  for (const fs::path& place : {bin, beside, given, listed}) fs::create_directories(place);
  SearchSettings settings{.path_variable = fmt::format(":/nowhere:{}:", listed.string()), .executable = bin / "dbctl"};
  const auto found = [&] { return PluginHost(settings).find(PluginKind::driver, "sample"); };

  fs::copy_file(folder.add("driver_sample"), beside / "libdbctl_driver_sample.so");
  EXPECT_EQ(found(), beside / "libdbctl_driver_sample.so");
  write(listed / "libdbctl_driver_sample.so", "");
  EXPECT_EQ(found(), listed / "libdbctl_driver_sample.so");
  EXPECT_NE(load_from(settings, folder), "no error") << "a bad file is not passed over in silence";
  settings.directories = {given};
  write(given / "libdbctl_driver_sample.so", "");
  EXPECT_EQ(found(), given / "libdbctl_driver_sample.so");
}

TEST(PluginHost, AMissTellsWhatEachPlaceIs) {
  const Folder folder;
  fs::create_directories(folder.path() / "empty");
  write(folder.path() / "file", "");
  const std::string dir = folder.path().string();
  EXPECT_EQ(load_from({.path_variable = fmt::format("{0}/gone:{0}/empty::{0}/file", dir)}, folder),
            "exit 10 DBCTL-PLG-001 driver \"sample\" was not found\n"
            "because looked for libdbctl_driver_sample.so in these places:\n"
            "--plugin-dir: not given\n"
            "DBCTL_PLUGIN_PATH DIR/gone: No such file or directory\n"
            "DBCTL_PLUGIN_PATH DIR/empty: no plugins\n"
            "DBCTL_PLUGIN_PATH DIR/file: Not a directory\n"
            "beside the program: its own path cannot be read from /proc/self/exe\n"
            "-> point --plugin-dir or DBCTL_PLUGIN_PATH at the folder that has the file\n");
}

TEST(PluginHost, ANameIsNeverAPath) {
  const Folder folder;
  PluginHost host({.directories = {folder.path()}});
  for (const std::string name : {"", "../sample", "/tmp/sample"}) {
    EXPECT_EQ(error_of([&] { host.load_driver(name); }, folder.path()).substr(0, 21), "exit 10 DBCTL-PLG-001") << name;
  }
}

TEST(PluginHost, ListsWithoutLoading) {
  const Folder folder;
  folder.add("driver_sample");
  folder.add("driver_throws");
  folder.add("driver_plain");
  folder.add("domain_shop");
  write(folder.path() / "libother.so", "");
  patch(folder.add("driver_unnamed"), fmt::format("abi={}", DBCTL_PLUGIN_ABI), "abi=9");
  const std::vector<PluginInfo> all = PluginHost({.directories = {folder.path()}}).available();

  std::vector<std::string> lines;
  for (const PluginInfo& p : all) {
    lines.push_back(fmt::format("{} {} {} {}", to_string(p.kind), p.name, p.abi, p.problem));
  }
  EXPECT_THAT(lines, ElementsAre("driver plain 0 the library is not a dbctl plugin (DBCTL-PLG-004)",
                                 fmt::format("driver sample {} ", DBCTL_PLUGIN_ABI),
                                 fmt::format("driver throws {} ", DBCTL_PLUGIN_ABI),
                                 "driver unnamed 9 the plugin was built for another dbctl: the ABI differs "
                                 "(DBCTL-PLG-006)",
                                 fmt::format("domain shop {} ", DBCTL_PLUGIN_ABI)));
  EXPECT_THAT(all[1].answers, ElementsAre("sampledb", "smpl"));
  EXPECT_EQ(all[1].toolchain, host_info().toolchain);
  EXPECT_EQ(all[1].version, host_info().version);
  EXPECT_EQ(all[1].build_id.size(), 40U);
}

TEST(PluginHost, KnowsWhatDriversAnswerTo) {
  const Folder folder;
  folder.add("driver_sample");
  folder.add("driver_throws");
  EXPECT_THAT(PluginHost({.directories = {folder.path()}}).known_targets(),
              ElementsAre("sample", "sampledb", "smpl", "throws"));
}

TEST(PluginHost, RegistersADomain) {
  const Folder folder;
  const fs::path file = folder.add("domain_shop");
  catalog::Catalog catalog;
  PluginHost host({.directories = {folder.path()}});
  host.load_domain("shop", catalog);

  ASSERT_EQ(catalog.domains().size(), 1U);
  EXPECT_EQ(catalog.domains()[0].name, "shop");
  EXPECT_EQ(catalog.domains()[0].file, file);
  EXPECT_EQ(catalog.domains()[0].build_id, host.available()[0].build_id);
  ASSERT_EQ(catalog.migrations().size(), 2U);
  EXPECT_EQ(catalog.migrations()[0].id(), "20240115090000_create_products");
  EXPECT_EQ(catalog.migrations()[0].file, "tests/plugin/fixtures/shop/migrations/20240115090000_create_products.cpp");
  EXPECT_EQ(catalog.migrations()[1].id(), "20240116090000_name_products");
  EXPECT_EQ(catalog.migrations()[1].body().up.size(), 1U);
}

TEST(PluginHost, EmbedsDataFiles) {
  const Folder folder;
  folder.add("domain_shop");
  catalog::Catalog catalog;
  PluginHost host({.directories = {folder.path()}});
  host.load_domain("shop", catalog);

  ASSERT_EQ(catalog.seeders().size(), 1U);
  const catalog::SeederBody body = catalog.seeders()[0].body();
  ASSERT_EQ(body.seedings.size(), 1U);
  EXPECT_EQ(body.seedings[0].data_file, "data/products.json");
  EXPECT_EQ(body.seedings[0].data,
            read(fs::path(DBCTL_SOURCE_DIR) / "tests/plugin/fixtures/shop/seeders/data/products.json"));
}

TEST(PluginHost, LoadsACommandOnce) {
  const Folder folder;
  folder.add("command_hello");
  PluginHost host({.directories = {folder.path()}});
  EXPECT_TRUE(host.has_command("hello"));
  EXPECT_FALSE(host.has_command("sample"));
  Command& command = host.load_command("hello");
  EXPECT_EQ(command.summary(), "greet the tables of a database");
  EXPECT_EQ(&host.load_command("hello"), &command);
}

TEST(PluginHost, ADriverUnderACommandsNameIsNoCommand) {
  const Folder folder;
  folder.add("driver_sample", "command_sample");
  PluginHost host({.directories = {folder.path()}});
  EXPECT_EQ(error_of([&] { host.load_command("sample"); }, folder.path()).substr(0, 21), "exit 10 DBCTL-PLG-007");
}

class WithArguments final : public CommandContext {
 public:
  explicit WithArguments(std::vector<std::string> arguments) : arguments_(std::move(arguments)) {}
  const std::vector<std::string>& arguments() const override { return arguments_; }
  const driver::Driver& driver() override { throw std::logic_error("no driver"); }
  driver::Connection& connection() override { throw Error(codes::connection_failed, {.summary = "no connection"}); }
  const sql::Dialect& dialect() override { throw std::logic_error("no dialect"); }
  void print(std::string_view text) override { printed += text; }
  std::string printed;

 private:
  std::vector<std::string> arguments_;
};

TEST(PluginHost, RunsACommandAndBlamesItForWhatItThrows) {
  const Folder folder;
  folder.add("command_hello");
  PluginHost host({.directories = {folder.path()}});
  Command& hello = host.load_command("hello");

  WithArguments two({"a", "b"});
  EXPECT_EQ(hello.run(two), Exit::done);
  EXPECT_EQ(two.printed, "hello a\nhello b\n");
  EXPECT_EQ(error_of(
                [&] {
                  WithArguments none({});
                  hello.run(none);
                },
                folder.path()),
            "exit 9 DBCTL-CON-001 no connection\n");
  EXPECT_EQ(error_of(
                [&] {
                  WithArguments bad({"--throw"});
                  hello.run(bad);
                },
                folder.path()),
            "exit 10 DBCTL-PLG-010 command \"hello\" failed in its own code, in run()\n"
            "at DIR/libdbctl_command_hello.so\nbecause std::logic_error: on request\n"
            "-> report it to the plugin's author with this message\n");
}

TEST(PluginHost, TheSettingsOfThisProcess) {
  const SearchSettings settings = search_settings({"here"});
  EXPECT_THAT(settings.directories, ElementsAre("here"));
  EXPECT_EQ(settings.executable.filename(), "plugin_tests");
}

}  // namespace
}  // namespace dbctl::plugin::tests
