#pragma once
#include <tuple>

#include "dbctl/dsl/table.hpp"

namespace dbctl::dsl {

/// An operation on one table that needs a few names only.
struct Change {
  enum class Kind : std::uint8_t {
    drop_table,
    rename_table,
    drop_column,
    rename_column,
    drop_foreign_key,
    drop_check,
    drop_unique,
    drop_index
  };
  Kind kind{};
  bool is_concurrent = false;
  std::uint16_t padding = 0;
  int line = 0;
  Identifier table{}, from{}, to{};
  Few<Identifier> columns{};

  /// The constraint's or index's own name, where it was not generated.
  consteval Change name(Name n) const {
    if (kind != Kind::drop_foreign_key && kind != Kind::drop_unique && kind != Kind::drop_index)
      refused::this_modifier_does_not_fit_this_operation();
    auto c = *this;
    c.from = n.text;
    return c;
  }
  consteval Change concurrently() const {
    if (kind != Kind::drop_index) refused::this_modifier_does_not_fit_this_operation();
    auto c = *this;
    c.is_concurrent = true;
    return c;
  }
};

struct ChangeColumn {
  bool adds = false;
  std::array<std::uint8_t, 3> padding{};
  int line = 0;
  Identifier table{};
  Column column{};
  std::string_view using_sql{};

  /// SQL that converts the old value to the new type, where the database's own cast will not do.
  consteval ChangeColumn using_expression(std::string_view sql) const {
    if (adds) refused::this_modifier_does_not_fit_this_operation();
    auto c = *this;
    c.using_sql = sql;
    return c;
  }
};

struct AddConstraint : Constraint {
  Identifier on_table{};
  int line = 0;
  int padding_behind = 0;
  consteval AddConstraint(Name t, Constraint c) : Constraint(c), on_table(t.text), line(t.line) {}

  consteval AddConstraint unique() const { return with(Constraint::unique()); }
  consteval AddConstraint fulltext() const { return with(Constraint::fulltext()); }
  consteval AddConstraint concurrently() const { return with(Constraint::concurrently()); }
  consteval AddConstraint using_method(std::string_view m) const { return with(Constraint::using_method(m)); }
  consteval AddConstraint where(std::string_view sql_text) const { return with(Constraint::where(sql_text)); }
  consteval AddConstraint name(Name n) const { return with(Constraint::name(n)); }
  consteval AddConstraint references(Name t, Names c = "id") const { return with(Constraint::references(t, c)); }
  consteval AddConstraint on_delete(Action a) const { return with(Constraint::on_delete(a)); }
  consteval AddConstraint on_update(Action a) const { return with(Constraint::on_update(a)); }

 private:
  consteval AddConstraint with(Constraint c) const {
    auto r = *this;
    static_cast<Constraint&>(r) = c;
    return r;
  }
};

struct Sql {
  std::string_view text{}, reverse{}, condition{};
  int line = 0;
  bool is_outside = false, is_repeatable = false;
  std::array<std::uint8_t, 2> padding{};

  /// The one statement that undoes this one.
  consteval Sql reversed_by(std::string_view sql_text) const {
    auto s = *this;
    s.reverse = sql_text;
    return s;
  }
  /// For what the database refuses inside a transaction.
  consteval Sql outside_transaction() const {
    auto s = *this;
    s.is_outside = true;
    return s;
  }
  /// A second run changes nothing: after a crash in it, it is run again.
  consteval Sql repeatable() const {
    auto s = *this;
    s.is_repeatable = true;
    return s;
  }
  /// A query that returns a row once the statement has taken effect, and none before: asked after a crash in it.
  consteval Sql done_when(std::string_view query) const {
    auto s = *this;
    s.condition = query;
    return s;
  }
};

struct Set {
  std::string_view column{}, sql{};
};
struct Backfill {
  Identifier table{};
  int line = 0;
  int padding = 0;
  Few<Set> sets{}, reverse{};
  std::string_view condition{};
  std::uint32_t rows = 1000;
  bool keeps = false;
  std::array<std::uint8_t, 3> padding_behind{};

  /// The column's new value, in SQL over the row's columns.
  consteval Backfill set(Name column, std::string_view sql_text) const {
    auto b = *this;
    b.sets.add({column.text, sql_text});
    return b;
  }
  consteval Backfill where(std::string_view sql_text) const {
    auto b = *this;
    b.condition = sql_text;
    return b;
  }
  consteval Backfill batch(std::uint32_t n) const {
    if (n == 0) refused::a_string_needs_a_length_of_at_least_1();
    auto b = *this;
    b.rows = n;
    return b;
  }
  consteval Backfill reversed_by(Name column, std::string_view sql_text) const {
    auto b = *this;
    b.reverse.add({column.text, sql_text});
    return b;
  }
  /// Going down leaves the data as it is.
  consteval Backfill keeps_data() const {
    auto b = *this;
    b.keeps = true;
    return b;
  }
};

/// Rows of literals: insert("roles").columns("id", "name").row(1, "admin").
template <std::size_t C, std::size_t R>
struct Insert {
  Head head{};
  std::array<Identifier, C> names{};
  std::array<std::array<Literal, C>, R> rows{};

  template <std::size_t... N>
  consteval auto columns(const char (&... s)[N]) const {
    static_assert(C == 0, "insert: columns(...) once, before the first row");
    return Insert<sizeof...(N), 0>{head, {identifier(s)...}, {}};
  }
  template <class... V>
  consteval auto row(const V&... v) const {
    static_assert(sizeof...(V) == C, "row: as many cells as columns");
    static_assert(R < 64, "row: at most 64; seed large tables with rows_from");
    Insert<C, R + 1> next{head, names, {}};
    for (std::size_t i = 0; i < R; ++i) next.rows[i] = rows[i];
    next.rows[R] = {Literal(v)...};
    return next;
  }
};

template <class... Op>
struct On {
  Identifier driver{};
  std::tuple<Op...> operations;
};
template <class... Op>
struct Down {
  std::tuple<Op...> operations;
};
namespace detail {
template <class T>
inline constexpr bool is_down = false;
template <class... Op>
inline constexpr bool is_down<Down<Op...>> = true;
}  // namespace detail

consteval Change drop_table(Name t) {
  return {.kind = Change::Kind::drop_table, .line = t.line, .table = t.text};
}
consteval Change rename_table(Name from, Name to) {
  return {.kind = Change::Kind::rename_table, .line = from.line, .table = from.text, .to = to.text};
}
consteval Change drop_column(Name t, Name column) {
  return {.kind = Change::Kind::drop_column, .line = t.line, .table = t.text, .from = column.text};
}
consteval Change rename_column(Name t, Name from, Name to) {
  return {.kind = Change::Kind::rename_column, .line = t.line, .table = t.text, .from = from.text, .to = to.text};
}
consteval Change drop_foreign_key(Name t, Names columns) {
  return {.kind = Change::Kind::drop_foreign_key, .line = t.line, .table = t.text, .columns = columns};
}
consteval Change drop_unique(Name t, Names columns) {
  return {.kind = Change::Kind::drop_unique, .line = t.line, .table = t.text, .columns = columns};
}
consteval Change drop_index(Name t, Names columns) {
  return {.kind = Change::Kind::drop_index, .line = t.line, .table = t.text, .columns = columns};
}
/// By its name: the one given to check(...), or a column's name for a column's .check(...).
consteval Change drop_check(Name t, Name name) {
  return {.kind = Change::Kind::drop_check, .line = t.line, .table = t.text, .from = name.text};
}
/// The table's primary key comes with create_table.
consteval ChangeColumn add_column(Name t, Column column) {
  if (column.is_primary_key) refused::this_modifier_does_not_fit_this_operation();
  return {.adds = true, .line = t.line, .table = t.text, .column = column};
}
/// `column` is the whole new definition of the column that has its name. Keys and checks are changed by their own
/// operations.
consteval ChangeColumn alter_column(Name t, Column column) {
  if (column.is_primary_key || column.is_unique || !column.check_sql.empty() || !column.table.empty())
    refused::this_modifier_does_not_fit_this_operation();
  return {.adds = false, .line = t.line, .table = t.text, .column = column};
}
consteval AddConstraint create_index(Name t, Parts parts) {
  Constraint c{.kind = Constraint::Kind::index};
  c.parts = parts;
  return {t, c};
}
consteval AddConstraint add_unique(Name t, Names columns) {
  return {t, detail::over(Constraint::Kind::unique, columns)};
}
consteval AddConstraint add_foreign_key(Name t, Names columns) {
  return {t, detail::over(Constraint::Kind::foreign_key, columns)};
}
consteval AddConstraint add_check(Name t, Name name, std::string_view sql_text) {
  return {t, check(name, sql_text)};
}
/// One statement in the database's own SQL.
consteval Sql sql(std::string_view text, int line = __builtin_LINE()) {
  return {.text = text, .line = line};
}
consteval Backfill backfill(Name t) {
  return {.table = t.text, .line = t.line};
}
consteval Insert<0, 0> insert(Name t) {
  return {{t.text, t.line}, {}, {}};
}
/// Only for that driver or product. A driver's name covers all products that it serves, a product's is narrower.
template <class... Op>
consteval On<Op...> on(Name driver, const Op&... operations) {
  static_assert(!(detail::is_down<Op> || ...), "down(...) holds on(...), not the other way round");
  return {driver.text, {operations...}};
}
/// What a rollback does, in this order, instead of the derived inverse.
template <class... Op>
consteval Down<Op...> down(const Op&... operations) {
  static_assert(!(detail::is_down<Op> || ...), "a migration has one down(...)");
  return {{operations...}};
}

}  // namespace dbctl::dsl
