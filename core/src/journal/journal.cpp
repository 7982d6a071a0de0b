#include "dbctl/journal/journal.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "journal/records.hpp"
#include "journal/tables.hpp"
#include "journal/transaction.hpp"

namespace dbctl::journal {
namespace {

constexpr std::string_view current_format = "2";

Value value_of(Value&& read, const schema::Table& table, const schema::Column& column) {
  try {
    return schema::coerce(std::move(read), column.type);
  } catch (const std::invalid_argument& e) {
    throw Error(codes::journal_format,
                {.summary = table.name + "." + column.name + " holds a value that dbctl did not write",
                 .where = table.name,
                 .why = e.what(),
                 .next = {"put the value back with the database's own client, or restore the table from a backup"}});
  }
}

}  // namespace

bool State::is_applied(std::string_view domain, std::string_view version) const {
  const auto key = [](const Applied& a) { return std::pair<std::string_view, std::string_view>(a.version, a.domain); };
  const auto wanted = std::pair(version, domain);
  const auto it = std::lower_bound(applied.begin(), applied.end(), wanted,
                                   [&](const Applied& a, const auto& w) { return key(a) < w; });
  return it != applied.end() && key(*it) == wanted;
}

std::string meta::build_of(std::string_view domain) {
  return "build:" + std::string(domain);
}

Journal::Journal(driver::Connection& connection, const sql::Dialect& dialect)
    : connection_(connection), dialect_(dialect), home_(connection.home()) {}

const std::vector<std::string>& Journal::tables() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const auto* t : tables::all()) out.push_back(t->name);
    return out;
  }();
  return names;
}

bool Journal::is_own(std::string_view table) {
  return std::find(tables().begin(), tables().end(), table) != tables().end();
}

std::vector<const schema::Table*> Journal::missing() {
  const auto there = connection_.relations();
  const std::set<std::string, std::less<>> present(there.begin(), there.end());
  std::vector<const schema::Table*> out;
  for (const auto* t : tables::all())
    if (!present.contains(t->name)) out.push_back(t);
  return out;
}

bool Journal::exists() {
  return missing().empty();
}

/// The history and the ledger of seeds may be made anew: without them nothing is applied twice. What is applied and
/// what is under way may not, and meta is made last: without it the others are the beginning of a run that was
/// interrupted while it made them, as long as they are empty.
void Journal::check_parts(const std::vector<const schema::Table*>& missing) {
  const auto lacks = [&](const schema::Table& t) {
    return std::find(missing.begin(), missing.end(), &t) != missing.end();
  };
  auto all = tables::all();
  std::erase(all, &tables::lock());  // of no run but the one that is at work
  const auto needed = {&tables::meta(), &tables::migrations(), &tables::progress()};
  const auto lost = std::find_if(needed.begin(), needed.end(), [&](const auto* t) { return lacks(*t); });
  if (lost == needed.end() || std::ranges::all_of(all, [&](const auto* t) { return lacks(*t); })) return;
  const bool begun = lacks(tables::meta()) && std::all_of(all.begin(), all.end(), [&](const auto* t) {
                       return lacks(*t) || rows(*t, {}, {}).empty();
                     });
  if (begun) return;
  std::vector<std::string> left;
  for (const auto* t : all)
    if (!lacks(*t)) left.push_back(t->name);
  throw Error(codes::journal_format,
              {.summary = "dbctl's own tables are not complete: " + (*lost)->name + " is missing",
               .why = "the others are there, so it was dropped; what it knew of this database is lost",
               .next = {"put " + (*lost)->name + " back from a backup", "if no migration is applied here: drop " +
                                                                            text::join(left, ", ") +
                                                                            " by hand, and dbctl begins anew"}});
}

void Journal::create() {
  const auto absent = missing();
  if (absent.empty()) return;
  check_parts(absent);
  const bool transactional = dialect_.info().transactional_ddl;
  if (transactional) connection_.begin();
  for (const auto* t : absent)
    for (const auto& step : dialect_.render({schema::CreateTable{*t}}, {}).steps) connection_.execute(step.statement);
  if (transactional) connection_.commit();
}

State Journal::read() {
  const auto absent = missing();
  check_parts(absent);
  if (std::find(absent.begin(), absent.end(), &tables::meta()) != absent.end()) return {};
  return contents();
}

State Journal::contents() {
  State state;
  for (const auto& row : rows(tables::meta(), {}, {})) state.meta[to_text(row[0])] = to_text(row[1]);
  if (const auto it = state.meta.find(std::string(meta::format));
      it != state.meta.end() && it->second != current_format)
    throw Error(codes::journal_format, {.summary = "dbctl's tables have format " + it->second + ", this dbctl knows " +
                                                   std::string(current_format),
                                        .next = {"use the dbctl that made them, or a newer one"}});
  auto applied = rows(tables::migrations(), {}, {});
  state.applied.reserve(applied.size());
  for (auto& row : applied) state.applied.push_back(applied_of(std::move(row)));
  // Most databases give the rows as they were applied, which is this order, and would sort them without noticing.
  const auto older = [](const Applied& a, const Applied& b) {
    const int order = a.version.compare(b.version);
    return order != 0 ? order < 0 : a.domain < b.domain;
  };
  if (!std::ranges::is_sorted(state.applied, older)) std::ranges::sort(state.applied, older);
  if (const auto progress = rows(tables::progress(), {}, {}); !progress.empty())
    state.progress = progress_of(progress.front());
  return state;
}

void Journal::set_meta(std::string_view key, std::string_view value) {
  if (change(tables::meta(), {"value"}, {std::string(value)}, {"name"}, {std::string(key)}) == 0)
    insert(tables::meta(), {{std::string(key), std::string(value)}});
}

void Journal::unset_meta(std::string_view key) {
  remove(tables::meta(), {"name"}, {std::string(key)});
}

State Journal::identify() {
  auto state = contents();
  const auto set_once = [&](std::string_view key, const std::string& value) {
    if (state.meta.try_emplace(std::string(key), value).second) set_meta(key, value);
  };
  set_once(meta::database, uuid4());
  set_once(meta::format, std::string(current_format));
  return state;
}

std::string Journal::identity() {
  const auto absent = missing();
  if (std::ranges::find(absent, &tables::meta()) != absent.end()) return {};
  const auto found = rows(tables::meta(), std::pair{"name", Value(std::string(meta::database))}, {});
  return found.empty() ? std::string() : to_text(found.front().at(1));
}

void Journal::applied(const Applied& row, std::string_view reverse) {
  insert(tables::migrations(), {row_of(row)});
  remove(tables::reverses(), {"domain", "version"}, {row.domain, row.version});  // of a row that was taken out by hand
  if (!reverse.empty()) insert(tables::reverses(), {{row.domain, row.version, std::string(reverse)}});
}

void Journal::reverted(std::string_view domain, std::string_view version) {
  for (const auto* table : {&tables::migrations(), &tables::reverses()})
    remove(*table, {"domain", "version"}, {std::string(domain), std::string(version)});
}

std::optional<std::string> Journal::reverse(std::string_view domain, std::string_view version) {
  const auto absent = missing();
  if (std::find(absent.begin(), absent.end(), &tables::reverses()) != absent.end()) return std::nullopt;
  for (const auto& row : rows(tables::reverses(), std::pair{"version", Value(std::string(version))}, {}))
    if (to_text(row[0]) == domain) return to_text(row[2]);
  return std::nullopt;
}

void Journal::accept_checksum(std::string_view domain, std::string_view version, std::string_view checksum) {
  change(tables::migrations(), {"checksum"}, {std::string(checksum)}, {"domain", "version"},
         {std::string(domain), std::string(version)});
}

std::vector<Seeded> Journal::seeded(std::string_view seeder) {
  std::vector<Seeded> out;
  if (!exists()) return out;
  for (const auto& row : rows(tables::seeds(), std::pair{"seeder", Value(std::string(seeder))}, {}))
    out.push_back(seeded_of(row));
  return out;
}

void Journal::seeded(const std::vector<Seeded>& added, const std::vector<Seeded>& replaced) {
  std::vector<Row> fresh;
  for (const auto& s : added) fresh.push_back(row_of(s));
  insert(tables::seeds(), fresh);
  for (const auto& s : replaced)
    change(tables::seeds(), {"column_names", "content"}, {s.columns, s.content}, {"seeder", "table_name", "row_key"},
           {s.seeder, s.table, s.key});
}

void Journal::forget_seeds(std::string_view table) {
  remove(tables::seeds(), {"table_name"}, {std::string(table)});
}

void Journal::forget_everything() {
  remove(tables::migrations(), {}, {});
  remove(tables::progress(), {}, {});
  remove(tables::reverses(), {}, {});
  remove(tables::seeds(), {}, {});
}

std::vector<Row> Journal::rows(const schema::Table& table, const std::optional<std::pair<std::string, Value>>& where,
                               const std::vector<std::string>& order) {
  std::vector<std::string> columns, keys;
  for (const auto& c : table.columns) columns.push_back(c.name);
  std::vector<Row> wanted;
  if (where) {
    keys = {where->first};
    wanted = {{where->second}};
  }
  auto result = connection_.query(dialect_.select(placed(table), columns, keys, wanted, order));
  for (auto& row : result.rows)
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = value_of(std::move(row[i]), table, table.columns[i]);
  return std::move(result.rows);
}

void Journal::insert(const schema::Table& table, const std::vector<Row>& rows) {
  std::vector<std::string> columns;
  for (const auto& c : table.columns) columns.push_back(c.name);
  const std::size_t most = std::max<std::size_t>(1, dialect_.info().max_parameters / columns.size());
  for (std::size_t from = 0; from < rows.size(); from += most) {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(from);
    const auto last = rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), from + most));
    send(dialect_.insert(placed(table), columns, {first, last}));
  }
}

std::int64_t Journal::change(const schema::Table& table, const std::vector<std::string>& columns, const Row& values,
                             const std::vector<std::string>& keys, const Row& key_values) {
  return write(dialect_.update(placed(table), columns, values, keys, key_values));
}

void Journal::remove(const schema::Table& table, const std::vector<std::string>& keys, const Row& key_values) {
  send(dialect_.remove(placed(table), keys, key_values));
}

/// A migration may have made another schema or database the session's default.
schema::Table Journal::placed(schema::Table table) const {
  table.within = home_;
  return table;
}

void Journal::send(Statement statement) {
  if (later_)
    later_->push_back(std::move(statement));
  else
    write(statement);
}

/// What commits is compared with the lock's token, see Fence; by itself a statement would not be.
std::int64_t Journal::write(const Statement& statement) {
  if (connection_.in_transaction()) return connection_.execute(statement);
  Transaction transaction(connection_);
  const auto rows = connection_.execute(statement);
  transaction.commit();
  return rows;
}

}  // namespace dbctl::journal
