#include "dbctl/plugin/command.hpp"

namespace dbctl::plugin {

CommandContext::~CommandContext() = default;
Command::~Command() = default;

}  // namespace dbctl::plugin
