#pragma once
#include <string>

#include "dbctl/base/error.hpp"

namespace dbctl::test {

/// All parts of an error, one a line: `CODE summary`, `at where`, `because why`, `-> next`.
inline std::string whole_text(const Error& error) {
  const auto& details = error.details();
  std::string text = std::string(error.code().id) + " " + details.summary;
  if (!details.where.empty()) text += "\nat " + details.where;
  if (!details.why.empty()) text += "\nbecause " + details.why;
  for (const auto& next : details.next) text += "\n-> " + next;
  return text;
}

/// What `call` throws, whole; "no error" when it returns.
template <class Call>
std::string error_text(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return whole_text(error);
  }
  return "no error";
}

}  // namespace dbctl::test
