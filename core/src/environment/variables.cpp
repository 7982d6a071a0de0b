#include "environment/variables.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace dbctl::environment {

const std::string& Variable::get() const {
  if (failure) throw Error(*failure);
  return value;
}

VariableStack::VariableStack(const Variables& process, std::string advice) : advice_(std::move(advice)) {
  auto& layer = layers_.emplace_back();
  for (const auto& [name, value] : process) layer.emplace(name, Variable{.value = value, .origin = name});
}

void VariableStack::add_file(std::vector<Assignment> assignments) {
  layers_.emplace(layers_.begin() + 1);
  for (auto& [name, value, where, malformed] : assignments) {
    Variable variable{.value = {}, .origin = fmt::format("{} ({})", where, name), .failure = std::move(malformed)};
    if (!variable.failure) {
      try {
        variable.value = expand(value, variable.origin);
      } catch (const Error& error) {
        variable.failure = error;
      }
    }
    layers_[1].emplace(std::move(name), std::move(variable));
  }
}

const Variable* VariableStack::find(std::string_view name) const {
  for (const auto& layer : layers_) {
    if (const auto found = layer.find(name); found != layer.end()) return &found->second;
  }
  return nullptr;
}

std::string VariableStack::expand(const Template& value, const std::string& where) const {
  const auto lookup = [this](std::string_view name) -> std::optional<std::string> {
    const Variable* variable = find(name);
    return variable ? std::optional(variable->get()) : std::nullopt;
  };
  return environment::expand(value, lookup, where, advice_);
}

Variables process_variables() {
  Variables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      variables.try_emplace(std::string(text.substr(0, equals)), text.substr(equals + 1));
  }
  return variables;
}

}  // namespace dbctl::environment
