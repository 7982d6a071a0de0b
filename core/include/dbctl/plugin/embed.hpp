#pragma once
#include "dbctl/dsl/seeder.hpp"

/// DBCTL_EMBED(number, "data/x.json", "/absolute/path/data/x.json") puts a file into a domain plugin. Only the file
/// that dbctl_add_domain generates says this; the number is its own in that file. Assembler, because compilers of today
/// have no #embed and because a million rows cost no compile time this way.
// clang-format off
#define DBCTL_EMBED(N, NAME, FILE)                                            \
  __asm__(".pushsection .rodata\n"                                            \
          ".hidden dbctl_data_begin_" #N ", dbctl_data_end_" #N "\n"          \
          ".globl dbctl_data_begin_" #N ", dbctl_data_end_" #N "\n"           \
          "dbctl_data_begin_" #N ":\n"                                        \
          ".incbin \"" FILE "\"\n"                                            \
          "dbctl_data_end_" #N ":\n"                                          \
          ".byte 0\n"                                                         \
          ".popsection\n");                                                   \
  extern "C" __attribute__((visibility("hidden"))) const char dbctl_data_begin_##N[], dbctl_data_end_##N[]; \
  static const ::dbctl::dsl::embedded_file dbctl_data_##N{NAME, dbctl_data_begin_##N, dbctl_data_end_##N};
// clang-format on
