#include "dbctl/schema/coerce.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "schema/coerce_parts.hpp"

namespace dbctl::schema {
namespace coercion {
namespace {

constexpr std::size_t shown = 60;

std::string shortened(std::string text) {
  if (text.size() <= shown) return text;
  return fmt::format("{}...", utf8::prefix(text, shown - 3));
}

bool boolean(const Value& value, const Type& type) {
  if (const auto* b = std::get_if<bool>(&value)) return *b;
  if (const auto* n = std::get_if<std::int64_t>(&value); n && (*n == 0 || *n == 1)) return *n == 1;
  if (const auto* s = std::get_if<std::string>(&value)) {
    const auto word = text::lower(*s);
    if (word == "true" || word == "t" || word == "1") return true;
    if (word == "false" || word == "f" || word == "0") return false;
  }
  misfit(value, type);
}

std::int64_t whole_number(const Value& value, const Type& type) {
  if (std::holds_alternative<bool>(value)) misfit(value, type);
  std::int64_t n = 0;
  try {
    n = to_int(value);
  } catch (const std::invalid_argument&) {
    misfit(value, type);
  }
  const int bits = type.kind == TypeKind::smallint ? 16 : type.kind == TypeKind::integer ? 32 : 64;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() >> (64 - bits);
  if (n > most || n < -most - 1) misfit(value, type, fmt::format("it holds {} to {}", -most - 1, most));
  return n;
}

double binary_number(const Value& value, const Type& type) {
  double d = 0;
  if (const auto* given = std::get_if<double>(&value))
    d = *given;
  else if (const auto* n = std::get_if<std::int64_t>(&value))
    d = static_cast<double>(*n);
  else {
    const auto text = text_of(value, type);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d);
    if (error != std::errc{} || end != text.data() + text.size()) misfit(value, type);
  }
  if (type.kind == TypeKind::real) {
    if (std::abs(d) > static_cast<double>(std::numeric_limits<float>::max())) misfit(value, type, "it is too large");
    d = static_cast<double>(static_cast<float>(d));
  }
  if (!std::isfinite(d)) misfit(value, type, "it is not finite");
  return d == 0 ? 0.0 : d;  // one zero, not two
}

std::string words(const Value& value, const Type& type) {
  const auto* given = std::get_if<std::string>(&value);
  if (!given) misfit(value, type);
  std::string out = *given;
  if (type.kind == TypeKind::character) out.erase(out.find_last_not_of(' ') + 1);
  const auto length = characters(out, value, type);
  if (type.kind != TypeKind::text && length > type.size)
    misfit(value, type, fmt::format("it has {}", text::count(length, "character")));
  return out;
}

std::string member(const Value& value, const Type& type) {
  const auto* given = std::get_if<std::string>(&value);
  if (!given || std::ranges::find(type.values, *given) == type.values.end()) misfit(value, type);
  return *given;
}

std::string uuid_of_bytes(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (out.size() == 8 || out.size() == 13 || out.size() == 18 || out.size() == 23) out.push_back('-');
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

Uuid uuid(const Value& value, const Type& type) {
  if (const auto* bytes = std::get_if<Bytes>(&value); bytes && bytes->data.size() == 16)
    return {uuid_of_bytes(bytes->data)};
  const auto* own = std::get_if<Uuid>(&value);
  const auto* given = own ? &own->text : std::get_if<std::string>(&value);
  if (!given || !is_uuid(*given)) misfit(value, type);
  return {text::lower(*given)};
}

Bytes bytes(const Value& value, const Type& type) {
  const auto* own = std::get_if<Bytes>(&value);
  const auto* given = own ? &own->data : std::get_if<std::string>(&value);
  if (!given) misfit(value, type);
  if (type.size > 0 && given->size() > type.size)
    misfit(value, type, fmt::format("it has {}", text::count(given->size(), "byte")));
  return {*given};
}

TextArray text_array(const Value& value, const Type& type) {
  if (const auto* array = std::get_if<TextArray>(&value)) return *array;
  const auto* own = std::get_if<Json>(&value);
  const auto* given = own ? &own->text : std::get_if<std::string>(&value);
  if (!given) misfit(value, type);
  try {
    return text_array_from_json(*given);
  } catch (const std::invalid_argument&) {
    misfit(value, type, "it is not a JSON array of strings");
  }
}

}  // namespace

void misfit(const Value& value, const Type& type, std::string_view why) {
  const auto name = to_text(type);
  const bool vowel = std::string_view("aeio").find(name.front()) != std::string_view::npos;
  throw std::invalid_argument(fmt::format("'{}' is not {} {}{}{}", shortened(dbctl::to_text(value)), vowel ? "an" : "a",
                                          name, why.empty() ? "" : ": ", why));
}

const std::string& text_of(const Value& value, const Type& type) {
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  if (const auto* d = std::get_if<Decimal>(&value)) return d->text;
  if (const auto* d = std::get_if<Date>(&value)) return d->text;
  if (const auto* t = std::get_if<Time>(&value)) return t->text;
  if (const auto* t = std::get_if<Timestamp>(&value)) return t->text;
  if (const auto* j = std::get_if<Json>(&value)) return j->text;
  misfit(value, type);
}

std::size_t characters(const std::string& text, const Value& value, const Type& type) {
  unsigned char bits = 0;  // without a way out of the loop, so that it takes many characters at once
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  if (bits < 0x80) return text.size();
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    const auto rest = std::string_view(text).substr(at + 1, length == 0 ? 0 : length - 1);
    const auto follows = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    if (length == 0 || rest.size() != length - 1 || !std::ranges::all_of(rest, follows))
      misfit(value, type, fmt::format("byte {} is not UTF-8", at + 1));
    at += length;
  }
  return count;
}

}  // namespace coercion

Value coerce(const Value& value, const Type& type) {
  using namespace coercion;
  if (is_null(value)) return Null{};
  switch (type.kind) {
    case TypeKind::boolean:
      return boolean(value, type);
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
      return whole_number(value, type);
    case TypeKind::decimal:
      return decimal(value, type);
    case TypeKind::real:
    case TypeKind::double_:
      return binary_number(value, type);
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
      return words(value, type);
    case TypeKind::uuid:
      return uuid(value, type);
    case TypeKind::binary:
      return bytes(value, type);
    case TypeKind::date:
      return date(value, type);
    case TypeKind::time:
      return time(value, type);
    case TypeKind::timestamp:
      return timestamp(value, type);
    case TypeKind::json:
      return json(value, type);
    case TypeKind::text_array:
      return text_array(value, type);
    case TypeKind::enumeration:
      return member(value, type);
  }
  misfit(value, type);
}

Value coerce(Value&& value, const Type& type) {
  auto* given = std::get_if<std::string>(&value);
  if (given != nullptr && type.kind == TypeKind::timestamp && coercion::is_timestamp(*given))
    return Timestamp{std::move(*given)};
  const bool is_words = type.kind == TypeKind::string || type.kind == TypeKind::text;
  if (given != nullptr && is_words) {
    const auto length = coercion::characters(*given, value, type);
    if (type.kind == TypeKind::text || length <= type.size) return std::move(value);
  }
  return coerce(std::as_const(value), type);
}

}  // namespace dbctl::schema
