/// `describe ENVIRONMENT`: prints what is in its database, dbctl's own tables left out, as canonical text.
#include <iostream>

#include "dbctl/environment/environment.hpp"
#include "dbctl/plugin/host.hpp"
#include "dbctl/schema/fold.hpp"

int main(int argc, char** argv) {
  using namespace dbctl;
  if (argc != 2) {
    std::cerr << "usage: describe ENVIRONMENT\n";
    return 2;
  }
  try {
    plugin::PluginHost host(plugin::search_settings({DBCTL_PLUGIN_DIR}));
    const auto environment = environment::load({.name = argv[1], .variables = environment::process_variables()});
    const auto& driver = host.load_driver(environment.required_driver());
    auto found = driver.connect(environment.options(driver.info()))->describe();
    std::erase_if(found.tables, [](const auto& named) { return named.first.starts_with("dbctl_"); });
    std::cout << schema::canonical(found);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
