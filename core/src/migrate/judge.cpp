// Whether a statement that was under way took effect: from what was before, what is now, and what it says.
#include <algorithm>
#include <iterator>
#include <set>

#include "dbctl/base/text.hpp"
#include "migrate/evidence.hpp"

namespace dbctl::migrate {
namespace {

using driver::ObjectState;
using States = std::map<std::string, ObjectState>;

States by_key(const std::vector<ObjectState>& objects) {
  States out;
  for (const auto& o : objects) out.emplace(key_of(o), o);
  return out;
}

bool same_definitions(const States& a, const States& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.definition == y.second.definition && x.second.valid == y.second.valid;
  });
}

std::multiset<std::string> lines_of(const std::string& text) {
  std::multiset<std::string> out;
  for (const auto& line : text::split(text, '\n')) {
    auto trimmed = text::trim(line);
    if (trimmed.ends_with(',')) trimmed.remove_suffix(1);
    out.emplace(trimmed);
  }
  return out;
}

/// What of a definition was changed, and how much of it the statement accounts for.
struct Change {
  std::size_t lines = 0;
  std::size_t explained = 0;  ///< they have a word of the statement that not every definition has
};

Change change_of(const ObjectState& before, const ObjectState& now, const std::string& statement) {
  static const Words common = {"alter", "table",   "add", "column", "drop",   "modify",  "change",
                               "not",   "null",    "key", "index",  "int",    "bigint",  "varchar",
                               "text",  "default", "if",  "exists", "unique", "primary", "constraint"};
  auto said = words_of(statement);
  for (const auto& word : common) said.erase(word);
  for (const auto& word : words_of(before.name)) said.erase(word);
  std::vector<std::string> lines;
  std::ranges::set_symmetric_difference(lines_of(before.definition), lines_of(now.definition),
                                        std::back_inserter(lines));
  Change change{.lines = lines.size()};
  for (const auto& line : lines)
    if (std::ranges::any_of(words_of(line), [&](const auto& word) { return said.contains(word); })) ++change.explained;
  return change;
}

/// The first object that was changed, made or dropped, and not by the statement; empty: there is none. With `wholly`
/// each line that changed must be the statement's, else one is enough.
std::string stranger(const States& before, const States& now, const std::string& statement, bool wholly) {
  const auto said = words_of(statement);
  const bool renames = said.contains("rename") || said.contains("exchange") || said.contains("replace");
  for (const auto& [key, object] : before) {
    const auto it = now.find(key);
    if (it == now.end()) {
      if (!renames && !said.contains("drop") && !said.contains("detach")) return key;
      continue;
    }
    if (it->second.definition == object.definition) continue;
    const auto change = change_of(object, it->second, statement);
    if (wholly ? change.explained < change.lines : change.explained == 0) return key;
  }
  for (const auto& [key, object] : now)
    if (!before.contains(key) && !renames && !said.contains("create") && !said.contains("add")) return key;
  return {};
}

/// Of several objects all are dropped, or none.
bool is_mixed(const Evidence& e, const States& before, const States& now) {
  const bool some_gone = std::ranges::any_of(before, [&](const auto& entry) { return !now.contains(entry.first); });
  return some_gone && e.proof.objects.size() > 1 && std::ranges::any_of(before, [&](const auto& entry) {
           const auto it = now.find(entry.first);
           return it != now.end() && it->second.definition == entry.second.definition;
         });
}

Judgement by_definition(const Evidence& e, const States& before, const States& now) {
  if (same_definitions(before, now)) return {Verdict::not_run};
  if (const auto key = stranger(before, now, e.statement, false); !key.empty())
    return {Verdict::unclear, key + " was changed, and not by this statement"};
  if (is_mixed(e, before, now)) return {Verdict::unclear, "some of its objects are gone, others are not"};
  return {Verdict::done};
}

Judgement by_model(const Evidence& e, const States& before, const States& now, const Findings& findings) {
  if (same_definitions(before, now)) return {Verdict::not_run};
  bool as_before = true, as_after = true;
  for (const auto& m : e.proof.models) {
    const auto digest = findings.model(m.table);
    as_before = as_before && digest == m.before;
    as_after = as_after && digest == m.after;
  }
  if (as_after) return {Verdict::done};
  if (as_before) return {Verdict::not_run};
  // The table was not what the migrations declare before either: then what was changed has to be the statement's.
  if (stranger(before, now, e.statement, true).empty()) return {Verdict::done};
  return {Verdict::unclear, "what is there is neither what was before the statement nor what it makes"};
}

/// Words and what tells the objects apart: identities where all have one, else only that they are there.
std::map<std::string, std::string> whereabouts(const States& states, bool identities) {
  std::map<std::string, std::string> out;
  for (const auto& [key, object] : states)
    if (object.kind != "index" && object.kind != "trigger")
      out[object.name] = identities ? object.identity : std::string("there");
  return out;
}

bool all_identified(const States& states) {
  return std::ranges::none_of(states, [](const auto& entry) {
    return entry.second.identity.empty() && entry.second.kind != "index" && entry.second.kind != "trigger";
  });
}

Judgement by_renames(const Evidence& e, const States& before, const States& now) {
  for (const bool identities : {false, true}) {
    if (identities && !(all_identified(before) && all_identified(now))) break;
    const auto was = whereabouts(before, identities), is = whereabouts(now, identities);
    auto renamed = was;
    for (const auto& [from, to] : e.proof.renames) {
      auto node = renamed.extract(from);
      if (node.empty()) continue;
      node.key() = to;
      renamed.insert(std::move(node));
    }
    if (renamed == was) continue;  // not seen this way
    if (is == renamed) return {Verdict::done};
    if (is == was) return {Verdict::not_run};
    return {Verdict::unclear, "the names belong to other objects than before the statement, and than after it"};
  }
  return {Verdict::unclear, "the database does not tell, or not this user, which object bears which name now"};
}

Judgement by_identity(const Evidence& e, const States& before, const States& now) {
  if (!e.proof.renames.empty()) return by_renames(e, before, now);
  if (!same_definitions(before, now))
    return {Verdict::unclear, "its definition was changed, and not by this statement"};
  if (before.empty() || !all_identified(before) || !all_identified(now))
    return {Verdict::unclear, "the database does not tell, or not this user, whether the object is another one now"};
  const bool same = std::ranges::equal(before, now, [](const auto& a, const auto& b) {
    return a.first == b.first && a.second.identity == b.second.identity;
  });
  return {same ? Verdict::not_run : Verdict::done};
}

}  // namespace

Judgement judge(const Evidence& e, const Findings& findings) {
  const auto before = by_key(e.objects), now = by_key(findings.objects);
  switch (e.proof.kind) {
    case Proof::Kind::none:
      return {Verdict::unclear, "nothing tells whether it took effect"};
    case Proof::Kind::repeatable:
      return {Verdict::not_run};  // it does no harm to run it again
    case Proof::Kind::condition:
      return {findings.finds_row(e.proof.condition) != e.proof.done_when_empty ? Verdict::done : Verdict::not_run};
    case Proof::Kind::definition:
      return by_definition(e, before, now);
    case Proof::Kind::model:
      return by_model(e, before, now, findings);
    case Proof::Kind::identity:
      return by_identity(e, before, now);
  }
  return {};
}

std::vector<std::string> changed_by_others(const Evidence& before, const std::vector<ObjectState>& all) {
  const auto names = names_of(before.proof);
  const auto concerns = [&](const std::string& name, const std::string& definition) {
    return speaks_of(words_of(name), names) || speaks_of(words_of(definition), names);
  };
  std::vector<std::string> out;
  Words there;
  for (const auto& o : all) {
    const auto key = key_of(o);
    there.insert(key);
    const auto was = before.others.find(key);
    const bool same = was != before.others.end() && (was->second.empty() || was->second == brief_digest(o));
    if (!same && !concerns(o.name, o.definition)) out.push_back(key);
  }
  for (const auto& [key, digest] : before.others)
    if (!digest.empty() && !there.contains(key) && !concerns(key.substr(key.find(' ') + 1), {})) out.push_back(key);
  return out;
}

}  // namespace dbctl::migrate
