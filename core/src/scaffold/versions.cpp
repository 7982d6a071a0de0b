#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/scaffold/scaffold.hpp"
#include "dbctl/schema/fold.hpp"
#include "scaffold/names.hpp"

namespace dbctl::scaffold {
namespace {

using std::chrono::sys_seconds;

std::string text_of(sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

/// The version as a time; parts that no clock shows (month 13) carry over, so the result may be later than it reads.
sys_seconds time_of(const std::string& version) {
  const auto part = [&](std::size_t from, std::size_t size) { return std::stoi(version.substr(from, size)); };
  const auto months =
      std::chrono::year(part(0, 4)) / std::chrono::January + std::chrono::months(std::max(part(4, 2) - 1, 0));
  return std::chrono::sys_days(months / 1) + std::chrono::days(std::max(part(6, 2) - 1, 0)) +
         std::chrono::hours(part(8, 2)) + std::chrono::minutes(part(10, 2)) + std::chrono::seconds(part(12, 2));
}

}  // namespace

std::string next_version(const std::vector<std::string>& taken, sys_seconds now) {
  const auto newest = std::ranges::max_element(taken);
  if (newest == taken.end()) return text_of(now);
  const auto version = std::max(text_of(now), text_of(time_of(*newest) + std::chrono::seconds(1)));
  if (version.size() == 14 && version > *newest) return version;
  throw Error(codes::make_name, {.summary = fmt::format("no version is greater than {}", *newest),
                                 .next = {"give the newest migration the time at which it was written"}});
}

schema::Schema tables_of(const catalog::Catalog& catalog, const std::vector<std::string>& targets) {
  schema::Schema schema;
  for (const auto& migration : catalog.migrations()) {
    for (const auto& operation : schema::select(migration.body().up, targets)) {
      try {
        schema = schema::apply(std::move(schema), operation);
      } catch (Error& error) {
        error.set_where(migration.file);
        throw;
      }
    }
  }
  return schema;
}

std::string project_name(const std::filesystem::path& folder) {
  const auto name = snake((folder.has_filename() ? folder : folder.parent_path()).filename().string());
  check_name(name, "project", "DIR");
  return name;
}

std::string class_name(std::string_view name) {
  return pascal(name);
}

}  // namespace dbctl::scaffold
