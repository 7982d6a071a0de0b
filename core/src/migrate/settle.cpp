#include "migrate/settle.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "journal/transaction.hpp"
#include "migrate/proof.hpp"

namespace dbctl::migrate {
namespace {

bool needs_objects(const Proof& proof) {
  return proof.kind == Proof::Kind::definition || proof.kind == Proof::Kind::model ||
         proof.kind == Proof::Kind::identity;
}

std::vector<driver::ObjectState> observe(driver::Connection& connection, const Proof& proof) {
  return connection.observe({.names = names_of(proof),
                             .identities = proof.kind == Proof::Kind::identity,
                             .programs = proof.kind != Proof::Kind::model});
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// It may reword or drop also what only speaks of its objects: a child's foreign key, a table's triggers.
bool changes_others(const std::string& statement) {
  const auto text = text::lower(statement);
  return std::ranges::any_of(std::initializer_list<std::string_view>{"rename", "change", "drop"},
                             [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

std::string statement_place(const journal::Progress& p) {
  return "statement " + std::to_string(p.done + 1) + " of " +
         (p.direction == journal::Direction::up ? "" : "the rollback of ") + p.version + "_" + p.name;
}

[[noreturn]] void refuse(const journal::Progress& p, const Evidence& evidence, const std::string& why) {
  throw Error(codes::journal_ambiguous,
              {.summary = statement_place(p) + " was under way when an earlier run was interrupted, and nobody can "
                                               "tell now whether it took effect",
               .why = why + "\nit was: " + evidence.statement,
               .next = {"look whether the statement took effect",
                        "all of the migration done by hand: dbctl repair --mark-applied " + p.version,
                        "all of it undone by hand: dbctl repair --mark-reverted " + p.version}});
}

[[noreturn]] void refuse_changes(const journal::Progress& p, const std::vector<std::string>& changed) {
  throw Error(
      codes::journal_ambiguous,
      {.summary = "the database was changed by someone else since " + statement_place(p) + " was interrupted",
       .why = "not as it was then: " + text::join(changed, ", "),
       .next = {"undo that change, or, if the migration may go on with it: dbctl repair --accept-edit " + p.version,
                "then the same command again"}});
}

}  // namespace

void Witness::add(const driver::ObjectState& object) {
  all_[key_of(object)] = {object.name, brief_digest(object), words_of(object.definition)};
}

void Witness::look_at(const driver::Objects& objects) {
  if (objects.names.empty())
    all_.clear();
  else
    std::erase_if(all_, [&](const auto& entry) { return holds(objects.names, entry.second.name); });
  for (const auto& object : connection_.observe(objects)) add(object);
}

Evidence Witness::before(const std::string& statement, const Proof& proof) {
  Evidence evidence{.statement = statement, .proof = proof};
  if (!needs_objects(proof)) {
    forget();  // what it makes is not known
    return evidence;
  }
  const auto names = names_of(proof);
  if (proof.kind != Proof::Kind::model || !stale_.programs)  // what is looked at below
    std::erase_if(stale_.names, [&](const auto& name) { return holds(names, name); });
  if (!known_)
    look_at({.identities = false});
  else if (!stale_.names.empty())
    look_at(stale_);
  known_ = true;
  evidence.objects = observe(connection_, proof);
  const bool moves = changes_others(statement);
  stale_ = {.names = names, .identities = false, .programs = proof.kind != Proof::Kind::model};
  for (const auto& [key, seen] : all_) {
    if (holds(names, seen.name)) continue;
    const bool concerned = speaks_of(seen.words, names);
    evidence.others.emplace(key, concerned ? "" : seen.digest);
    if (!concerned || !moves) continue;
    stale_.names.push_back(seen.name);
    stale_.programs = stale_.programs || !(key.starts_with("table ") || key.starts_with("view "));
  }
  return evidence;
}

Judgement examine(driver::Connection& connection, const Evidence& evidence) {
  Findings now;
  if (needs_objects(evidence.proof)) {
    connection.clean_up(names_of(evidence.proof));
    now.objects = observe(connection, evidence.proof);
  }
  now.model = [&](const std::string& table) {
    const auto found = connection.describe({.tables = {table}});
    return digest_of_described(found.find(table));
  };
  now.finds_row = [&](const std::string& query) { return !connection.query({.sql = query}).empty(); };
  return judge(evidence, now);
}

journal::State settle(journal::Database& database, journal::State state) {
  if (!state.progress || !state.progress->intent) return state;
  auto& p = *state.progress;
  const auto evidence = evidence_from_json(p.evidence);
  auto& connection = database.connection();
  const auto judgement = examine(connection, evidence);
  if (judgement.verdict == Verdict::unclear) refuse(p, evidence, judgement.why);
  if (needs_objects(evidence.proof)) {
    const auto changed = changed_by_others(evidence, connection.observe({.identities = false}));
    if (!changed.empty()) refuse_changes(p, changed);
  }
  auto hashes = p.hashes.empty() ? std::vector<std::string>{} : text::split(p.hashes, '\n');
  if (judgement.verdict == Verdict::done) ++p.done;
  hashes.resize(static_cast<std::size_t>(p.done));
  p.hashes = text::join(hashes, "\n");
  p.intent = false;
  p.evidence.clear();
  journal::Transaction transaction(connection);
  database.journal().progress(p);
  transaction.commit();
  return state;
}

}  // namespace dbctl::migrate
