#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

class Choice : public Project {
 protected:
  Choice() {
    development(
        "driver: shop\ndomains: [ecommerce]\ndisposable: true\nserver: shopdb 1\n"
        "log_level: debug\nconnection: { host: dev-host, name: dev }\n");
    write("environments/production.yaml",
          "driver: shop\nprotect: true\nlog_level: warn\nconnection: { host: prod-host, name: prod }\n");
    write("environments/staging.yaml", "driver: file\nconnection: { file: staging.db }\n");
  }
};

TEST_F(Choice, DevelopmentByDefault) {
  EXPECT_EQ(loaded().name, "development");
  EXPECT_EQ(options().text("host"), "dev-host");
}

TEST_F(Choice, ByFlagAndVariable) {
  request.variables["DBCTL_ENV"] = "staging";
  EXPECT_EQ(loaded().name, "staging");
  request.name = "production";
  const auto made = loaded();
  EXPECT_EQ(made.name, "production");
  EXPECT_TRUE(made.protect);
  EXPECT_FALSE(made.anonymous);
}

TEST_F(Choice, AnEmptyVariableChoosesNothing) {
  request.variables = {{"DBCTL_ENV", ""}, {"DB_DRIVER", ""}, {"DATABASE_URL", ""}, {"LOG_LEVEL", ""}};
  const auto made = loaded();
  EXPECT_EQ(made.name, "development");
  EXPECT_EQ(made.driver, "shop");
  EXPECT_EQ(made.log_level, LogLevel::debug);
}

TEST_F(Choice, AnUnknownEnvironment) {
  request.name = "prodution";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-001 there is no environment \"prodution\"\nat environments/prodution.yaml\n"
            "because known: development, production, staging\n-> did you mean \"production\"?\n"
            "-> dbctl env list shows the names; --environments DIR looks in another folder");
  request.name = "x";
  request.root /= "nowhere";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-001 there is no environment \"x\"\nat environments/x.yaml\n"
            "because environments holds no environment\n"
            "-> dbctl env list shows the names; --environments DIR looks in another folder");
}

TEST_F(Choice, ADotenvFileAloneIsNoEnvironment) {
  write(".env.qa", "DB_DRIVER=shop\n");
  request.name = "qa";
  EXPECT_TRUE(load_error().starts_with("DBCTL-ENV-001 there is no environment \"qa\"\n"));
}

TEST_F(Choice, NamesThatCannotBe) {
  for (const char* name : {"", "Production", "../production", "a b", "prod.old", "/etc/passwd",
                           "pr\xc3\xb6"
                           "d"}) {
    request.name = name;
    EXPECT_EQ(load_error(), "DBCTL-ENV-001 \"" + std::string(name) +
                                "\" cannot be an environment\nat --env\n"
                                "because an environment's name has lower-case letters, digits, - and _ only\n"
                                "-> dbctl env list shows the names");
  }
  request.name.reset();
  request.variables["DBCTL_ENV"] = "X";
  EXPECT_TRUE(load_error().starts_with("DBCTL-ENV-001 \"X\" cannot be an environment\nat DBCTL_ENV\n"));
}

TEST_F(Choice, AnotherFolder) {
  request.folder = "config/envs";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-001 there is no folder config/envs\nat --environments\n"
            "-> give --environments the folder that holds the .yaml files");
  write("config/envs/qa.yaml", "driver: shop\nconnection: { name: qa }\n");
  request.name = "qa";
  EXPECT_EQ(options().text("name"), "qa");
  EXPECT_EQ(options().origin("name"), "config/envs/qa.yaml:2:21");
  request.folder = request.root / "config/envs";
  EXPECT_EQ(options().text("name"), "qa");
}

TEST_F(Choice, AFileInPlaceOfTheFolder) {
  std::filesystem::remove_all(request.root / "environments");
  write("environments", "");
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 environments is not a folder\nat environments\n"
            "-> give --environments the folder that holds the .yaml files");
}

TEST_F(Choice, WithoutAnyFileThereIsNoDriver) {
  std::filesystem::remove_all(request.root / "environments");
  const auto made = loaded();
  EXPECT_EQ(made.name, "development");
  EXPECT_EQ(made.driver, "");
  EXPECT_EQ(test::error_text([&] { made.required_driver(); }),
            "DBCTL-ENV-008 the environment \"development\" names no driver\n"
            "because neither --url, DATABASE_URL, DB_DRIVER nor an environment file says which database to use\n"
            "-> dbctl env list shows the environments to choose with --env\n-> export DB_DRIVER, or give --url\n"
            "-> dbctl plugin list shows the drivers");
  development("domains: [a]\n");
  EXPECT_EQ(test::error_text([&] { loaded().required_driver(); }),
            "DBCTL-ENV-008 the environment \"development\" names no driver\nat environments/development.yaml\n"
            "because neither --url, DATABASE_URL, DB_DRIVER nor an environment file says which database to use\n"
            "-> write driver: NAME in environments/development.yaml\n-> export DB_DRIVER, or give --url\n"
            "-> dbctl plugin list shows the drivers");
}

TEST_F(Choice, AnonymousByDriver) {
  request.variables = {{"DB_DRIVER", "shop"}, {"DB_SHOP_NAME", "other"}};
  const auto made = loaded();
  EXPECT_TRUE(made.anonymous);
  EXPECT_EQ(made.name, std::nullopt);
  EXPECT_EQ(made.driver, "shop");
  EXPECT_EQ(made.driver_origin, "DB_DRIVER");
}

TEST_F(Choice, AnonymousRunsTakeDomainsOnly) {
  request.variables = {{"DB_DRIVER", "shop"}, {"DB_SHOP_NAME", "other"}};
  const auto made = loaded();
  EXPECT_EQ(made.domains, (std::vector<std::string>{"ecommerce"}));
  EXPECT_FALSE(made.protect);
  EXPECT_FALSE(made.disposable);
  EXPECT_FALSE(made.server);
  EXPECT_EQ(made.log_level, LogLevel::info);
  const auto options = made.options(shop());
  EXPECT_EQ(options.text("host"), "127.0.0.1");
  EXPECT_EQ(options.text("name"), "other");
  EXPECT_TRUE(made.notes(shop()).empty());
}

TEST_F(Choice, AnonymousRunsReadDotenvButNotTheOneOfDevelopment) {
  write(".env", "DB_SHOP_HOST=common\n");
  write(".env.development", "DB_SHOP_NAME=dev\nDB_SHOP_HOST=dev\n");
  request.variables = {{"DB_DRIVER", "shop"}};
  EXPECT_EQ(
      options_error(),
      "DBCTL-ENV-006 the driver \"shop\" needs the option \"name\"\nbecause the database\n-> export DB_SHOP_NAME");
  request.variables["DB_SHOP_NAME"] = "n";
  EXPECT_EQ(options().text("host"), "common");
}

TEST_F(Choice, AnonymousRunsAdviseTheCommonFile) {
  write(".env", "DB_SHOP_NAME=${GONE}\n");
  request.variables = {{"DB_DRIVER", "shop"}};
  EXPECT_EQ(options_error(),
            "DBCTL-ENV-005 the variable GONE is not set\nat .env:1 (DB_SHOP_NAME)\n-> export GONE, or put it in .env");
}

TEST_F(Choice, AnonymousByUrl) {
  request.url = "shop://h/n";
  EXPECT_TRUE(loaded().anonymous);
  EXPECT_EQ(loaded().driver, "shop");
  EXPECT_EQ(loaded().driver_origin, "--url");
  request.url.reset();
  request.variables["DATABASE_URL"] = "file:x.db";
  EXPECT_TRUE(loaded().anonymous);
  EXPECT_EQ(loaded().driver, "file");
  EXPECT_EQ(loaded().driver_origin, "DATABASE_URL");
}

TEST_F(Choice, ANamedRunWithAUrlOrADriverKeepsItsName) {
  request.name = "production";
  request.url = "shop://other-host";
  const auto made = loaded();
  EXPECT_FALSE(made.anonymous);
  EXPECT_EQ(made.name, "production");
  EXPECT_TRUE(made.protect);
  EXPECT_EQ(made.options(shop()).text("host"), "other-host");
  EXPECT_EQ(made.options(shop()).text("name"), "prod");
}

TEST_F(Choice, WithoutAFolderAUrlIsEnough) {
  std::filesystem::remove_all(request.root / "environments");
  request.url = "file:app.db";
  const auto made = loaded();
  EXPECT_TRUE(made.domains.empty());
  EXPECT_EQ(made.options(file()).text("file"), "app.db");
}

TEST_F(Choice, ADriverInDotenvBelongsToTheDefaultEnvironment) {
  write(".env", "DB_DRIVER=file\nDB_FILE_PATH=a.db\n");
  const auto made = loaded();
  EXPECT_FALSE(made.anonymous);
  EXPECT_EQ(made.name, "development");
  EXPECT_EQ(made.driver, "file");
  EXPECT_EQ(made.driver_origin, ".env:1 (DB_DRIVER)");
  EXPECT_TRUE(made.disposable);
}

TEST_F(Choice, TheConnectionOfAnotherDriverIsNotUsedAndSaid) {
  request.name = "staging";
  request.variables = {{"DB_DRIVER", "shop"}, {"DB_SHOP_NAME", "n"}};
  const auto made = loaded();
  EXPECT_EQ(made.driver, "shop");
  EXPECT_EQ(made.options(shop()).text("name"), "n");
  EXPECT_EQ(made.notes(shop()),
            (std::vector<std::string>{"the connection in environments/staging.yaml is for the driver "
                                      "\"file\" and not used with \"shop\""}));
}

TEST_F(Choice, ADriverMayBeCalledByAScheme) {
  request.name = "production";
  request.variables = {{"DB_DRIVER", "shopql"}};
  EXPECT_EQ(options().text("name"), "prod");
}

TEST_F(Choice, ADotenvFileCannotChooseTheEnvironment) {
  write(".env", "A=1\nDBCTL_ENV=production\n");
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-003 DBCTL_ENV in a .env file chooses nothing\nat .env:2 (DBCTL_ENV)\n"
            "because this run is for the environment \"development\"\n-> export DBCTL_ENV, or give --env");
  request.variables["DB_DRIVER"] = "shop";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-003 DBCTL_ENV in a .env file chooses nothing\nat .env:2 (DBCTL_ENV)\n"
            "because this run is for none\n-> export DBCTL_ENV, or give --env");
  request.name = "production";
  EXPECT_EQ(load_error(), "no error");
}

TEST_F(Choice, DriverVariablesAreChecked) {
  request.variables["DB_DRIVER"] = "../x";
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-004 \"DB_DRIVER\" takes a name of lower-case letters, digits, - and _\nat DB_DRIVER\n"
            "-> dbctl plugin list shows the names");
}

TEST_F(Choice, Listing) {
  write("environments/Old.yaml", "");
  write("environments/qa.yml", "");
  write("environments/readme.md", "");
  write("environments/.env.staging.example", "");
  std::vector<std::string> lines;
  for (const auto& listed : list(request)) lines.push_back(listed.name + "|" + listed.file + "|" + listed.problem);
  EXPECT_EQ(lines,
            (std::vector<std::string>{
                "Old|environments/Old.yaml|an environment's name has lower-case letters, digits, - and _ only",
                "development|environments/development.yaml|", "production|environments/production.yaml|",
                "qa|environments/qa.yml|the file's name must end in .yaml", "staging|environments/staging.yaml|"}));
  request.folder = "nowhere";
  EXPECT_TRUE(list(request).empty());
}

}  // namespace
}  // namespace dbctl::environment
