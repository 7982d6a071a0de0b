#include "dbctl/driver/options.hpp"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::driver {
namespace {

constexpr std::size_t longest_shown = 60;

/// `"text"` with control characters escaped, cut where it is too long for a message.
std::string quoted(std::string_view text) {
  std::string shown = "\"";
  for (const char c : text.substr(0, longest_shown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      shown += fmt::format("\\x{:02x}", byte);
    } else {
      shown += c;
    }
  }
  return shown + (text.size() > longest_shown ? "...\"" : "\"");
}

std::string range_of(const OptionSpec& spec) {
  const bool least = spec.least != INT64_MIN, most = spec.most != INT64_MAX;
  if (least && most) return fmt::format("a whole number from {} to {}", spec.least, spec.most);
  if (least) return fmt::format("a whole number of at least {}", spec.least);
  if (most) return fmt::format("a whole number of at most {}", spec.most);
  return "a whole number";
}

[[noreturn]] void refuse(const OptionSpec& spec, std::string_view expected, const std::string& text,
                         const std::string& origin, std::vector<std::string> next = {}) {
  next.push_back(fmt::format("write {} there, or take the value out", expected));
  const std::string found = spec.type == OptionType::secret ? "something else"
                            : text.empty()                  ? "an empty text"
                                                            : quoted(text);
  throw Error(codes::environment_value,
              {.summary = fmt::format("option \"{}\" takes {}, not {}", spec.name, expected, found),
               .where = origin,
               .why = spec.help,
               .next = std::move(next)});
}

std::int64_t to_integer(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size() || std::to_string(number) != text ||
      number < spec.least || number > spec.most) {
    refuse(spec, range_of(spec), text, origin);
  }
  return number;
}

bool to_boolean(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  if (text != "true" && text != "false") refuse(spec, "true or false", text, origin);
  return text == "true";
}

std::string to_choice(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  for (const auto& choice : spec.choices) {
    if (choice == text) return text;
  }
  std::vector<std::string> next;
  if (const auto near = text::nearest(text::lower(text), spec.choices)) {
    next.push_back(fmt::format("did you mean \"{}\"?", *near));
  }
  refuse(spec, fmt::format("one of {}", text::join(spec.choices, ", ")), text, origin, std::move(next));
}

void refuse_nul(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  if (text.find('\0') != std::string::npos) refuse(spec, "a text without a zero byte", text, origin);
}

OptionValue convert(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  switch (spec.type) {
    case OptionType::integer:
      return to_integer(spec, text, origin);
    case OptionType::boolean:
      return to_boolean(spec, text, origin);
    case OptionType::choice:
      return to_choice(spec, text, origin);
    case OptionType::path:
      if (text.empty()) refuse(spec, "a path", text, origin);
      [[fallthrough]];
    case OptionType::text:
      refuse_nul(spec, text, origin);
      return text;
    case OptionType::secret:
      refuse_nul(spec, text, origin);
      return Secret(text);
  }
  throw std::logic_error("option of no type: " + spec.name);
}

OptionValue empty_of(OptionType type) {
  switch (type) {
    case OptionType::integer:
      return std::int64_t{0};
    case OptionType::boolean:
      return false;
    case OptionType::secret:
      return Secret();
    case OptionType::text:
    case OptionType::path:
    case OptionType::choice:
      return std::string();
  }
  throw std::logic_error("option of no type");
}

template <class T>
const T& typed(const Options::Entry& entry, std::string_view name) {
  if (const T* value = std::get_if<T>(&entry.value)) return *value;
  throw std::logic_error(fmt::format("option \"{}\" is read as another type than it is declared", name));
}

}  // namespace

void Options::set(const OptionSpec& spec, const std::string& text, const std::string& origin) {
  entries_.insert_or_assign(spec.name, Entry{convert(spec, text, origin), origin, true});
}

void Options::declare(const OptionSpec& spec) {
  entries_.try_emplace(spec.name, Entry{empty_of(spec.type), {}, false});
}

const Options::Entry& Options::entry(std::string_view name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) throw std::logic_error(fmt::format("the driver declares no option \"{}\"", name));
  return found->second;
}

bool Options::has(std::string_view name) const {
  return entry(name).set;
}
const std::string& Options::text(std::string_view name) const {
  return typed<std::string>(entry(name), name);
}
std::int64_t Options::integer(std::string_view name) const {
  return typed<std::int64_t>(entry(name), name);
}
bool Options::flag(std::string_view name) const {
  return typed<bool>(entry(name), name);
}
const Secret& Options::secret(std::string_view name) const {
  return typed<Secret>(entry(name), name);
}
const std::string& Options::origin(std::string_view name) const {
  return entry(name).origin;
}

}  // namespace dbctl::driver
