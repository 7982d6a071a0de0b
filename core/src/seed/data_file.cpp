#include <algorithm>
#include <array>

#include "seed/data.hpp"

namespace dbctl::seed {
namespace {

struct Format {
  std::string_view ending;
  std::vector<Record> (*parse)(std::string_view text, const std::string& file);
};
constexpr std::array<Format, 4> formats{
    {{".json", parse_json}, {".csv", parse_csv}, {".yaml", parse_yaml}, {".yml", parse_yaml}}};

const Format* format_of(std::string_view file) {
  const auto* const found =
      std::ranges::find_if(formats, [&](const Format& format) { return file.ends_with(format.ending); });
  return found == formats.end() ? nullptr : found;
}

}  // namespace

bool is_data_file(std::string_view file) {
  return format_of(file) != nullptr;
}

std::vector<Record> parse_data(std::string_view text, const std::string& file) {
  const auto* const format = format_of(file);
  return format == nullptr ? parse_json(text, file) : format->parse(text, file);
}

}  // namespace dbctl::seed
