#include "migrate/stored_plan.hpp"

#include <array>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "migrate/fields.hpp"
#include "migrate/stored_words.hpp"

namespace dbctl::migrate {
namespace {

using nlohmann::json;

constexpr int format = 2;

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
std::string text_of(const json& document, json::error_handler_t otherwise = json::error_handler_t::strict) {
  return document.dump(-1, ' ', true, otherwise);
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
const json& checked(const json& document, const journal::Reverse& stored) {
  if (document.value("format", json()) != format)
    unreadable(stored, "its format is " + document.value("format", json()).dump() + ", and this dbctl knows " +
                           std::to_string(format));
  const auto plan = document.find("plan");
  if (plan == document.end() || document.value("sha256", json()) != sha256(text_of(*plan)))
    unreadable(stored, "it was changed: its SHA-256 is another one");
  return *plan;
}

}  // namespace

std::string stored_text(const PlannedMigration& migration) {
  auto plan = save(migration);
  auto digest = sha256(text_of(plan));
  return text_of({{"format", format}, {"plan", std::move(plan)}, {"sha256", std::move(digest)}});
}

std::string stored_refusal(std::string_view why) {
  return text_of({{"format", format}, {"refused", std::string(why)}}, json::error_handler_t::replace);
}

PlannedMigration stored_plan(const journal::Reverse& stored) {
  const auto document = json::parse(stored.plan, nullptr, false);
  if (!document.is_object()) unreadable(stored, "it is not what dbctl wrote");
  if (document.contains("refused"))
    throw Error(codes::schema_irreversible,
                {.summary = stored.version + " of domain " + stored.domain + " has no stored rollback",
                 .why = document.at("refused").dump(),
                 .next = {"check out the version that has it, or load its domain"}});
  const auto& plan = checked(document, stored);
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
