#include "dbctl/journal/chain.hpp"

#include <gtest/gtest.h>

#include "dbctl/base/digest.hpp"
#include "support/error_text.hpp"

namespace dbctl::journal {
namespace {

using test::error_text;

const std::string next =
    "\n-> compare dbctl_history with a backup: dbctl history --format json"
    "\n-> find out who can write to it; dbctl itself only adds to it";

/// A ledger of some events, as dbctl writes it; then it is tampered with.
struct Ledger {
  explicit Ledger(int count, const std::string& database = "a-uuid") {
    state.meta[std::string(meta::database)] = database;
    auto previous = genesis(database);
    for (int n = 1; n <= count; ++n) {
      events.push_back({.what = "applied",
                        .domain = "shop",
                        .version = "2024010100000" + std::to_string(n),
                        .name = "m" + std::to_string(n),
                        .at = "2024-01-15 09:00:00.000000",
                        .duration_ms = n,
                        .who = "Ann",
                        .host = "here",
                        .dbctl_version = "0.1.0",
                        .detail = {},
                        .number = n,
                        .previous = previous});
      previous = events.back().hash = hash_of(events.back());
    }
    if (count > 0) state.meta[std::string(meta::head)] = to_text(Head{count, previous});
  }
  std::string verdict(std::string_view expected = {}) const {
    return error_text([&] { check_chain(events, state, expected); });
  }
  Event& at(std::size_t number) { return events.at(number - 1); }
  void take_out(std::size_t number) { events.erase(events.begin() + static_cast<std::ptrdiff_t>(number) - 1); }

  std::vector<Event> events;
  State state;
};

TEST(Chain, intact) {
  EXPECT_EQ(Ledger(0).verdict(), "no error");
  EXPECT_EQ(Ledger(3).verdict(), "no error");
  const Ledger ledger(3);
  const auto end = check_chain(ledger.events, ledger.state);
  EXPECT_EQ(end.number, 3);
  EXPECT_EQ(end.hash, ledger.events.back().hash);
}

TEST(Chain, encodes_every_field_with_its_length) {
  const Event e{.what = "applied",
                .domain = "shop",
                .version = "20240101000001",
                .name = "first",
                .at = "2024-01-15 09:00:00.000000",
                .duration_ms = 12,
                .who = "Ann",
                .host = "here",
                .dbctl_version = "0.1.0",
                .detail = "",
                .number = 1,
                .previous = "p"};
  EXPECT_EQ(hash_of(e), sha256("11:dbctl event1:11:p7:applied4:shop14:202401010000015:first26:2024-01-15 "
                               "09:00:00.0000002:123:Ann4:here5:0.1.00:"));
}

TEST(Chain, every_field_counts) {
  const std::vector<void (*)(Event&)> changes = {[](Event& e) { e.what = "failed"; },
                                                 [](Event& e) { e.domain += "s"; },
                                                 [](Event& e) { e.version += "1"; },
                                                 [](Event& e) { e.name += "x"; },
                                                 [](Event& e) { e.at += "0"; },
                                                 [](Event& e) { ++e.duration_ms; },
                                                 [](Event& e) { e.who = "Bob"; },
                                                 [](Event& e) { e.host = "there"; },
                                                 [](Event& e) { e.dbctl_version = "0.2"; },
                                                 [](Event& e) { e.detail = "x"; },
                                                 [](Event& e) { e.previous[0] ^= 1; },
                                                 [](Event& e) { e.hash[0] ^= 1; },
                                                 [](Event& e) { std::swap(e.who, e.host); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Ledger ledger(3);
    changes[i](ledger.at(2));
    EXPECT_TRUE(ledger.verdict().starts_with("DBCTL-JRN-007 event 2 of the history was changed\n")) << i;
  }
}

TEST(Chain, tells_what_was_changed) {
  Ledger ledger(3);
  ledger.at(2).who = "Bob";
  EXPECT_EQ(ledger.verdict(),
            "DBCTL-JRN-007 event 2 of the history was changed\n"
            "at dbctl_history, number 2: applied 20240101000002_m2 at 2024-01-15 09:00:00.000000\n"
            "because its hash is not that of what it says" +
                next);
}

TEST(Chain, tells_what_is_missing) {
  Ledger one(4);
  one.take_out(2);
  EXPECT_EQ(one.verdict(),
            "DBCTL-JRN-007 event 2 of the history is missing\n"
            "at dbctl_history, number 3: applied 20240101000003_m3 at 2024-01-15 09:00:00.000000\n"
            "because the one after it is there" +
                next);
  Ledger more(4);
  more.take_out(1);
  more.take_out(1);
  EXPECT_TRUE(more.verdict().starts_with("DBCTL-JRN-007 events 1 to 2 of the history are missing\n"));
}

TEST(Chain, tells_what_was_cut_off) {
  Ledger ledger(4);
  ledger.events.resize(2);
  EXPECT_EQ(ledger.verdict(),
            "DBCTL-JRN-007 events 3 to 4 of the history are missing\n"
            "at dbctl_meta, head\n"
            "because it was the newest, and the history ends before it" +
                next);
  ledger.events.clear();
  EXPECT_TRUE(ledger.verdict().starts_with("DBCTL-JRN-007 events 1 to 4 of the history are missing\n"));
}

TEST(Chain, tells_what_was_moved) {
  Ledger swapped(4);
  std::swap(swapped.at(2), swapped.at(3));
  std::swap(swapped.at(2).number, swapped.at(3).number);
  EXPECT_EQ(swapped.verdict(),
            "DBCTL-JRN-007 event 2 of the history was event 3 when it was written\n"
            "at dbctl_history, number 2: applied 20240101000003_m3 at 2024-01-15 09:00:00.000000\n"
            "because it was moved, or others were taken out or put in before it" +
                next);
  Ledger closed(4);
  closed.take_out(2);
  for (std::size_t i = 0; i < closed.events.size(); ++i) closed.events[i].number = static_cast<std::int64_t>(i) + 1;
  closed.state.meta[std::string(meta::head)] = to_text(Head{3, closed.events.back().hash});
  EXPECT_TRUE(closed.verdict().starts_with("DBCTL-JRN-007 event 2 of the history was event 3 when it was written\n"));
}

TEST(Chain, tells_what_was_put_in) {
  Ledger between(3);
  between.at(2).who = "Bob";
  between.at(2).hash = hash_of(between.at(2));
  EXPECT_EQ(between.verdict(),
            "DBCTL-JRN-007 event 3 of the history does not follow event 2\n"
            "at dbctl_history, number 3: applied 20240101000003_m3 at 2024-01-15 09:00:00.000000\n"
            "because it was put in, or the one before it was written anew" +
                next);
  Ledger end(3);
  end.state.meta[std::string(meta::head)] = to_text(Head{2, end.at(2).hash});
  EXPECT_TRUE(end.verdict().starts_with("DBCTL-JRN-007 event 3 of the history was put in\n"));
  Ledger last(3);
  last.at(3).who = "Bob";
  last.at(3).hash = hash_of(last.at(3));
  EXPECT_TRUE(last.verdict().starts_with("DBCTL-JRN-007 event 3 of the history is not the one that dbctl wrote\n"));
  Ledger before(3);
  before.events.insert(before.events.begin(), Event{.what = "applied", .number = 0});
  EXPECT_TRUE(before.verdict().starts_with("DBCTL-JRN-007 event 0 of the history is none of dbctl's\n"));
}

TEST(Chain, belongs_to_its_database) {
  Ledger ledger(2);
  ledger.state.meta[std::string(meta::database)] = "another-uuid";
  EXPECT_TRUE(ledger.verdict().starts_with("DBCTL-JRN-007 event 1 of the history is not this database's first\n"));
}

TEST(Chain, has_an_end) {
  for (const auto& head : std::vector<std::string>{"", "2", "x 1", "0 " + std::string(64, 'a'), "2 short"}) {
    Ledger ledger(2);
    ledger.state.meta[std::string(meta::head)] = head;
    EXPECT_TRUE(ledger.verdict().starts_with("DBCTL-JRN-007 it is not known any more which event")) << head;
  }
  EXPECT_FALSE(head_from_text("").has_value());
  EXPECT_EQ(head_from_text("12 " + std::string(64, 'a'))->number, 12);
}

TEST(Chain, has_the_hash_that_was_kept) {
  const Ledger ledger(3);
  EXPECT_EQ(ledger.verdict(ledger.events[0].hash), "no error");
  EXPECT_EQ(ledger.verdict(ledger.events[2].hash), "no error");
  EXPECT_EQ(ledger.verdict("abc"),
            "DBCTL-JRN-007 the history has no event with the hash abc\n"
            "at dbctl_history\n"
            "because it fits in itself, so it was written anew since that hash was kept, or it is another database's" +
                next);
}

}  // namespace
}  // namespace dbctl::journal
