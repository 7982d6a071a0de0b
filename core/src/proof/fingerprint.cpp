#include "proof/fingerprint.hpp"

#include <algorithm>

#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"

namespace dbctl::proof {
namespace {

constexpr std::size_t most_samples = 500, longest_sample = 300, most_lines = 12;

bool is_own(std::string_view name) {
  return name.starts_with("dbctl_");
}

/// A set's digest: of its members' digests in order.
std::string digest_of(std::vector<std::string>& members) {
  std::sort(members.begin(), members.end());
  return sha256(text::join(members, "\n"));
}

/// How a column takes part in the comparison.
struct Compared {
  std::string name;
  std::size_t at = 0;  ///< in the rows read
  bool clock = false;  ///< its value is the time of insertion: only whether there is one counts
  bool counter = false;
};

std::vector<Compared> compared(const schema::Table& table, const Losses& losses) {
  std::vector<Compared> out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    if (losses.columns.contains({table.name, column.name})) continue;
    out.push_back({column.name, i, column.default_value.kind == schema::Default::Kind::now, column.auto_increment});
  }
  std::ranges::sort(out, {}, &Compared::name);
  return out;
}

/// With kinds and lengths, so that no two different rows have one text.
std::string exact(const Row& row, const std::vector<Compared>& columns, bool counters) {
  std::string out;
  for (const auto& c : columns) {
    if (c.counter && !counters) continue;
    const auto& value = row[c.at];
    const auto shown = c.clock && !is_null(value) ? std::string("now") : to_text(value);
    out += c.name + "=" + std::to_string(value.index()) + ":" + std::to_string(shown.size()) + ":" + shown + ";";
  }
  return out;
}

std::string readable(const Row& row, const std::vector<Compared>& columns) {
  std::string out;
  for (const auto& c : columns)
    if (!c.clock) out += (out.empty() ? "" : ", ") + c.name + "=" + to_text(row[c.at]);
  return out.size() <= longest_sample ? out : out.substr(0, longest_sample) + "…";
}

RowsPrint rows_of(journal::Database& database, const schema::Table& table, const Losses& losses) {
  std::vector<std::string> names;
  for (const auto& c : table.columns) names.push_back(c.name);
  const auto columns = compared(table, losses);
  const bool counters = std::ranges::any_of(columns, &Compared::counter);
  RowsPrint print;
  std::vector<std::string> members, others;
  database.connection().each(database.dialect().select(table, names, {}, {}), [&](const Row& row) {
    ++print.rows;
    members.push_back(sha256(exact(row, columns, true)));
    if (counters) others.push_back(sha256(exact(row, columns, false)));
    if (print.sample.size() < most_samples) print.sample.push_back(readable(row, columns));
    return true;
  });
  print.digest = digest_of(members);
  print.without_counters = counters ? digest_of(others) : print.digest;
  std::ranges::sort(print.sample);
  return print;
}

void add_definitions(journal::Database& database, const schema::Schema& there, Fingerprint& print) {
  for (const auto& [name, table] : there.tables) {
    schema::Schema alone;
    alone.tables.emplace(name, table);
    print.definitions["table " + name] = schema::canonical(alone);
  }
  // The database's own words hold what the model does not know.
  for (const auto& object : database.connection().observe({.identities = false})) {
    const auto key = object.kind + " " + object.name + ", as the database words it";
    print.definitions[key] = object.definition + (object.valid ? "" : "\nnot valid");
    if (object.kind == "table" || object.kind == "index") print.worded.insert(key);
  }
}

void add_journal(journal::Database& database, Fingerprint& print) {
  const auto state = database.read_unfinished();
  for (const auto& a : state.applied)
    print.journal.push_back(a.domain + "/" + a.version + "_" + a.name + " is applied, checksum " + a.checksum);
  if (state.progress)
    print.journal.push_back(state.progress->version + "_" + state.progress->name + " is under way, " +
                            std::to_string(state.progress->done) + " statements done");
  if (state.meta.contains(std::string(journal::meta::emptying))) print.journal.emplace_back("it is half emptied");
}

std::vector<std::string> without(std::vector<std::string> all, std::vector<std::string> others) {
  std::ranges::sort(all);
  std::ranges::sort(others);
  std::vector<std::string> out;
  std::ranges::set_difference(all, others, std::back_inserter(out));
  return out;
}

void compare_lines(const std::string& of, const std::vector<std::string>& wanted, const std::vector<std::string>& found,
                   std::vector<std::string>& out) {
  const auto prefix = of.empty() ? "" : of + ": ";
  std::size_t shown = 0;
  for (const auto& line : without(wanted, found))
    if (shown++ < most_lines) out.push_back(prefix + "missing: " + std::string(text::trim(line)));
  for (const auto& line : without(found, wanted))
    if (shown++ < most_lines) out.push_back(prefix + "too much: " + std::string(text::trim(line)));
  if (shown > most_lines) out.push_back(prefix + text::count(shown - most_lines, "more line"));
}

void compare_rows(const std::string& table, const RowsPrint& wanted, const RowsPrint& found, Difference& out) {
  if (wanted.digest == found.digest) return;
  if (wanted.without_counters == found.without_counters) {
    out.counted.insert(table);
    return;
  }
  out.lines.push_back("rows of " + table + ": " + std::to_string(found.rows) + ", not those " +
                      std::to_string(wanted.rows));
  compare_lines("rows of " + table, wanted.sample, found.sample, out.lines);
}

}  // namespace

Fingerprint fingerprint(journal::Database& database, const Losses& losses) {
  Fingerprint print;
  auto there = database.connection().describe();
  there.tables.erase_if([](const auto& named) { return is_own(named.first); });
  add_definitions(database, there, print);
  for (const auto& [name, table] : there.tables) {
    if (!losses.tables.contains(name)) print.tables.emplace(name, rows_of(database, table, losses));
    for (const auto& column : table.columns)
      if (column.default_value.kind == schema::Default::Kind::now) print.not_compared.insert(name + "." + column.name);
  }
  add_journal(database, print);
  return print;
}

Difference difference(const Fingerprint& wanted, const Fingerprint& found, Wording wording) {
  Difference out;
  const bool free = wording == Wording::free;
  for (const auto& [name, text] : wanted.definitions) {
    if (free && wanted.worded.contains(name)) continue;
    const auto there = found.definitions.find(name);
    if (there == found.definitions.end())
      out.lines.push_back(name + " is not there");
    else if (text != there->second)
      compare_lines(name, text::split(text, '\n'), text::split(there->second, '\n'), out.lines);
  }
  for (const auto& [name, text] : found.definitions)
    if (!wanted.definitions.contains(name) && !(free && found.worded.contains(name)))
      out.lines.push_back(name + " should not be there");
  for (const auto& [name, rows] : wanted.tables)
    if (const auto there = found.tables.find(name); there != found.tables.end())
      compare_rows(name, rows, there->second, out);
  compare_lines("journal", wanted.journal, found.journal, out.lines);
  return out;
}

}  // namespace dbctl::proof
