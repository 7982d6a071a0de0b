#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/clock.hpp"
#include "duration.hpp"

namespace dbctl::cli {
namespace {

using driver::Finding;

std::string_view name_of(Finding::Level level) {
  switch (level) {
    case Finding::Level::good:
      return "good";
    case Finding::Level::advice:
      return "advice";
    case Finding::Level::problem:
      return "problem";
  }
  return "";
}

Style style_of(Finding::Level level) {
  switch (level) {
    case Finding::Level::good:
      return Style::good;
    case Finding::Level::advice:
      return Style::warning;
    case Finding::Level::problem:
      return Style::bad;
  }
  return Style::plain;
}

Finding stamp_of(Context& context, const journal::State& state) {
  const auto stamp = state.meta.find(std::string(journal::meta::environment));
  const std::string own = stamp == state.meta.end() ? "no environment's name" : "the name " + stamp->second;
  return {.level = Finding::Level::good,
          .subject = "dbctl's tables",
          .text = context.database().journal().exists() ? fmt::format("the database bears {}", own)
                                                        : "none yet: dbctl migrate makes them"};
}

class Doctor : public Command {
  void declare(Arguments&) override {}

  Exit run(Context& context) override {
    context.options();
    context.require_file();
    const Stopwatch watch;
    auto& database = context.database();
    const auto connected = watch.milliseconds();
    const auto info = database.connection().info();
    const auto state = database.read();
    auto findings = database.connection().examine();
    findings.insert(findings.begin(), stamp_of(context, state));

    const auto& environment = context.environment();
    const bool in_process = context.driver().info().capabilities.in_process;
    const std::string tls = !info.tls.empty() ? info.tls : in_process ? "not needed: no network" : "none";
    const std::vector<std::pair<std::string, std::string>> facts{
        {"dbctl", DBCTL_VERSION},
        {"environment", environment.name.value_or("none is named")},
        {"driver", fmt::format("{} ({})", context.driver().info().name, context.driver().info().client)},
        {"server", info.server},
        {"database", context.target()},
        {"user", info.user},
        {"tls", tls},
        {"connected in", format_duration(connected)}};
    Table table({"", "what", "found"});
    auto fact_documents = Json::object(), documents = Json::array();
    for (const auto& [name, text] : facts) {
      if (!text.empty()) table.add({{"info", Style::dim}, {name, Style::strong}, {text}});
      if (name != "connected in") fact_documents[name] = text;
    }
    bool problem = false;
    for (const auto& finding : findings) {
      problem = problem || finding.level == Finding::Level::problem;
      table.add({{std::string(name_of(finding.level)), style_of(finding.level)},
                 {finding.subject, Style::strong},
                 {finding.text}});
      documents.push_back({{"level", name_of(finding.level)}, {"subject", finding.subject}, {"text", finding.text}});
    }
    context.out.data(table);
    fact_documents["connect_ms"] = connected;
    fact_documents["findings"] = documents;
    context.out.document(fact_documents);
    return problem ? Exit::findings : Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_doctor() {
  return std::make_unique<Doctor>();
}

}  // namespace dbctl::cli
