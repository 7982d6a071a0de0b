#include "dbctl/driver/options.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace dbctl::driver {
namespace {

using test::error_text;

OptionSpec port() {
  return {.name = "port", .type = OptionType::integer, .help = "the server's port", .least = 1, .most = 65535};
}
OptionSpec number(std::int64_t least = INT64_MIN, std::int64_t most = INT64_MAX) {
  return {.name = "n", .type = OptionType::integer, .help = {}, .least = least, .most = most};
}
OptionSpec switched() {
  return {.name = "on", .type = OptionType::boolean, .help = "a switch"};
}
OptionSpec mode() {
  return {.name = "mode", .type = OptionType::choice, .help = "how", .choices = {"disable", "require", "verify-full"}};
}
OptionSpec secret() {
  return {.name = "password", .type = OptionType::secret, .help = {}};
}

std::string setting(const OptionSpec& spec, const std::string& text) {
  return error_text([&] { Options().set(spec, text, "here"); });
}

TEST(Options, KeepsTypedValuesAndTheirOrigins) {
  Options options;
  options.set(port(), "5432", "environments/staging.yaml:7:9");
  options.set(switched(), "true", "DB_ON");
  options.set(mode(), "require", "--url");
  options.set(secret(), "s3cret", "DB_PASSWORD");
  options.set({.name = "file", .type = OptionType::path, .help = {}}, "./a b.db", "x");
  options.set({.name = "host", .help = {}}, "localhost", "y");
  EXPECT_EQ(options.integer("port"), 5432);
  EXPECT_EQ(options.origin("port"), "environments/staging.yaml:7:9");
  EXPECT_TRUE(options.flag("on"));
  EXPECT_EQ(options.text("mode"), "require");
  EXPECT_EQ(options.secret("password").reveal(), "s3cret");
  EXPECT_EQ(options.text("file"), "./a b.db");
  EXPECT_EQ(options.text("host"), "localhost");
  EXPECT_TRUE(options.has("host"));
  EXPECT_EQ(options.all().size(), 6U);
}

TEST(Options, DeclaredOptionsHaveEmptyValues) {
  Options options;
  for (const auto& spec : {port(), switched(), mode(), secret()}) options.declare(spec);
  EXPECT_FALSE(options.has("port"));
  EXPECT_EQ(options.integer("port"), 0);
  EXPECT_FALSE(options.flag("on"));
  EXPECT_EQ(options.text("mode"), "");
  EXPECT_TRUE(options.secret("password").empty());
  EXPECT_EQ(options.origin("password"), "");
}

TEST(Options, DeclaringKeepsAValueAndSettingReplacesIt) {
  Options options;
  options.set(port(), "1", "first");
  options.declare(port());
  EXPECT_EQ(options.integer("port"), 1);
  options.set(port(), "2", "second");
  EXPECT_EQ(options.integer("port"), 2);
  EXPECT_EQ(options.origin("port"), "second");
}

TEST(Options, AskingForTheUndeclaredOrAnotherTypeIsABug) {
  Options options;
  options.declare(port());
  EXPECT_THROW(options.has("prot"), std::logic_error);
  EXPECT_THROW(options.text("port"), std::logic_error);
  EXPECT_THROW(options.flag("port"), std::logic_error);
  EXPECT_THROW(options.secret("port"), std::logic_error);
}

TEST(Options, IntegersAreStrict) {
  for (const char* text : {"", " 1", "1 ", "+1", "01", "010", "0x10", "1e3", "1_000", "1.0", "-", "-0", "--1", "1k",
                           "9223372036854775808", "true", "null"}) {
    EXPECT_NE(setting(number(), text), "no error") << text;
  }
  for (const char* text : {"0", "1", "-1", "10000", "-2000", "9223372036854775807", "-9223372036854775808"}) {
    EXPECT_EQ(setting(number(), text), "no error") << text;
  }
}

TEST(Options, IntegerErrorsSayTheRange) {
  EXPECT_EQ(setting(port(), "0"),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"0\"\nat here\n"
            "because the server's port\n-> write a whole number from 1 to 65535 there, or take the value out");
  EXPECT_EQ(setting(port(), "65536"),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"65536\"\nat here\n"
            "because the server's port\n-> write a whole number from 1 to 65535 there, or take the value out");
  EXPECT_EQ(setting(number(0), "-1"),
            "DBCTL-ENV-004 option \"n\" takes a whole number of at least 0, not \"-1\"\nat here\n"
            "-> write a whole number of at least 0 there, or take the value out");
  EXPECT_EQ(setting(number(INT64_MIN, 9), "10"),
            "DBCTL-ENV-004 option \"n\" takes a whole number of at most 9, not \"10\"\nat here\n"
            "-> write a whole number of at most 9 there, or take the value out");
  EXPECT_EQ(setting(number(), ""),
            "DBCTL-ENV-004 option \"n\" takes a whole number, not an empty text\nat here\n"
            "-> write a whole number there, or take the value out");
}

TEST(Options, BooleansAreTrueAndFalseOnly) {
  for (const char* text : {"", "1", "0", "yes", "no", "on", "off", "True", "TRUE", " true", "true "}) {
    EXPECT_NE(setting(switched(), text), "no error") << text;
  }
  EXPECT_EQ(setting(switched(), "yes"),
            "DBCTL-ENV-004 option \"on\" takes true or false, not \"yes\"\nat here\nbecause a switch\n"
            "-> write true or false there, or take the value out");
}

TEST(Options, ChoicesHaveADidYouMean) {
  EXPECT_EQ(setting(mode(), "Require"),
            "DBCTL-ENV-004 option \"mode\" takes one of disable, require, verify-full, not \"Require\"\nat here\n"
            "because how\n-> did you mean \"require\"?\n"
            "-> write one of disable, require, verify-full there, or take the value out");
  EXPECT_EQ(
      setting(mode(), "never"),
      "DBCTL-ENV-004 option \"mode\" takes one of disable, require, verify-full, not \"never\"\nat here\nbecause how\n"
      "-> write one of disable, require, verify-full there, or take the value out");
}

TEST(Options, TextsMayBeEmptyAndPathsMayNot) {
  EXPECT_EQ(setting({.name = "host", .help = {}}, ""), "no error");
  EXPECT_EQ(setting(secret(), ""), "no error");
  EXPECT_EQ(setting({.name = "file", .type = OptionType::path, .help = {}}, ""),
            "DBCTL-ENV-004 option \"file\" takes a path, not an empty text\nat here\n"
            "-> write a path there, or take the value out");
}

TEST(Options, MessagesEscapeAndShorten) {
  EXPECT_EQ(setting(number(), "a\x1b[31m\n"),
            "DBCTL-ENV-004 option \"n\" takes a whole number, not \"a\\x1b[31m\\x0a\"\nat here\n"
            "-> write a whole number there, or take the value out");
  EXPECT_EQ(setting(number(), std::string(100, 'x')), "DBCTL-ENV-004 option \"n\" takes a whole number, not \"" +
                                                          std::string(60, 'x') +
                                                          "...\"\nat here\n"
                                                          "-> write a whole number there, or take the value out");
}

TEST(Options, AZeroByteIsRefusedAndASecretNotRepeated) {
  const std::string text("s3\0cret", 7);
  EXPECT_EQ(setting(secret(), text),
            "DBCTL-ENV-004 option \"password\" takes a text without a zero byte, not something else\nat here\n"
            "-> write a text without a zero byte there, or take the value out");
  EXPECT_EQ(setting({.name = "host", .help = {}}, text),
            "DBCTL-ENV-004 option \"host\" takes a text without a zero byte, not \"s3\\x00cret\"\nat here\n"
            "-> write a text without a zero byte there, or take the value out");
}

}  // namespace
}  // namespace dbctl::driver
