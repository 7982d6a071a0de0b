#include "support.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "dbctl/base/text.hpp"
#include "support/error_text.hpp"

namespace dbctl::plugin::tests {

namespace {

fs::path named(std::string_view plugin) {
  return fmt::format("libdbctl_{}.so", plugin);
}

}  // namespace

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "dbctl-plugin-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp " + pattern);
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;  // a leftover in the temporary folder harms nobody
  fs::remove_all(path_, ignored);
}

fs::path Folder::add(std::string_view fixture, std::string_view as) const {
  const fs::path file = path_ / named(as.empty() ? fixture : as);
  fs::copy_file(fs::path(DBCTL_FIXTURES) / named(fixture), file);
  return file;
}

fs::path Folder::write(std::string_view plugin, std::string_view content) const {
  const fs::path file = path_ / named(plugin);
  tests::write(file, content);
  return file;
}

PluginHost Folder::host() const {
  return PluginHost({.directories = {path_}, .executable = path_ / "prefix/bin/dbctl"});
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, std::string_view content) {
  std::ofstream out(file, std::ios::binary);
  out << content;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

void patch(const fs::path& file, std::string_view from, std::string_view to) {
  std::string bytes = read(file);
  const auto at = bytes.find(from);
  if (at == std::string::npos || bytes.find(from, at + 1) != std::string::npos || from.size() != to.size()) {
    throw std::runtime_error(fmt::format("{} is not exactly once in {}", from, file.string()));
  }
  bytes.replace(at, from.size(), to);
  write(file, bytes);
}

std::string error_of(const std::function<void()>& action, const fs::path& folder) {
  try {
    action();
  } catch (const Error& e) {
    const std::string all = fmt::format("exit {} {}\n", static_cast<int>(e.code().exit), test::whole_text(e));
    return text::replace_all(all, folder.string(), "DIR");
  }
  return "no error";
}

}  // namespace dbctl::plugin::tests
