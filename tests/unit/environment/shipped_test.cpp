#include <algorithm>
#include <map>

#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

const std::filesystem::path source = DBCTL_SOURCE_DIR;

const Variables all_variables = {
    {"MYSQL_STAGING_PASSWORD", "staging"},
    {"POSTGRES_PROD_PASSWORD", "prod"},
    {"POSTGRESQL_CA", "/ca.crt"},
    {"MARIADB_CA", "/ca.crt"},
    {"MYSQL_CA", "/ca.crt"},
};

/// The options that the environments name, with the variables of the e-commerce example.
driver::DriverInfo server(const std::string& name, const std::string& prefix) {
  const auto variable = [&](const char* suffix) { return std::vector<std::string>{prefix + suffix}; };
  return {.name = name,
          .client = {},
          .products = {},
          .schemes = {name},
          .options =
              {{.name = "host", .help = {}, .env = variable("HOST"), .required = true, .url = UrlPart::host},
               {.name = "port", .type = OptionType::integer, .help = {}, .env = variable("PORT"), .url = UrlPart::port},
               {.name = "name", .help = {}, .env = variable("NAME"), .required = true, .url = UrlPart::name},
               {.name = "user", .help = {}, .env = variable("USER"), .url = UrlPart::user},
               {.name = "password", .type = OptionType::secret, .help = {}, .env = variable("PASSWORD")},
               {.name = "ssl_mode",
                .type = OptionType::choice,
                .help = {},
                .env = variable("SSL_MODE"),
                .choices = {"disable", "prefer", "require", "verify-ca", "verify-full"}},
               {.name = "ca", .type = OptionType::path, .help = {}}},
          .capabilities = {},
          .assumed = {}};
}

driver::DriverInfo embedded() {
  return {
      .name = "sqlite",
      .client = {},
      .products = {},
      .schemes = {"sqlite"},
      .options =
          {{.name = "file", .type = OptionType::path, .help = {}, .env = {"DB_SQLITE_FILE_PATH"}, .url = UrlPart::path},
           {.name = "in_memory", .type = OptionType::boolean, .help = {}, .env = {"DB_SQLITE_IN_MEMORY"}},
           {.name = "foreign_keys", .type = OptionType::boolean, .help = {}, .env = {"DB_SQLITE_FOREIGN_KEYS"}},
           {.name = "journal_mode", .type = OptionType::choice, .help = {}, .choices = {"delete", "wal"}},
           {.name = "synchronous", .type = OptionType::choice, .help = {}, .choices = {"normal", "full"}},
           {.name = "cache_size", .type = OptionType::integer, .help = {}}},
      .capabilities = {},
      .assumed = {}};
}

driver::DriverInfo driver_named(const std::string& name) {
  if (name == "sqlite") return embedded();
  return server(name, name == "mysql" ? "DB_MYSQL_" : "DB_POSTGRES_");
}

/// A project with the environments of this tree, and none of the .env files that a developer has beside them.
class Shipped : public Project {
 protected:
  Shipped() {
    std::filesystem::create_directories(request.root / "environments");
    for (const auto& entry : std::filesystem::directory_iterator(source / "environments")) {
      if (entry.path().extension() != ".yaml") continue;
      std::filesystem::copy(entry.path(), request.root / "environments");
    }
    request.variables = all_variables;
  }

  /// With the example's .env file where it belongs.
  Environment with_example(const std::string& name) {
    std::filesystem::copy(source / ("environments/.env." + name + ".example"), request.root / (".env." + name));
    request.name = name;
    return loaded();
  }

  /// A run with these variables alone.
  Environment step(Variables variables) {
    request.variables = std::move(variables);
    return loaded();
  }
};

TEST_F(Shipped, EveryEnvironmentLoads) {
  std::vector<std::string> names;
  for (const auto& listed : list(request)) {
    EXPECT_EQ(listed.problem, "") << listed.file;
    names.push_back(listed.name);
    request.name = listed.name;
    const auto made = loaded();
    const auto options = made.options(driver_named(made.driver));
    EXPECT_EQ(made.domains, (std::vector<std::string>{"ecommerce"})) << listed.file;
    EXPECT_EQ(made.protect, listed.name == "production") << listed.file;
    EXPECT_EQ(made.disposable, listed.name.starts_with("test")) << listed.file;
    EXPECT_TRUE(made.notes(driver_named(made.driver)).empty()) << listed.file;
    if (!made.disposable || listed.name == "test") continue;  // that one is in memory
    const auto& database =
        made.driver == "sqlite" ? std::filesystem::path(options.text("file")).stem().string() : options.text("name");
    EXPECT_EQ(database, "dbctl") << listed.file;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"development", "production", "staging", "test", "test-mariadb",
                                             "test-mariadb-tls", "test-mysql", "test-mysql-tls", "test-postgresql",
                                             "test-postgresql-tls", "test-sqlite"}));
}

TEST_F(Shipped, DevelopmentHasTheOptimisations) {
  const auto made = options(embedded());
  EXPECT_EQ(made.text("file"), "ecommerce_dev.db");
  EXPECT_EQ(made.text("journal_mode"), "wal");
  EXPECT_TRUE(made.flag("foreign_keys"));
  EXPECT_EQ(made.text("synchronous"), "normal");
  EXPECT_EQ(made.integer("cache_size"), 10000);
}

TEST_F(Shipped, ProductionSaysWhatItNeeds) {
  request.name = "production";
  request.variables = {};
  const auto made = load(request);
  EXPECT_TRUE(made.protect);
  EXPECT_EQ(made.log_level, LogLevel::warn);
  EXPECT_EQ(made.options(driver_named("postgresql"), Missing::allowed).text("name"), "ecommerce_prod");
  EXPECT_EQ(test::error_text([&] { made.options(driver_named("postgresql")); }),
            "DBCTL-ENV-005 the variable POSTGRES_PROD_PASSWORD is not set\n"
            "at environments/production.yaml:10:13 (connection.password)\n"
            "because export it or put it in .env.production\n"
            "-> export POSTGRES_PROD_PASSWORD, or put it in .env.production");
}

TEST_F(Shipped, TestEnvironmentsFollowTheServicesVariables) {
  request.name = "test-mariadb-tls";
  request.variables["MARIADB_PORT"] = "23999";
  request.variables["MARIADB_HOST"] = "::1";
  const auto made = load(request);
  ASSERT_TRUE(made.server);
  EXPECT_EQ(made.server->product, "mariadb");
  const auto options = made.options(driver_named("mysql"));
  EXPECT_EQ(options.integer("port"), 23999);
  EXPECT_EQ(options.text("host"), "localhost") << "a name of the certificate, whatever the address";
  EXPECT_EQ(options.text("ca"), "/ca.crt");
  request.name = "test-mariadb";
  EXPECT_EQ(load(request).options(driver_named("mysql")).text("host"), "::1");
  request.name = "test-mariadb-tls";
  request.variables.erase("MARIADB_CA");
  EXPECT_EQ(
      test::error_text([&] { load(request).options(driver_named("mysql")); }),
      "DBCTL-ENV-005 the variable MARIADB_CA is not set\nat environments/test-mariadb-tls.yaml:13:7 (connection.ca)\n"
      "because run eval \"$(ci/services.sh env)\" first\n-> export MARIADB_CA, or put it in .env.test-mariadb-tls");
}

TEST_F(Shipped, ExampleOfDevelopment) {
  const auto environment = with_example("development");
  EXPECT_EQ(environment.driver, "sqlite");
  EXPECT_EQ(environment.driver_origin, ".env.development:2 (DB_DRIVER)");
  EXPECT_EQ(environment.log_level, LogLevel::debug);
  const auto options = environment.options(embedded());
  EXPECT_EQ(options.text("file"), "./ecommerce_dev.db");
  EXPECT_EQ(options.origin("foreign_keys"), ".env.development:4 (DB_SQLITE_FOREIGN_KEYS)");
  EXPECT_EQ(options.text("journal_mode"), "wal");
}

TEST_F(Shipped, ExampleOfStaging) {
  const auto environment = with_example("staging");
  EXPECT_EQ(environment.driver, "mysql");
  EXPECT_EQ(environment.log_level, LogLevel::info);
  const auto options = environment.options(driver_named("mysql"));
  EXPECT_EQ(options.text("host"), "staging-db.company.com");
  EXPECT_EQ(options.text("name"), "ecommerce_staging");
  EXPECT_EQ(options.text("user"), "staging_user");
  EXPECT_EQ(options.secret("password").reveal(), "staging");
  EXPECT_EQ(options.origin("password"), ".env.staging:6 (DB_MYSQL_PASSWORD)");
}

TEST_F(Shipped, ExampleOfProduction) {
  const auto environment = with_example("production");
  EXPECT_EQ(environment.driver, "postgresql");
  EXPECT_EQ(environment.log_level, LogLevel::warn);
  EXPECT_TRUE(environment.protect);
  const auto options = environment.options(driver_named("postgresql"));
  EXPECT_EQ(options.text("host"), "prod-db.company.com");
  EXPECT_EQ(options.text("name"), "ecommerce_prod");
  EXPECT_EQ(options.text("user"), "prod_user");
  EXPECT_EQ(options.secret("password").reveal(), "prod");
  EXPECT_EQ(options.origin("ssl_mode"), ".env.production:7 (DB_POSTGRES_SSL_MODE)");
}

/// Steps 3 to 5 of the example export variables and name no environment.
TEST_F(Shipped, StepsAreAnonymousAndHaveTheDomain) {
  const auto development = step({{"DB_DRIVER", "sqlite"}, {"DB_SQLITE_FILE_PATH", "./ecommerce_dev.db"}});
  EXPECT_EQ(development.options(embedded()).text("file"), "./ecommerce_dev.db");
  const auto staging = step({{"DB_DRIVER", "mysql"},
                             {"DB_MYSQL_HOST", "staging-mysql.company.com"},
                             {"DB_MYSQL_NAME", "ecommerce_staging"},
                             {"DB_MYSQL_USER", "staging_user"},
                             {"DB_MYSQL_PASSWORD", "staging_pass"}});
  EXPECT_EQ(staging.options(driver_named("mysql")).secret("password").reveal(), "staging_pass");
  const auto production = step({{"DB_DRIVER", "postgresql"},
                                {"DB_POSTGRES_HOST", "prod-postgres.company.com"},
                                {"DB_POSTGRES_NAME", "ecommerce_prod"},
                                {"DB_POSTGRES_USER", "prod_user"},
                                {"DB_POSTGRES_PASSWORD", "prod_pass"},
                                {"DB_POSTGRES_SSL_MODE", "require"}});
  EXPECT_EQ(production.options(driver_named("postgresql")).text("ssl_mode"), "require");
  for (const auto* made : {&development, &staging, &production}) {
    EXPECT_TRUE(made->anonymous);
    EXPECT_EQ(made->name, std::nullopt);
    EXPECT_EQ(made->domains, (std::vector<std::string>{"ecommerce"}));
  }
}

}  // namespace
}  // namespace dbctl::environment
