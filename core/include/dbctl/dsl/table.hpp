#pragma once
#include "dbctl/dsl/column.hpp"

namespace dbctl::dsl {

/// A part of an index: a column, or SQL over the row's columns.
class Part {
 public:
  constexpr Part() = default;
  constexpr Part(std::string_view text, bool is_expression, bool is_descending)
      : characters_(text.data()),
        size_(detail::length_of(text)),
        is_expression_(is_expression),
        is_descending_(is_descending) {}

  constexpr std::string_view column() const { return is_expression_ ? std::string_view() : text(); }
  constexpr std::string_view sql() const { return is_expression_ ? text() : std::string_view(); }
  constexpr bool is_descending() const { return is_descending_; }

 private:
  constexpr std::string_view text() const { return {characters_, size_}; }

  const char* characters_ = nullptr;
  std::uint32_t size_ = 0;
  bool is_expression_ = false, is_descending_ = false;
  [[maybe_unused]] std::uint16_t padding_ = 0;
};
consteval Part desc(Name column) {
  return {column.text, false, true};
}
/// SQL over the row's columns: expression("lower(email)").
consteval Part expression(std::string_view sql) {
  return {sql, true, false};
}

struct Parts : Few<Part> {
  template <class... P>
  requires(sizeof...(P) > 0) constexpr Parts(const P&... p) { (put(p), ...); }

 private:
  template <std::size_t N>
  constexpr void put(const char (&column)[N]) {
    add({identifier(column), false, false});
  }
  constexpr void put(Part p) { add(p); }
};

/// A key, check or index of a table: inside create_table, or added and dropped by an operation of its own.
struct Constraint {
  enum class Kind : std::uint8_t { primary_key, unique, foreign_key, check, index, comment };
  Kind kind{};
  bool is_unique = false, is_fulltext = false, is_concurrent = false;
  Action deleting = no_action, updating = no_action;
  std::uint16_t padding = 0;
  Identifier given_name{}, table{};
  std::string_view sql{};  ///< of a check and a comment their text, of a partial index what selects its rows
  std::string_view method{};
  Few<Part> parts{};                ///< its columns
  Few<Identifier> table_columns{};  ///< what a foreign key references

  /// A name of the author's own; names are generated otherwise: idx_, uq_, fk_, ck_ with table and columns.
  consteval Constraint name(Name n) const {
    expect(kind != Kind::primary_key && kind != Kind::comment);
    auto c = *this;
    c.given_name = n.text;
    return c;
  }
  consteval Constraint references(Name other, Names columns = "id") const {
    expect(kind == Kind::foreign_key);
    auto c = *this;
    c.table = other.text;
    c.table_columns = columns;
    return c;
  }
  consteval Constraint on_delete(Action action) const {
    expect(kind == Kind::foreign_key);
    auto c = *this;
    c.deleting = action;
    return c;
  }
  consteval Constraint on_update(Action action) const {
    expect(kind == Kind::foreign_key);
    auto c = *this;
    c.updating = action;
    return c;
  }
  consteval Constraint unique() const {
    expect(kind == Kind::index);
    auto c = *this;
    c.is_unique = true;
    return c;
  }
  consteval Constraint fulltext() const {
    expect(kind == Kind::index);
    auto c = *this;
    c.is_fulltext = true;
    return c;
  }
  /// Built while the table stays writable, outside any transaction, where the database can.
  consteval Constraint concurrently() const {
    expect(kind == Kind::index);
    auto c = *this;
    c.is_concurrent = true;
    return c;
  }
  consteval Constraint using_method(std::string_view m) const {
    expect(kind == Kind::index);
    auto c = *this;
    c.method = m;
    return c;
  }
  /// A partial index: SQL that selects its rows.
  consteval Constraint where(std::string_view condition_sql) const {
    expect(kind == Kind::index);
    auto c = *this;
    c.sql = condition_sql;
    return c;
  }

 private:
  static consteval void expect(bool fits) {
    if (!fits) refused::this_modifier_does_not_fit_this_kind_of_constraint();
  }
};

namespace detail {
template <std::size_t... N>
constexpr Few<Identifier> few(const char (&... columns)[N]) {
  static_assert(sizeof...(N) > 0, "at least one column");
  Few<Identifier> f;
  (f.add(identifier(columns)), ...);
  return f;
}
constexpr Constraint over(Constraint::Kind kind, const Few<Identifier>& columns) {
  Constraint c{.kind = kind};
  for (std::size_t i = 0; i < columns.size; ++i) c.parts.add({columns.items[i], false, false});
  return c;
}
}  // namespace detail

template <std::size_t... N>
consteval Constraint primary_key(const char (&... columns)[N]) {
  return detail::over(Constraint::Kind::primary_key, detail::few(columns...));
}
template <std::size_t... N>
consteval Constraint unique(const char (&... columns)[N]) {
  return detail::over(Constraint::Kind::unique, detail::few(columns...));
}
template <std::size_t... N>
consteval Constraint foreign_key(const char (&... columns)[N]) {
  return detail::over(Constraint::Kind::foreign_key, detail::few(columns...));
}
template <class... P>
consteval Constraint index(const P&... parts) {
  Constraint c{.kind = Constraint::Kind::index};
  c.parts = Parts(parts...);
  return c;
}
consteval Constraint check(Name name, std::string_view sql) {
  return {.kind = Constraint::Kind::check, .given_name = name.text, .sql = sql};
}
consteval Constraint comment(std::string_view text) {
  return {.kind = Constraint::Kind::comment, .sql = text};
}

/// What stands before the parts of an operation.
struct Head {
  Identifier name{};
  int line = 0;
  int padding = 0;
};

template <std::size_t N, std::size_t M>
struct CreateTable {
  Head head;
  std::array<Column, N> columns;
  std::array<Constraint, M> constraints;
};

namespace detail {
template <class T>
inline constexpr std::size_t columns_in = 0;
template <>
inline constexpr std::size_t columns_in<Column> = 1;
template <std::size_t N>
inline constexpr std::size_t columns_in<Columns<N>> = N;
template <class T>
inline constexpr std::size_t constraints_in = std::is_same_v<T, Constraint> ? 1 : 0;

template <std::size_t N, std::size_t M>
constexpr void verify(const CreateTable<N, M>& t) {
  std::size_t keys = 0;
  for (std::size_t a = 0; a < N; ++a) {
    if (t.columns[a].is_primary_key) ++keys;
    for (std::size_t b = a + 1; b < N; ++b)
      if (t.columns[a].name == t.columns[b].name) refused::the_table_has_this_column_twice();
  }
  for (std::size_t m = 0; m < M; ++m) {
    const auto& c = t.constraints[m];
    if (c.kind == Constraint::Kind::primary_key) ++keys;
    for (std::size_t p = 0; p < c.parts.size; ++p) {
      const auto column = c.parts.items[p].column();
      bool found = column.empty();
      for (std::size_t a = 0; a < N; ++a) found = found || t.columns[a].name == column;
      if (!found) refused::the_table_has_no_such_column();
    }
  }
  if (keys > 1) refused::the_table_has_two_primary_keys();
}
}  // namespace detail

/// A table: columns, timestamps(), dual_key(), and primary_key(), unique(), index(), foreign_key(), check(), comment().
template <class... E>
consteval auto create_table(Name name, const E&... elements) {
  constexpr std::size_t n = (detail::columns_in<E> + ... + 0);
  constexpr std::size_t m = (detail::constraints_in<E> + ... + 0);
  static_assert(n > 0, "create_table: a table needs a column");
  CreateTable<n, m> t{{name.text, name.line}, {}, {}};
  std::size_t i = 0, j = 0;
  auto put = [&](const auto& e) {
    if constexpr (requires { e.items; })
      for (const auto& c : e.items) t.columns[i++] = c;
    else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(e)>, Constraint>)
      t.constraints[j++] = e;
    else
      t.columns[i++] = e;
  };
  (put(elements), ...);
  detail::verify(t);
  return t;
}

}  // namespace dbctl::dsl
