#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/scaffold/scaffold.hpp"
#include "templates.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;

/// Where each template goes.
struct Target {
  std::string_view file, from;
};
constexpr std::array<Target, 16> targets{{{"CMakeLists.txt", "CMakeLists.txt.in"},
                                          {"Makefile", "Makefile.in"},
                                          {"README.md", "README.md.in"},
                                          {".gitignore", "gitignore.in"},
                                          {".clang-format", "format.in"},
                                          {"migrations/.clang-format", "format_off.in"},
                                          {"seeders/.clang-format", "format_off.in"},
                                          {"seeders/data/.gitkeep", ""},
                                          {"models/.gitkeep", ""},
                                          {"environments/development.yaml", "development.yaml.in"},
                                          {"environments/test.yaml", "test.yaml.in"},
                                          {"environments/staging.yaml", "staging.yaml.in"},
                                          {"environments/production.yaml", "production.yaml.in"},
                                          {"tests/@DOMAIN@_test.cpp", "example_test.cpp.in"},
                                          {".github/workflows/database.yml", "workflow.yml.in"},
                                          {"tests/.clang-format", "format.in"}}};

class Init : public Command {
  void declare(Arguments& a) override { a.positional("DIR", folder_, "the new folder; its name is the project's"); }

  Exit run(Context& context) override {
    if (!folder_)
      throw Error(codes::usage, {.summary = "dbctl init needs a folder", .where = "DIR", .next = {"dbctl init shop"}});
    const auto folder = fs::path(context.globals.path(*folder_)).lexically_normal();
    const auto name = scaffold::project_name(fs::absolute(folder));
    std::vector<scaffold::File> files;
    for (const auto& target : targets)
      files.push_back({folder / filled(std::string(target.file), name),
                       target.from.empty() ? "" : filled(std::string(templates.at(target.from)), name)});
    scaffold::write(files, {});
    report(context, name, folder, files);
    return Exit::done;
  }

  static std::string filled(std::string text, const std::string& name) {
    text = text::replace_all(std::move(text), "@DOMAIN@", name);
    return text::replace_all(std::move(text), "@CLASS@", scaffold::class_name(name));
  }

  static void report(Context& context, const std::string& name, const fs::path& folder,
                     const std::vector<scaffold::File>& files) {
    auto written = Json::array();
    for (const auto& file : files) {
      context.out.say(fmt::format("{} {}", context.out.paint(Style::good, "wrote"), file.path.string()));
      written.push_back(file.path.string());
    }
    context.out.note(
        fmt::format("next: cd {} && dbctl make model Product --fields \"name:string,price:decimal\" && "
                    "dbctl migrate",
                    shell_word(folder.string())));
    context.out.document({{"project", name}, {"written", written}});
  }

  std::optional<std::string> folder_;
};

}  // namespace

std::unique_ptr<Command> make_init() {
  return std::make_unique<Init>();
}

}  // namespace dbctl::cli
