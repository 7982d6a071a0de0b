#include "fuzz/configuration.hpp"

#include "dbctl/base/text.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {

void check_refusals(const std::function<void()>& read, const std::function<bool(const Error&)>& quotes) {
  try {
    read();
  } catch (const Error& error) {
    const auto& [summary, where, why, next] = error.details();
    require(error.code().id.starts_with("DBCTL-ENV-"), "only errors of environments are thrown");
    require(!summary.empty() && !where.empty() && !next.empty(), "an error says what, where and what to do");
    const auto said = summary + where + why + text::join(next, "");
    require(said.find(secret) == std::string::npos || quotes(error), "no error repeats what may be a secret");
  }
}

}  // namespace dbctl::fuzz
