#pragma once
#include "dbctl/plugin/descriptor.hpp"

/// The one line that makes a shared library a plugin. Exactly one of these macros stands once in each plugin, at file
/// scope; the plugin's name equals the one in its file's name, which dbctl_add_driver, dbctl_add_domain and
/// dbctl_add_command see to.

/// DBCTL_DRIVER_PLUGIN(name, Class) or DBCTL_DRIVER_PLUGIN(name, Class, "product,scheme,…")
/// The driver `Class`, which has a constructor without arguments. The text lists what the driver answers to besides its
/// name, separated by commas: the products and URL schemes of its DriverInfo. They are known without loading it.
#define DBCTL_DRIVER_PLUGIN(NAME, ...)                                         \
  DBCTL_DETAIL_NOTE("driver", #NAME, DBCTL_DETAIL_SECOND(__VA_ARGS__, "", "")) \
  DBCTL_DETAIL_DESCRIPTOR(                                                     \
      driver, #NAME,                                                           \
      []() -> std::unique_ptr<::dbctl::driver::Driver> {                       \
        return std::make_unique<DBCTL_DETAIL_FIRST(__VA_ARGS__, )>();          \
      },                                                                       \
      nullptr, nullptr)

/// The migrations, seeders and data files compiled into this library. Include <dbctl/domain.hpp>.
#define DBCTL_DOMAIN_PLUGIN(NAME)                                                                         \
  DBCTL_DETAIL_NOTE("domain", #NAME, "")                                                                  \
  DBCTL_DETAIL_DESCRIPTOR(                                                                                \
      domain, #NAME, nullptr,                                                                             \
      [](::dbctl::plugin::CatalogBuilder& builder) {                                                      \
        builder.add(::dbctl::dsl::first_migration, ::dbctl::dsl::first_seeder, ::dbctl::dsl::first_file); \
      },                                                                                                  \
      nullptr)

/// The command `dbctl NAME`, done by `Class`, which has a constructor without arguments. Include
/// <dbctl/plugin/command.hpp>.
#define DBCTL_COMMAND_PLUGIN(NAME, CLASS)                   \
  DBCTL_DETAIL_NOTE("command", #NAME, "")                   \
  DBCTL_DETAIL_DESCRIPTOR(command, #NAME, nullptr, nullptr, \
                          []() -> std::unique_ptr<::dbctl::plugin::Command> { return std::make_unique<CLASS>(); })

#ifndef DBCTL_VERSION
#define DBCTL_VERSION "unknown"  // CMake defines it
#endif

#define DBCTL_DETAIL_FIRST(A, ...) A
#define DBCTL_DETAIL_SECOND(A, B, ...) B

// The note: an allocated section, so that it survives strip, of the type that linkers keep. Its text is a list of
// key=value, each ended by a zero byte, to which later versions add. Assembler, because no attribute gives a C++ object
// exactly this section type and layout with every compiler and sanitizer.
// clang-format off
#define DBCTL_DETAIL_NOTE(KIND, NAME, ANSWERS)                  \
  __asm__(".pushsection .note.dbctl, \"a\", %note\n"            \
          ".balign 4\n"                                         \
          ".long 6, .Ldbctl_note_end - .Ldbctl_note_begin, 1\n" \
          ".asciz \"dbctl\"\n"                                  \
          ".balign 4\n"                                         \
          ".Ldbctl_note_begin:\n"                               \
          ".asciz \"abi=" DBCTL_DETAIL_TEXT(DBCTL_PLUGIN_ABI) "\"\n" \
          ".asciz \"kind=" KIND "\"\n"                          \
          ".asciz \"name=" NAME "\"\n"                          \
          ".asciz \"toolchain=" DBCTL_PLUGIN_TOOLCHAIN "\"\n"   \
          ".asciz \"version=" DBCTL_VERSION "\"\n"              \
          ".asciz \"answers=" ANSWERS "\"\n"                    \
          ".Ldbctl_note_end:\n"                                 \
          ".balign 4\n"                                         \
          ".popsection\n");
// clang-format on

#define DBCTL_DETAIL_DESCRIPTOR(KIND, NAME, MAKE_DRIVER, REGISTER_DOMAIN, MAKE_COMMAND)    \
  extern "C" {                                                                             \
  extern DBCTL_API const ::dbctl::plugin::PluginDescriptor dbctl_plugin;                   \
  __attribute__((used)) constinit const ::dbctl::plugin::PluginDescriptor dbctl_plugin = { \
      ::dbctl::plugin::PluginDescriptor::magic_number,                                     \
      sizeof(::dbctl::plugin::PluginDescriptor),                                           \
      DBCTL_PLUGIN_ABI,                                                                    \
      ::dbctl::plugin::PluginKind::KIND,                                                   \
      DBCTL_PLUGIN_TOOLCHAIN,                                                              \
      DBCTL_VERSION,                                                                       \
      NAME,                                                                                \
      MAKE_DRIVER,                                                                         \
      REGISTER_DOMAIN,                                                                     \
      MAKE_COMMAND};                                                                       \
  }
