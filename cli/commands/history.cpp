#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/journal/chain.hpp"
#include "duration.hpp"
#include "progress.hpp"

namespace dbctl::cli {
namespace {

Style style_of(std::string_view what) {
  if (what == "failed") return Style::bad;
  if (what == "applied" || what == "seeded") return Style::good;
  return Style::warning;
}

std::vector<journal::Event> events_of(Context& context) {
  if (context.file_is_missing() || !context.database().journal().exists()) return {};
  return context.database().journal().history();
}

class History : public Command {
  void declare(Arguments& a) override {
    a.number({"-n", "--last"}, last_, "N", "only the newest N");
    a.flag({"--verify"}, verify_, "check that nothing was changed, taken out or put in since");
    a.value({"--expect"}, expected_, "HASH", "with --verify: this hash, kept from an earlier check, must be in it");
    a.exclusive({"--last", "--verify"});
  }

  Exit run(Context& context) override {
    if (expected_ && !verify_)
      throw Error(codes::usage, {.summary = "--expect is for --verify", .next = {"dbctl history --verify --expect …"}});
    if (verify_) return verify(context);
    context.read();  // refuses another environment's database
    auto events = events_of(context);
    const auto domain = context.domain();
    if (!domain.empty()) std::erase_if(events, [&](const auto& event) { return event.domain != domain; });
    if (last_ && events.size() > *last_)
      events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(*last_));
    Table table({"at", "what", "migration", ">took", "who", "dbctl", "detail"});
    auto documents = Json::array();
    for (const auto& event : events) {
      table.add({{event.at.substr(0, event.at.find('.')), Style::dim},
                 {event.what, style_of(event.what)},
                 {event.version.empty() ? event.name : context.label(event.domain, event.version, event.name)},
                 {event.duration_ms > 0 ? format_duration(event.duration_ms) : ""},
                 {fmt::format("{}@{}", event.who, event.host)},
                 {event.dbctl_version},
                 {event.detail}});
      documents.push_back({{"number", event.number},
                           {"what", event.what},
                           {"domain", event.domain},
                           {"version", event.version},
                           {"name", event.name},
                           {"at", event.at},
                           {"duration_ms", event.duration_ms},
                           {"who", event.who},
                           {"host", event.host},
                           {"dbctl_version", event.dbctl_version},
                           {"detail", event.detail},
                           {"hash", event.hash}});
    }
    if (table.empty()) context.out.note("Nothing was ever done here.");
    context.out.data(table);
    context.out.document({{"events", documents}});
    return Exit::done;
  }

  /// Under the lock: a run that is at work would be seen between an event and the head that it moves.
  Exit verify(Context& context) const {
    std::optional<journal::Database::Lock> lock;
    MigrationProgress progress(context);
    if (!context.file_is_missing()) lock.emplace(context.database().lock(progress));
    const auto state = context.read();
    const auto end = journal::check_chain(events_of(context), state, expected_.value_or(""));
    context.out.data(fmt::format("{}, chain intact, head {}\n",
                                 text::count(static_cast<std::size_t>(end.number), "event"), end.hash));
    context.out.document({{"chain", {{"events", end.number}, {"head", end.hash}}}});
    return Exit::done;
  }

  std::optional<std::size_t> last_;
  bool verify_ = false;
  std::optional<std::string> expected_;
};

}  // namespace

std::unique_ptr<Command> make_history() {
  return std::make_unique<History>();
}

}  // namespace dbctl::cli
