#include "migrate/stored_plan.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "migrate/fields.hpp"
#include "migrate/stored_words.hpp"

namespace dbctl::migrate {
namespace {

using json = nlohmann::ordered_json;

constexpr int format = 2;

/// Only ASCII, so that no character set of a connection matters.
std::string text_of(const json& document, json::error_handler_t otherwise = json::error_handler_t::strict) {
  return document.dump(-1, ' ', true, otherwise);
}

// Each writes a value and returns whether it says something. Of what a plan has room for, most does not: false, 0, no
// text, nothing in the list, "none". Such a member is not written: these texts are part of each migration's
// transaction.

/// Most is written as it is, which needs no serializer.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}
bool write(std::string& out, std::string_view text) {
  if (is_plain(text))
    out.append(1, '"').append(text).append(1, '"');
  else
    out += text_of(text);
  return !text.empty();
}
bool write(std::string& out, const std::string& text) {
  return write(out, std::string_view(text));
}
bool write(std::string& out, bool yes) {
  out += yes ? "true" : "false";
  return yes;
}
template <std::integral T>
bool write(std::string& out, T number) {
  out += std::to_string(number);
  return number != 0;
}
template <class T>
requires std::is_enum_v<T>
bool write(std::string& out, T word) {
  write(out, stored::word_of(word));
  return !stored::says_nothing(word);
}
bool write(std::string& out, const std::pair<std::string, std::string>& two) {
  out += '[';
  write(out, two.first);
  out += ',';
  write(out, two.second);
  out += ']';
  return true;
}
bool write(std::string& out, const Value& value) {
  if (!is_null(value)) return write(out, std::pair(stored::kind_of(value), stored::text_of(value)));
  out += "null";
  return false;
}
template <class T>
bool write(std::string& out, const std::vector<T>& list);
template <class T>
bool write(std::string& out, const std::optional<T>& one);
template <class T>
requires std::is_aggregate_v<T>
bool write(std::string& out, const T& object) {
  bool says = false;
  out += '{';
  fields::visit(
      [&](const char* name, const auto& member) {
        const auto before = out.size();
        if (says) out += ',';
        write(out, std::string_view(name));
        out += ':';
        if (write(out, member))
          says = true;
        else
          out.resize(before);
      },
      object);
  out += '}';
  return says;
}
template <class T>
bool write(std::string& out, const std::vector<T>& list) {
  out += '[';
  for (const auto& one : list) {
    if (&one != list.data()) out += ',';
    write(out, one);
  }
  out += ']';
  return !list.empty();
}
template <class T>
bool write(std::string& out, const std::optional<T>& one) {
  if (one) return write(out, *one);
  out += "null";
  return false;
}

void load(const json& from, std::string& to) {
  to = from.get<std::string>();
}
template <std::integral T>
void load(const json& from, T& to) {
  to = from.get<T>();
}
template <class T>
requires std::is_enum_v<T>
void load(const json& from, T& to) {
  to = stored::word_from<T>(from.get<std::string>());
}
template <class T>
void load_nothing(T& to) {
  to = {};
}
template <class T>
requires std::is_enum_v<T>
void load_nothing(T& to) {
  to = stored::nothing<T>();
}
void load(const json& from, Value& to) {
  to = from.is_null() ? Null{} : stored::value_from(from.at(0).get<std::string>(), from.at(1).get<std::string>());
}
template <class T>
void load(const json& from, std::vector<T>& to);
template <class T>
void load(const json& from, std::optional<T>& to);
template <class T>
requires std::is_aggregate_v<T>
void load_nothing(T& to);
void load(const json& from, std::pair<std::string, std::string>& to) {
  to = {from.at(0).get<std::string>(), from.at(1).get<std::string>()};
}
template <class T>
requires std::is_aggregate_v<T>
void load(const json& from, T& object) {
  fields::visit(
      [&](const char* name, auto& member) {
        if (const auto saved = from.find(name); saved != from.end())
          load(*saved, member);
        else
          load_nothing(member);
      },
      object);
}
template <class T>
requires std::is_aggregate_v<T>
void load_nothing(T& to) {
  load(json::object(), to);
}
template <class T>
void load(const json& from, std::vector<T>& to) {
  to.clear();
  for (const auto& one : from) load(one, to.emplace_back());
}
template <class T>
void load(const json& from, std::optional<T>& to) {
  to.reset();
  if (!from.is_null()) load(from, to.emplace());
}

[[noreturn]] void unreadable(const journal::Reverse& stored, std::string why) {
  throw Error(codes::journal_format, {.summary = "the stored rollback of " + stored.version + " cannot be read",
                                      .where = "dbctl_reverses",
                                      .why = std::move(why),
                                      .next = {"check out the version that has the migration, or load its domain",
                                               "a newer dbctl may know how it is written"}});
}

/// The plan as it was written. A member that is missing says nothing, so that only its digest tells a text that
/// somebody cut short.
const json& unchanged(const json& document, const journal::Reverse& stored) {
  const auto plan = document.find("plan");
  if (plan == document.end() || document.value("sha256", json()) != sha256(text_of(*plan)))
    unreadable(stored, "it was changed: its SHA-256 is another one");
  return *plan;
}

}  // namespace

std::string stored_text(const PlannedMigration& migration) {
  std::string plan;
  write(plan, migration);
  auto digest = sha256(plan);
  return "{\"format\":" + std::to_string(format) + ",\"plan\":" + plan + ",\"sha256\":\"" + digest + "\"}";
}

std::string stored_refusal(std::string_view why) {
  return text_of({{"format", format}, {"refused", std::string(why)}}, json::error_handler_t::replace);
}

PlannedMigration stored_plan(const journal::Reverse& stored) {
  const auto document = json::parse(stored.plan, nullptr, false);
  if (!document.is_object()) unreadable(stored, "it is not what dbctl wrote");
  if (document.value("format", json()) != format)
    unreadable(stored, "its format is " + document.value("format", json()).dump() + ", and this dbctl knows " +
                           std::to_string(format));
  if (document.contains("refused"))
    throw Error(codes::schema_irreversible,
                {.summary = stored.version + " of domain " + stored.domain + " has no stored rollback",
                 .why = document.at("refused").dump(),
                 .next = {"check out the version that has it, or load its domain"}});
  const auto& plan = unchanged(document, stored);
  PlannedMigration out;
  try {
    load(plan, out);
  } catch (const std::exception& e) {
    unreadable(stored, e.what());
  }
  if (out.domain != stored.domain || out.version != stored.version)
    unreadable(stored, "it is that of \"" + out.version + "\" of domain \"" + out.domain + "\"");
  return out;
}

}  // namespace dbctl::migrate
