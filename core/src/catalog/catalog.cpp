#include "dbctl/catalog/catalog.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::catalog {

namespace {

constexpr std::size_t version_digits = 14;
constexpr std::size_t longest_name = 128;  // what dbctl's own tables hold

struct FileName {
  std::string_view version;
  std::string_view name;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

std::string_view base_name(std::string_view file) {
  return file.substr(file.rfind('/') + 1);  // npos + 1 is 0
}

[[noreturn]] void misnamed(std::string_view file, std::string why) {
  throw Error(codes::catalog_file_name,
              {.summary = fmt::format("\"{}\" is not the name of a migration's file", base_name(file)),
               .where = std::string(file),
               .why = std::move(why),
               .next = {"rename it to 14 digits, an underscore and a name: 20240115090000_create_catalogue.cpp"}});
}

FileName parse(std::string_view file) {
  const std::string_view base = base_name(file);
  const std::string_view stem = base.substr(0, base.rfind('.'));
  const auto digits =
      static_cast<std::size_t>(std::distance(stem.begin(), std::find_if_not(stem.begin(), stem.end(), is_digit)));
  if (digits != version_digits) {
    misnamed(file, digits == 0 ? "it does not begin with a version"
                               : fmt::format("its version has {} instead of 14", text::count(digits, "digit")));
  }
  if (stem.size() < digits + 2 || stem[digits] != '_') misnamed(file, "no name follows the version");
  const std::string_view name = stem.substr(digits + 1);
  const auto strange = std::find_if_not(name.begin(), name.end(), is_name_character);
  if (strange != name.end()) {
    misnamed(file, fmt::format("its name has '{}'; letters, digits, _, - and . are allowed", *strange));
  }
  if (name.size() > longest_name)
    misnamed(file, fmt::format("its name has {} characters; {} are allowed", name.size(), longest_name));
  return {stem.substr(0, digits), name};
}

template <class T, class Less>
void sort(std::vector<T>& items, Less less) {
  if (!std::is_sorted(items.begin(), items.end(), less)) std::sort(items.begin(), items.end(), less);
}

bool migration_less(const Migration& a, const Migration& b) {
  if (const int order = a.version.compare(b.version); order != 0) return order < 0;
  return a.domain < b.domain;
}

bool seeder_less(const Seeder& a, const Seeder& b) {
  return a.name < b.name;
}

}  // namespace

struct Catalog::State {
  /// Memory that is never touched costs nothing; that which a growing vector leaves behind does.
  State() { migrations.reserve(1024); }
  void check_version(std::string_view domain, std::string_view version, std::string_view file);

  std::vector<Domain> domains;
  std::vector<Migration> migrations;
  std::vector<Seeder> seeders;
  std::map<std::string, std::string, std::less<>> newest;     ///< domain -> the newest version in it
  std::unordered_map<std::string, std::string> seeder_files;  ///< name -> file
  bool migrations_sorted = true;
  bool seeders_sorted = true;
};

/// Migrations are added from the oldest on, as a rule: only one that is not the newest can be there already.
void Catalog::State::check_version(std::string_view domain, std::string_view version, std::string_view file) {
  const auto last = newest.find(domain);
  if (last == newest.end() || last->second < version) {
    if (last == newest.end())
      newest.emplace(domain, version);
    else
      last->second = version;
    return;
  }
  const auto other = std::find_if(migrations.begin(), migrations.end(),
                                  [&](const Migration& m) { return m.version == version && m.domain == domain; });
  if (other == migrations.end()) return;
  throw Error(codes::catalog_duplicate,
              {.summary = fmt::format("two migrations of domain \"{}\" have the version {}", domain, version),
               .where = std::string(file),
               .why = "the other one is " + other->file,
               .next = {"rename the newer file to a version of its own"}});
}

Catalog::Catalog() : state_(std::make_unique<State>()) {}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

void Catalog::add_domain(Domain domain) {
  for (const Domain& other : state_->domains) {
    if (other.name != domain.name) continue;
    throw Error(codes::catalog_duplicate, {.summary = fmt::format("domain \"{}\" is there twice", domain.name),
                                           .where = domain.file,
                                           .why = "it was loaded from " + other.file,
                                           .next = {"name it once in the environment's `domains:`"}});
  }
  state_->domains.push_back(std::move(domain));
}

void Catalog::add_migration(std::string_view domain, std::string_view file, std::function<Body()> body) {
  const FileName parsed = parse(file);
  state_->check_version(domain, parsed.version, file);
  state_->migrations.push_back({.domain = std::string(domain),
                                .version = std::string(parsed.version),
                                .name = std::string(parsed.name),
                                .file = std::string(file),
                                .body = std::move(body)});
  state_->migrations_sorted = false;
}

void Catalog::add_seeder(std::string_view domain, std::string_view file, std::string_view name,
                         std::function<SeederBody()> body) {
  if (name.size() > longest_name)
    throw Error(codes::seed_data, {.summary = fmt::format("the name of a seeder has {} characters", name.size()),
                                   .where = std::string(file),
                                   .why = fmt::format("{} are allowed", longest_name),
                                   .next = {"give it a shorter name"}});
  const auto [other, added] = state_->seeder_files.try_emplace(std::string(name), file);
  if (!added) {
    throw Error(codes::catalog_duplicate, {.summary = fmt::format("two seeders are named \"{}\"", name),
                                           .where = std::string(file),
                                           .why = "the other one is in " + other->second,
                                           .next = {"give one of them another name"}});
  }
  state_->seeders.push_back(
      {.domain = std::string(domain), .name = std::string(name), .file = std::string(file), .body = std::move(body)});
  state_->seeders_sorted = false;
}

const std::vector<Domain>& Catalog::domains() const noexcept {
  return state_->domains;
}

const std::vector<Migration>& Catalog::migrations() const {
  if (!state_->migrations_sorted) sort(state_->migrations, migration_less);
  state_->migrations_sorted = true;
  return state_->migrations;
}

const std::vector<Seeder>& Catalog::seeders() const {
  if (!state_->seeders_sorted) sort(state_->seeders, seeder_less);
  state_->seeders_sorted = true;
  return state_->seeders;
}

const Migration& Catalog::find(std::string_view version_or_name) const {
  const auto slash = version_or_name.find('/');
  const std::string_view domain = slash == std::string_view::npos ? "" : version_or_name.substr(0, slash);
  const std::string_view word = slash == std::string_view::npos ? version_or_name : version_or_name.substr(slash + 1);

  std::vector<const Migration*> found;
  for (const Migration& m : migrations()) {
    if (!domain.empty() && m.domain != domain) continue;
    if (m.version == word || m.name == word || m.id() == word) found.push_back(&m);
  }
  if (found.size() == 1) return *found.front();

  Details details{.summary = fmt::format("no migration is named \"{}\"", version_or_name)};
  if (found.empty()) {
    std::vector<std::string> known;
    for (const Migration& m : migrations()) known.insert(known.end(), {m.version, m.name, m.id()});
    if (const auto near = text::nearest(word, known))
      details.next.push_back(fmt::format("did you mean \"{}\"?", *near));
  } else {
    details.summary = fmt::format("\"{}\" is the name of more than one migration", version_or_name);
    for (const Migration* m : found) {
      details.next.push_back(fmt::format("give {}/{} for {}", m->domain, m->id(), m->file));
    }
  }
  details.next.emplace_back("`dbctl status` lists all migrations");
  throw Error(codes::catalog_unknown_migration, std::move(details));
}

}  // namespace dbctl::catalog
