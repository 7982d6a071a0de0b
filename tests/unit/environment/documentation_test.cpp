#include <iterator>

#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

/// The blocks of docs/environments.md that are fenced as `language`.
std::vector<std::string> blocks(const std::string& language) {
  std::ifstream stream(std::string(DBCTL_SOURCE_DIR) + "/docs/environments.md");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::string fence = "\n```" + language + "\n";
  std::vector<std::string> found;
  for (auto at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const auto begin = at + fence.size();
    found.push_back(text.substr(begin, text.find("\n```\n", begin) + 1 - begin));
  }
  return found;
}

class Documentation : public Project {};

TEST_F(Documentation, YamlLoads) {
  const auto found = blocks("yaml");
  ASSERT_EQ(found.size(), 1U);
  write("environments/production.yaml", found.front());
  request.name = "production";
  EXPECT_TRUE(loaded().protect);
  EXPECT_EQ(loaded().driver, "postgresql");
}

TEST_F(Documentation, DotenvLoads) {
  const auto found = blocks("env");
  ASSERT_EQ(found.size(), 1U);
  write(".env", found.front());
  request.variables["MYSQL_STAGING_PASSWORD"] = "p";
  auto info = shop();
  info.name = "mysql";
  for (auto& spec : info.options) {
    for (auto& variable : spec.env) variable.replace(0, 7, "DB_MYSQL");
  }
  const auto options = loaded().options(info);
  EXPECT_EQ(options.text("host"), "staging-db.company.com");
  EXPECT_EQ(options.text("user"), R"(single quotes: $nothing ${is} \replaced)");
  EXPECT_EQ(options.text("name"), "double quotes: \" \\ $ \n \r \t, and several\nlines");
  EXPECT_EQ(options.secret("password").reveal(), "p");
}

}  // namespace
}  // namespace dbctl::environment
