#pragma once

namespace dbctl {

/// One visitor from several lambdas: `std::visit(overloaded{[](int) {…}, [](const std::string&) {…}}, variant)`.
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

}  // namespace dbctl
