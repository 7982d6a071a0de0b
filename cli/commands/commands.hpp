#pragma once
#include <memory>

#include "command.hpp"

namespace dbctl::cli {

std::unique_ptr<Command> make_migrate();
std::unique_ptr<Command> make_rollback();
std::unique_ptr<Command> make_redo();
std::unique_ptr<Command> make_fresh();
std::unique_ptr<Command> make_seed();
std::unique_ptr<Command> make_status();
std::unique_ptr<Command> make_plan();
std::unique_ptr<Command> make_history();
std::unique_ptr<Command> make_validate();
std::unique_ptr<Command> make_repair();
std::unique_ptr<Command> make_test();
std::unique_ptr<Command> make_init();
std::unique_ptr<Command> make_dev();
std::unique_ptr<Command> make_make();
std::unique_ptr<Command> make_create();
std::unique_ptr<Command> make_drop();
std::unique_ptr<Command> make_wait();
std::unique_ptr<Command> make_ping();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_env();
std::unique_ptr<Command> make_plugin();
std::unique_ptr<Command> make_errors();
std::unique_ptr<Command> make_completion();

}  // namespace dbctl::cli
