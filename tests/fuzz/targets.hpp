#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

/// What must hold for any input whatever. Each target is a function of the input's bytes, called by a fuzzer (clang's)
/// and, with the inputs that are known, by a test (any compiler's).
namespace dbctl::fuzz {

/// A property that an input breaks. Everything else that leaves a target is a finding too.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* property) {
  if (!holds) throw Broken(property);
}

#define DBCTL_FUZZ_TARGET(function, kind) void function(std::string_view input);
#include "fuzz/targets.def"
#undef DBCTL_FUZZ_TARGET

}  // namespace dbctl::fuzz
