#include "proof/samples.hpp"

#include "dbctl/base/digest.hpp"

namespace dbctl::proof {
namespace {

using schema::TypeKind;

constexpr std::size_t beyond_what_is_there = 20'000;

std::string two_digits(std::size_t n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

/// Short enough for the smallest type, in a few characters.
std::string word(std::size_t n, std::size_t longest) {
  constexpr std::string_view letters = "zyxwvutsrqponmlkjihgfedcba";
  std::string out;
  for (std::size_t rest = n; out.size() < longest && (out.empty() || rest > 0); rest /= letters.size())
    out += letters[rest % letters.size()];
  return longest > 8 ? "dbctl " + out : out;
}

Decimal decimal(const schema::Type& type, std::size_t n) {
  const auto whole = type.size > type.scale ? std::to_string(1 + n % 9) : std::string("0");
  return {type.scale == 0 ? whole : whole + "." + std::string(type.scale - 1, '0') + std::to_string(1 + n / 9 % 9)};
}

}  // namespace

Value sample(const schema::Type& type, std::size_t n) {
  switch (type.kind) {
    case TypeKind::boolean:
      return n % 2 == 0;
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
      return static_cast<std::int64_t>(beyond_what_is_there + n);
    case TypeKind::decimal:
      return decimal(type, n);
    case TypeKind::real:
    case TypeKind::double_:
      return static_cast<double>(n) + 0.5;
    case TypeKind::string:
      return word(n, type.size);
    case TypeKind::character: {
      auto exact = word(n, type.size);
      exact.resize(type.size, 'z');
      return exact;
    }
    case TypeKind::text:
      return word(n, 100);
    case TypeKind::uuid:
      return Uuid{uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", std::to_string(n))};
    case TypeKind::binary:
      return Bytes{word(n, type.size == 0 ? 100 : type.size)};
    case TypeKind::date:
      return Date{"2024-01-" + two_digits(1 + n % 28)};
    case TypeKind::time:
      return Time{"09:00:" + two_digits(n % 60) + ".000001"};
    case TypeKind::timestamp:
      return Timestamp{"2024-01-15 09:00:" + two_digits(n % 60) + ".000001"};
    case TypeKind::json:
      return Json{"{\"n\":" + std::to_string(n) + "}"};
    case TypeKind::text_array:
      return TextArray{{"a", std::to_string(n)}};
    case TypeKind::enumeration:
      return type.values[n % type.values.size()];
  }
  return Null{};
}

Value extreme(const schema::Type& type) {
  constexpr std::string_view squid = "\xF0\x9F\xA6\x91";
  switch (type.kind) {
    case TypeKind::smallint:
      return std::int64_t{INT16_MAX};
    case TypeKind::integer:
      return std::int64_t{INT32_MAX};
    case TypeKind::bigint:
      return std::int64_t{INT64_MAX};
    case TypeKind::decimal: {
      const auto whole = type.size > type.scale ? std::string(type.size - type.scale, '9') : std::string("0");
      return Decimal{type.scale == 0 ? whole : whole + "." + std::string(type.scale, '9')};
    }
    case TypeKind::string:
    case TypeKind::character: {
      std::string out;
      for (std::uint32_t i = 0; i < type.size; ++i) out += squid;
      return out;
    }
    case TypeKind::text:
      return std::string(squid) + "\n'\"\\";
    case TypeKind::text_array:
      return TextArray{{std::string(squid), "a\"b", ""}};
    case TypeKind::json:
      return Json{"{\"text\":\"" + std::string(squid) + "\"}"};
    case TypeKind::timestamp:
      return Timestamp{"2024-02-29 23:59:59.999999"};
    default:
      return sample(type, 3);
  }
}

}  // namespace dbctl::proof
