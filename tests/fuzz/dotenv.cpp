#include "environment/dotenv.hpp"

#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "environment/variables.hpp"
#include "fuzz/configuration.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

using namespace environment;

/// What an assignment without variables gives; nothing for one with some.
std::optional<std::string> constant(const Assignment& assignment) {
  if (assignment.malformed) return std::nullopt;
  std::string value;
  for (const auto& piece : assignment.value) {
    if (piece.kind != Piece::Kind::literal) return std::nullopt;
    value += piece.text;
  }
  return value;
}

std::string in_quotes(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    const auto which = std::string_view("\n\r\t\"\\$").find(c);
    if (which != std::string_view::npos)
      (out += '\\') += "nrt\"\\$"[which];
    else
      out += c;
  }
  return out + '"';
}

void check_assignment(const Assignment& assignment, std::size_t& line, std::size_t lines) {
  require(is_variable_name(assignment.name), "a variable has a name");
  require(assignment.where.starts_with(".env:"), "the place names the file");
  const auto at = std::stoul(assignment.where.substr(5));
  require(at > line && at <= lines, "each assignment has a line of its own");
  line = at;
  const auto value = constant(assignment);
  if (!value) return;
  const auto again = parse_dotenv("export " + assignment.name + " = " + in_quotes(*value) + " # c", ".env");
  require(again.size() == 1 && again[0].name == assignment.name && constant(again[0]) == value,
          "a value written in quotes is the value");
}

void check_variables(std::vector<Assignment> assignments) {
  const auto count = assignments.size();
  std::set<std::string> names;
  for (const auto& assignment : assignments) names.insert(assignment.name);
  require(names.size() == count, "no name comes twice");
  VariableStack stack({{"HOME", "/home"}, {"EMPTY", ""}}, ".env");
  stack.add_file(std::move(assignments));
  require(stack.layers().size() == 2 && stack.layers()[1].size() == count, "each assignment is a variable");
  for (const auto& name : names) {
    const auto* variable = stack.find(name);
    require(variable != nullptr, "a variable that is set is found");
    require(!variable->failure || variable->failure->code().id.starts_with("DBCTL-ENV-"),
            "a value that cannot be had says why");
  }
}

}  // namespace

void dotenv(std::string_view input) {
  const auto read = [&] {
    auto assignments = parse_dotenv(input, ".env");
    const auto lines = text::split(input, '\n').size();
    std::size_t line = 0;
    for (const auto& assignment : assignments) check_assignment(assignment, line, lines);
    check_variables(std::move(assignments));
  };
  // A name that is set twice is said.
  check_refusals(read, [](const Error& error) { return error.code() == codes::environment_key; });
}

}  // namespace dbctl::fuzz
