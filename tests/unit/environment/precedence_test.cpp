#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

class Precedence : public Project {
 protected:
  std::string host() const { return options().text("host") + " from " + options().origin("host"); }
};

TEST_F(Precedence, LaterWins) {
  development("driver: shop\nconnection: { name: dev }\n");
  EXPECT_EQ(host(), "127.0.0.1 from the driver's default");
  development("driver: shop\nconnection: { name: dev, host: yaml }\n");
  EXPECT_EQ(host(), "yaml from environments/development.yaml:2:32");
  write("environments/.env", "DB_SHOP_HOST=folder\n");
  EXPECT_EQ(host(), "folder from environments/.env:1 (DB_SHOP_HOST)");
  write(".env", "DB_SHOP_HOST=root\n");
  EXPECT_EQ(host(), "root from .env:1 (DB_SHOP_HOST)");
  write("environments/.env.development", "DB_SHOP_HOST=named_folder\n");
  EXPECT_EQ(host(), "named_folder from environments/.env.development:1 (DB_SHOP_HOST)");
  write(".env.development", "DB_SHOP_HOST=named_root\n");
  EXPECT_EQ(host(), "named_root from .env.development:1 (DB_SHOP_HOST)");
  request.name = "development";
  request.variables["DB_SHOP_HOST"] = "process";
  EXPECT_EQ(host(), "process from DB_SHOP_HOST");
  request.variables["DATABASE_URL"] = "shop://url_variable/n";
  EXPECT_EQ(host(), "url_variable from DATABASE_URL");
  request.url = "shop://flag/n";
  EXPECT_EQ(host(), "flag from --url");
}

TEST_F(Precedence, OtherEnvironmentsFilesAreNotRead) {
  development("driver: shop\nconnection: { name: dev }\n");
  write(".env.production", "DB_SHOP_HOST=prod\nthis is no line\n");
  EXPECT_EQ(host(), "127.0.0.1 from the driver's default");
}

TEST_F(Precedence, OfSeveralVariablesTheFirstInAFileAndTheHighestFile) {
  development("driver: shop\nconnection: { name: dev }\n");
  request.variables["SHOPUSER"] = "second";
  EXPECT_EQ(options().origin("user"), "SHOPUSER");
  request.variables["DB_SHOP_USER"] = "first";
  EXPECT_EQ(options().origin("user"), "DB_SHOP_USER");
  request.variables.erase("DB_SHOP_USER");
  write(".env", "DB_SHOP_USER=first\n");
  EXPECT_EQ(options().origin("user"), "SHOPUSER");
}

TEST_F(Precedence, AnEmptyVariableOverrides) {
  development("driver: shop\nconnection: { name: dev, password: x }\n");
  request.variables["DB_SHOP_PASSWORD"] = "";
  EXPECT_TRUE(options().has("password"));
  EXPECT_TRUE(options().secret("password").empty());
  request.variables["DB_SHOP_PORT"] = "";
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not an empty text\nat DB_SHOP_PORT\n"
            "because its port\n-> write a whole number from 1 to 65535 there, or take the value out");
}

TEST_F(Precedence, LogLevel) {
  development("driver: shop\nlog_level: error\n");
  EXPECT_EQ(loaded().log_level, LogLevel::error);
  write(".env", "LOG_LEVEL=warn\n");
  EXPECT_EQ(loaded().log_level, LogLevel::warn);
  write(".env.development", "LOG_LEVEL=info\n");
  EXPECT_EQ(loaded().log_level, LogLevel::info);
  request.variables["LOG_LEVEL"] = "DEBUG";
  EXPECT_EQ(loaded().log_level, LogLevel::debug);
  request.variables["LOG_LEVEL"] = "trace";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-004 option \"log_level\" takes one of debug, info, warn, error, not \"trace\"\nat LOG_LEVEL\n"
            "-> write one of debug, info, warn, error there, or take the value out");
}

TEST_F(Precedence, DriverByLayer) {
  development("driver: shop\n");
  write(".env", "DB_DRIVER=one\n");
  EXPECT_EQ(loaded().driver, "one");
  write(".env.development", "DATABASE_URL=two:x\n");
  EXPECT_EQ(loaded().driver, "two");
  write(".env.development", "DATABASE_URL=two:x\nDB_DRIVER=three\n");
  EXPECT_EQ(loaded().driver, "two");
  request.name = "development";
  request.variables["DB_DRIVER"] = "four";
  EXPECT_EQ(loaded().driver, "four");
  request.variables["DATABASE_URL"] = "five:x";
  EXPECT_EQ(loaded().driver, "five");
  request.url = "six:x";
  EXPECT_EQ(loaded().driver, "six");
}

TEST_F(Precedence, AUrlInDotenvRanksWithItsFile) {
  development("driver: shop\nconnection: { host: yaml, name: yaml, user: yaml }\n");
  write(".env", "DATABASE_URL=shop://url-user:${PW}@url-host/url-name\nDB_SHOP_NAME=env-name\n");
  write(".env.development", "DB_SHOP_HOST=named-host\n");
  request.variables["PW"] = "p%40ss";
  const auto made = options();
  EXPECT_EQ(made.text("host"), "named-host");
  EXPECT_EQ(made.text("name"), "url-name");
  EXPECT_EQ(made.text("user"), "url-user");
  EXPECT_EQ(made.secret("password").reveal(), "p@ss");
  EXPECT_EQ(made.origin("user"), ".env:1 (DATABASE_URL)");
}

TEST_F(Precedence, AUrlOfAnotherDriverIsNotUsedAndSaid) {
  development("driver: shop\nconnection: { name: yaml }\n");
  write(".env", "DATABASE_URL=file:secret.db\n");
  write(".env.development", "DB_DRIVER=shop\n");
  EXPECT_EQ(options().text("name"), "yaml");
  EXPECT_EQ(loaded().notes(shop()),
            (std::vector<std::string>{
                "the URL of .env:1 (DATABASE_URL) is for \"file\" and not used with the driver \"shop\""}));
}

TEST_F(Precedence, RequiredOptions) {
  development("driver: shop\n");
  EXPECT_EQ(
      options_error(),
      "DBCTL-ENV-006 the driver \"shop\" needs the option \"name\"\nbecause the database\n-> export DB_SHOP_NAME\n"
      "-> write name: below connection: in environments/development.yaml");
  development("driver: shop\nconnection: { name: '' }\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-006 the driver \"shop\" needs the option \"name\"\nat environments/development.yaml:2:21\n"
            "because its value is empty\n-> export DB_SHOP_NAME\n"
            "-> write name: below connection: in environments/development.yaml");
}

TEST_F(Precedence, WrongValuesNameTheirOrigin) {
  development("driver: shop\nconnection:\n  name: dev\n  port: 99999\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"99999\"\n"
            "at environments/development.yaml:4:9\nbecause its port\n"
            "-> write a whole number from 1 to 65535 there, or take the value out");
  write(".env.development", "DB_SHOP_PORT=x\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"x\"\n"
            "at .env.development:1 (DB_SHOP_PORT)\nbecause its port\n"
            "-> write a whole number from 1 to 65535 there, or take the value out");
}

TEST_F(Precedence, NamingTheDatabaseNeedsNoPassword) {
  development("driver: shop\nconnection: { name: dev, password: \"${GONE:?ask}\" }\n");
  EXPECT_TRUE(options_error().starts_with("DBCTL-ENV-005 "));
  const auto made = loaded().options(shop(), Missing::allowed);
  EXPECT_EQ(made.text("name"), "dev");
  EXPECT_FALSE(made.has("password"));
  development("driver: shop\nconnection: { name: dev, port: x }\n");
  EXPECT_EQ(test::error_text([&] { loaded().options(shop(), Missing::allowed); }).substr(0, 13), "DBCTL-ENV-004");
}

TEST_F(Precedence, VariablesThatTheDriverDoesNotKnowAreNoted) {
  development("driver: shop\nconnection: { name: dev }\n");
  write(".env", "DB_SHOP_HOTS=x\nDB_FILE_PATH=y\nOTHER=z\n");
  request.variables["DB_SHOP_XYZXYZXYZ"] = "1";
  const auto notes = loaded().notes(shop());
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(
      notes[0],
      "DB_SHOP_XYZXYZXYZ is no variable of the driver \"shop\"; known: DB_SHOP_HOST, DB_SHOP_NAME, DB_SHOP_PASSWORD, "
      "DB_SHOP_PORT, DB_SHOP_SSL_MODE, DB_SHOP_USER, SHOPUSER");
  EXPECT_EQ(notes[1], ".env:1 (DB_SHOP_HOTS) is no variable of the driver \"shop\"; did you mean \"DB_SHOP_HOST\"?");
}

TEST(ProcessVariables, AreRead) {
  ASSERT_EQ(setenv("DBCTL_TEST_VARIABLE", "a=b", 1), 0);
  const auto variables = process_variables();
  unsetenv("DBCTL_TEST_VARIABLE");
  ASSERT_TRUE(variables.contains("DBCTL_TEST_VARIABLE"));
  EXPECT_EQ(variables.find("DBCTL_TEST_VARIABLE")->second, "a=b");
}

class Replaced : public Project {
 protected:
  Replaced() { development("driver: shop\ndisposable: true\nconnection: { name: \"${NAME:-dev}\", host: here }\n"); }
  std::string by(const std::string& variable, const std::string& value, const driver::DriverInfo& info = shop()) {
    request.name = "development";
    request.variables = {{variable, value}};
    return loaded().replaced_by(info);
  }
};

TEST_F(Replaced, NothingByWhatTheFileItselfRefersTo) {
  EXPECT_EQ(loaded().replaced_by(shop()), "");
  EXPECT_EQ(by("NAME", "other"), "");
  EXPECT_EQ(by("DB_DRIVER", "shop"), "");
  EXPECT_EQ(by("DB_SHOP_PASSWORD", "x"), "") << "a secret leads nowhere else";
  EXPECT_EQ(by("DATABASE_URL", "file:x.db", file()), "DATABASE_URL") << "another driver";
}

TEST_F(Replaced, ByUrlsAndTheDriversVariables) {
  EXPECT_EQ(by("DATABASE_URL", "shop://h/n"), "DATABASE_URL");
  EXPECT_EQ(by("DB_SHOP_NAME", "dev"), "DB_SHOP_NAME") << "even when it says the same";
  EXPECT_EQ(by("DB_SHOP_HOST", "h"), "DB_SHOP_HOST");
  EXPECT_EQ(by("DB_DRIVER", "file", file()), "DB_DRIVER");
  write(".env", "\nSHOPUSER=u\n");
  EXPECT_EQ(by("X", ""), ".env:2 (SHOPUSER)");
  request.url = "shop://h/n";
  EXPECT_EQ(by("X", ""), "--url");
}

}  // namespace
}  // namespace dbctl::environment
