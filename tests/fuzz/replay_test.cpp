// Without a fuzzer: each target gets the seeds and the inputs that once broke it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>

#include <gtest/gtest.h>

#include "dbctl/base/error.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

struct Target {
  std::string name;
  std::string kind;
  std::function<void(std::string_view)> check;

  friend void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }
};

const Target targets[] = {
#define DBCTL_FUZZ_TARGET(function, kind) {#function, #kind, function},
#include "fuzz/targets.def"
#undef DBCTL_FUZZ_TARGET
};

const std::filesystem::path regressions = DBCTL_SOURCE_DIR "/tests/fuzz/regressions";

std::size_t replay(const std::filesystem::path& folder, const Target& target) {
  std::size_t inputs = 0;
  if (!std::filesystem::exists(folder)) return inputs;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string input{std::istreambuf_iterator(file), {}};
    EXPECT_NO_THROW(target.check(input)) << entry.path();
    ++inputs;
  }
  return inputs;
}

class Replay : public testing::TestWithParam<Target> {};

TEST_P(Replay, seeds) {
  EXPECT_GE(replay(std::filesystem::path(DBCTL_SEEDS) / GetParam().kind, GetParam()), 20U)
      << "tests/fuzz/seeds.py makes them";
}

TEST_P(Replay, whatOnceBroke) {
  replay(regressions / GetParam().name, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Replay, testing::ValuesIn(targets),
                         [](const auto& target) { return target.param.name; });

TEST(Regressions, belongToATarget) {
  for (const auto& folder : std::filesystem::directory_iterator(regressions)) {
    const auto name = folder.path().filename().string();
    EXPECT_TRUE(std::ranges::any_of(targets, [&](const Target& target) { return target.name == name; })) << name;
  }
}

// What the targets rest on.
TEST(Require, throwsWhereAPropertyDoesNotHold) {
  EXPECT_NO_THROW(require(true, "one is one"));
  EXPECT_THROW(require(false, "one is two"), Broken);
}

}  // namespace
}  // namespace dbctl::fuzz
