#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dbctl::mysql {

/// The first number in a JSON text that MySQL would give back as another one, as written. It keeps integers of 64 bits
/// exactly and every other number as a double (MySQL manual, "The JSON Data Type"). Empty for none, and for a text that
/// is no JSON, which the server refuses itself.
std::optional<std::string> inexact_number(std::string_view json);

}  // namespace dbctl::mysql
