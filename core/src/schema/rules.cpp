#include "schema/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "schema/describe.hpp"
#include "schema/identifiers.hpp"

namespace dbctl::schema {
namespace rules {
namespace {

constexpr std::size_t longest_name = 63;

/// "an index of products" when something in the table has the name, else empty.
std::string owner_of(const Table& table, std::string_view name) {
  const auto has = [&](const auto& list) {
    return std::ranges::any_of(list, [&](const auto& item) { return identifiers::same(item.name, name); });
  };
  const char* kind = has(table.indexes)        ? "an index"
                     : has(table.uniques)      ? "a unique constraint"
                     : has(table.foreign_keys) ? "a foreign key"
                     : has(table.checks)       ? "a check"
                                               : nullptr;
  return kind ? fmt::format("{} of {}", kind, table.name) : "";
}

[[noreturn]] void unknown_table(const Schema& schema, std::string_view name) {
  refuse(fmt::format("no earlier migration creates {}", name), {text::did_you_mean(name, schema.tables.names())});
}

}  // namespace

void refuse(std::string summary, std::vector<std::string> next) {
  std::erase_if(next, [](const std::string& s) { return s.empty(); });
  throw Error(codes::schema_invalid, {.summary = std::move(summary), .next = std::move(next)});
}

void name_fits(std::string_view name, std::string_view what) {
  if (name.empty()) refuse(fmt::format("{} has no name", what));
  if (name.size() > longest_name)
    refuse(fmt::format("the name {} is {} bytes long, {} are the most that every database keeps", name, name.size(),
                       longest_name),
           {"Give " + std::string(what) + " a shorter name."});
}

void name_is_free(const Schema& schema, std::string_view name, std::string_view what) {
  name_fits(name, what);
  for (const auto& [key, table] : schema.tables) {
    const auto owner = owner_of(table, name);
    if (!owner.empty())
      refuse(fmt::format("{} cannot be called {}: that is already {}", what, name, owner),
             {"Give it a name of its own."});
  }
}

void table_is_free(const Schema& schema, std::string_view table) {
  name_fits(table, "the table");
  for (const auto& [name, existing] : schema.tables) {
    if (name == table)
      refuse(fmt::format("{} was already created", table),
             {"Change it with add_column and its like, or drop it first."});
    if (identifiers::same(name, table))
      refuse(fmt::format("{} differs from {} only in case, which not every database keeps apart", table, name));
  }
}

Table& table(Schema& schema, std::string_view name) {
  if (auto* found = schema.find(name)) return *found;
  unknown_table(schema, name);
}

const Column& column(const Table& table, std::string_view name) {
  if (const auto* found = table.find_column(name)) return *found;
  refuse(fmt::format("{} has no column {}", table.name, name),
         {text::did_you_mean(name, describe::names(table.columns))});
}

void columns_exist(const Table& table, const std::vector<std::string>& columns, std::string_view owner) {
  if (columns.empty()) refuse(fmt::format("{} of {} names no column", owner, table.name));
  for (auto it = columns.begin(); it != columns.end(); ++it) {
    if (!table.find_column(*it))
      refuse(fmt::format("{} names {}.{}, which no earlier migration adds", owner, table.name, *it),
             {text::did_you_mean(*it, describe::names(table.columns))});
    if (std::find(columns.begin(), it, *it) != it) refuse(fmt::format("{} names {}.{} twice", owner, table.name, *it));
  }
}

}  // namespace rules

const Table& Schema::at(std::string_view table) const {
  if (const auto* found = find(table)) return *found;
  rules::unknown_table(*this, table);
}

}  // namespace dbctl::schema
