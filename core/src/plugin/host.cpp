#include "dbctl/plugin/host.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "check.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/catalog/nodes.hpp"
#include "guard.hpp"
#include "library.hpp"
#include "search.hpp"

namespace dbctl::plugin {

namespace {

class Registrar final : public CatalogBuilder {
 public:
  Registrar(catalog::Catalog& catalog, std::string_view domain) : catalog_(catalog), domain_(domain) {}

  void add(const dsl::MigrationNode* first_migration, const dsl::SeederNode* first_seeder,
           const dsl::EmbeddedFile* first_file) override {
    catalog::register_nodes(catalog_, domain_, first_migration, first_seeder, first_file);
  }

 private:
  catalog::Catalog& catalog_;
  std::string_view domain_;
};

std::string title(PluginKind kind, std::string_view name) {
  return fmt::format("{} \"{}\"", to_string(kind), name);
}

/// `inspect`, with what is wrong as text.
PluginInfo describe(const Found& found) {
  PluginInfo info{.kind = found.kind, .name = found.name, .file = found.file};
  try {
    examine(info);
  } catch (const Error& e) {
    info.problem = fmt::format("{} ({})", e.details().summary, e.code().id);
  }
  return info;
}

/// What the driver answers to must stand in its note, where it is read without loading the driver.
void check_answers(const PluginInfo& info, const driver::DriverInfo& driver) {
  for (const auto& list : {driver.products, driver.schemes}) {
    for (const std::string& word : list) {
      const auto& answers = info.answers;
      if (word == info.name || std::find(answers.begin(), answers.end(), word) != answers.end()) continue;
      throw Error(codes::plugin_name,
                  {.summary = fmt::format("{} answers to \"{}\", but its macro does not say so",
                                          title(PluginKind::driver, info.name), word),
                   .where = info.file.string(),
                   .why = "dbctl reads products and URL schemes from the plugin's note, without loading it",
                   .next = {"list it in the macro: DBCTL_DRIVER_PLUGIN(name, Class, \"product,scheme\")"}});
    }
  }
}

}  // namespace

struct PluginHost::State {
  explicit State(const SearchSettings& settings) : search(settings) {}

  [[noreturn]] void missing(PluginKind kind, std::string_view name) const;
  std::vector<PluginInfo> drivers() const;

  Search search;
  std::map<std::string, std::unique_ptr<driver::Driver>, std::less<>> loaded;  ///< by name
  std::map<std::string, std::unique_ptr<Command>, std::less<>> commands;
};

std::vector<PluginInfo> PluginHost::State::drivers() const {
  std::vector<PluginInfo> all;
  for (const Found& found : search.list()) {
    if (found.kind == PluginKind::driver) all.push_back(describe(found));
  }
  return all;
}

void PluginHost::State::missing(PluginKind kind, std::string_view name) const {
  std::vector<std::string> known;
  std::vector<std::string> next;
  for (const Found& found : search.list()) {
    if (found.kind == kind)
      known.push_back(found.name);
    else if (found.name == name)
      next.push_back(fmt::format("there is a {} of this name", to_string(found.kind)));
  }
  if (kind == PluginKind::driver) {
    for (const PluginInfo& driver : drivers()) known.insert(known.end(), driver.answers.begin(), driver.answers.end());
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
  }
  if (auto hint = text::did_you_mean(name, known); !hint.empty()) next.push_back(std::move(hint));
  next.emplace_back("point --plugin-dir or DBCTL_PLUGIN_PATH at the folder that has the file");
  throw Error(codes::plugin_missing,
              {.summary = title(kind, name) + " was not found",
               .why = fmt::format("looked for {} in these places:\n{}", file_name(kind, name), search.report()),
               .next = std::move(next)});
}

PluginHost::PluginHost(SearchSettings settings) : state_(std::make_unique<State>(settings)) {}
PluginHost::~PluginHost() = default;

std::filesystem::path PluginHost::find(PluginKind kind, std::string_view name) const {
  auto file = state_->search.find(kind, name);
  if (!file) state_->missing(kind, name);
  return *file;
}

const driver::Driver& PluginHost::load_driver(std::string_view name) {
  const std::string own_name = resolve_driver(name);
  if (const auto known = state_->loaded.find(own_name); known != state_->loaded.end()) return *known->second;

  const PluginInfo info = inspect(PluginKind::driver, own_name, find(PluginKind::driver, own_name));
  const PluginDescriptor& plugin = load(info);
  Origin origin{title(PluginKind::driver, own_name), info.file.string()};
  auto made = guarded(origin, "make_driver", [&] { return not_null(plugin.make_driver()); });
  check_name(info.file, own_name, made->info().name);
  check_answers(info, made->info());
  return *state_->loaded.emplace(own_name, guard(std::move(made), std::move(origin))).first->second;
}

void PluginHost::load_domain(std::string_view name, catalog::Catalog& catalog) {
  const PluginInfo info = inspect(PluginKind::domain, name, find(PluginKind::domain, name));
  const PluginDescriptor& plugin = load(info);
  catalog.add_domain({.name = info.name, .file = info.file.string(), .build_id = info.build_id});
  Registrar registrar(catalog, name);
  guarded({title(PluginKind::domain, name), info.file.string()}, "register_domain",
          [&] { plugin.register_domain(registrar); });
}

Command& PluginHost::load_command(std::string_view name) {
  if (const auto known = state_->commands.find(name); known != state_->commands.end()) return *known->second;
  const PluginInfo info = inspect(PluginKind::command, name, find(PluginKind::command, name));
  const PluginDescriptor& plugin = load(info);
  Origin origin{title(PluginKind::command, name), info.file.string()};
  auto made = guarded(origin, "make_command", [&] { return not_null(plugin.make_command()); });
  return *state_->commands.emplace(info.name, guard(std::move(made), std::move(origin))).first->second;
}

bool PluginHost::has_command(std::string_view name) const {
  return state_->search.find(PluginKind::command, name).has_value();
}

std::vector<PluginInfo> PluginHost::available() const {
  std::vector<PluginInfo> all;
  for (const Found& found : state_->search.list()) all.push_back(describe(found));
  return all;
}

std::string PluginHost::resolve_driver(std::string_view name_or_scheme) const {
  if (state_->search.find(PluginKind::driver, name_or_scheme)) return std::string(name_or_scheme);
  for (const PluginInfo& driver : state_->drivers()) {
    const auto& answers = driver.answers;
    if (std::find(answers.begin(), answers.end(), name_or_scheme) != answers.end()) return driver.name;
  }
  state_->missing(PluginKind::driver, name_or_scheme);
}

std::vector<std::string> PluginHost::known_targets() const {
  std::vector<std::string> all;
  for (const PluginInfo& driver : state_->drivers()) {
    all.push_back(driver.name);
    all.insert(all.end(), driver.answers.begin(), driver.answers.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace dbctl::plugin
