#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

class Interpolation : public Project {
 protected:
  Interpolation() {
    development("driver: shop\n");
    request.variables = {{"SET", "value"}, {"EMPTY", ""}, {"ODD", "a: b # {c} ${SET} \"'"}};
  }

  void named(const std::string& value) const { development("driver: shop\nconnection:\n  name: " + value + "\n"); }
  std::string in_yaml(const std::string& value) const {
    named(value);
    return options().text("name");
  }
  std::string error_in_yaml(const std::string& value) const {
    named(value);
    return options_error();
  }
};

TEST_F(Interpolation, TheThreeForms) {
  EXPECT_EQ(in_yaml("\"${SET}\""), "value");
  EXPECT_EQ(in_yaml("'${SET}'"), "value");
  EXPECT_EQ(in_yaml("a${SET}b${SET}"), "avaluebvalue");
  EXPECT_EQ(in_yaml("\"${SET:-x}\""), "value");
  EXPECT_EQ(in_yaml("\"${UNSET:-x}\""), "x");
  EXPECT_EQ(in_yaml("\"${EMPTY:-x}\""), "x");
  EXPECT_EQ(in_yaml("\"x${EMPTY}\""), "x");
  EXPECT_EQ(in_yaml("\"${SET:?needed}\""), "value");
  EXPECT_EQ(in_yaml("\"${UNSET:-a: b}\""), "a: b");
  EXPECT_EQ(in_yaml("\"${UNSET:-${EMPTY:-${SET}}}\""), "value");
  EXPECT_EQ(in_yaml("\"${UNSET:-a}b}\""), "ab}");
}

TEST_F(Interpolation, ValuesAreNotReadAgain) {
  EXPECT_EQ(in_yaml("\"${ODD}\""), "a: b # {c} ${SET} \"'");
}

TEST_F(Interpolation, DollarsByThemselves) {
  EXPECT_EQ(in_yaml("'$SET $ $$ pa$$word$'"), "$SET $ $$ pa$$word$");
  EXPECT_EQ(in_yaml("'$${SET}'"), "${SET}");
  EXPECT_EQ(in_yaml("'$$${SET}'"), "$${SET}");
  EXPECT_EQ(in_yaml("'$${'"), "${");
  EXPECT_EQ(in_yaml("'{SET}'"), "{SET}");
}

TEST_F(Interpolation, OtherFormsAreErrorsThatDoNotRepeatTheValue) {
  for (const char* value :
       {"'s3cret${'", "'s3cret${SET'", "'${s3-cret}'", "'${}'", "'${ SET}'", "'${SET }'", "'${SET:=x}'", "'${SET:+x}'",
        "'${9}'", "'${SET:-x'", "'${SET:?x'", "'${SET:-${}}'", "'${SET-x}'", "'${SET?x}'"}) {
    EXPECT_EQ(error_in_yaml(value),
              "DBCTL-ENV-002 a \"${\" that is none of ${NAME}, ${NAME:-default} and ${NAME:?message}\n"
              "at environments/development.yaml:3:9 (connection.name)\n"
              "-> write \"$${\" where \"${\" itself is meant")
        << value;
  }
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "${U:-";
  EXPECT_NE(error_in_yaml("'" + deep + std::string(50, '}') + "'"), "no error");
}

TEST_F(Interpolation, AVariableThatIsNotSet) {
  EXPECT_EQ(error_in_yaml("\"${UNSET}\""),
            "DBCTL-ENV-005 the variable UNSET is not set\nat environments/development.yaml:3:9 (connection.name)\n"
            "-> export UNSET, or put it in .env.development");
  EXPECT_EQ(error_in_yaml("\"${UNSET:?ask the admins}\""),
            "DBCTL-ENV-005 the variable UNSET is not set\nat environments/development.yaml:3:9 (connection.name)\n"
            "because ask the admins\n-> export UNSET, or put it in .env.development");
  EXPECT_EQ(error_in_yaml("\"${EMPTY:?}\""),
            "DBCTL-ENV-005 the variable EMPTY is empty\nat environments/development.yaml:3:9 (connection.name)\n"
            "-> export EMPTY, or put it in .env.development");
  EXPECT_EQ(error_in_yaml("\"${UNSET:-${UNSET2}}\""),
            "DBCTL-ENV-005 the variable UNSET2 is not set\nat environments/development.yaml:3:9 (connection.name)\n"
            "-> export UNSET2, or put it in .env.development");
}

TEST_F(Interpolation, OnlyTheValueThatWinsIsEvaluated) {
  named("\"${UNSET:?needed}\"");
  request.variables["DB_SHOP_NAME"] = "other";
  EXPECT_EQ(options().text("name"), "other");
  write(".env", "DB_SHOP_HOST=${UNSET:?needed}\nUNUSED=${UNSET}\nBROKEN=${\n");
  request.variables["DB_SHOP_HOST"] = "host";
  EXPECT_EQ(options().text("host"), "host");
}

TEST_F(Interpolation, InDotenvFromTheProcessAndEarlierLines) {
  write(".env", "A=1\nB=${A}2\nDB_SHOP_NAME=\"${B}3${SET}\"\n");
  EXPECT_EQ(options().text("name"), "123value");
  request.variables["A"] = "p";
  EXPECT_EQ(options().text("name"), "p23value");
}

TEST_F(Interpolation, LaterLinesOfDotenvAreNotSeen) {
  write(".env", "DB_SHOP_NAME=${LATER}\nLATER=1\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-005 the variable LATER is not set\nat .env:1 (DB_SHOP_NAME)\n"
            "-> export LATER, or put it in .env.development");
}

TEST_F(Interpolation, ALaterFileBuildsOnAnEarlierOne) {
  write(".env", "BASE=shop\nDB_SHOP_NAME=${BASE}\n");
  write(".env.development", "BASE=${BASE}_dev\nDB_SHOP_NAME=${BASE}_name\n");
  EXPECT_EQ(options().text("name"), "shop_dev_name");
}

TEST_F(Interpolation, YamlSeesDotenvVariables) {
  named("\"${FROM_FILE}\"");
  write(".env", "FROM_FILE=low\n");
  EXPECT_EQ(options().text("name"), "low");
  write(".env.development", "FROM_FILE=high\n");
  EXPECT_EQ(options().text("name"), "high");
  request.variables["FROM_FILE"] = "process";
  EXPECT_EQ(options().text("name"), "process");
}

TEST_F(Interpolation, AFailureTravelsToWhereItIsUsed) {
  write(".env", "A=${MISSING:?see the vault}\nB=x${A}\nDB_SHOP_NAME=${B:-never}\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-005 the variable MISSING is not set\nat .env:1 (A)\nbecause see the vault\n"
            "-> export MISSING, or put it in .env.development");
  write(".env", "DB_SHOP_NAME=s3cret${\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-002 a \"${\" that is none of ${NAME}, ${NAME:-default} and ${NAME:?message}\n"
            "at .env:1 (DB_SHOP_NAME)\n-> write \"$${\" where \"${\" itself is meant");
}

TEST_F(Interpolation, GrowthIsBounded) {
  std::string text = "A0=" + std::string(1024, 'x') + "\n";
  for (int i = 1; i < 40; ++i) {
    text += "A" + std::to_string(i) + "=${A" + std::to_string(i - 1) + "}${A" + std::to_string(i - 1) + "}\n";
  }
  write(".env", text + "DB_SHOP_NAME=${A39}\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-004 the value grows beyond a megabyte when its variables are replaced\nat .env:12 (A11)\n"
            "-> take out a variable that is made of itself many times over");
}

TEST_F(Interpolation, InSettingsThatNeedNoDriver) {
  development(
      "driver: \"${D}\"\ndomains: [\"${SET}\", b]\nprotect: \"${P:-true}\"\nlog_level: \"${LOG_LEVEL:-warn}\"\n");
  request.variables["D"] = "shop";
  const auto made = loaded();
  EXPECT_EQ(made.driver, "shop");
  EXPECT_EQ(made.domains, (std::vector<std::string>{"value", "b"}));
  EXPECT_TRUE(made.protect);
  EXPECT_EQ(made.log_level, LogLevel::warn);
  request.variables.erase("D");
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-005 the variable D is not set\nat environments/development.yaml:1:9 (driver)\n"
            "-> export D, or put it in .env.development");
}

TEST_F(Interpolation, KeysAreNotInterpolated) {
  development("driver: shop\nconnection: { '${SET}': x }\n");
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-003 unknown key \"${SET}\" in the connection of the driver \"shop\"\n"
            "at environments/development.yaml:2:15\nbecause known keys: host, port, name, user, password, ssl_mode\n"
            "-> take the key out, or write one of those that are known");
}

}  // namespace
}  // namespace dbctl::environment
