// The journal's part that only grows.
#include <algorithm>

#include "dbctl/journal/chain.hpp"
#include "journal/records.hpp"
#include "journal/tables.hpp"

namespace dbctl::journal {
namespace {

Event chained(Event event, const Head& after) {
  event.number = after.number + 1;
  event.previous = after.hash;
  event.hash = hash_of(event);
  return event;
}

Head head_of(const Event& event) {
  return {event.number, event.hash};
}

}  // namespace

std::vector<Event> Journal::history() {
  std::vector<Event> out;
  const auto absent = missing();
  if (std::find(absent.begin(), absent.end(), &tables::history()) != absent.end()) return out;
  for (const auto& row : rows(tables::history(), {}, {"number"})) out.push_back(event_of(row));
  return out;
}

void Journal::event(const Event& row) {
  // What this session remembers was undone when its transaction was rolled back: the head then stands elsewhere, does
  // not move, and is read again.
  auto next = chained(row, head_.value_or(Head{}));
  if (!head_ || !move_head(*head_, head_of(next))) {
    next = chained(row, read_head());
    set_meta(meta::head, to_text(head_of(next)));
  }
  insert(tables::history(), {row_of(next)});
  head_ = head_of(next);
}

/// Where meta does not know it, the newest row is what to go on from: that it was lost still shows, in what is missing.
Head Journal::read_head() {
  Head head;
  std::string database;
  for (const auto& row : rows(tables::meta(), {}, {})) {
    if (to_text(row[0]) == meta::database) database = to_text(row[1]);
    if (to_text(row[0]) == meta::head) head = head_from_text(to_text(row[1])).value_or(Head{});
  }
  if (head.number > 0) return head;
  const auto events = history();
  return events.empty() ? Head{0, genesis(database)} : head_of(events.back());
}

bool Journal::move_head(const Head& from, const Head& to) {
  return change(tables::meta(), {"value"}, {to_text(to)}, {"name", "value"}, {std::string(meta::head), to_text(from)}) >
         0;
}

}  // namespace dbctl::journal
