#pragma once
#include <string>
#include <utility>

namespace dbctl {

/// A text that must not be seen: it has no stream operator, no formatter and no comparison with plain text. Only a
/// driver's `connection.cpp` calls `reveal()`.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  const std::string& reveal() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace dbctl
