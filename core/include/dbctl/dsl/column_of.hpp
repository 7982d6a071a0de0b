#pragma once
#include <string_view>
#include <tuple>
#include <type_traits>

namespace dbctl {

/// The name of the column that is this member, by the model's mapping(); empty: it is none.
template <class Model, class Member>
constexpr std::string_view column_of(Member Model::*member) {
  std::string_view name;
  const auto check = [&](const auto& one) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one.member)>, Member Model::*>)
      if (one.member == member) name = one.name;
  };
  std::apply([&](const auto&... columns) { (check(columns), ...); }, Model::mapping().columns);
  return name;
}

}  // namespace dbctl
