#include <cstdlib>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "dbctl/base/text.hpp"
#include "support.hpp"

// Whatever is in the file: its own worded error and exit 10, never a crash.
namespace dbctl::plugin::tests {
namespace {

class BadPlugin : public ::testing::Test {
 protected:
  /// What loading the driver from this folder ends with.
  std::string load(std::string_view name) const {
    return error_of([&] { folder.host().load_driver(name); }, folder.path());
  }
  Folder folder;
};

std::string not_a_library(std::string_view why) {
  return fmt::format(
      "exit 10 DBCTL-PLG-002 the plugin's file is not a shared library for this machine\n"
      "at DIR/libdbctl_driver_sample.so\nbecause {}\n-> build or install the plugin again for this machine\n",
      why);
}

std::string built_for(std::uint32_t abi, std::string_view toolchain) {
  return fmt::format("dbctl {}, ABI {}, {}", host_info().version, abi, toolchain);
}

std::string another_dbctl(std::string_view differs, std::uint32_t abi, std::string_view toolchain) {
  return fmt::format(
      "exit 10 DBCTL-PLG-006 the plugin was built for another dbctl: {}\nat DIR/libdbctl_driver_sample.so\n"
      "because the plugin: {}\nthis dbctl: {}\n-> rebuild the plugin against this dbctl, with the same compiler\n",
      differs, built_for(abi, toolchain), built_for(host_info().abi, host_info().toolchain));
}

/// The toolchain with its last digit changed, so that it is as long.
std::string other_toolchain() {
  std::string text(host_info().toolchain);
  const auto at = text.find_first_of("0123456789");
  text[at] = text[at] == '9' ? '8' : '9';
  return text;
}

std::string bytes_of(std::uint32_t n) {
  return {reinterpret_cast<const char*>(&n), sizeof n};
}

/// How a descriptor begins.
std::string descriptor(std::uint32_t magic, std::uint32_t size, std::uint32_t abi) {
  return bytes_of(magic) + bytes_of(size) + bytes_of(abi);
}

const std::string good_descriptor =
    descriptor(PluginDescriptor::magic_number, sizeof(PluginDescriptor), DBCTL_PLUGIN_ABI);

TEST_F(BadPlugin, MissingListsEveryPlaceAndWhatIsThere) {
  folder.add("driver_sample");
  folder.add("domain_shop");
  EXPECT_EQ(load("simple"),
            "exit 10 DBCTL-PLG-001 driver \"simple\" was not found\n"
            "because looked for libdbctl_driver_simple.so in these places:\n"
            "--plugin-dir DIR: has driver sample, domain shop\n"
            "DBCTL_PLUGIN_PATH: not set\n"
            "beside the program DIR/prefix/lib/dbctl: No such file or directory\n"
            "-> did you mean \"sample\"?\n"
            "-> point --plugin-dir or DBCTL_PLUGIN_PATH at the folder that has the file\n");
}

TEST_F(BadPlugin, MissingDriverThatIsADomain) {
  folder.add("domain_shop");
  EXPECT_EQ(load("shop"),
            "exit 10 DBCTL-PLG-001 driver \"shop\" was not found\n"
            "because looked for libdbctl_driver_shop.so in these places:\n"
            "--plugin-dir DIR: has domain shop\n"
            "DBCTL_PLUGIN_PATH: not set\n"
            "beside the program DIR/prefix/lib/dbctl: No such file or directory\n"
            "-> there is a domain of this name\n"
            "-> point --plugin-dir or DBCTL_PLUGIN_PATH at the folder that has the file\n");
}

TEST_F(BadPlugin, TextIsNoLibrary) {
  folder.write("driver_sample", "#!/bin/sh\necho no\n");
  EXPECT_EQ(load("sample"), not_a_library("it is not an ELF file"));
}

TEST_F(BadPlugin, EmptyFile) {
  folder.write("driver_sample", "");
  EXPECT_EQ(load("sample"), not_a_library("the file is empty"));
}

TEST_F(BadPlugin, FolderInItsPlace) {
  fs::create_directory(folder.path() / "libdbctl_driver_sample.so");
  EXPECT_EQ(load("sample"), not_a_library("it is a folder"));
}

TEST_F(BadPlugin, DanglingLink) {
  fs::create_symlink("nowhere.so", folder.path() / "libdbctl_driver_sample.so");
  EXPECT_EQ(load("sample"),
            "exit 10 DBCTL-PLG-009 the plugin's file cannot be read\nat DIR/libdbctl_driver_sample.so\n"
            "because No such file or directory\n-> check the file and its permissions\n");
}

TEST_F(BadPlugin, FileThatMustNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read all files";
  fs::permissions(folder.add("driver_sample"), fs::perms::none);
  EXPECT_EQ(load("sample"),
            "exit 10 DBCTL-PLG-009 the plugin's file cannot be read\nat DIR/libdbctl_driver_sample.so\n"
            "because Permission denied\n-> check the file and its permissions\n");
}

#ifdef __x86_64__
TEST_F(BadPlugin, OtherMachine) {
  const fs::path file = folder.add("driver_sample");
  std::string bytes = read(file);
  bytes[18] = static_cast<char>(183);
  write(file, bytes);
  EXPECT_EQ(load("sample"), not_a_library("it is for 64-bit little-endian aarch64, this dbctl is for 64-bit "
                                          "little-endian x86-64"));
}

TEST_F(BadPlugin, ThirtyTwoBit) {
  const fs::path file = folder.add("driver_sample");
  std::string bytes = read(file);
  bytes[4] = 1;
  bytes[18] = 3;
  write(file, bytes);
  EXPECT_EQ(load("sample"), not_a_library("it is for 32-bit little-endian x86, this dbctl is for 64-bit "
                                          "little-endian x86-64"));
}
#endif

TEST_F(BadPlugin, ObjectFile) {
  const fs::path file = folder.add("driver_sample");
  std::string bytes = read(file);
  bytes[16] = 1;
  write(file, bytes);
  EXPECT_EQ(load("sample"), not_a_library("it is an ELF file, but not a shared library"));
}

TEST_F(BadPlugin, CutShort) {
  const fs::path file = folder.add("driver_sample");
  const auto whole = fs::file_size(file);
  fs::resize_file(file, whole - 1);
  EXPECT_EQ(load("sample"),
            fmt::format("exit 10 DBCTL-PLG-003 the plugin's file is cut short\nat DIR/libdbctl_driver_sample.so\n"
                        "because its table of sections ends at byte {}, the file after {}\n"
                        "-> copy or install it again; the copy was probably interrupted\n",
                        whole, whole - 1));
}

TEST_F(BadPlugin, CutShortAnywhere) {
  const fs::path file = folder.add("driver_sample");
  for (auto size = fs::file_size(file) - 1; size > 4; size -= size / 7 + 1) {
    fs::resize_file(file, size);
    EXPECT_EQ(load("sample").substr(0, 21), "exit 10 DBCTL-PLG-003") << size << " bytes";
  }
}

TEST_F(BadPlugin, AnyBytesInItsHeadersAreReadSafely) {
  const fs::path file = folder.add("driver_sample");
  const std::string good = read(file).substr(0, 64 * 1024);
  std::mt19937 random(1);
  int refused = 0;
  for (int round = 0; round < 1000; ++round) {
    std::string bytes = good;
    for (int i = 0; i < 8; ++i) bytes[random() % 1024] = static_cast<char>(random());
    write(file, bytes);
    try {
      inspect(PluginKind::driver, "sample", file);
    } catch (const Error& e) {
      EXPECT_EQ(e.code().exit, Exit::plugin);
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
}

TEST_F(BadPlugin, LibraryThatIsNoPlugin) {
  folder.add("driver_plain");
  EXPECT_EQ(
      load("plain"),
      "exit 10 DBCTL-PLG-004 the library is not a dbctl plugin\nat DIR/libdbctl_driver_plain.so\n"
      "because it has no dbctl note\n"
      "-> build it with DBCTL_DRIVER_PLUGIN, DBCTL_DOMAIN_PLUGIN or DBCTL_COMMAND_PLUGIN in one of its sources\n");
}

TEST_F(BadPlugin, ProgramInItsPlace) {
  fs::copy_file("/proc/self/exe", folder.path() / "libdbctl_driver_plain.so");
  EXPECT_EQ(
      load("plain"),
      "exit 10 DBCTL-PLG-004 the library is not a dbctl plugin\nat DIR/libdbctl_driver_plain.so\n"
      "because it has no dbctl note\n"
      "-> build it with DBCTL_DRIVER_PLUGIN, DBCTL_DOMAIN_PLUGIN or DBCTL_COMMAND_PLUGIN in one of its sources\n");
}

TEST_F(BadPlugin, NoteWithoutSymbol) {
  folder.add("driver_noted");
  EXPECT_EQ(load("noted"),
            "exit 10 DBCTL-PLG-004 the library is not a dbctl plugin\nat DIR/libdbctl_driver_noted.so\n"
            "because it has the dbctl note, but does not export `dbctl_plugin`\n"
            "-> link it as dbctl_add_driver, dbctl_add_domain and dbctl_add_command do\n");
}

TEST_F(BadPlugin, WrongMagic) {
  patch(folder.add("driver_sample"), good_descriptor,
        descriptor(0xdeadbeef, sizeof(PluginDescriptor), DBCTL_PLUGIN_ABI));
  EXPECT_EQ(load("sample"),
            "exit 10 DBCTL-PLG-005 the plugin's descriptor is not dbctl's\nat DIR/libdbctl_driver_sample.so\n"
            "because it begins with deadbeef instead of 74636264\n"
            "-> rebuild the plugin against this dbctl's headers\n");
}

TEST_F(BadPlugin, ShortDescriptor) {
  patch(folder.add("driver_sample"), good_descriptor, descriptor(PluginDescriptor::magic_number, 8, DBCTL_PLUGIN_ABI));
  EXPECT_EQ(load("sample"), fmt::format("exit 10 DBCTL-PLG-005 the plugin's descriptor is not dbctl's\n"
                                        "at DIR/libdbctl_driver_sample.so\nbecause it has 8 bytes instead of {}\n"
                                        "-> rebuild the plugin against this dbctl's headers\n",
                                        sizeof(PluginDescriptor)));
}

TEST_F(BadPlugin, WrongAbi) {
  patch(folder.add("driver_sample"), fmt::format("abi={}", DBCTL_PLUGIN_ABI), "abi=9");
  EXPECT_EQ(load("sample"), another_dbctl("the ABI differs", 9, host_info().toolchain));
}

TEST_F(BadPlugin, WrongAbiInTheDescriptorAlone) {
  patch(folder.add("driver_sample"), good_descriptor,
        descriptor(PluginDescriptor::magic_number, sizeof(PluginDescriptor), 9));
  EXPECT_EQ(load("sample"), another_dbctl("the ABI differs", 9, host_info().toolchain));
}

TEST_F(BadPlugin, WrongToolchain) {
  patch(folder.add("driver_sample"), fmt::format("toolchain={}", host_info().toolchain),
        "toolchain=" + other_toolchain());
  EXPECT_EQ(load("sample"), another_dbctl("the toolchain differs", DBCTL_PLUGIN_ABI, other_toolchain()));
}

TEST_F(BadPlugin, AllMismatchesInOneMessage) {
  const fs::path file = folder.add("driver_sample");
  patch(file, fmt::format("abi={}", DBCTL_PLUGIN_ABI), "abi=9");
  patch(file, fmt::format("toolchain={}", host_info().toolchain), "toolchain=" + other_toolchain());
  EXPECT_EQ(load("sample"), another_dbctl("the ABI and the toolchain differ", 9, other_toolchain()));
}

TEST_F(BadPlugin, WrongKind) {
  folder.add("domain_shop", "driver_shop");
  EXPECT_EQ(load("shop"),
            "exit 10 DBCTL-PLG-007 the plugin is a domain, not a driver\nat DIR/libdbctl_driver_shop.so\n"
            "because its file's name says driver, the plugin in it says domain\n"
            "-> rename it to libdbctl_domain_NAME.so, or install the right file\n");
}

TEST_F(BadPlugin, WrongName) {
  folder.add("driver_sample", "driver_example");
  EXPECT_EQ(load("example"),
            "exit 10 DBCTL-PLG-008 the plugin is named \"sample\", not \"example\"\n"
            "at DIR/libdbctl_driver_example.so\n"
            "because the name in the plugin must equal the one in its file's name\n"
            "-> give the file its own name back, or change the name in the plugin's macro and rebuild it\n");
}

TEST_F(BadPlugin, WrongNameInItsDriver) {
  folder.add("driver_unnamed");
  EXPECT_EQ(load("unnamed"),
            "exit 10 DBCTL-PLG-008 the plugin is named \"other\", not \"unnamed\"\n"
            "at DIR/libdbctl_driver_unnamed.so\n"
            "because the name in the plugin must equal the one in its file's name\n"
            "-> give the file its own name back, or change the name in the plugin's macro and rebuild it\n");
}

TEST_F(BadPlugin, AnswersThatTheNoteDoesNotHave) {
  folder.add("driver_unlisted");
  EXPECT_EQ(load("unlisted"),
            "exit 10 DBCTL-PLG-008 driver \"unlisted\" answers to \"fixturedb\", but its macro does not say so\n"
            "at DIR/libdbctl_driver_unlisted.so\n"
            "because dbctl reads products and URL schemes from the plugin's note, without loading it\n"
            "-> list it in the macro: DBCTL_DRIVER_PLUGIN(name, Class, \"product,scheme\")\n");
}

TEST_F(BadPlugin, MissingSymbol) {
  folder.add("driver_unresolved");
  EXPECT_EQ(load("unresolved"),
            "exit 10 DBCTL-PLG-009 the dynamic loader refused the plugin\n"
            "at DIR/libdbctl_driver_unresolved.so\nbecause undefined symbol: no_such_function_anywhere\n"
            "-> rebuild the plugin against this dbctl\n");
}

TEST_F(BadPlugin, MissingLibrary) {
  folder.add("driver_dependent");
  EXPECT_EQ(load("dependent"),
            "exit 10 DBCTL-PLG-009 the dynamic loader refused the plugin\n"
            "at DIR/libdbctl_driver_dependent.so\n"
            "because libdbctl_gone.so: cannot open shared object file: No such file or directory\n"
            "-> install the library that it names; `ldd DIR/libdbctl_driver_dependent.so` shows all that are "
            "missing\n");
}

TEST_F(BadPlugin, FactoryThrows) {
  folder.add("driver_throws");
  EXPECT_EQ(load("throws"),
            "exit 10 DBCTL-PLG-010 driver \"throws\" failed in its own code, in make_driver()\n"
            "at DIR/libdbctl_driver_throws.so\n"
            "because (anonymous namespace)::ClientTooOld: the client library is too old\n"
            "-> report it to the plugin's author with this message\n");
}

TEST_F(BadPlugin, FactoryThrowsNumber) {
  folder.add("driver_throws_number");
  EXPECT_EQ(load("throws_number"),
            "exit 10 DBCTL-PLG-010 driver \"throws_number\" failed in its own code, in make_driver()\n"
            "at DIR/libdbctl_driver_throws_number.so\nbecause an object of type int\n"
            "-> report it to the plugin's author with this message\n");
}

TEST_F(BadPlugin, FactoryReturnsNothing) {
  folder.add("driver_empty_handed");
  EXPECT_EQ(load("empty_handed"),
            "exit 10 DBCTL-PLG-010 driver \"empty_handed\" failed in its own code, in make_driver()\n"
            "at DIR/libdbctl_driver_empty_handed.so\nbecause std::logic_error: it returned nothing\n"
            "-> report it to the plugin's author with this message\n");
}

}  // namespace
}  // namespace dbctl::plugin::tests
