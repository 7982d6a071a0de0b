#include "golden/golden.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "migrate/stored_plan.hpp"

namespace dbctl::golden {
namespace {

namespace fs = std::filesystem;

std::string expectation(const sql::Expect& expect) {
  const auto reason = " (" + expect.message + ")";
  switch (expect.kind) {
    case sql::Expect::Kind::nothing:
      return {};
    case sql::Expect::Kind::no_rows:
      return "-- expect no rows" + reason + '\n';
    case sql::Expect::Kind::remember:
      return "-- expect a value, remembered as " + expect.key + '\n';
    case sql::Expect::Kind::same:
      return "-- expect the value remembered as " + expect.key + reason + '\n';
  }
  return {};
}

std::string text_of(const sql::Dialect& dialect, const Statement& statement) {
  auto text = statement.sql + ";\n";
  if (statement.params.empty()) return text;
  std::vector<std::string> values;
  for (const auto& value : statement.params) values.push_back(dialect.literal(value));
  return text + "-- params: " + text::join(values, ", ") + '\n';
}

std::string text_of(const sql::Dialect& dialect, const sql::Script& script) {
  std::string head;
  for (const auto& note : script.notes) head += "-- note: " + note + '\n';
  if (!script.rebuilds.empty()) head += "-- rebuilds: " + text::join(script.rebuilds, ", ") + '\n';
  if (script.suspend_foreign_keys) head += "-- suspend foreign keys\n";
  std::vector<std::string> blocks;
  if (!head.empty()) blocks.push_back(head);
  for (const auto& step : script.steps) {
    std::string block = step.alone ? "-- alone\n" : "";
    for (const auto& hazard : step.hazards) block += "-- hazard: " + hazard + '\n';
    blocks.push_back(block + expectation(step.expect) + text_of(dialect, step.statement));
  }
  if (script.steps.empty()) blocks.emplace_back("-- nothing\n");
  return text::join(blocks, "\n");
}

std::string text_of(const Error& error) {
  const bool unsupported = dynamic_cast<const Unsupported*>(&error) != nullptr;
  auto text = (unsupported ? "-- unsupported: " : "-- error: ") + error.details().summary + '\n';
  if (!error.details().why.empty()) text += "--   why: " + error.details().why + '\n';
  for (const auto& hint : error.details().next) text += "--   next: " + hint + '\n';
  return text;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path folder(const Target& target) {
  return fs::path(DBCTL_SOURCE_DIR) / "tests/golden" / target.folder;
}

bool updating() {
  const char* wish = std::getenv("DBCTL_UPDATE_GOLDEN");
  return wish != nullptr && std::string_view(wish) == "1";
}

const std::vector<Target>& all_targets() {
  static const auto all = targets();
  return all;
}
const std::vector<Case>& all_cases() {
  static const auto all = cases();
  return all;
}

class Golden : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {
 protected:
  const Target& target() const { return all_targets().at(std::get<0>(GetParam())); }
  const Case& golden_case() const { return all_cases().at(std::get<1>(GetParam())); }
};

TEST_P(Golden, equals_its_file) {
  const auto path = folder(target()) / (golden_case().name + ".sql");
  const auto rendered = render(*target().dialect, golden_case());
  if (updating()) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << rendered;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << path << " is missing; DBCTL_UPDATE_GOLDEN=1 writes it. Rendered:\n" << rendered;
  EXPECT_EQ(rendered, read(path)) << "differs from " << path << "; DBCTL_UPDATE_GOLDEN=1 rewrites it";
}

/// A plan of what the case renders, with all the tables that it starts from.
migrate::PlannedMigration planned(const sql::Dialect& dialect, const Case& golden_case) {
  schema::Schema before;
  for (const auto& operation : golden_case.setup) before = schema::apply(std::move(before), operation);
  migrate::PlannedMigration out{.domain = "shop", .version = "20240101000001", .name = golden_case.name};
  auto& group = out.groups.emplace_back();
  for (const auto& [name, table] : before.tables) group.backfilled = table;
  std::vector<schema::Table> tables;
  for (const auto& [name, table] : before.tables) tables.push_back(table);
  const auto add = [&](sql::Step step) {
    group.statements.push_back({.number = 1, .step = std::move(step), .operation = {}, .hash = {}, .rebuilds = tables});
  };
  if (const auto* operation = std::get_if<schema::Operation>(&golden_case.what)) {
    for (auto& step : dialect.render(*operation, before).steps) add(std::move(step));
  } else {
    for (auto& statement : std::get<Case::Statements>(golden_case.what)(dialect, before))
      add({.statement = std::move(statement)});
  }
  return out;
}

TEST_P(Golden, survives_being_stored) {
  migrate::PlannedMigration plan;
  try {
    plan = planned(*target().dialect, golden_case());
  } catch (const Error&) {
    return;  // the file says so
  }
  const auto text = migrate::stored_text(plan);
  const auto back = migrate::stored_plan({.domain = plan.domain, .version = plan.version, .plan = text});
  EXPECT_EQ(migrate::stored_text(back), text);
  ASSERT_EQ(back.statements(), plan.statements());
  for (std::size_t i = 0; i < plan.groups[0].statements.size(); ++i) {
    const auto &was = plan.groups[0].statements[i], &is = back.groups[0].statements[i];
    EXPECT_EQ(is.step.statement.sql, was.step.statement.sql);
    EXPECT_EQ(is.step.statement.params, was.step.statement.params);
    EXPECT_EQ(is.rebuilds, was.rebuilds);
  }
}

INSTANTIATE_TEST_SUITE_P(dialects, Golden,
                         testing::Combine(testing::Range(std::size_t{0}, all_targets().size()),
                                          testing::Range(std::size_t{0}, all_cases().size())),
                         [](const auto& test) {
                           return all_targets().at(std::get<0>(test.param)).folder + '_' +
                                  all_cases().at(std::get<1>(test.param)).name;
                         });

TEST(GoldenFolder, holds_no_file_without_a_case) {
  for (const auto& target : all_targets()) {
    if (!fs::exists(folder(target))) continue;
    for (const auto& entry : fs::directory_iterator(folder(target))) {
      if (entry.path().extension() != ".sql") continue;
      const auto name = entry.path().stem().string();
      if (std::ranges::find(all_cases(), name, &Case::name) != all_cases().end()) continue;
      if (updating())
        fs::remove(entry.path());
      else
        ADD_FAILURE() << entry.path() << " belongs to no case";
    }
  }
}

}  // namespace

std::string render(const sql::Dialect& dialect, const Case& golden_case) {
  schema::Schema before;
  for (const auto& operation : golden_case.setup) before = schema::apply(std::move(before), operation);
  // A case that does not fit its setup proves nothing: this throws out of the test.
  if (const auto* operation = std::get_if<schema::Operation>(&golden_case.what)) schema::apply(before, *operation);
  try {
    return std::visit(
        overloaded{
            [&](const schema::Operation& operation) { return text_of(dialect, dialect.render(operation, before)); },
            [&](const Case::Statements& statements) {
              std::vector<std::string> blocks;
              for (const auto& statement : statements(dialect, before)) blocks.push_back(text_of(dialect, statement));
              return text::join(blocks, "\n");
            },
        },
        golden_case.what);
  } catch (const Error& error) {
    return text_of(error);
  }
}

}  // namespace dbctl::golden
