#include "reports.hpp"

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "duration.hpp"

namespace dbctl::cli {
namespace {

using Kind = migrate::Group::Kind;

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::transaction:
      return "tx";
    case Kind::alone:
      return "alone";
    case Kind::backfill:
      return "backfill";
  }
  return "";
}

std::string range(std::int64_t first, std::int64_t last) {
  return first == last ? std::to_string(first) : fmt::format("{}-{}", first, last);
}

/// "[tx: 1-4] [alone: 5] [tx: 6-7]"; a row of statements that commit by themselves is "[each alone: 1-5]".
std::string groups_of(const migrate::PlannedMigration& migration) {
  struct Part {
    Kind kind;
    std::int64_t first, last;
  };
  std::vector<Part> parts;
  for (const auto& group : migration.groups) {
    if (group.statements.empty()) continue;
    const auto first = group.statements.front().number, last = group.statements.back().number;
    if (group.kind == Kind::alone && !parts.empty() && parts.back().kind == Kind::alone)
      parts.back().last = last;
    else
      parts.push_back({group.kind, first, last});
  }
  std::vector<std::string> texts;
  for (const auto& part : parts)
    texts.push_back(fmt::format("[{}{}: {}]", part.kind == Kind::alone && part.first != part.last ? "each " : "",
                                name_of(part.kind), range(part.first, part.last)));
  return text::join(texts, " ");
}

Json document_of(const migrate::Group& group) {
  auto statements = Json::array();
  for (const auto& one : group.statements) {
    auto params = Json::array();
    for (const auto& param : one.step.statement.params)
      params.push_back(is_null(param) ? Json() : Json(to_text(param)));
    statements.push_back({{"number", one.number},
                          {"operation", one.operation},
                          {"sql", one.step.statement.sql},
                          {"params", params},
                          {"where", one.step.statement.origin.text()},
                          {"hazards", one.step.hazards}});
  }
  return {
      {"kind", name_of(group.kind)}, {"suspend_foreign_keys", group.suspend_foreign_keys}, {"statements", statements}};
}

/// One line for each operation, with the numbers of its statements.
std::string operations_of(const migrate::PlannedMigration& migration) {
  std::int64_t first = 0, last = 0;
  std::string operation, out;
  const auto flush = [&] {
    if (first != 0) out += fmt::format("  {:>7}  {}\n", range(first, last), printable(operation));
  };
  for (const auto& group : migration.groups)
    for (const auto& one : group.statements) {
      if (one.operation != operation || first == 0) {
        flush();
        first = one.number;
        operation = one.operation;
      }
      last = one.number;
    }
  flush();
  return out;
}

std::string remark(const Output& out, Style style, std::string_view label, std::string_view text) {
  return fmt::format("  {} {}\n", out.paint(style, fmt::format("{}:", label)), printable(text));
}

std::string text_of(Context& context, const migrate::PlannedMigration& migration) {
  const auto& out = context.out;
  const auto id = context.label(migration.domain, migration.version, migration.name);
  const auto groups = groups_of(migration);
  auto text = fmt::format("{}  {}\n", out.paint(Style::strong, id), groups.empty() ? "(no statements here)" : groups);
  text += operations_of(migration);
  for (const auto& group : migration.groups)
    for (const auto& one : group.statements)
      for (const auto& hazard : one.step.hazards)
        text += remark(out, Style::warning, "hazard", fmt::format("{}: {}", one.number, hazard));
  for (const auto& loss : migration.losses) text += remark(out, Style::warning, "loses", loss);
  for (const auto& note : migration.notes) text += remark(out, Style::dim, "note", note);
  return text;
}

std::string counts_of(const seed::SeederResult& result) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t n, std::string_view what) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, what));
  };
  add(result.inserted, "inserted");
  add(result.updated, "updated");
  add(result.kept, "kept");
  if (parts.empty() && result.unchanged > 0) return text::count(static_cast<std::size_t>(result.unchanged), "row");
  add(result.unchanged, "unchanged");
  return parts.empty() ? "no rows" : text::join(parts, ", ");
}

std::string_view name_of(seed::SeederState state) {
  switch (state) {
    case seed::SeederState::seeded:
      return "seeded";
    case seed::SeederState::unchanged:
      return "unchanged";
    case seed::SeederState::skipped:
      return "skipped";
  }
  return "";
}

}  // namespace

Json document_of(const migrate::Outcome& outcome, const char* list) {
  auto done = Json::array();
  for (const auto& one : outcome.migrations)
    done.push_back({{"domain", one.domain},
                    {"version", one.version},
                    {"name", one.name},
                    {"statements", one.statements},
                    {"duration_ms", one.duration_ms}});
  return {{list, done}, {"statements", outcome.statements}, {"duration_ms", outcome.duration_ms}};
}

Json document_of(const migrate::Plan& plan) {
  auto migrations = Json::array();
  std::int64_t statements = 0;
  for (const auto& one : plan.migrations) {
    auto groups = Json::array();
    for (const auto& group : one.groups) groups.push_back(document_of(group));
    statements += one.statements();
    migrations.push_back({{"domain", one.domain},
                          {"version", one.version},
                          {"name", one.name},
                          {"file", one.file},
                          {"direction", one.direction == migrate::Direction::up ? "up" : "down"},
                          {"checksum", one.checksum},
                          {"groups", groups},
                          {"losses", one.losses},
                          {"notes", one.notes}});
  }
  return {{"migrations", migrations}, {"statements", statements}};
}

Json document_of(const seed::Outcome& outcome) {
  auto seeders = Json::array();
  for (const auto& one : outcome.seeders)
    seeders.push_back({{"name", one.name},
                       {"state", name_of(one.state)},
                       {"inserted", one.inserted},
                       {"updated", one.updated},
                       {"unchanged", one.unchanged},
                       {"kept", one.kept},
                       {"kept_rows", one.kept_rows},
                       {"reason", one.reason}});
  return {{"seeders", seeders},         {"inserted", outcome.inserted},
          {"updated", outcome.updated}, {"unchanged", outcome.unchanged},
          {"kept", outcome.kept},       {"duration_ms", outcome.duration_ms}};
}

void say_outcome(Output& out, const migrate::Outcome& outcome, std::string_view done, std::string_view nothing) {
  if (outcome.migrations.empty()) return out.say(nothing);
  out.say(fmt::format("{} {}, {}, {}.", text::count(outcome.migrations.size(), "migration"), done,
                      text::count(static_cast<std::size_t>(outcome.statements), "statement"),
                      format_duration(outcome.duration_ms)));
}

std::string text_of(Context& context, const migrate::Plan& plan) {
  std::string text;
  for (const auto& migration : plan.migrations) text += text_of(context, migration);
  return text;
}

void say_seeder(Output& out, const seed::SeederResult& result) {
  if (result.state == seed::SeederState::skipped)
    return out.say(
        fmt::format("{}  {}  {}", out.paint(Style::dim, "skipped  "), result.name, printable(result.reason)));
  const bool changed = result.inserted + result.updated > 0;
  const auto word = changed ? out.paint(Style::good, "seeded   ") : std::string("unchanged");
  out.say(fmt::format("{}  {}  {}", word, result.name, counts_of(result)));
  if (result.kept == 0) return;
  out.note(fmt::format("note: {}: kept as edited in the database: {}{}; --force overwrites", result.name,
                       printable(text::join(result.kept_rows, ", ")),
                       static_cast<std::size_t>(result.kept) > result.kept_rows.size() ? ", …" : ""));
}

void say_outcome(Output& out, const seed::Outcome& outcome, bool dry_run) {
  if (outcome.seeders.empty()) return out.say("No seeders.");
  out.say(fmt::format("{}{} inserted, {} updated, {} unchanged, {} kept, {}.",
                      dry_run ? "Nothing was written; it would be: " : "", outcome.inserted, outcome.updated,
                      outcome.unchanged, outcome.kept, format_duration(outcome.duration_ms)));
}

}  // namespace dbctl::cli
