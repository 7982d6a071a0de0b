#pragma once
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>
#include <unistd.h>

#include "dbctl/environment/environment.hpp"
#include "support/error_text.hpp"

namespace dbctl::environment {

using driver::OptionType;
using driver::UrlPart;

/// A driver of a server with the prefix DB_SHOP_.
inline driver::DriverInfo shop() {
  return {
      .name = "shop",
      .client = {},
      .products = {"shop"},
      .schemes = {"shop", "shopql"},
      .options =
          {{.name = "host",
            .help = "the server",
            .fallback = "127.0.0.1",
            .env = {"DB_SHOP_HOST"},
            .url = UrlPart::host},
           {.name = "port",
            .type = OptionType::integer,
            .help = "its port",
            .fallback = "4000",
            .env = {"DB_SHOP_PORT"},
            .least = 1,
            .most = 65535,
            .url = UrlPart::port},
           {.name = "name", .help = "the database", .env = {"DB_SHOP_NAME"}, .required = true, .url = UrlPart::name},
           {.name = "user", .help = "who", .env = {"DB_SHOP_USER", "SHOPUSER"}, .url = UrlPart::user},
           {.name = "password",
            .type = OptionType::secret,
            .help = "the password",
            .env = {"DB_SHOP_PASSWORD"},
            .url = UrlPart::password},
           {.name = "ssl_mode",
            .type = OptionType::choice,
            .help = "encryption",
            .fallback = "prefer",
            .env = {"DB_SHOP_SSL_MODE"},
            .choices = {"disable", "prefer", "require"}}},
      .capabilities = {},
      .assumed = {}};
}

/// A driver of files with the prefix DB_FILE_.
inline driver::DriverInfo file() {
  return {.name = "file",
          .client = {},
          .products = {"file"},
          .schemes = {"file", "file3"},
          .options = {{.name = "file",
                       .type = OptionType::path,
                       .help = "the file",
                       .env = {"DB_FILE_PATH"},
                       .required = true,
                       .url = UrlPart::path},
                      {.name = "sync",
                       .type = OptionType::boolean,
                       .help = "wait for the disk",
                       .fallback = "true",
                       .env = {"DB_FILE_SYNC"}}},
          .capabilities = {},
          .assumed = {}};
}

/// A folder with files, removed afterwards.
class Project : public ::testing::Test {
 protected:
  Project() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dbctl-environment-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    request.root = pattern;
  }
  ~Project() override {
    std::error_code ignored;
    std::filesystem::remove_all(request.root, ignored);
  }

  void write(const std::string& name, const std::string& text) const {
    const auto path = request.root / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  /// environments/development.yaml
  void development(const std::string& yaml) const { write("environments/development.yaml", yaml); }

  Environment loaded() const { return load(request); }
  driver::Options options(const driver::DriverInfo& info = shop()) const { return loaded().options(info); }
  std::string load_error() const {
    return test::error_text([&] { loaded(); });
  }
  std::string options_error(const driver::DriverInfo& info = shop()) const {
    return test::error_text([&] { options(info); });
  }

  /// What `.env` makes of one line's value.
  std::string value_in_dotenv(const std::string& text) {
    write(".env", "DB_SHOP_NAME=" + text + "\n");
    return options().text("name");
  }
  std::string dotenv_error(const std::string& text) {
    write(".env", text);
    return load_error();
  }
  std::string yaml_error(const std::string& text) {
    development(text);
    return load_error();
  }

  Request request;
};

}  // namespace dbctl::environment
