#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/text.hpp"
#include "reports.hpp"
#include "seeding.hpp"

namespace dbctl::cli {
namespace {

Exit list(Context& context, const seed::Request& request) {
  Table table({"seeder", "tables", "after", "essential", "file"});
  auto documents = Json::array();
  for (const auto& node : seed::order(context.catalog(), request)) {
    table.add({{node.name, Style::strong},
               {text::join(node.tables, ",")},
               {text::join(node.after, ",")},
               {node.essential ? "essential" : "", Style::good},
               {node.file, Style::dim}});
    documents.push_back({{"name", node.name},
                         {"domain", node.domain},
                         {"file", node.file},
                         {"tables", node.tables},
                         {"after", node.after},
                         {"essential", node.essential}});
  }
  if (table.empty()) context.out.note("There are no seeders.");
  context.out.data(table);
  context.out.document({{"seeders", documents}});
  return Exit::done;
}

class Seed : public Command {
  void declare(Arguments& a) override {
    a.list({"--only"}, request_.only, "NAME,…", "these seeders and what they depend on");
    a.flag({"--no-deps"}, without_dependencies_, "with --only: what they depend on must be there already");
    a.flag({"--list"}, list_, "the seeders in the order they would run");
    a.flag({"--status"}, status_, "what a run would change, and change nothing");
    a.flag({"--force"}, request_.force, "overwrite rows that were edited in the database");
    a.flag({"--dry-run"}, request_.dry_run, "run everything but the commit");
    a.exclusive({"--list", "--status", "--dry-run"});
    a.exclusive({"--list", "--force"});
  }

  Exit run(Context& context) override {
    request_.with_dependencies = !without_dependencies_;
    request_.domain = context.domain();
    if (list_) return list(context, request_);
    request_.dry_run = request_.dry_run || status_;
    auto document = document_of(run_seeders(context, request_));
    document["dry_run"] = request_.dry_run;
    context.out.document(document);
    return Exit::done;
  }

  seed::Request request_;
  bool without_dependencies_ = false, list_ = false, status_ = false;
};

}  // namespace

std::unique_ptr<Command> make_seed() {
  return std::make_unique<Seed>();
}

}  // namespace dbctl::cli
