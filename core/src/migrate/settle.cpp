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

std::vector<std::string> names_of(const Proof& proof) {
  auto names = proof.objects;
  for (const auto& [from, to] : proof.renames)
    for (const auto* name : {&from, &to})
      if (std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  return names;
}

std::vector<driver::ObjectState> observe(driver::Connection& connection, const Proof& proof) {
  return connection.observe({.names = names_of(proof), .identities = proof.kind == Proof::Kind::identity});
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

Evidence Witness::before(const std::string& statement, const Proof& proof) {
  Evidence evidence{.statement = statement, .proof = proof};
  if (!needs_objects(proof)) {
    forget();  // what it makes is not known
    return evidence;
  }
  if (all_.empty()) {
    for (const auto& o : connection_.observe({.identities = false})) all_[key_of(o)] = brief_digest(o);
  } else if (!last_.empty()) {  // what the statement before made of its objects
    const auto is_last = [&](const auto& entry) {
      const auto name = entry.first.substr(entry.first.find(' ') + 1);
      return std::ranges::find(last_, name) != last_.end();
    };
    std::erase_if(all_, is_last);
    for (const auto& o : connection_.observe({.names = last_, .identities = false})) all_[key_of(o)] = brief_digest(o);
  }
  evidence.objects = observe(connection_, proof);
  evidence.others = all_;
  for (const auto& o : evidence.objects) evidence.others.erase(key_of(o));
  last_ = names_of(proof);
  // What it renames, others refer to.
  if (!proof.renames.empty() || text::lower(statement).find(" change ") != std::string::npos ||
      text::lower(statement).find("rename ") != std::string::npos)
    forget();
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
