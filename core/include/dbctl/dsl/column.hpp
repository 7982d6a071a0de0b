#pragma once
#include "dbctl/dsl/literals.hpp"
#include "dbctl/schema/kinds.hpp"

namespace dbctl::dsl {

using enum schema::Action;
using schema::Action;
using schema::TypeKind;

/// One column: a type, and what its modifiers say. Not null unless `nullable()`.
struct Column {
  enum class DefaultKind : std::uint8_t { none, value, now, expression };

  Identifier name{};
  Identifier table{}, table_column{};        ///< what it references
  const std::string_view* values = nullptr;  ///< of an enumeration
  std::uint32_t value_count = 0;
  std::uint32_t size = 0, scale = 0;
  TypeKind kind{};
  bool is_nullable = false, is_primary_key = false, is_unique = false, is_auto_increment = false, is_stored = false;
  DefaultKind default_kind = DefaultKind::none;
  Action deleting = no_action, updating = no_action;
  std::array<std::uint8_t, 3> padding{};
  Literal default_literal{};  ///< of an expression its SQL
  std::string_view check_sql{}, generated_sql{}, comment_text{}, collation_name{};

  consteval Column primary_key() const {
    auto c = *this;
    c.is_primary_key = true;
    return c;
  }
  consteval Column auto_increment() const {
    if (kind != TypeKind::integer && kind != TypeKind::bigint && kind != TypeKind::smallint)
      refused::this_modifier_does_not_fit_the_column_type();
    auto c = *this;
    c.is_auto_increment = true;
    return c;
  }
  consteval Column nullable() const {
    auto c = *this;
    c.is_nullable = true;
    return c;
  }
  consteval Column unique() const {
    auto c = *this;
    c.is_unique = true;
    return c;
  }
  /// A literal of the column's own type: text for text, 0 for whole numbers, 0.00_dec for decimals, true for booleans.
  consteval Column default_to(Literal value) const {
    if (!fits(value)) refused::a_default_must_have_the_type_of_its_column();
    auto c = *this;
    c.default_kind = DefaultKind::value;
    c.default_literal = value;
    return c;
  }
  /// The time at which the row is inserted.
  consteval Column default_now() const {
    if (kind != TypeKind::timestamp && kind != TypeKind::date && kind != TypeKind::time)
      refused::this_modifier_does_not_fit_the_column_type();
    auto c = *this;
    c.default_kind = DefaultKind::now;
    return c;
  }
  /// A default in SQL that every database used understands.
  consteval Column default_expression(std::string_view sql) const {
    auto c = *this;
    c.default_kind = DefaultKind::expression;
    c.default_literal = sql;
    return c;
  }
  /// SQL that must not be false for any row.
  consteval Column check(std::string_view sql) const {
    auto c = *this;
    c.check_sql = sql;
    return c;
  }
  consteval Column references(Name other, Name column = "id") const {
    auto c = *this;
    c.table = other.text;
    c.table_column = column.text;
    return c;
  }
  consteval Column on_delete(Action action) const {
    if (table.empty()) refused::this_modifier_does_not_fit_the_column_type();
    auto c = *this;
    c.deleting = action;
    return c;
  }
  consteval Column on_update(Action action) const {
    if (table.empty()) refused::this_modifier_does_not_fit_the_column_type();
    auto c = *this;
    c.updating = action;
    return c;
  }
  consteval Column comment(std::string_view text) const {
    auto c = *this;
    c.comment_text = text;
    return c;
  }
  consteval Column collation(std::string_view name_of_it) const {
    auto c = *this;
    c.collation_name = name_of_it;
    return c;
  }
  /// Computed from the row's other columns, when read or (`stored`) when written.
  consteval Column generated_as(std::string_view sql) const {
    auto c = *this;
    c.generated_sql = sql;
    return c;
  }
  consteval Column stored() const {
    if (generated_sql.empty()) refused::this_modifier_does_not_fit_the_column_type();
    auto c = *this;
    c.is_stored = true;
    return c;
  }

 private:
  consteval bool fits(const Literal& v) const {
    using K = Literal::Kind;
    if (v.kind == K::nothing) return is_nullable;
    switch (kind) {
      case TypeKind::boolean:
        return v.kind == K::boolean;
      case TypeKind::smallint:
      case TypeKind::integer:
      case TypeKind::bigint:
        return v.kind == K::integer;
      case TypeKind::decimal:
        return v.kind == K::decimal || v.kind == K::integer;
      case TypeKind::real:
      case TypeKind::double_:
        return v.kind == K::real || v.kind == K::integer;
      case TypeKind::enumeration:
        return v.kind == K::text && is_value(v.text());
      default:
        return v.kind == K::text;
    }
  }
  consteval bool is_value(std::string_view v) const {
    for (std::size_t i = 0; i < value_count; ++i)
      if (values[i] == v) return true;
    return false;
  }
};

namespace detail {
constexpr Column column(Name name, TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0) {
  Column c;
  c.name = name.text;
  c.kind = kind;
  c.size = size;
  c.scale = scale;
  return c;
}

template <std::size_t N>
struct FixedText {
  char data[N]{};
  consteval FixedText(const char (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) data[i] = s[i];
  }
  constexpr std::string_view view() const { return {data, N - 1}; }
};
template <FixedText... V>
struct ValueList {
  static constexpr std::string_view items[] = {V.view()...};
};
}  // namespace detail

consteval Column boolean(Name n) {
  return detail::column(n, TypeKind::boolean);
}
consteval Column smallint(Name n) {
  return detail::column(n, TypeKind::smallint);
}
consteval Column integer(Name n) {
  return detail::column(n, TypeKind::integer);
}
consteval Column bigint(Name n) {
  return detail::column(n, TypeKind::bigint);
}
consteval Column real(Name n) {
  return detail::column(n, TypeKind::real);
}
consteval Column double_(Name n) {
  return detail::column(n, TypeKind::double_);
}
consteval Column text(Name n) {
  return detail::column(n, TypeKind::text);
}
consteval Column uuid(Name n) {
  return detail::column(n, TypeKind::uuid);
}
consteval Column date(Name n) {
  return detail::column(n, TypeKind::date);
}
consteval Column time(Name n) {
  return detail::column(n, TypeKind::time);
}
consteval Column timestamp(Name n) {
  return detail::column(n, TypeKind::timestamp);
}
consteval Column json(Name n) {
  return detail::column(n, TypeKind::json);
}
consteval Column text_array(Name n) {
  return detail::column(n, TypeKind::text_array);
}
/// At most `size` bytes; without a size unbounded.
consteval Column binary(Name n, std::uint32_t size = 0) {
  return detail::column(n, TypeKind::binary, size);
}
/// At most `length` characters.
consteval Column string(Name n, std::uint32_t length = 255) {
  if (length == 0) refused::a_string_needs_a_length_of_at_least_1();
  return detail::column(n, TypeKind::string, length);
}
/// Exactly `length` characters.
consteval Column character(Name n, std::uint32_t length) {
  if (length == 0) refused::a_string_needs_a_length_of_at_least_1();
  return detail::column(n, TypeKind::character, length);
}
/// Exact: `Digits` in all, `Scale` of them after the point.
template <std::uint32_t Digits, std::uint32_t Scale>
consteval Column decimal(Name n) {
  static_assert(Digits >= 1 && Digits <= 65 && Scale <= Digits && Scale <= 30,
                "decimal<digits, scale>: 1 to 65 digits in all, of which at most 30 after the point");
  return detail::column(n, TypeKind::decimal, Digits, Scale);
}
/// One of the texts: enumeration<"new", "paid">("status").
template <detail::FixedText... V>
consteval Column enumeration(Name n) {
  static_assert(sizeof...(V) > 0, "an enumeration needs at least one value");
  auto c = detail::column(n, TypeKind::enumeration);
  c.values = detail::ValueList<V...>::items;
  c.value_count = sizeof...(V);
  return c;
}

/// Several columns at once, for create_table.
template <std::size_t N>
struct Columns {
  std::array<Column, N> items;
};
/// created_at and updated_at, both set to now on insert.
consteval Columns<2> timestamps() {
  return {{timestamp("created_at").default_now(), timestamp("updated_at").default_now()}};
}
/// An auto-increment `id` for joins and a unique public `uuid` that may be shown.
consteval Columns<2> dual_key() {
  return {{bigint("id").primary_key().auto_increment(), uuid("uuid").unique()}};
}

}  // namespace dbctl::dsl
