#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/scaffold/scaffold.hpp"
#include "dbctl/schema/names.hpp"
#include "scaffold/code.hpp"
#include "scaffold/columns.hpp"
#include "scaffold/names.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Operation;
using schema::Schema;

enum class Kind : std::uint8_t { other, create, drop, add, remove, index };

/// What a migration's name says.
struct Guess {
  Kind kind = Kind::other;
  std::string table = {};
  std::string subject = {};  ///< columns, joined as in the name
};

/// "add_y_to_x" at the last "_to_": a column's name may hold one, a table's hardly does.
bool split_at(std::string_view name, std::string_view prefix, std::string_view between, Guess& guess) {
  if (!name.starts_with(prefix)) return false;
  const auto at = name.rfind(between);
  if (at == std::string_view::npos || at < prefix.size()) return false;
  guess.subject = name.substr(prefix.size(), at - prefix.size());
  guess.table = name.substr(at + between.size());
  return !guess.subject.empty() && !guess.table.empty();
}

std::string without_suffix(std::string_view name, std::string_view suffix) {
  return std::string(name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name);
}

Guess guess_from(const std::string& name) {
  Guess guess;
  if (name.starts_with("add_index_to_")) {
    const auto rest = std::string_view(name).substr(std::string_view("add_index_to_").size());
    const auto on = rest.find("_on_");
    guess = {.kind = Kind::index, .table = std::string(rest.substr(0, on))};
    if (on != std::string_view::npos) guess.subject = rest.substr(on + 4);
  } else if (split_at(name, "add_", "_to_", guess)) {
    guess.kind = Kind::add;
  } else if (split_at(name, "drop_", "_from_", guess) || split_at(name, "remove_", "_from_", guess)) {
    guess.kind = Kind::remove;
  } else if (name.starts_with("create_") && name.size() > 7) {
    guess = {.kind = Kind::create, .table = without_suffix(name.substr(7), "_table")};
  } else if (name.starts_with("drop_") && name.ends_with("_table") && name.size() > 11) {
    guess = {.kind = Kind::drop, .table = without_suffix(name.substr(5), "_table")};
  }
  return guess;
}

/// The table's columns whose names, joined by "_" or "_and_", are `joined`; longest names first, so that a column
/// "a_b" is found before the two columns "a" and "b". False: there is no such reading.
bool read_columns(const schema::Table& table, std::string_view joined, std::vector<std::string>& columns) {
  if (joined.empty()) return !columns.empty();
  std::vector<std::string> names;
  for (const auto& column : table.columns)
    if (joined.starts_with(column.name)) names.push_back(column.name);
  std::ranges::sort(names, std::greater{}, &std::string::size);
  for (const auto& name : names) {
    const auto rest = joined.substr(name.size());
    columns.push_back(name);
    if (rest.empty()) return true;
    for (const std::string_view between : {"_and_", "_"})
      if (rest.starts_with(between) && read_columns(table, rest.substr(between.size()), columns)) return true;
    columns.pop_back();
  }
  return false;
}

std::vector<std::string> columns_of(const schema::Table& table, const std::string& joined) {
  std::vector<std::string> columns;
  if (read_columns(table, joined, columns)) return columns;
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  throw Error(codes::make_schema, {.summary = fmt::format("{} has no column \"{}\"", table.name, joined),
                                   .where = "NAME",
                                   .next = {text::did_you_mean(joined, names)}});
}

class Maker {
 public:
  Maker(const MigrationRequest& request, const Schema& before) : request_(request), before_(before) {}

  std::vector<Operation> operations(std::vector<std::string>& notes) const {
    auto guess = guess_from(request_.name);
    if (!request_.table.empty()) guess.table = request_.table;
    if (request_.create) guess.kind = Kind::create;
    if (guess.kind == Kind::other && !request_.table.empty() && !request_.fields.empty()) guess.kind = Kind::add;
    if (guess.kind == Kind::create && !known(guess.table)) return created(guess, notes);
    if (guess.kind == Kind::other) return nothing(notes);
    refuse_unused_fields(guess.kind);
    const auto& table = existing(guess.table);
    switch (guess.kind) {
      case Kind::add:
        return added(guess, notes);
      case Kind::remove:
        return removed(table, guess.subject);
      case Kind::index:
        return indexed(table, guess.subject);
      case Kind::drop:
        return {{.what = schema::DropTable{table.name}}};
      default:
        break;
    }
    throw Error(codes::make_exists, {.summary = fmt::format("a migration makes the table {} already", guess.table),
                                     .where = request_.table.empty() ? "NAME" : "--table",
                                     .next = {fmt::format("dbctl make migration add_…_to_{}", guess.table)}});
  }

 private:
  bool known(const std::string& table) const { return before_.find(table) != nullptr; }

  const schema::Table& existing(const std::string& table) const {
    if (const auto* found = before_.find(table)) return *found;
    throw Error(codes::make_schema, {.summary = fmt::format("no migration creates the table {}", table),
                                     .where = request_.table.empty() ? "NAME" : "--table",
                                     .next = {text::did_you_mean(table, before_.tables.names()),
                                              fmt::format("dbctl make migration create_{}", table)}});
  }

  void refuse_unused_fields(Kind kind) const {
    if (request_.fields.empty() || kind == Kind::add || kind == Kind::create) return;
    throw Error(codes::usage, {.summary = fmt::format("{} needs no --fields", request_.name),
                               .where = "--fields",
                               .next = {"leave it out", "dbctl make migration --help"}});
  }

  std::vector<Operation> created(const Guess& guess, std::vector<std::string>& notes) const {
    if (guess.table.empty())
      throw Error(codes::make_name, {.summary = "--create needs a table",
                                     .where = "NAME",
                                     .next = {"--table orders", "dbctl make migration create_orders_table"}});
    check_name(guess.table, "table", request_.table.empty() ? "NAME" : "--table");
    auto resolved = resolve_new(guess.table, request_.key, request_.fields, before_);
    notes = resolved.notes;
    return create(guess.table, request_.key, std::move(resolved));
  }

  std::vector<Operation> added(const Guess& guess, std::vector<std::string>& notes) const {
    if (request_.fields.empty())
      throw Error(codes::make_fields, {.summary = fmt::format("which type is {}.{}?", guess.table, guess.subject),
                                       .where = "--fields",
                                       .next = {fmt::format("--fields \"{}:string|nullable\"", guess.subject)}});
    auto resolved = resolve(guess.table, request_.fields, before_);
    notes = resolved.notes;
    for (const auto& column : resolved.columns)
      if (!column.nullable && column.default_value.kind == schema::Default::Kind::none)
        notes.push_back(fmt::format("{}.{} is neither nullable nor has a default: a table with rows will refuse it",
                                    guess.table, column.name));
    return add(guess.table, std::move(resolved));
  }

  static std::vector<Operation> removed(const schema::Table& table, const std::string& subject) {
    std::vector<Operation> operations;
    for (auto& column : columns_of(table, subject))
      operations.push_back({.what = schema::DropColumn{table.name, std::move(column)}});
    return operations;
  }

  static std::vector<Operation> indexed(const schema::Table& table, const std::string& subject) {
    if (subject.empty())
      throw Error(codes::make_name,
                  {.summary = "which columns shall the index be on?",
                   .where = "NAME",
                   .next = {fmt::format("add_index_to_{}_on_{}", table.name, table.columns.back().name)}});
    const auto columns = columns_of(table, subject);
    schema::Index index{.name = schema::names::index(table.name, columns), .parts = {}};
    for (const auto& column : columns) index.parts.push_back({.column = column});
    return {{.what = schema::CreateIndex{table.name, std::move(index)}}};
  }

  std::vector<Operation> nothing(std::vector<std::string>& notes) const {
    if (!request_.fields.empty())
      throw Error(codes::make_schema, {.summary = "which table are these fields of?",
                                       .where = "--fields",
                                       .next = {"--table NAME", "--table NAME --create"}});
    if (!request_.table.empty()) existing(request_.table);
    notes.emplace_back(
        "it is empty, and nothing is applied before it is filled in: its name says none of create_x_table, "
        "add_y_to_x, drop_y_from_x, add_index_to_x_on_a_b, drop_x_table");
    return {};
  }

  const MigrationRequest& request_;
  const Schema& before_;
};

}  // namespace

Draft make_migration(const MigrationRequest& given, const Schema& before, const Place& place,
                     const std::string& version) {
  auto request = given;
  request.name = snake(given.name);
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (request.name.empty() || !std::ranges::all_of(request.name, fits) || request.name.front() == '_' ||
      request.name.size() > 100 || (request.name.front() >= '0' && request.name.front() <= '9'))
    throw Error(codes::make_name, {.summary = fmt::format("\"{}\" is no name for a migration", given.name),
                                   .where = "NAME",
                                   .next = {"lower-case letters, digits and underscores: add_phone_to_users"}});
  if (!request.table.empty()) check_name(request.table, "table", "--table");
  Draft draft;
  const auto operations = Maker(request, before).operations(draft.notes);
  applied(before, operations);
  draft.files.push_back({place.migrations / fmt::format("{}_{}.cpp", version, request.name),
                         migration_code(fmt::format("{}_{}", request.name, version), operations)});
  draft.operations = operations;
  return draft;
}

}  // namespace dbctl::scaffold
