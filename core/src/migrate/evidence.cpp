#include "migrate/evidence.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <nlohmann/json.hpp>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::migrate {
namespace {

using Json = nlohmann::json;

constexpr std::size_t brief = 12;  // hexadecimal digits: enough to notice a change, little to store

constexpr std::pair<Proof::Kind, const char*> kinds[] = {{Proof::Kind::none, "none"},
                                                         {Proof::Kind::model, "model"},
                                                         {Proof::Kind::definition, "definition"},
                                                         {Proof::Kind::identity, "identity"},
                                                         {Proof::Kind::repeatable, "repeatable"},
                                                         {Proof::Kind::condition, "condition"}};

std::string word_of(Proof::Kind kind) {
  for (const auto& [k, word] : kinds)
    if (k == kind) return word;
  return kinds[0].second;
}

Proof::Kind kind_of(const std::string& word) {
  for (const auto& [k, w] : kinds)
    if (word == w) return k;
  throw std::invalid_argument("there is no kind of proof \"" + word + "\"");
}

Json json_of(const driver::ObjectState& o) {
  return {
      {"kind", o.kind}, {"name", o.name}, {"definition", o.definition}, {"identity", o.identity}, {"valid", o.valid}};
}
driver::ObjectState object_of(const Json& j) {
  return {.kind = j.at("kind").get<std::string>(),
          .name = j.at("name").get<std::string>(),
          .definition = j.at("definition").get<std::string>(),
          .identity = j.at("identity").get<std::string>(),
          .valid = j.at("valid").get<bool>()};
}

Json json_of(const Proof& p) {
  auto models = Json::array();
  for (const auto& m : p.models) models.push_back({m.table, m.before, m.after});
  return {{"kind", word_of(p.kind)}, {"objects", p.objects},     {"models", std::move(models)},
          {"renames", p.renames},    {"condition", p.condition}, {"done_when_empty", p.done_when_empty}};
}
Proof proof_of_json(const Json& j) {
  Proof p{.kind = kind_of(j.at("kind").get<std::string>()),
          .objects = j.at("objects").get<std::vector<std::string>>(),
          .renames = j.at("renames").get<std::vector<std::pair<std::string, std::string>>>(),
          .condition = j.at("condition").get<std::string>(),
          .done_when_empty = j.at("done_when_empty").get<bool>()};
  for (const auto& m : j.at("models"))
    p.models.push_back({m.at(0).get<std::string>(), m.at(1).get<std::string>(), m.at(2).get<std::string>()});
  return p;
}

}  // namespace

std::string to_json(const Evidence& e) {
  auto objects = Json::array();
  for (const auto& o : e.objects) objects.push_back(json_of(o));
  // Definitions are the database's words, which need not be UTF-8.
  return Json{
      {"statement", e.statement}, {"proof", json_of(e.proof)}, {"objects", std::move(objects)}, {"others", e.others}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Evidence evidence_from_json(const std::string& text) {
  try {
    const auto j = Json::parse(text);
    Evidence e{.statement = j.at("statement").get<std::string>(),
               .proof = proof_of_json(j.at("proof")),
               .others = j.at("others").get<std::map<std::string, std::string>>()};
    for (const auto& o : j.at("objects")) e.objects.push_back(object_of(o));
    return e;
  } catch (const std::exception& failure) {  // of the library, or of kind_of
    throw Error(codes::journal_format, {.summary = "dbctl_progress.evidence holds a value that dbctl did not write",
                                        .where = "dbctl_progress",
                                        .why = failure.what(),
                                        .next = {"put the value back with the database's own client"}});
  }
}

Words words_of(std::string_view text) {
  Words out;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) out.insert(std::exchange(word, {}));
  };
  for (const char c : text::lower(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '$')
      word += c;
    else
      end();
  }
  end();
  return out;
}

bool speaks_of(const Words& words, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const auto& name) {
    const auto parts = words_of(std::string_view(name).substr(name.rfind('.') + 1));  // npos + 1 is 0
    return !parts.empty() && std::ranges::all_of(parts, [&](const auto& part) { return words.contains(part); });
  });
}

std::vector<std::string> names_of(const Proof& proof) {
  auto names = proof.objects;
  for (const auto& [from, to] : proof.renames)
    for (const auto* name : {&from, &to})
      if (std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  return names;
}

std::string key_of(const driver::ObjectState& object) {
  return object.kind + ' ' + object.name;
}

std::string brief_digest(const driver::ObjectState& object) {
  return sha256(object.definition).substr(0, brief);
}

}  // namespace dbctl::migrate
