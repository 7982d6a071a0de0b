#include "migrate/stored_plan.hpp"

#include <array>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"
#include "migrate/builder.hpp"
#include "migrate/fields.hpp"
#include "migrate/stored_words.hpp"

namespace dbctl::migrate {
namespace {

using nlohmann::json;

/// 1: with all members, also those that say nothing.
constexpr int oldest_format = 1, format = 2;

/// Of what a plan has room for, most says nothing: false, 0, no text, nothing in the list, the first of the words. It
/// is not written, and a member that is missing says nothing: these texts are written in the transaction of every
/// migration.
bool says_nothing(const json& saved) {
  return saved.empty() || saved == false || saved == 0 || saved == "";
}

json save(const std::string& text) {
  return text;
}
template <std::integral T>
json save(T number) {
  return number;
}
template <class T>
requires std::is_enum_v<T> json save(T word) {
  return stored::says_nothing(word) ? json() : json(stored::word_of(word));
}
json save(const Value& value) {
  if (is_null(value)) return {};
  return {stored::kind_of(value), stored::text_of(value)};
}
template <class T>
json save(const std::vector<T>& list);
template <class T>
json save(const std::optional<T>& one);
json save(const std::pair<std::string, std::string>& two) {
  return {two.first, two.second};
}
template <class T>
requires std::is_aggregate_v<T> json save(const T& object) {
  json out = json::object();
  fields::visit(
      [&](const char* name, const auto& member) {
        if (auto saved = save(member); !says_nothing(saved)) out[name] = std::move(saved);
      },
      object);
  return out;
}
template <class T>
json save(const std::vector<T>& list) {
  json out = json::array();
  for (const auto& one : list) out.push_back(save(one));
  return out;
}
template <class T>
json save(const std::optional<T>& one) {
  return one ? save(*one) : json();
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

/// Only ASCII, so that no character set of a connection matters.
std::string text_of(json document) {
  document["format"] = format;
  return document.dump(-1, ' ', true);
}

[[noreturn]] void unreadable(const journal::Reverse& stored, std::string why) {
  throw Error(codes::journal_format, {.summary = "the stored rollback of " + stored.version + " cannot be read",
                                      .where = "dbctl_reverses",
                                      .why = std::move(why),
                                      .next = {"check out the version that has the migration, or load its domain",
                                               "a newer dbctl may know how it is written"}});
}

void check_format(const json& document, const journal::Reverse& stored) {
  const auto found = document.value("format", json());
  if (found.is_number_integer() && found >= oldest_format && found <= format) return;
  unreadable(stored, "its format is " + found.dump() + ", and this dbctl knows " + std::to_string(format));
}

/// A member that is missing says nothing, so a text that somebody cut short could be read too.
void check_whole(const PlannedMigration& m, const journal::Reverse& stored) {
  if (m.domain != stored.domain || m.version != stored.version)
    unreadable(stored, "it is that of \"" + m.version + "\" of domain \"" + m.domain + "\"");
  std::int64_t number = 0;
  for (const auto& group : m.groups)
    for (const auto& s : group.statements)
      if (s.number != ++number || s.hash != hash_of(s.step.statement))
        unreadable(stored, "its statement " + std::to_string(number) + " is not the one that was planned");
}

}  // namespace

std::string stored_text(const PlannedMigration& migration) {
  json document = json::object();
  document["plan"] = save(migration);
  return text_of(std::move(document));
}

std::string stored_refusal(std::string_view why) {
  json document = json::object();
  document["refused"] = std::string(why);
  document["format"] = format;
  return document.dump(-1, ' ', true, json::error_handler_t::replace);
}

PlannedMigration stored_plan(const journal::Reverse& stored) {
  const auto document = json::parse(stored.plan, nullptr, false);
  if (!document.is_object()) unreadable(stored, "it is not what dbctl wrote");
  check_format(document, stored);
  if (document.contains("refused"))
    throw Error(codes::schema_irreversible,
                {.summary = stored.version + " of domain " + stored.domain + " has no stored rollback",
                 .why = document.at("refused").dump(),
                 .next = {"check out the version that has it, or load its domain"}});
  PlannedMigration out;
  try {
    load(document.at("plan"), out);
  } catch (const std::exception& e) {
    unreadable(stored, e.what());
  }
  check_whole(out, stored);
  return out;
}

}  // namespace dbctl::migrate
