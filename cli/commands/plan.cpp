#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/codes.hpp"
#include "offline.hpp"
#include "reports.hpp"

namespace dbctl::cli {
namespace {

std::string text_of(const sql::ServerInfo& server) {
  const auto& v = server.version;
  return v.major == 0 ? server.product : fmt::format("{} {}.{}", server.product, v.major, v.minor);
}

void write_file(const std::string& file, const std::string& text) {
  errno = 0;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return;
  throw Error(codes::output_failed, {.summary = fmt::format("{} could not be written", file),
                                     .where = "-o",
                                     .why = errno != 0 ? std::strerror(errno) : "",
                                     .next = {"give -o a file in a folder that exists and that you may write to"}});
}

class Plan : public Command {
  void declare(Arguments& a) override {
    a.value({"--driver"}, driver_, "NAME", "for this database from nothing, without connecting to one");
    a.flag({"--sql"}, sql_, "the statements themselves");
    a.value({"-o", "--output"}, file_, "FILE", "write the text to a file");
    a.value({"--to"}, request_.to, "VERSION", "the last migration to plan: its version or name");
    a.number({"--steps"}, request_.steps, "N", "at most so many migrations");
    a.choice<migrate::OutOfOrder>({"--out-of-order"}, request_.out_of_order,
                                  {{"fail", migrate::OutOfOrder::fail}, {"apply", migrate::OutOfOrder::apply}},
                                  "a pending migration older than an applied one: an error, or planned");
    a.exclusive({"--to", "--steps"});
  }

  Exit run(Context& context) override {
    request_.domain = context.domain();
    if (driver_) {
      const auto offline = offline_target(context, *driver_);
      return show(context, offline.target, offline.driver->info().name, {});
    }
    const auto state = context.read();
    return show(context, context.migration_target(), context.driver().info().name, state);
  }

  Exit show(Context& context, const migrate::Target& target, const std::string& driver,
            const journal::State& state) const {
    const auto plan = migrate::plan_up(context.catalog(), state, target, request_);
    const auto sql = sql_ ? migrate::to_sql(plan, target) : "";
    const auto text = sql_ ? sql : cli::text_of(context, plan);
    if (plan.migrations.empty()) context.out.note("Nothing to migrate.");
    if (file_) {
      write_file(context.globals.path(*file_), text);
    } else {
      context.out.data(text);
    }
    auto document = document_of(plan);
    document["driver"] = driver;
    document["server"] = text_of(target.dialect->info().server);
    if (sql_) document["sql"] = sql;
    context.out.document(document);
    return Exit::done;
  }

  migrate::UpRequest request_;
  std::optional<std::string> driver_, file_;
  bool sql_ = false;
};

}  // namespace

std::unique_ptr<Command> make_plan() {
  return std::make_unique<Plan>();
}

}  // namespace dbctl::cli
