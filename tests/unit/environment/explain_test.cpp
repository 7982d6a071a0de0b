#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

class Explain : public Project {
 protected:
  static std::string text(const std::vector<Explanation>& explanations) {
    std::string lines;
    for (const auto& [name, shown, origin, problem] : explanations) {
      lines += name + " = " + shown + " <- " + origin + (problem.empty() ? "" : " ! " + problem) + "\n";
    }
    return lines;
  }
};

TEST_F(Explain, SettingsAndOptions) {
  development(
      "driver: shop\ndomains: [a, b]\nprotect: true\nserver: shopdb 10.11\nconnection: { name: dev, password: s3cret "
      "}\n");
  write(".env", "LOG_LEVEL=warn\n");
  const auto made = loaded();
  EXPECT_EQ(text(made.explain()),
            "driver = shop <- environments/development.yaml:1:9\n"
            "domains = a, b <- environments/development.yaml:2:11\n"
            "protect = true <- environments/development.yaml:3:10\n"
            "disposable = false <- the default\n"
            "server = shopdb 10.11 <- environments/development.yaml:4:9\n"
            "log_level = warn <- .env:1 (LOG_LEVEL)\n"
            "lock = session <- the default\n");
  EXPECT_EQ(text(made.explain(shop())),
            "connection.host = 127.0.0.1 <- the driver's default\n"
            "connection.port = 4000 <- the driver's default\n"
            "connection.name = dev <- environments/development.yaml:5:21\n"
            "connection.user =  <- \n"
            "connection.password = ******** <- environments/development.yaml:5:36\n"
            "connection.ssl_mode = prefer <- the driver's default\n");
}

TEST_F(Explain, ValuesThatCannotBeHad) {
  development("driver: shop\nconnection: { port: x, password: \"${GONE:?ask}\" }\n");
  EXPECT_EQ(text(loaded().explain(shop())),
            "connection.host = 127.0.0.1 <- the driver's default\n"
            "connection.port =  <- environments/development.yaml:2:21 ! option \"port\" takes a whole number from 1 to "
            "65535, not \"x\"\n"
            "connection.name =  <-  ! the driver \"shop\" needs the option \"name\"\n"
            "connection.user =  <- \n"
            "connection.password =  <- environments/development.yaml:2:34 (connection.password) ! the variable GONE is "
            "not set\n"
            "connection.ssl_mode = prefer <- the driver's default\n");
}

TEST_F(Explain, FlagsAndEmptySecrets) {
  development("driver: file\nconnection: { file: a.db, sync: false }\n");
  EXPECT_EQ(text(loaded().explain(file())),
            "connection.file = a.db <- environments/development.yaml:2:21\n"
            "connection.sync = false <- environments/development.yaml:2:33\n");
  development("driver: shop\nconnection: { name: a, password: '' }\n");
  EXPECT_NE(text(loaded().explain(shop())).find("connection.password =  <- environments/development.yaml:2:34\n"),
            std::string::npos);
}

/// The password, written in every place where one can stand, is in no message and no explanation.
TEST_F(Explain, NoMessageHoldsThePassword) {
  const std::string secret = "hunter2";
  const std::vector<std::string> places = {
      "environments/development.yaml:driver: shop\nconnection:\n  name: x\n  password: hunter2\n  port: z\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: [hunter2]\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: {hunter2: a}\n",
      "environments/development.yaml:driver: shop\nconnection: { password: a,hunter2 }\n",
      "environments/development.yaml:driver: shop\nconnection: { password: hunter2${ }\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: 'hunter2${'\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: a: hunter2\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: \"hunter2\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: @hunter2\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: *hunter2\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: !hunter2 a\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: &hunter2\n  name: x\n",
      "environments/development.yaml:driver: shop\nconnection:\n  password: \"a\\qhunter2\"\n",
      "environments/development.yaml:driver: shop\nconnection:\n password: x\n  hunter2\n",
      ".env:DB_SHOP_PASSWORD=\"hunter2\n",
      ".env:DB_SHOP_PASSWORD=hunter2${\nDB_SHOP_NAME=n\nDB_DRIVER=shop\n",
      ".env:DB_SHOP_PASSWORD=a\nhunter2\n",
      ".env:DB_SHOP_PASSWORD='a'hunter2\n",
      ".env:DB_SHOP_PASSWORD=\"\\qhunter2\"\n",
      ".env:DB_DRIVER=shop\nDB_SHOP_PASSWORD=hunter2\nDB_SHOP_NAME=n\nDB_SHOP_PORT=y\n",
      ".env:DATABASE_URL=shop://u:hunter2@h:x/n\n",
      ".env:DATABASE_URL=shop://u:hunter2\n",
      ".env:DATABASE_URL=shop://u:a/hunter2@h/n\n",
      ".env:DATABASE_URL=shop://u:a?hunter2@h/n\n",
      ".env:DATABASE_URL=shop://u:a#hunter2@h/n\n",
      ".env:DATABASE_URL=shop://u:a@hunter2@h/n\n",
      ".env:DATABASE_URL=shop://u:a%hunter2@h/n\n",
      ".env:DATABASE_URL=shop://u:hunter2@h/n?x=y\n",
      ".env:DATABASE_URL=shop://u:hunter2@h/n?ssl_mode=y\n",
      ".env:DATABASE_URL=file://u:hunter2@h/n\n",
      ".env:DATABASE_URL=://u:hunter2@h/n\n",
      ".env:DATABASE_URL=hunter2\n",
      ".env:DATABASE_URL=shop://u:x@h/n?hunter2=y\n",
  };
  for (const auto& place : places) {
    std::filesystem::remove_all(request.root);
    const auto colon = place.find(':');
    write(place.substr(0, colon), place.substr(colon + 1));
    const auto error = test::error_text([&] { options(loaded().driver == "file" ? file() : shop()); });
    EXPECT_NE(error, "no error") << place;
    EXPECT_EQ(error.find(secret), std::string::npos) << error << "\n" << place;
    std::string explained;
    const auto explain_error = test::error_text([&] { explained = text(loaded().explain(shop())); });
    EXPECT_EQ((explained + explain_error).find(secret), std::string::npos) << explained << explain_error;
  }
}

}  // namespace
}  // namespace dbctl::environment
