#include "dbctl/journal/chain.hpp"

#include <algorithm>
#include <charconv>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"

namespace dbctl::journal {
namespace {

constexpr std::size_t digits = 64;  // of a hash

/// Each with its length, so that nothing can move from one field to the next.
std::string encoded(std::initializer_list<std::string_view> fields) {
  std::string out;
  for (const auto field : fields) {
    out += std::to_string(field.size());
    out += ':';
    out += field;
  }
  return out;
}

std::string named(std::int64_t number) {
  return "event " + std::to_string(number) + " of the history";
}
std::string named(std::int64_t from, std::int64_t to) {
  return from == to ? named(from) + " is missing"
                    : "events " + std::to_string(from) + " to " + std::to_string(to) + " of the history are missing";
}

std::string place(const Event& e) {
  std::string out = "dbctl_history, number " + std::to_string(e.number) + ": " + e.what;
  if (!e.version.empty() || !e.name.empty())
    out += " " + e.version + (e.version.empty() || e.name.empty() ? "" : "_") + e.name;
  return out + " at " + e.at;
}

[[noreturn]] void broken(std::string summary, std::string where, std::string why) {
  throw Error(codes::journal_chain, {.summary = std::move(summary),
                                     .where = std::move(where),
                                     .why = std::move(why),
                                     .next = {"compare dbctl_history with a backup: dbctl history --format json",
                                              "find out who can write to it; dbctl itself only adds to it"}});
}

/// The number that the event's own hash was made with, if it is one of the chain's: then it was only moved.
std::optional<std::int64_t> number_when_written(Event event, std::int64_t last) {
  for (event.number = 1; event.number <= last; ++event.number)
    if (hash_of(event) == event.hash) return event.number;
  return std::nullopt;
}

void check_event(const Event& event, const Head& before, std::int64_t last) {
  if (event.number > before.number + 1)
    broken(named(before.number + 1, event.number - 1), place(event), "the one after it is there");
  if (event.number <= before.number)
    broken(named(event.number) + " is none of dbctl's", place(event), "dbctl counts from 1");
  if (hash_of(event) != event.hash) {
    if (const auto was = number_when_written(event, last))
      broken(named(event.number) + " was event " + std::to_string(*was) + " when it was written", place(event),
             "it was moved, or others were taken out or put in before it");
    broken(named(event.number) + " was changed", place(event), "its hash is not that of what it says");
  }
  if (event.previous == before.hash) return;
  if (event.number == 1)
    broken(named(1) + " is not this database's first", place(event),
           "it was put in, or the history is another database's");
  broken(named(event.number) + " does not follow event " + std::to_string(before.number), place(event),
         "it was put in, or the one before it was written anew");
}

void check_end(const Head& end, const std::vector<Event>& events, const std::optional<Head>& newest) {
  const std::string where = "dbctl_meta, " + std::string(meta::head);
  if (!newest) {
    if (events.empty()) return;
    broken("it is not known any more which event of the history is the newest", where,
           "its value is missing or not one that dbctl wrote");
  }
  if (newest->number > end.number)
    broken(named(end.number + 1, newest->number), where, "it was the newest, and the history ends before it");
  if (newest->number < end.number) {
    const auto& added = events[static_cast<std::size_t>(newest->number)];
    broken(named(added.number) + " was put in", place(added),
           "the newest that dbctl wrote is event " + std::to_string(newest->number));
  }
  if (newest->hash != end.hash)
    broken(named(end.number) + " is not the one that dbctl wrote", events.empty() ? where : place(events.back()),
           "dbctl_meta has another hash of it");
}

}  // namespace

std::string genesis(std::string_view database) {
  return sha256(encoded({"dbctl history", database}));
}

std::string hash_of(const Event& e) {
  return sha256(encoded({"dbctl event", std::to_string(e.number), e.previous, e.what, e.domain, e.version, e.name, e.at,
                         std::to_string(e.duration_ms), e.who, e.host, e.dbctl_version, e.detail}));
}

std::string to_text(const Head& head) {
  return std::to_string(head.number) + ' ' + head.hash;
}

std::optional<Head> head_from_text(std::string_view text) {
  Head head;
  const auto* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, head.number);
  if (problem != std::errc() || rest == end || *rest != ' ' || head.number < 1) return std::nullopt;
  head.hash.assign(rest + 1, end);
  if (head.hash.size() != digits) return std::nullopt;
  return head;
}

Head check_chain(const std::vector<Event>& events, const State& state, std::string_view expected) {
  const auto value_of = [&](std::string_view key) {
    const auto it = state.meta.find(std::string(key));
    return it == state.meta.end() ? std::string() : it->second;
  };
  Head end{0, genesis(value_of(meta::database))};
  for (const auto& event : events) {
    check_event(event, end, static_cast<std::int64_t>(events.size()));
    end = {event.number, event.hash};
  }
  check_end(end, events, head_from_text(value_of(meta::head)));
  if (!expected.empty() && std::ranges::find(events, expected, &Event::hash) == events.end())
    broken("the history has no event with the hash " + std::string(expected), "dbctl_history",
           "it fits in itself, so it was written anew since that hash was kept, or it is another database's");
  return end;
}

}  // namespace dbctl::journal
