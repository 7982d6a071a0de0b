#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/journal/journal.hpp"

/// dbctl_history is a chain: every event has a number, the hash of the one before it, and its own hash over all that it
/// says. Whoever changes, takes out, puts in or moves a row breaks it, unless everything after it is computed anew.
namespace dbctl::journal {

/// What stands before the first event of the database with this uuid, so that a chain fits no other database.
DBCTL_API std::string genesis(std::string_view database);

/// SHA-256 of all that the event says, its number and the hash before it.
DBCTL_API std::string hash_of(const Event& event);

/// As dbctl_meta keeps it: "12 <hash>". Empty when the text is something else.
DBCTL_API std::string to_text(const Head& head);
DBCTL_API std::optional<Head> head_from_text(std::string_view text);

/// Walks the chain and returns its end. `expected`: a hash that was kept elsewhere and must be one of the chain's;
/// empty: none. Throws Error (journal_chain) naming the first event that does not fit.
DBCTL_API Head check_chain(const std::vector<Event>& events, const State& state, std::string_view expected = {});

}  // namespace dbctl::journal
