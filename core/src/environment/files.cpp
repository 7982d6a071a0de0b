#include "environment/files.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "environment/file.hpp"
#include "environment/yaml.hpp"

namespace dbctl::environment {
namespace {

namespace fs = std::filesystem;

constexpr const char* default_name = "development";
constexpr std::string_view extension = ".yaml";

std::string name_problem(const std::string& name) {
  return is_plain_name(name) ? "" : "an environment's name has lower-case letters, digits, - and _ only";
}

fs::path shown_folder(const Request& request) {
  return request.folder.value_or("environments");
}
fs::path folder_of(const Request& request) {
  return request.root / shown_folder(request);
}

bool is_set(const Variables& variables, const std::string& name) {
  const auto found = variables.find(name);
  return found != variables.end() && !found->second.empty();
}

std::vector<std::string> known_names(const Request& request) {
  std::vector<std::string> names;
  for (const auto& listed : list(request)) {
    if (listed.problem.empty()) names.push_back(listed.name);
  }
  return names;
}

[[noreturn]] void refuse_unknown(const Request& request, const std::string& name, const std::string& shown) {
  const auto known = known_names(request);
  std::vector<std::string> next;
  if (const auto near = text::nearest(name, known)) next.push_back(fmt::format("did you mean \"{}\"?", *near));
  next.push_back("dbctl env list shows the names; --environments DIR looks in another folder");
  throw Error(codes::environment_unknown,
              {.summary = fmt::format("there is no environment \"{}\"", name),
               .where = shown,
               .why = known.empty() ? fmt::format("{} holds no environment", shown_folder(request).generic_string())
                                    : fmt::format("known: {}", text::join(known, ", ")),
               .next = std::move(next)});
}

void check_folder(const Request& request) {
  std::error_code failure;
  const auto status = fs::status(folder_of(request), failure);
  if (fs::is_directory(status)) return;
  const auto shown = shown_folder(request).generic_string();
  if (fs::exists(status)) {
    throw Error(codes::environment_syntax, {.summary = fmt::format("{} is not a folder", shown),
                                            .where = shown,
                                            .next = {"give --environments the folder that holds the .yaml files"}});
  }
  if (!request.folder) return;
  throw Error(codes::environment_unknown, {.summary = fmt::format("there is no folder {}", shown),
                                           .where = "--environments",
                                           .next = {"give --environments the folder that holds the .yaml files"}});
}

}  // namespace

Choice choose(const Request& request) {
  Choice choice;
  if (request.name) {
    choice = {.name = *request.name, .explicitly = true};
  } else if (is_set(request.variables, "DBCTL_ENV")) {
    choice = {.name = request.variables.find("DBCTL_ENV")->second, .explicitly = true};
  } else if (!request.url && !is_set(request.variables, "DATABASE_URL") && !is_set(request.variables, "DB_DRIVER")) {
    choice = {.name = default_name, .explicitly = false};
  }
  if (choice.name && !is_plain_name(*choice.name)) {
    throw Error(codes::environment_unknown, {.summary = fmt::format("\"{}\" cannot be an environment", *choice.name),
                                             .where = request.name ? "--env" : "DBCTL_ENV",
                                             .why = name_problem(*choice.name),
                                             .next = {"dbctl env list shows the names"}});
  }
  return choice;
}

VariableStack read_variables(const Request& request, const Choice& choice) {
  std::vector<std::string> files = {".env"};
  if (choice.name) files.push_back(".env." + *choice.name);
  VariableStack variables(request.variables, files.back());
  for (const auto& file : files) {
    for (const auto& shown : {shown_folder(request) / file, fs::path(file)}) {
      const auto text = read_text(request.root / shown, shown.generic_string());
      if (text) variables.add_file(parse_dotenv(*text, shown.generic_string()));
    }
  }
  return variables;
}

Settings read_environment_file(const Request& request, const Choice& choice) {
  check_folder(request);
  const std::string name = choice.name.value_or(default_name);
  const fs::path file = shown_folder(request) / (name + std::string(extension));
  const std::string shown = file.generic_string();
  const auto text = read_text(request.root / file, shown);
  if (!text && choice.explicitly) refuse_unknown(request, name, shown);
  if (!text) return {};
  auto settings = read_settings(parse_yaml(*text, shown), shown);
  if (choice.name) return settings;
  return {.file = shown, .domains = std::move(settings.domains)};
}

std::vector<Listed> list(const Request& request) {
  std::vector<Listed> found;
  std::error_code failure;
  if (!fs::exists(folder_of(request), failure)) return found;
  fs::directory_iterator entries(folder_of(request), failure);
  if (failure) {
    throw Error(codes::environment_syntax,
                {.summary = "the environments folder cannot be read",
                 .where = shown_folder(request).generic_string(),
                 .why = failure.message(),
                 .next = {"check its owner and mode: ls -ld " + shown_folder(request).generic_string()}});
  }
  for (const auto& entry : entries) {
    const auto path = entry.path();
    if (path.extension() != extension && path.extension() != ".yml") continue;
    found.push_back({.name = path.stem().string(),
                     .file = (shown_folder(request) / path.filename()).generic_string(),
                     .problem = path.extension() == extension ? name_problem(path.stem().string())
                                                              : "the file's name must end in .yaml"});
  }
  std::ranges::sort(found, {}, [](const Listed& listed) { return std::tie(listed.name, listed.file); });
  return found;
}

}  // namespace dbctl::environment
