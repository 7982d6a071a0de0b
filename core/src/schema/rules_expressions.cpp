#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "schema/describe.hpp"
#include "schema/identifiers.hpp"
#include "schema/rules.hpp"
#include "schema/words.hpp"

namespace dbctl::schema::rules {
namespace {

void refuse_when_named(std::string_view expression, std::string_view owner, std::string_view from, std::string_view to,
                       std::string_view what) {
  if (!identifiers::mentions_bare(expression, from)) return;
  refuse(fmt::format("{} cannot be renamed to {}: {} names it, and there {} is a word of SQL", what, to, owner, to),
         {"Choose a name that no database reserves.",
          "Or drop what names it first, and make it again afterwards with the name in the database's quotes."});
}

}  // namespace

void expression_holds(const Table& table, std::string_view expression, std::string_view owner) {
  for (const auto& name : identifiers::columns_named(expression, table.name)) {
    const bool known =
        std::ranges::any_of(table.columns, [&](const Column& c) { return identifiers::same(c.name, name); });
    if (!known)
      refuse(fmt::format("{} names {}.{}, which no earlier migration adds", owner, table.name, name),
             {text::did_you_mean(name, describe::names(table.columns)),
              "If it is no column, or one that sql(...) adds, write this with sql(...) too."});
  }
}

void generated_columns_hold(const Table& table) {
  for (const auto& column : table.columns)
    expression_holds(table, column.generated.expression, fmt::format("{}.{}", table.name, column.name));
}

void renamed_words_hold(const Table& table, std::string_view from, std::string_view to, std::string_view what) {
  if (!words::is_reserved(to)) return;
  for (const auto& column : table.columns) {
    const auto owner = fmt::format("{}.{}", table.name, column.name);
    refuse_when_named(column.generated.expression, owner, from, to, what);
    refuse_when_named(column.default_value.expression, owner, from, to, what);
  }
  for (const auto& check : table.checks) refuse_when_named(check.expression, check.name, from, to, what);
  for (const auto& index : table.indexes) {
    refuse_when_named(index.where, index.name, from, to, what);
    for (const auto& part : index.parts) refuse_when_named(part.expression, index.name, from, to, what);
  }
}

}  // namespace dbctl::schema::rules
