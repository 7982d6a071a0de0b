#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

std::string exit_text(Exit exit) {
  return exit == Exit::stopped ? "130 or 143" : std::to_string(static_cast<int>(exit));
}

Json document_of(const Code& code) {
  return {{"code", code.id}, {"exit", static_cast<int>(code.exit)}, {"title", code.title}, {"advice", code.advice}};
}

const Code& find(const std::string& word) {
  if (const auto* code = codes::find(word)) return *code;
  std::vector<std::string> ids;
  for (const auto* code : codes::all()) ids.emplace_back(code->id);
  const auto full = text::upper(word).starts_with("DBCTL-") ? word : "DBCTL-" + word;
  throw Error(codes::usage, {.summary = fmt::format("there is no error code \"{}\"", word),
                             .next = {text::did_you_mean(full, ids), "dbctl errors"}});
}

/// docs/errors.md, which a test compares with this.
std::string markdown() {
  std::string out =
      "# Errors\n\n"
      "Every error of dbctl has one of these codes. `dbctl errors CODE` prints the same text in a terminal.\n"
      "This page is made by `dbctl errors --markdown`.\n";
  std::string_view area;
  for (const auto* code : codes::all()) {
    const auto own_area = code->id.substr(0, code->id.rfind('-'));
    if (own_area != area) out += fmt::format("\n## {}\n", own_area);
    area = own_area;
    out += fmt::format("\n### {}: {}\n\n{}\n\nExit code {}.\n", code->id, code->title, code->advice,
                       exit_text(code->exit));
  }
  return out;
}

class Errors : public Command {
  void declare(Arguments& arguments) override {
    arguments.positional("CODE", code_, "DBCTL-SQL-001, SQL-001; without one: all");
    arguments.flag({"--markdown"}, markdown_, "the page docs/errors.md");
  }
  Exit run(Context& context) override {
    if (markdown_) {
      context.out.data(markdown());
      context.out.document({{"markdown", markdown()}});
    } else if (code_) {
      const auto& code = find(*code_);
      context.out.data(
          fmt::format("{}: {}\n\n{}\n\nExit code {}.\n", code.id, code.title, code.advice, exit_text(code.exit)));
      context.out.document({{"errors", Json::array({document_of(code)})}});
    } else {
      list(context.out);
    }
    return Exit::done;
  }

  static void list(Output& out) {
    Table table({"code", ">exit", "title"});
    auto documents = Json::array();
    for (const auto* code : codes::all()) {
      table.add({{std::string(code->id), Style::strong},
                 {std::to_string(static_cast<int>(code->exit))},
                 {std::string(code->title)}});
      documents.push_back(document_of(*code));
    }
    out.data(table);
    out.document({{"errors", documents}});
  }

  std::optional<std::string> code_;
  bool markdown_ = false;
};

}  // namespace

std::unique_ptr<Command> make_errors() {
  return std::make_unique<Errors>();
}

}  // namespace dbctl::cli
