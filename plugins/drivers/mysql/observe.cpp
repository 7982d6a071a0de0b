// What is there: the server's own SHOW CREATE of each object. For a few names that is ten times as fast as asking
// information_schema, which serves for the list of all.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "definition.hpp"
#include "file_names.hpp"

namespace dbctl::mysql {
namespace {

using driver::ObjectState;

constexpr std::string_view own = "dbctl_";

/// "Unknown database", "table doesn't exist" and their like.
bool means_absent(int code) {
  return code == 1049 || code == 1146 || code == 1305 || code == 1360 || code == 1539;
}
/// What a user may not see is not there for this user, as in information_schema.
bool means_hidden(int code) {
  return code == 1044 || code == 1142 || code == 1143 || code == 1227 || code == 1370;
}

/// What is said behind SHOW CREATE, and what that is called here.
struct Kind {
  std::string words;
  std::string kind;
};

struct Candidate {
  Kind kind;
  std::string schema;
  std::string name;
};

class Observation {
 public:
  Observation(driver::Connection& connection, const MysqlDialect& dialect, std::string database)
      : connection_(connection), dialect_(dialect), database_(std::move(database)) {
    kinds_ = {{"TABLE", "table"}, {"TRIGGER", "trigger"}, {"PROCEDURE", "routine"}, {"FUNCTION", "routine"}};
    kinds_.push_back({"EVENT", "event"});
    if (mariadb()) {
      kinds_.push_back({"PACKAGE", "routine"});
      kinds_.push_back({"PACKAGE BODY", "routine"});
    } else if (connection.server().version >= sql::Version{9, 2, 0}) {
      kinds_.push_back({"LIBRARY", "routine"});
    }
  }

  std::vector<ObjectState> read(const driver::Objects& objects) {
    if (!objects.names.empty() && !objects.programs)
      std::erase_if(kinds_, [](const Kind& kind) { return kind.kind != "table"; });
    for (const auto& candidate : objects.names.empty() ? all() : named(objects.names)) {
      if (candidate.name.starts_with(own)) continue;
      if (auto state = state_of(candidate)) add(candidate.schema, std::move(*state));
    }
    if (objects.identities) identify();
    std::vector<ObjectState> out;
    for (auto& [key, state] : states_) out.push_back(std::move(state));
    return out;
  }

 private:
  bool mariadb() const { return dialect_.mariadb(); }
  Rows ask(const std::string& sql, Row params = {}) const {
    return connection_.query({.sql = sql, .params = std::move(params)});
  }
  std::vector<Candidate> all() const;
  std::vector<Candidate> named(const std::vector<std::string>& names) const;

  struct Shown {
    Rows rows = {};
    bool hidden = false;
    explicit operator bool() const { return !rows.empty(); }
  };
  Shown show(const std::string& words, const Candidate& candidate) const;
  std::optional<ObjectState> state_of(const Candidate& candidate) const;
  ObjectState table(const Candidate& candidate, const Row& row, const TableText& text) const;
  std::optional<ObjectState> view(const Candidate& candidate, const std::string& header) const;
  std::string stored_name(const Candidate& candidate) const;
  std::string facts(const Rows& rows) const;
  void add(const std::string& schema, ObjectState state);
  void identify();

  driver::Connection& connection_;
  const MysqlDialect& dialect_;
  std::string database_;
  std::vector<Kind> kinds_;
  std::map<std::pair<std::string, std::string>, ObjectState> states_;                          ///< by kind and name
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> places_;  ///< schema and name
};

std::vector<Candidate> Observation::all() const {
  std::vector<Candidate> out;
  const auto list = [&](const std::string& kind, const std::string& words, const std::string& from,
                        const std::string& schema) {
    for (const auto& row :
         ask(fmt::format("SELECT {} FROM information_schema.{} = DATABASE()", words, from + " WHERE " + schema)).rows)
      out.push_back({{to_text(row[0]), kind}, database_, to_text(row[1])});
  };
  list("table", "'TABLE', TABLE_NAME", "TABLES", "TABLE_SCHEMA");
  list("trigger", "'TRIGGER', TRIGGER_NAME", "TRIGGERS", "TRIGGER_SCHEMA");
  list("routine", "ROUTINE_TYPE, ROUTINE_NAME", "ROUTINES", "ROUTINE_SCHEMA");
  list("event", "'EVENT', EVENT_NAME", "EVENTS", "EVENT_SCHEMA");
  if (std::ranges::any_of(kinds_, [](const auto& kind) { return kind.words == "LIBRARY"; }))
    list("routine", "'LIBRARY', LIBRARY_NAME", "LIBRARIES", "LIBRARY_SCHEMA");
  // those of one name in the order in which a name is asked for
  const auto place = [this](const Candidate& c) { return std::ranges::find(kinds_, c.kind.words, &Kind::words); };
  std::ranges::stable_sort(out, [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return out;
}

/// A name with a dot in it may be one with its schema, or just that.
std::vector<Candidate> Observation::named(const std::vector<std::string>& names) const {
  std::vector<Candidate> out;
  for (const auto& name : std::set<std::string>(names.begin(), names.end())) {
    for (const auto& kind : kinds_) out.push_back({kind, database_, name});
    const auto dot = name.find('.');
    if (dot == std::string::npos || dot == 0) continue;
    for (const auto& kind : kinds_) out.push_back({kind, name.substr(0, dot), name.substr(dot + 1)});
  }
  return out;
}

Observation::Shown Observation::show(const std::string& words, const Candidate& candidate) const {
  try {
    auto rows = ask(
        fmt::format("SHOW CREATE {} {}.{}", words, dialect_.quote(candidate.schema), dialect_.quote(candidate.name)));
    return {.rows = std::move(rows)};
  } catch (const StatementError& failure) {
    const bool hidden = means_hidden(failure.server().native);
    if (!hidden && !means_absent(failure.server().native)) throw;
    return {.hidden = hidden};
  }
}

std::optional<ObjectState> Observation::state_of(const Candidate& candidate) const {
  auto shown = show(candidate.kind.words, candidate);
  if (candidate.kind.kind == "table") {
    // who made a view without the right to SHOW it may still read of it
    if (shown.hidden) return view(candidate, {});
    if (!shown) return std::nullopt;
    const auto& row = shown.rows.rows[0];
    if (shown.rows.columns.at(1) == "Create View") return view(candidate, view_header(to_text(row.at(1))));
    const auto text = table_text(to_text(row.at(1)));
    if (text.temporary) return std::nullopt;  // this session's, and in the way of what is there
    return table(candidate, row, text);
  }
  if (!shown) return std::nullopt;
  auto found = candidate;
  if (candidate.kind.kind == "routine") {  // shown as it was asked for, in whatever case
    found.name = stored_name(candidate);
    if (found.name != candidate.name) shown = show(candidate.kind.words, found);
    if (!shown) return std::nullopt;
  } else {
    found.name = to_text(shown.rows.rows[0].at(0));
  }
  auto definition = facts(shown.rows);
  const auto& row = shown.rows.rows[0];
  if (found.kind.kind == "routine" && row.size() > 2 && is_null(row[2])) {
    // this user may not see the body; when it was changed tells at least that it was
    const auto changed =
        ask("SELECT LAST_ALTERED FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND "
            "ROUTINE_NAME = ? AND ROUTINE_TYPE = ?",
            {found.schema, found.name, found.kind.words});
    if (!changed.empty()) definition += "\nchanged " + to_text(changed.rows[0][0]);
  }
  return ObjectState{.kind = found.kind.kind, .name = found.name, .definition = std::move(definition)};
}

ObjectState Observation::table(const Candidate& candidate, const Row& row, const TableText& text) const {
  ObjectState state{.kind = "table", .name = to_text(row.at(0)), .definition = text.definition};
  if (text.sequence) {
    state.kind = "sequence";
    if (const auto sequence = show("SEQUENCE", candidate)) state.definition = to_text(sequence.rows.rows[0].at(1));
  } else if (text.engine != "InnoDB") {
    std::set<std::string> disabled;  // ALTER TABLE … DISABLE KEYS: nothing else shows it
    const auto keys =
        ask(fmt::format("SHOW INDEX FROM {}.{}", dialect_.quote(candidate.schema), dialect_.quote(candidate.name)));
    const auto name = std::ranges::find(keys.columns, "Key_name") - keys.columns.begin();
    const auto comment = std::ranges::find(keys.columns, "Comment") - keys.columns.begin();
    for (const auto& key : keys.rows)
      if (to_text(key.at(static_cast<std::size_t>(comment))) == "disabled")
        disabled.insert(to_text(key.at(static_cast<std::size_t>(name))));
    for (const auto& key : disabled) state.definition += "\ndisabled key " + key;
  }
  return state;
}

/// The query as it was stored; SHOW CREATE VIEW words it otherwise when a table behind it changes.
std::optional<ObjectState> Observation::view(const Candidate& candidate, const std::string& header) const {
  const auto rows =
      ask("SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE, DEFINER, "
          "CHARACTER_SET_CLIENT, COLLATION_CONNECTION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = "
          "? AND TABLE_NAME = ?",
          {candidate.schema, candidate.name});
  if (rows.empty()) return std::nullopt;
  auto definition = header;
  for (std::size_t i = 1; i < rows.columns.size(); ++i)
    definition += fmt::format("\n{}: {}", text::lower(rows.columns[i]), to_text(rows.rows[0][i]));
  return ObjectState{.kind = "view", .name = to_text(rows.rows[0][0]), .definition = std::move(definition)};
}

std::string Observation::stored_name(const Candidate& candidate) const {
  if (candidate.kind.words == "LIBRARY") return candidate.name;
  const auto rows =
      ask("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND "
          "ROUTINE_NAME = ? AND ROUTINE_TYPE = ?",
          {candidate.schema, candidate.name, candidate.kind.words});
  return rows.empty() ? candidate.name : to_text(rows.rows[0][0]);
}

/// Everything that SHOW CREATE tells of a program, besides its name and when it was made.
std::string Observation::facts(const Rows& rows) const {
  std::vector<std::string> lines;
  for (std::size_t i = 1; i < rows.columns.size(); ++i)
    if (rows.columns[i] != "Created")
      lines.push_back(fmt::format("{}: {}", text::lower(rows.columns[i]), to_text(rows.rows[0].at(i))));
  return text::join(lines, "\n");
}

void Observation::add(const std::string& schema, ObjectState state) {
  const auto bare = state.name;
  if (schema != database_) state.name = fmt::format("{}.{}", schema, bare);
  const auto key = std::pair(state.kind, state.name);
  places_[key] = {schema, bare};
  const auto [there, is_new] = states_.try_emplace(key, state);
  // a procedure and a function may share a name: what there is of that name is both
  if (!is_new && there->second.definition != state.definition) there->second.definition += "\n" + state.definition;
}

/// A table's number in InnoDB, which others do not have.
void Observation::identify() {
  std::set<std::string> schemas;
  for (const auto& [key, place] : places_)
    if (key.first == "table" || key.first == "sequence") schemas.insert(place.first);
  FileNames files;
  try {
    for (const auto& schema : schemas) {
      const auto like = text::replace_all(plain_prefix(schema), "_", "\\_") + "%";
      for (const auto& row : ask(fmt::format("SELECT NAME, TABLE_ID FROM information_schema.{} WHERE NAME LIKE ?",
                                             mariadb() ? "INNODB_SYS_TABLES" : "INNODB_TABLES"),
                                 {like})
                                 .rows)
        files.add(to_text(row[0]), to_text(row[1]));
    }
  } catch (const StatementError& failure) {
    if (!means_hidden(failure.server().native)) throw;
    return;  // this takes the right PROCESS
  }
  for (const auto& [key, place] : places_)
    if (key.first == "table" || key.first == "sequence")
      states_.at(key).identity = files.identity(place.first, place.second);
}

}  // namespace

std::vector<ObjectState> MysqlConnection::observe(const driver::Objects& objects) {
  return Observation(*this, *dialect_, settings_.database).read(objects);
}

std::vector<std::string> MysqlConnection::clean_up(const std::vector<std::string>&) {
  return {};  // a statement that is interrupted leaves nothing behind here
}

/// Tables of engines without transactions, and those whose triggers name one, directly or by another trigger.
std::vector<std::string> MysqlConnection::not_transactional() {
  std::set<std::string> names;
  for (const auto& row : query({.sql = "SELECT t.TABLE_NAME FROM information_schema.TABLES t LEFT JOIN "
                                       "information_schema.ENGINES e ON e.ENGINE = t.ENGINE WHERE t.TABLE_SCHEMA = "
                                       "DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' AND t.ENGINE IS NOT NULL AND "
                                       "COALESCE(e.TRANSACTIONS, 'NO') <> 'YES'"})
                             .rows)
    names.insert(to_text(row[0]));
  if (names.empty()) return {};
  std::vector<std::pair<std::string, std::vector<std::string>>> triggers;
  for (const auto& row : query({.sql = "SELECT EVENT_OBJECT_TABLE, ACTION_STATEMENT FROM information_schema.TRIGGERS "
                                       "WHERE TRIGGER_SCHEMA = DATABASE()"})
                             .rows)
    triggers.emplace_back(to_text(row[0]), words_of(to_text(row[1])));
  for (bool found = true; found;) {
    found = false;
    for (const auto& [table, words] : triggers)
      if (std::ranges::any_of(words, [&](const auto& word) { return names.contains(word); }))
        found = names.insert(table).second || found;
  }
  return {names.begin(), names.end()};
}

}  // namespace dbctl::mysql
