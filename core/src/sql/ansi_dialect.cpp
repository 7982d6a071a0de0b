#include "dbctl/sql/ansi_dialect.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/classify.hpp"

namespace dbctl::sql {

using schema::overloaded;

AnsiDialect::AnsiDialect(DialectInfo info) : info_(std::move(info)) {}

const DialectInfo& AnsiDialect::info() const noexcept {
  return info_;
}

Script AnsiDialect::render(const schema::Operation& operation, const schema::Schema& before) const {
  refuse_actions_on_checked_columns(operation, before);
  Script script = std::visit(
      overloaded{
          [](const schema::Backfill&) -> Script { throw std::logic_error("a backfill is rendered batch by batch"); },
          [](const schema::Only&) -> Script { throw std::logic_error("on(...) must be resolved before rendering"); },
          [&](const auto& op) -> Script { return render(op, before); },
      },
      operation.what);
  for (auto& step : script.steps) step.statement.origin = operation.origin;
  if (!script.steps.empty()) {
    auto& first = script.steps.front().hazards;
    const auto known = hazards(operation, before);
    first.insert(first.begin(), known.begin(), known.end());
  }
  return script;
}

Brackets AnsiDialect::brackets(bool suspend_foreign_keys) const {
  if (suspend_foreign_keys)
    throw Unsupported({.summary = fmt::format("{} cannot suspend foreign keys", info_.server.product),
                       .why = "the dialect rendered an operation that needs it but does not say how it is done"});
  return {.open = {"BEGIN"}, .close = {"COMMIT"}};
}

std::string AnsiDialect::quote(std::string_view identifier) const {
  return '"' + text::replace_all(std::string(identifier), "\"", "\"\"") + '"';
}

std::string AnsiDialect::placeholder(std::size_t) const {
  return "?";
}

const LexicalRules& AnsiDialect::lexical() const {
  static const LexicalRules standard{};
  return standard;
}

std::span<const ClassRule> AnsiDialect::classes() const {
  return standard_classes(info_.transactional_ddl);
}

schema::Column AnsiDialect::storage(const schema::Column& column) const {
  return column;
}

schema::Table AnsiDialect::storage(const schema::Table& table) const {
  auto stored = table;
  for (auto& column : stored.columns) column = storage(column);
  return stored;
}

Script AnsiDialect::ddl(std::vector<std::string> statements) const {
  Script script;
  script.steps.reserve(statements.size());
  for (auto& sql : statements)
    script.steps.push_back({.statement = {.sql = std::move(sql)}, .alone = !info_.transactional_ddl});
  return script;
}

std::string AnsiDialect::alter_table(const std::string& table, const std::string& clause) const {
  return fmt::format("ALTER TABLE {} {}", quote(table), clause);
}

std::string AnsiDialect::column_list(const std::vector<std::string>& columns) const {
  std::vector<std::string> quoted;
  quoted.reserve(columns.size());
  for (const auto& column : columns) quoted.push_back(quote(column));
  return text::join(quoted, ", ");
}

}  // namespace dbctl::sql
