#include "dbctl/plugin/info.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "check.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "elf.hpp"

namespace dbctl::plugin {

namespace {

/// The note's value of a key; empty when it has none.
std::string_view value(std::string_view note, std::string_view key) {
  while (!note.empty()) {
    const std::string_view line = note.substr(0, note.find('\0'));
    if (line.size() > key.size() && line.substr(0, key.size()) == key && line[key.size()] == '=') {
      return line.substr(key.size() + 1);
    }
    note.remove_prefix(std::min(line.size() + 1, note.size()));
  }
  return {};
}

std::uint32_t number(std::string_view text) {
  std::uint32_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

std::vector<std::string> names(std::string_view list) {
  std::vector<std::string> all;
  for (const std::string& part : text::split(list, ',')) {
    if (const auto name = text::trim(part); !name.empty()) all.emplace_back(name);
  }
  return all;
}

std::string built_for(std::string_view version, std::uint32_t abi, std::string_view toolchain) {
  return fmt::format("dbctl {}, ABI {}, {}", version, abi, toolchain);
}

}  // namespace

std::string_view to_string(PluginKind kind) noexcept {
  switch (kind) {
    case PluginKind::driver:
      return "driver";
    case PluginKind::domain:
      return "domain";
    case PluginKind::command:
      return "command";
  }
  return "unknown";
}

std::string file_name(PluginKind kind, std::string_view name) {
  return fmt::format("libdbctl_{}_{}.so", to_string(kind), name);
}

HostInfo host_info() noexcept {
  return {.abi = DBCTL_PLUGIN_ABI, .toolchain = DBCTL_PLUGIN_TOOLCHAIN, .version = DBCTL_VERSION};
}

void check_build(const std::filesystem::path& file, std::uint32_t abi, std::string_view toolchain,
                 std::string_view version) {
  const HostInfo host = host_info();
  if (abi == host.abi && toolchain == host.toolchain) return;
  const bool both = abi != host.abi && toolchain != host.toolchain;
  const std::string_view differs = both              ? "the ABI and the toolchain differ"
                                   : abi != host.abi ? "the ABI differs"
                                                     : "the toolchain differs";
  throw Error(codes::plugin_abi,
              {.summary = fmt::format("the plugin was built for another dbctl: {}", differs),
               .where = file.string(),
               .why = fmt::format("the plugin: {}\nthis dbctl: {}", built_for(version, abi, toolchain),
                                  built_for(host.version, host.abi, host.toolchain)),
               .next = {"rebuild the plugin against this dbctl, with the same compiler"}});
}

void check_kind(const std::filesystem::path& file, PluginKind wanted, std::string_view found) {
  if (found == to_string(wanted)) return;
  throw Error(codes::plugin_kind,
              {.summary = fmt::format("the plugin is a {}, not a {}", found, to_string(wanted)),
               .where = file.string(),
               .why = fmt::format("its file's name says {}, the plugin in it says {}", to_string(wanted), found),
               .next = {fmt::format("rename it to libdbctl_{}_NAME.so, or install the right file", found)}});
}

void check_name(const std::filesystem::path& file, std::string_view wanted, std::string_view found) {
  if (found == wanted) return;
  throw Error(codes::plugin_name,
              {.summary = fmt::format("the plugin is named \"{}\", not \"{}\"", found, wanted),
               .where = file.string(),
               .why = "the name in the plugin must equal the one in its file's name",
               .next = {"give the file its own name back, or change the name in the plugin's macro and rebuild it"}});
}

void examine(PluginInfo& info) {
  const ElfFacts facts = read_elf(info.file);
  if (!facts.has_note) {
    throw Error(
        codes::plugin_not_plugin,
        {.summary = "the library is not a dbctl plugin",
         .where = info.file.string(),
         .why = "it has no dbctl note",
         .next = {
             "build it with DBCTL_DRIVER_PLUGIN, DBCTL_DOMAIN_PLUGIN or DBCTL_COMMAND_PLUGIN in one of its sources"}});
  }
  info.abi = number(value(facts.note, "abi"));
  info.toolchain = value(facts.note, "toolchain");
  info.version = value(facts.note, "version");
  info.answers = names(value(facts.note, "answers"));
  info.build_id = facts.build_id;
  check_build(info.file, info.abi, info.toolchain, info.version);
  check_kind(info.file, info.kind, value(facts.note, "kind"));
  check_name(info.file, info.name, value(facts.note, "name"));
}

PluginInfo inspect(PluginKind kind, std::string_view name, const std::filesystem::path& file) {
  PluginInfo info{.kind = kind, .name = std::string(name), .file = file};
  examine(info);
  return info;
}

}  // namespace dbctl::plugin
