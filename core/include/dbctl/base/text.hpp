#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"

/// Text helpers without a home elsewhere. ASCII rules only; UTF-8 passes through untouched.
namespace dbctl::text {

DBCTL_API std::string lower(std::string_view s);
DBCTL_API std::string upper(std::string_view s);
DBCTL_API std::string_view trim(std::string_view s);
DBCTL_API std::vector<std::string> split(std::string_view s, char separator);  ///< "a,,b" gives three parts
DBCTL_API std::string join(const std::vector<std::string>& parts, std::string_view separator);
DBCTL_API std::string replace_all(std::string s, std::string_view from, std::string_view to);
/// "1 row", "2 rows"; `plural` is given where adding s is wrong.
DBCTL_API std::string count(std::size_t n, std::string_view singular, std::string_view plural = {});
/// The candidate nearest to `word` (optimal string alignment distance of at most a third of its length, case
/// does not count), the first of several equally near; if any.
DBCTL_API std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);
/// `did you mean "x"?`, or `known: a, b, c` (sorted, twelve at most) when none is near; empty without candidates.
DBCTL_API std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace dbctl::text
