// A quarter of a megabyte of what could take time that grows with the square of the input's length: at that length,
// squares take a minute of the processor, so a generous limit tells them from what is linear, under sanitizers. Only
// this thread's time counts, whatever runs beside it.
#include <ctime>
#include <functional>

#include <gtest/gtest.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/split.hpp"
#include "environment/dotenv.hpp"
#include "environment/yaml.hpp"
#include "plugins/drivers/mysql/lexical.hpp"
#include "plugins/drivers/postgresql/lexical.hpp"
#include "plugins/drivers/sqlite/lexical.hpp"

namespace dbctl::fuzz {
namespace {

using namespace sql;

constexpr std::size_t large = 250'000;
constexpr double most_seconds = 8;

double seconds_of_this_thread() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

std::string times(std::string_view piece, std::size_t size = large) {
  std::string out;
  while (out.size() < size) out += piece;
  return out;
}

/// A refusal is an answer too.
void expect_quick(const std::function<void()>& read, const std::string& what) {
  const auto begin = seconds_of_this_thread();
  try {
    read();
  } catch (const Error&) {
  }
  EXPECT_LT(seconds_of_this_thread() - begin, most_seconds) << what;
}

std::vector<std::string> scripts() {
  std::vector<std::string> all;
  for (const std::string_view piece : {"select 1;\n",
                                       "(",
                                       ")",
                                       "begin ",
                                       "create procedure p() begin if x then ",
                                       "case when ",
                                       "/*",
                                       "/*/",
                                       "*/",
                                       "/*!",
                                       "/*!1 */",
                                       "-- \n",
                                       "--\n;",
                                       "'",
                                       "''",
                                       "\"",
                                       "`",
                                       "[",
                                       "]",
                                       "$",
                                       "$a$",
                                       "$a",
                                       "E'a'\n",
                                       "\\",
                                       "\\N ",
                                       "\\restrict\n",
                                       "delimiter //\n",
                                       "delimiter\n",
                                       "delimiter $$\nselect 1$$\n",
                                       "set sql_mode='ansi_quotes';\n",
                                       "set standard_conforming_strings=off;",
                                       ".",
                                       "a.",
                                       "1.",
                                       "+-",
                                       "\n",
                                       "\r",
                                       " ",
                                       ";",
                                       "\xEF\xBB\xBF",
                                       "\xC3",
                                       "copy t from stdin;\n\\.\n",
                                       "copy t from stdin;\n",
                                       "until end ",
                                       "declare handler for "})
    all.push_back(times(piece));
  all.push_back(times("copy t from stdin;\n\\.\n", large / 2) + times(" ", large / 2));
  all.push_back("delimiter " + times("/", large / 2) + "\n" + times("/", large / 2 - 9) + "x");
  return all;
}

std::vector<std::string> statements() {
  std::vector<std::string> all = scripts();
  for (const std::string_view begin : {"alter table t ", "create temp ", "create temporary ", "create ", "drop table ",
                                       "set ", "select ", "rename table ", "reindex "})
    for (const std::string_view piece :
         {"discard ", "rename ", "rename a.", "rename.", "table x ", "detach partition a ", "a, ", "a to b, ", "if ",
          "rename to ", "trigger a ", "( ", ") "})
      all.push_back(std::string(begin) + times(piece, large / 2));
  return all;
}

const std::pair<const LexicalRules&, std::span<const ClassRule>> databases[] = {
    {mysql::lexical_rules(), mysql::statement_classes()},
    {postgresql::lexical_rules(), postgresql::statement_classes()},
    {sqlite::lexical_rules(), sqlite::statement_classes()}};

TEST(Large, scriptsAreSplitInLinearTime) {
  for (const auto& script : scripts())
    for (const auto& [rules, classes] : databases)
      expect_quick([&, &r = rules] { split(script, r); }, script.substr(0, 60));
}

TEST(Large, statementsAreClassifiedInLinearTime) {
  for (const auto& statement : statements())
    for (const auto& [rules, classes] : databases)
      expect_quick([&, &r = rules, &c = classes] { classify(statement, r, c); }, statement.substr(0, 60));
}

std::string many_variables(std::string_view end) {
  std::string out;
  for (std::size_t i = 0; out.size() < large; ++i) out += "v" + std::to_string(i) + "=" + std::string(end);
  return out;
}

TEST(Large, filesOfVariablesAreReadInLinearTime) {
  for (const auto& file : {many_variables("\n"), many_variables("${v1}\r\n"), times("\r\n"), "a='" + times("\n") + "'",
                           "a=" + times("x"), "a=" + times("${"), "a=\"" + times("\\$") + '"'})
    expect_quick([&] { environment::parse_dotenv(file, ".env"); }, file.substr(0, 20));
}

TEST(Large, environmentFilesAreReadInLinearTime) {
  std::string keys;
  for (std::size_t i = 0; keys.size() < large; ++i) keys += "k" + std::to_string(i) + ": \"v\"\n";
  for (const auto& file : {keys, "driver: " + times("a "), times("["), "a: " + times("["), times("{a: "), times("- "),
                           "a: \"" + times("\\\"") + '"', "a: |\n" + times("  x\n")})
    expect_quick([&] { environment::parse_yaml(file, "x.yaml"); }, file.substr(0, 20));
}

}  // namespace
}  // namespace dbctl::fuzz
