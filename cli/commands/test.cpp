#include "commands/test.hpp"

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/codes.hpp"
#include "disposable.hpp"

namespace dbctl::cli {
namespace test {

proof::Subject subject(Context& context) {
  if (context.in_memory())
    throw Error(codes::proof_impossible, {.summary = "a database in memory is gone with its session",
                                          .where = context.target(),
                                          .next = {"take an environment with a file or a server"}});
  demand_disposable(context);
  return {.driver = context.driver(),
          .options = context.options(),
          .settings = context.settings(),
          .catalog = context.catalog(),
          .known = context.known_targets()};
}

/// No live line: it has a thread, and a process with one cannot be forked.
proof::Tell tell(Context& context) {
  return [&out = context.out](const std::string& line) { out.note(line); };
}

Exit finish(Context& context, const std::string& proof, bool proven, const std::vector<proof::Failure>& failures,
            const std::vector<std::string>& notes, Json document) {
  auto& out = context.out;
  auto documents = Json::array();
  for (const auto& failure : failures) {
    out.data(fmt::format("{} {}\n", out.paint(Style::bad, "not proven:"), printable(failure.where)));
    for (const auto& line : failure.lines) out.data(fmt::format("  {}\n", printable(line)));
    documents.push_back({{"where", failure.where}, {"lines", failure.lines}});
  }
  for (const auto& note : notes) out.note(note);
  document["proof"] = proof;
  document["proven"] = proven;
  document["failures"] = documents;
  document["notes"] = notes;
  out.document(document);
  return proven ? Exit::done : Exit::failed;
}

}  // namespace test

namespace {

enum class Proof : unsigned char { crash, roundtrip, parity, lock };

class Test : public Command {
  void declare(Arguments& a) override {
    a.action<Proof>(
        proof_,
        {{"crash", Proof::crash}, {"roundtrip", Proof::roundtrip}, {"parity", Proof::parity}, {"lock", Proof::lock}},
        "crash: interrupted anywhere, the next run finishes; roundtrip: up, down and up is the same; "
        "parity: the same on all of --environments A,B,C; lock: of many runners one works");
    a.list({"--migrations"}, flags_.migrations, "A,B", "crash, roundtrip: only these, by version or name (all)");
    a.choice<proof::Kill>(
        {"--kill"}, flags_.kill,
        {{"process", proof::Kill::process}, {"connection", proof::Kill::connection}, {"server", proof::Kill::server}},
        "crash: what is killed: dbctl, its session, or the server");
    a.choice<migrate::Direction>({"--direction"}, flags_.direction,
                                 {{"up", migrate::Direction::up}, {"down", migrate::Direction::down}},
                                 "crash: of migrate, or of rollback");
    a.number({"--points"}, flags_.points, "N", "crash: only N points, spread evenly (all; 20 for --kill server)");
    a.number({"-j", "--runners"}, flags_.runners, "N", "lock: how many at once (32)");
  }

  Exit run(Context& context) override {
    switch (proof_) {
      case Proof::crash:
        return test::crash(context, flags_);
      case Proof::roundtrip:
        return test::roundtrip(context, flags_);
      case Proof::parity:
        return test::parity(context, flags_);
      case Proof::lock:
        return test::lock(context, flags_);
    }
    return Exit::bug;
  }

  Proof proof_ = Proof::crash;
  test::Flags flags_;
};

}  // namespace

std::unique_ptr<Command> make_test() {
  return std::make_unique<Test>();
}

}  // namespace dbctl::cli
