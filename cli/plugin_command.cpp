#include "plugin_command.hpp"

namespace dbctl::cli {
namespace {

class PluginContext final : public plugin::CommandContext {
 public:
  PluginContext(Context& context, std::vector<std::string> arguments)
      : context_(context), arguments_(std::move(arguments)) {}

  const std::vector<std::string>& arguments() const override { return arguments_; }
  const driver::Driver& driver() override { return context_.driver(); }
  driver::Connection& connection() override { return database().connection(); }
  const sql::Dialect& dialect() override { return database().dialect(); }
  void print(std::string_view text) override {
    context_.out.data(text);
    printed_ += text;
  }
  const std::string& printed() const { return printed_; }

 private:
  journal::Database& database() {
    auto& database = context_.database();
    if (!checked_) database.read();  // refuses another environment's database
    checked_ = true;
    return database;
  }

  Context& context_;
  const std::vector<std::string> arguments_;
  std::string printed_;
  bool checked_ = false;
};

}  // namespace

Exit run_plugin_command(Context& context, plugin::Command& command, std::vector<std::string> arguments) {
  PluginContext given(context, std::move(arguments));
  const auto exit = command.run(given);
  context.out.document({{"output", given.printed()}});
  return exit;
}

}  // namespace dbctl::cli
