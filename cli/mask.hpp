#pragma once
#include <string>
#include <vector>

namespace dbctl::cli {

/// Hides what looks like a URL in `words`, the command line, wherever it comes back: it may hold a password, and where
/// it ends in another text only its whole tells.
class Mask {
 public:
  explicit Mask(const std::vector<std::string>& words);
  std::string operator()(std::string text) const;

 private:
  std::vector<std::string> urls_;  ///< longest first
};

/// Hides what follows `scheme://` where it has a user, a password or a port, as a URL in the place of a host's name
/// has.
std::string without_urls(std::string text);

}  // namespace dbctl::cli
