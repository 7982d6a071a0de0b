#include "dbctl/migrate/status.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/text.hpp"
#include "duration.hpp"

namespace dbctl::cli {
namespace {

using migrate::MigrationState;

Style style_of(MigrationState state) {
  switch (state) {
    case MigrationState::applied:
      return Style::good;
    case MigrationState::pending:
      return Style::warning;
    case MigrationState::interrupted:
    case MigrationState::edited:
    case MigrationState::missing:
    case MigrationState::out_of_order:
      return Style::bad;
  }
  return Style::plain;
}

std::string_view words_of(MigrationState state) {
  return state == MigrationState::out_of_order ? "out of order" : migrate::to_text(state);
}

Json document_of(const migrate::StatusRow& row) {
  const bool applied = !row.applied_at.empty();
  return {{"domain", row.domain},
          {"version", row.version},
          {"name", row.name},
          {"state", migrate::to_text(row.state)},
          {"applied_at", applied ? Json(row.applied_at) : Json()},
          {"duration_ms", applied ? Json(row.duration_ms) : Json()},
          {"batch", applied ? Json(row.batch) : Json()},
          {"file", row.file},
          {"detail", row.detail}};
}

/// "2024-01-15 09:00:00" of a timestamp with fractions.
std::string_view to_the_second(std::string_view timestamp) {
  return timestamp.substr(0, timestamp.find('.'));
}

std::string summary(const migrate::Status& status) {
  std::map<MigrationState, std::size_t> counts;
  for (const auto& row : status.migrations) ++counts[row.state];
  std::vector<std::string> parts;
  for (const auto& [state, count] : counts) parts.push_back(fmt::format("{} {}", count, words_of(state)));
  return parts.empty()
             ? "No migrations."
             : fmt::format("{}: {}.", text::count(status.migrations.size(), "migration"), text::join(parts, ", "));
}

bool waits(const migrate::StatusRow& row) {
  return row.state == MigrationState::pending || row.state == MigrationState::interrupted ||
         row.state == MigrationState::out_of_order;
}

migrate::Status status_of(Context& context) {
  auto status = migrate::status(context.catalog(), context.read());
  const auto domain = context.domain();
  if (domain.empty()) return status;
  std::erase_if(status.migrations, [&](const auto& row) { return row.domain != domain; });
  status.pending = static_cast<std::size_t>(std::ranges::count_if(status.migrations, waits));
  return status;
}

class Status : public Command {
  void declare(Arguments& a) override {
    a.flag({"--exit-code"}, exit_code_,
           "3 when something is pending, 7 when something is edited, missing or out of order");
  }

  Exit run(Context& context) override {
    const auto status = status_of(context);
    print(context, status);
    if (!exit_code_) return Exit::done;
    if (!status.in_order()) return Exit::integrity;
    return status.pending > 0 ? Exit::findings : Exit::done;
  }

  static void print(Context& context, const migrate::Status& status) {
    if (context.out.json()) return print_document(context, status);
    Table table({"migration", "state", "applied at", ">took", ">batch", "detail"});
    for (const auto& row : status.migrations) {
      const bool applied = !row.applied_at.empty();
      table.add({{context.label(row.domain, row.version, row.name), Style::strong},
                 {words_of(row.state), style_of(row.state)},
                 {to_the_second(row.applied_at)},
                 {applied ? format_duration(row.duration_ms) : ""},
                 {applied ? std::to_string(row.batch) : ""},
                 {row.detail}});
    }
    context.out.data(table);
    context.out.note(summary(status));
  }

  static void print_document(Context& context, const migrate::Status& status) {
    auto rows = Json::array();
    for (const auto& row : status.migrations) rows.push_back(document_of(row));
    const auto& name = context.environment().name;
    context.out.document({{"environment", name ? Json(*name) : Json()},
                          {"driver", context.driver().info().name},
                          {"database", context.target()},
                          {"migrations", std::move(rows)},
                          {"pending", status.pending},
                          {"in_order", status.in_order()}});
  }

  bool exit_code_ = false;
};

}  // namespace

std::unique_ptr<Command> make_status() {
  return std::make_unique<Status>();
}

}  // namespace dbctl::cli
