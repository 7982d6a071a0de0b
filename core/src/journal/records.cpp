#include "journal/records.hpp"

#include <utility>

namespace dbctl::journal {
namespace {

/// to_text, but there may be thousands of these rows: their texts are moved.
std::string text_of(Value&& value) {
  if (auto* text = std::get_if<std::string>(&value)) return std::move(*text);
  if (auto* moment = std::get_if<Timestamp>(&value)) return std::move(moment->text);
  return to_text(value);
}

}  // namespace

Row row_of(const Applied& a) {
  return {a.domain, a.version, a.name, a.checksum, a.batch, Timestamp{a.applied_at}, a.duration_ms};
}
Applied applied_of(Row&& r) {
  return {.domain = text_of(std::move(r[0])),
          .version = text_of(std::move(r[1])),
          .name = text_of(std::move(r[2])),
          .checksum = text_of(std::move(r[3])),
          .batch = to_int(r[4]),
          .applied_at = text_of(std::move(r[5])),
          .duration_ms = to_int(r[6])};
}

Row row_of(const Progress& p) {
  return {std::int64_t{1},
          p.domain,
          p.version,
          p.name,
          std::string(p.direction == Direction::up ? "up" : "down"),
          p.done,
          p.intent,
          p.batch,
          p.hashes,
          p.cursor,
          p.evidence,
          p.halted,
          Timestamp{p.started_at}};
}
Progress progress_of(const Row& r) {
  return {.domain = to_text(r[1]),
          .version = to_text(r[2]),
          .name = to_text(r[3]),
          .direction = to_text(r[4]) == "up" ? Direction::up : Direction::down,
          .done = to_int(r[5]),
          .intent = to_text(r[6]) == "true",
          .batch = to_int(r[7]),
          .hashes = to_text(r[8]),
          .cursor = to_text(r[9]),
          .evidence = to_text(r[10]),
          .halted = to_text(r[11]),
          .started_at = to_text(r[12])};
}

Row row_of(const Event& e) {
  return {e.number, e.what, e.domain,        e.version, e.name,     Timestamp{e.at}, e.duration_ms,
          e.who,    e.host, e.dbctl_version, e.detail,  e.previous, e.hash};
}
Event event_of(const Row& r) {
  return {.what = to_text(r[1]),
          .domain = to_text(r[2]),
          .version = to_text(r[3]),
          .name = to_text(r[4]),
          .at = to_text(r[5]),
          .duration_ms = to_int(r[6]),
          .who = to_text(r[7]),
          .host = to_text(r[8]),
          .dbctl_version = to_text(r[9]),
          .detail = to_text(r[10]),
          .number = to_int(r[0]),
          .previous = to_text(r[11]),
          .hash = to_text(r[12])};
}

Row row_of(const Seeded& s) {
  return {s.seeder, s.table, s.key, s.columns, s.content};
}
Seeded seeded_of(const Row& r) {
  return {.seeder = to_text(r[0]),
          .table = to_text(r[1]),
          .key = to_text(r[2]),
          .columns = to_text(r[3]),
          .content = to_text(r[4])};
}

}  // namespace dbctl::journal
