#pragma once
#include <cstdint>
#include <memory>

#include "dbctl/base/export.hpp"
#include "dbctl/plugin/toolchain.hpp"

namespace dbctl::driver {
class Driver;
}
namespace dbctl::dsl {
struct MigrationNode;
struct SeederNode;
struct EmbeddedFile;
}  // namespace dbctl::dsl

/// The boundary between dbctl and a plugin: one constant object, `extern "C"` and named `dbctl_plugin`, and an ELF note
/// that repeats what must be known before any of the plugin's code runs.
namespace dbctl::plugin {

enum class PluginKind : std::uint32_t { driver = 1, domain = 2, command = 3 };

/// A plugin that adds a command to the command line.
class Command;

/// Takes what a domain holds. A call, not data, so that the plugin decides nothing about order or names.
class DBCTL_API CatalogBuilder {
 public:
  /// The heads of the domain's lists, any of which may be null. The nodes live as long as the process.
  virtual void add(const dsl::MigrationNode* first_migration, const dsl::SeederNode* first_seeder,
                   const dsl::EmbeddedFile* first_file) = 0;

 protected:
  virtual ~CatalogBuilder();
};

/// Append-only: members are never removed, reordered or given another meaning. The function of the plugin's own kind is
/// set, the others are null.
struct PluginDescriptor {
  static constexpr std::uint32_t magic_number = 0x74636264;  ///< "dbct"

  std::uint32_t magic;  ///< magic_number
  std::uint32_t size;   ///< of this struct, as the plugin was compiled
  std::uint32_t abi;    ///< DBCTL_PLUGIN_ABI
  PluginKind kind;
  const char* toolchain;      ///< DBCTL_PLUGIN_TOOLCHAIN
  const char* dbctl_version;  ///< of the headers, for messages
  const char* name;           ///< equals the one in the file's name
  std::unique_ptr<driver::Driver> (*make_driver)();
  void (*register_domain)(CatalogBuilder&);
  std::unique_ptr<Command> (*make_command)();
};

}  // namespace dbctl::plugin
