#include <chrono>

#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

const std::string quote_advice =
    "\n-> quote a value that holds \": \", \" #\", \"{\", \"}\", \"[\", \"]\", \",\" or \"${\"";
const std::string top_keys =
    "\nbecause known keys: driver, protect, disposable, server, log_level, ddl_lock_timeout, domains, lock, connection";
const std::string key_advice = "\n-> take the key out, or write one of those that are known";

class Yaml : public Project {
 protected:
  std::string error_at(const std::string& text) { return yaml_error(text); }
};

TEST_F(Yaml, EveryKey) {
  development(
      "driver: shop\ndomains: [ecommerce, blog]\nprotect: false\n"
      "disposable: true\nserver: shopdb 10.11.2\nlog_level: debug\nlock: session\nconnection:\n  name: dev\n");
  const auto made = loaded();
  EXPECT_EQ(made.name, "development");
  EXPECT_FALSE(made.anonymous);
  EXPECT_EQ(made.driver, "shop");
  EXPECT_EQ(made.driver_origin, "environments/development.yaml:1:9");
  EXPECT_EQ(made.domains, (std::vector<std::string>{"ecommerce", "blog"}));
  EXPECT_FALSE(made.protect);
  EXPECT_TRUE(made.disposable);
  ASSERT_TRUE(made.server);
  EXPECT_EQ(made.server->product, "shopdb");
  EXPECT_EQ(made.server->version, (sql::Version{10, 11, 2}));
  EXPECT_EQ(made.log_level, LogLevel::debug);
  EXPECT_EQ(made.lock, "session");
  EXPECT_EQ(made.options(shop()).text("name"), "dev");
}

TEST_F(Yaml, ADisposableServerSaysHowItIsKilled) {
  development("driver: shop\ndisposable: { kill: \"stop ${SERVER:-shopdb}\", restart: start }\n");
  const auto made = loaded();
  EXPECT_TRUE(made.disposable);
  EXPECT_EQ(made.kill_command, "stop shopdb");
  EXPECT_EQ(made.restart_command, "start");
  EXPECT_EQ(error_at("disposable: { slay: now }\n"),
            "DBCTL-ENV-003 an unknown key in disposable\nat environments/development.yaml:1:15"
            "\nbecause known keys: kill, restart" +
                key_advice);
}

TEST_F(Yaml, Defaults) {
  development("driver: shop\n");
  const auto made = loaded();
  EXPECT_TRUE(made.domains.empty());
  EXPECT_FALSE(made.protect);
  EXPECT_FALSE(made.disposable);
  EXPECT_FALSE(made.server);
  EXPECT_EQ(made.log_level, LogLevel::info);
  EXPECT_EQ(made.lock, "session");
}

TEST_F(Yaml, ALockMayBeALease) {
  development("driver: shop\nlock: lease\n");
  EXPECT_EQ(loaded().lock, "lease");
  EXPECT_FALSE(loaded().lease);
  development("driver: shop\nlock: { lease: 2s }\nddl_lock_timeout: 250ms\n");
  const auto made = loaded();
  EXPECT_EQ(made.lock, "lease");
  EXPECT_EQ(made.lease, std::chrono::seconds(2));
  EXPECT_EQ(made.ddl_lock_timeout, std::chrono::milliseconds(250));
  EXPECT_EQ(error_at("driver: shop\nlock: { lease: 10ms }\n"),
            "DBCTL-ENV-004 \"lock.lease\" takes a duration of at least 1000 ms\n"
            "at environments/development.yaml:2:16\n-> write one such as 30s, 500ms or 2m");
  EXPECT_EQ(error_at("driver: shop\nlock: { leese: 10s }\n"),
            "DBCTL-ENV-004 \"lock\" takes one word, or a lease with its time\n"
            "at environments/development.yaml:2:7\n-> write lock: { lease: 30s }");
  EXPECT_EQ(error_at("driver: shop\nddl_lock_timeout: soon\n"),
            "DBCTL-ENV-004 \"ddl_lock_timeout\" takes a duration\n"
            "at environments/development.yaml:2:19\n-> write one such as 30s, 500ms or 2m");
}

TEST_F(Yaml, ScalarsAreTakenAsWritten) {
  development("driver: shop\nconnection: { name: 010, host: yes, password: 1_000, port: \"4001\" }\n");
  const auto made = options();
  EXPECT_EQ(made.text("name"), "010");
  EXPECT_EQ(made.text("host"), "yes");
  EXPECT_EQ(made.secret("password").reveal(), "1_000");
  EXPECT_EQ(made.integer("port"), 4001);
}

TEST_F(Yaml, ByteOrderMarkAndCarriageReturns) {
  development(
      "\xEF\xBB\xBF"
      "driver: shop\r\nconnection:\r\n  name: \"dev\"\r\n  port: 4001\r\n");
  EXPECT_EQ(options().text("name"), "dev");
  EXPECT_EQ(options().integer("port"), 4001);
  EXPECT_EQ(options().origin("name"), "environments/development.yaml:3:9");
}

TEST_F(Yaml, UnknownKeys) {
  EXPECT_EQ(error_at("driver: shop\nprotekt: true\n"),
            "DBCTL-ENV-003 unknown key \"protekt\" in an environment file\nat environments/development.yaml:2:1" +
                top_keys + "\n-> did you mean \"protect\"?" + key_advice);
  EXPECT_EQ(error_at("driver: shop\n<<: {protect: true}\n"),
            "DBCTL-ENV-003 unknown key \"<<\" in an environment file\nat environments/development.yaml:2:1" + top_keys +
                key_advice);
  EXPECT_EQ(error_at("Driver: shop\n"),
            "DBCTL-ENV-003 unknown key \"Driver\" in an environment file\nat environments/development.yaml:1:1" +
                top_keys + "\n-> did you mean \"driver\"?" + key_advice);
  development("driver: shop\nconnection:\n  hots: x\n  name: y\n");
  EXPECT_EQ(load_error(), "no error");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-003 unknown key \"hots\" in the connection of the driver \"shop\"\n"
            "at environments/development.yaml:3:3\nbecause known keys: host, port, name, user, password, ssl_mode\n"
            "-> did you mean \"host\"?" +
                key_advice);
}

TEST_F(Yaml, UnknownKeysThatMayBePartsOfAPassword) {
  const std::string advice =
      "because known keys: host, port, name, user, password, ssl_mode\n-> take the key out, or write one of those that "
      "are known";
  const std::string summary = "DBCTL-ENV-003 an unknown key in the connection of the driver \"shop\"\n";
  development("driver: shop\nconnection: { name: n, password: hun,ter: 2 }\n");
  EXPECT_EQ(options_error(), summary + "at environments/development.yaml:2:38\n" + advice);
  development("driver: shop\nconnection:\n  name: n\n  password:hunter: 2\n");
  EXPECT_EQ(options_error(), summary + "at environments/development.yaml:4:3\n" + advice);
  development("driver: shop\nconnection:\n  password hunter: ${\n");
  EXPECT_EQ(load_error().find("hunter"), std::string::npos) << load_error();
  development("driver: shop\nconnection: { name: n, pasword: x }\n");
  EXPECT_NE(options_error().find("unknown key \"pasword\""), std::string::npos) << options_error();
}

TEST_F(Yaml, DuplicateKeys) {
  EXPECT_EQ(error_at("driver: shop\nprotect: true\nprotect: false\n"),
            "DBCTL-ENV-003 the key \"protect\" stands twice\nat environments/development.yaml:3:1\n"
            "because it stands before at environments/development.yaml:2:1\n-> delete one of the two");
  EXPECT_EQ(error_at("driver: shop\nconnection: { name: a, host: b, \"name\": c }\n"),
            "DBCTL-ENV-003 the key \"name\" stands twice\nat environments/development.yaml:2:33\n"
            "because it stands before at environments/development.yaml:2:15\n-> delete one of the two");
  EXPECT_EQ(error_at("driver: shop\nconnection: { password: a,s3,s3 }\n"),
            "DBCTL-ENV-003 a key stands twice in one map\nat environments/development.yaml:2:30\n"
            "because it stands before at environments/development.yaml:2:27\n-> delete one of the two");
}

TEST_F(Yaml, OpenQuotes) {
  EXPECT_EQ(
      error_at("driver: shop\nconnection:\n  name: a\n  password: \"s3cret\n  host: x\n"),
      "DBCTL-ENV-002 a quote that is never closed\nat environments/development.yaml:4:13\n-> close it on its line");
  EXPECT_EQ(
      error_at("driver: shop\nlock: 'it''s\n"),
      "DBCTL-ENV-002 a quote that is never closed\nat environments/development.yaml:2:7\n-> close it on its line");
  EXPECT_EQ(
      error_at("driver: shop\nlock: \"a\\\"\n"),
      "DBCTL-ENV-002 a quote that is never closed\nat environments/development.yaml:2:7\n-> close it on its line");
  EXPECT_TRUE(error_at("driver: \"shop").starts_with("DBCTL-ENV-002 "));
}

TEST_F(Yaml, ClosedQuotesOfEveryShape) {
  development(
      "\"driver\": 'shop'\nconnection:\n  name: 'it''s'\n  user: \"a \\\" b \\\\\"\n  password: \"two\n    lines\"\n");
  const auto made = options();
  EXPECT_EQ(made.text("name"), "it's");
  EXPECT_EQ(made.text("user"), "a \" b \\");
  EXPECT_EQ(made.secret("password").reveal(), "two lines");
}

TEST_F(Yaml, AFileThatIsNoMap) {
  const std::string advice = "\n-> write it as in:  driver: NAME";
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "~\n"}) {
    EXPECT_EQ(error_at(text), "DBCTL-ENV-002 the file holds no settings\nat environments/development.yaml" + advice)
        << text;
  }
  for (const char* text : {"s3cret\n", "[a, b]\n", "- a\n", "\"a: b\"\n"}) {
    EXPECT_EQ(error_at(text),
              "DBCTL-ENV-002 the file is not a map of keys and values\nat environments/development.yaml" + advice)
        << text;
  }
  for (const char* text :
       {"driver: shop\n---\ndriver: b\n", "driver: shop\n---\n", "--- {driver: a}\n--- {driver: b}\n"}) {
    EXPECT_EQ(error_at(text),
              "DBCTL-ENV-002 the file holds more than one document\nat environments/development.yaml\n"
              "-> delete the line --- and what follows it")
        << text;
  }
  EXPECT_EQ(error_at("---\ndriver: shop\n"), "no error");
}

// Where yaml-cpp alone would give documents for ever.
TEST_F(Yaml, WhatIsNoValueEnds) {
  for (const char* text : {",", " , ", "---\n,", "# c\n, a: b\n"})
    EXPECT_TRUE(error_at(text).starts_with("DBCTL-ENV-002 the file is not well-formed YAML\n")) << error_at(text);
}

TEST_F(Yaml, SyntaxErrorsDoNotRepeatTheFile) {
  EXPECT_EQ(error_at("driver: shop\nconnection:\n  password: s3: cret\n"),
            "DBCTL-ENV-002 the file is not well-formed YAML\nat environments/development.yaml:3:15\n"
            "because illegal map value" +
                quote_advice);
  EXPECT_EQ(error_at("driver: shop\nconnection: { password: ${S3CRET} }\n"),
            "DBCTL-ENV-002 the file is not well-formed YAML\nat environments/development.yaml:2:26\n"
            "because end of map flow not found" +
                quote_advice);
  EXPECT_EQ(error_at("driver: shop\nlock: *s3cret\n"),
            "DBCTL-ENV-002 the file is not well-formed YAML\nat environments/development.yaml:2:7\n"
            "because the referenced anchor is not defined" +
                quote_advice);
  EXPECT_EQ(error_at("driver: shop\nlock: \"\\s3cret\"\n"),
            "DBCTL-ENV-002 the file is not well-formed YAML\nat environments/development.yaml:2:10\n"
            "because unknown escape character" +
                quote_advice);
  for (const char* text : {"driver: shop\n\tlock: s3cret\n", "driver: shop\n lock: s3cret\n", "driver: [s3cret\n",
                           "driver: }s3cret\n", "driver: @s3cret\n", "driver: `s3cret\n", "%s3cret\n",
                           "driver: !<s3cret\n", "driver: 's3cret' s3cret\n", "driver: \"s3cret\" s3cret\n"}) {
    const auto error = error_at(text);
    EXPECT_TRUE(error.starts_with("DBCTL-ENV-0")) << text << error;
    EXPECT_EQ(error.find("s3cret"), std::string::npos) << error;
  }
}

TEST_F(Yaml, TagsAnchorsAndOddKeys) {
  const std::string tag = "\n-> quote a value that begins with !";
  EXPECT_EQ(error_at("driver: !!str shop\n"),
            "DBCTL-ENV-002 tags are not known here\nat environments/development.yaml:1:9" + tag);
  EXPECT_EQ(error_at("driver: ! \"shop\n"),
            "DBCTL-ENV-002 tags are not known here\nat environments/development.yaml:1:9" + tag);
  EXPECT_EQ(error_at("driver: shop\ndomains: !set [a]\n"),
            "DBCTL-ENV-002 tags are not known here\nat environments/development.yaml:2:10" + tag);
  EXPECT_EQ(error_at("? [a]\n: b\n"),
            "DBCTL-ENV-002 a key that is not a plain word\nat environments/development.yaml:1:3\n-> write key: value");
  development("driver: &d shop\nconnection: { name: *d }\n");
  EXPECT_EQ(options().text("name"), "shop");
}

TEST_F(Yaml, AliasesCannotMakeAFileLarge) {
  std::string text = "driver: shop\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const auto before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += before + (j < 9 ? " , " : " ]\n");
  }
  EXPECT_TRUE(error_at(text).starts_with("DBCTL-ENV-002 the file is nested too deeply or too large\nat environments/"));
}

TEST_F(Yaml, Nesting) {
  EXPECT_TRUE(
      error_at("driver: " + std::string(5000, '[') + std::string(5000, ']') + "\n").starts_with("DBCTL-ENV-002 "));
  EXPECT_TRUE(error_at("driver: " + std::string(50, '[') + std::string(50, ']') + "\n")
                  .starts_with("DBCTL-ENV-002 the file is nested too deeply or too large\n"));
}

TEST_F(Yaml, ValuesOfAnotherShape) {
  const std::string at = "\nat environments/development.yaml:";
  EXPECT_EQ(error_at("driver: [shop]\n"), "DBCTL-ENV-004 \"driver\" takes one value, not a list" + at +
                                              "1:9\n-> quote a value that begins with { or [");
  EXPECT_EQ(error_at("driver: {a: s3cret}\n"), "DBCTL-ENV-004 \"driver\" takes one value, not a map" + at +
                                                   "1:9\n-> quote a value that begins with { or [");
  EXPECT_EQ(error_at("driver:\n"), "DBCTL-ENV-004 \"driver\" has no value" + at +
                                       "1:1\n-> write a value, \"\" for an empty one, or delete the key");
  EXPECT_EQ(error_at("driver: shop\nprotect: ~\n"),
            "DBCTL-ENV-004 \"protect\" has no value" + at +
                "2:1\n-> write a value, \"\" for an empty one, or delete the key");
  EXPECT_EQ(error_at("driver: shop\ndomains: ecommerce\n"),
            "DBCTL-ENV-004 \"domains\" takes a list" + at + "2:10\n-> write domains: [a, b]");
  EXPECT_EQ(error_at("driver: shop\ndomains:\n  - [a]\n"), "DBCTL-ENV-004 \"domains\" takes one value, not a list" +
                                                               at + "3:5\n-> quote a value that begins with { or [");
  EXPECT_EQ(error_at("driver: shop\nconnection: s3cret\n"),
            "DBCTL-ENV-004 \"connection\" takes a map of the driver's options" + at +
                "2:13\n"
                "-> write connection: { option: value }");
  EXPECT_EQ(error_at("driver: shop\nconnection:\n  password: [s3cret]\n"),
            "DBCTL-ENV-004 \"connection.password\" takes one value, not a list" + at +
                "3:13\n"
                "-> quote a value that begins with { or [");
  EXPECT_EQ(error_at("driver: shop\nconnection:\n  password:\n  name: x\n"),
            "DBCTL-ENV-002 a key without a value" + at +
                "3:3\n"
                "-> write a value, \"\" for an empty one; quote a value that holds a comma");
  EXPECT_EQ(error_at("driver: shop\nconnection: { password: a,s3cret }\n"),
            "DBCTL-ENV-002 a key without a value" + at +
                "2:27\n"
                "-> write a value, \"\" for an empty one; quote a value that holds a comma");
  EXPECT_EQ(error_at("driver: shop\ns3cret:\n"),
            "DBCTL-ENV-002 a key without a value" + at +
                "2:1\n"
                "-> write a value, \"\" for an empty one; quote a value that holds a comma");
}

TEST_F(Yaml, AConnectionMayBeEmptyAndNeedsADriver) {
  EXPECT_EQ(error_at("driver: shop\nconnection:\n"), "no error");
  EXPECT_EQ(error_at("driver: shop\nconnection: {}\n"), "no error");
  EXPECT_EQ(error_at("connection:\n  name: x\n"),
            "DBCTL-ENV-003 \"connection\" stands without \"driver\"\nat environments/development.yaml:2:3\n"
            "because the options below it are a driver's\n-> write driver: NAME beside it");
}

TEST_F(Yaml, ValuesThatDoNotFit) {
  const std::string at = "\nat environments/development.yaml:";
  const std::string names = "\n-> dbctl plugin list shows the names";
  EXPECT_EQ(error_at("driver: Shop\n"),
            "DBCTL-ENV-004 \"driver\" takes a name of lower-case letters, digits, - and _" + at + "1:9" + names);
  EXPECT_EQ(error_at("driver: \"\"\n"),
            "DBCTL-ENV-004 \"driver\" takes a name of lower-case letters, digits, - and _" + at + "1:9" + names);
  EXPECT_EQ(error_at("driver: ../../shop\n"),
            "DBCTL-ENV-004 \"driver\" takes a name of lower-case letters, digits, - and _" + at + "1:9" + names);
  EXPECT_EQ(error_at("domains: [a, B]\n"),
            "DBCTL-ENV-004 \"domains\" takes a name of lower-case letters, digits, - and _" + at + "1:14" + names);
  EXPECT_EQ(error_at("domains: [a, b, a]\n"),
            "DBCTL-ENV-004 \"domains\" has an entry twice" + at + "1:17\n-> take one of the two out");
  EXPECT_EQ(error_at("migrations: [db]\n"),
            "DBCTL-ENV-003 this dbctl reads no folders of SQL migrations" + at +
                "1:1\nbecause migrations come from the plugins named below \"domains\"\n-> take \"migrations\" out");
  for (const char* text : {"yes", "on", "1", "True", "''"}) {
    EXPECT_TRUE(error_at("protect: " + std::string(text) + "\n")
                    .starts_with("DBCTL-ENV-004 option \"protect\" takes true or false, not "))
        << text;
  }
  EXPECT_EQ(error_at("disposable: tru\n"), "DBCTL-ENV-004 option \"disposable\" takes true or false, not \"tru\"" + at +
                                               "1:13\n-> write true or false there, or take the value out");
  EXPECT_EQ(error_at("log_level: warning\n"),
            "DBCTL-ENV-004 option \"log_level\" takes one of debug, info, warn, error, not \"warning\"" + at +
                "1:12\n-> write one of debug, info, warn, error there, or take the value out");
  EXPECT_EQ(error_at("lock: row\n"), "DBCTL-ENV-004 option \"lock\" takes one of session, lease, not \"row\"" + at +
                                         "1:7\n-> write one of session, lease there, or take the value out");
  EXPECT_EQ(error_at("protect: true\ndisposable: true\n"),
            "DBCTL-ENV-004 an environment cannot be both protected and disposable" + at +
                "2:13\n"
                "because \"protect\" is true at environments/development.yaml:1:10\n-> delete one of the two");
}

TEST_F(Yaml, Servers) {
  for (const char* text : {"shopdb 10", "shopdb 10.11", "shopdb 10.11.2"}) {
    EXPECT_EQ(error_at("server: " + std::string(text) + "\n"), "no error") << text;
  }
  for (const char* text : {"shopdb", "10.11", "shopdb 10.11.2.3", "shopdb 10.", "shopdb v10", "shopdb  10",
                           "'shopdb 10 '", "shopdb -1", "shopdb 9999999", "''"}) {
    EXPECT_EQ(error_at("server: " + std::string(text) + "\n"),
              "DBCTL-ENV-004 \"server\" takes a product and a version\n"
              "at environments/development.yaml:1:9\n-> write server: PRODUCT 10.11")
        << text;
  }
}

TEST_F(Yaml, FilesThatAreNone) {
  const auto path = request.root / "environments/development.yaml";
  std::filesystem::create_directories(path);
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments/development.yaml cannot be read\nat environments/development.yaml\n"
            "because it is a directory, not a file\n-> put a YAML or .env file there, or take it away");
  std::filesystem::remove(path);
  std::filesystem::create_symlink("nowhere", path);
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments/development.yaml cannot be read\nat environments/development.yaml\n"
            "because it is a link to a file that does not exist\n-> mend the link: ls -l "
            "environments/development.yaml");
  std::filesystem::remove(path);
  std::filesystem::create_symlink("/dev/null", path);
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments/development.yaml cannot be read\nat environments/development.yaml\n"
            "because it is not a regular file\n-> put a YAML or .env file there, or take it away");
  std::filesystem::remove(path);
  std::filesystem::create_symlink("/proc/self/mem", path);
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments/development.yaml cannot be read\nat environments/development.yaml\n"
            "because Input/output error\n-> check the file's owner and mode: ls -l environments/development.yaml");
}

TEST_F(Yaml, AFileThatMayNotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read every file";
  development("driver: shop\n");
  std::filesystem::permissions(request.root / "environments/development.yaml", std::filesystem::perms::none);
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments/development.yaml cannot be read\nat environments/development.yaml\n"
            "because Permission denied\n-> check the file's owner and mode: ls -l environments/development.yaml");
}

}  // namespace
}  // namespace dbctl::environment
