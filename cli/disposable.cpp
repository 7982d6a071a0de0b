#include "disposable.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

[[noreturn]] void refuse(Context& context, std::string why) {
  throw Error(codes::policy_disposable,
              {.summary = fmt::format("`dbctl test` drops {} again and again", context.target()),
               .why = std::move(why),
               .next = {"name an environment for it: dbctl test … --env NAME",
                        "write disposable: true in its file, if nobody needs what is in its database"}});
}

void check_stamp(Context& context) {
  if (context.file_is_missing()) return;
  try {
    journal::Database(context.driver(), context.options(), context.settings()).read_unfinished();
  } catch (const Error& error) {
    if (error.code() != codes::connection_database) throw;
  }
}

}  // namespace

void demand_disposable(Context& context) {
  const auto& environment = context.environment();
  if (environment.anonymous) refuse(context, "no environment is named");
  if (!environment.disposable)
    refuse(context, fmt::format("environment \"{}\" is not disposable", environment.name.value_or("")));
  const auto other = environment.replaced_by(context.driver().info());
  if (!other.empty())
    refuse(context, fmt::format("environment \"{}\" is disposable, but its connection is not its own: {}",
                                environment.name.value_or(""), other));
  context.wait_for(context.globals.wait.value_or(std::chrono::milliseconds(0)), [&] { check_stamp(context); });
}

bool is_disposable(Context& context) {
  const auto& environment = context.environment();
  return !environment.anonymous && environment.disposable && environment.replaced_by(context.driver().info()).empty();
}

}  // namespace dbctl::cli
