#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

/// What authors write between quotes and as numbers. All of it is evaluated by the compiler: a mistake is a compile
/// error that names one of the functions in `refused`.
namespace dbctl::dsl {

/// Never defined: a consteval function that reaches one of these does not compile, and its name is the message.
namespace refused {
void identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63();
void a_default_must_have_the_type_of_its_column();
void a_string_needs_a_length_of_at_least_1();
void too_many_items();
void the_table_has_this_column_twice();
void the_table_has_two_primary_keys();
void the_table_has_no_such_column();
void this_modifier_does_not_fit_the_column_type();
void this_modifier_does_not_fit_this_kind_of_constraint();
void this_modifier_does_not_fit_this_operation();
void a_row_must_have_as_many_cells_as_columns();
void more_than_64_rows_use_rows_from();
void a_table_needs_a_column();
}  // namespace refused

/// The text of a name in one word, for a plugin keeps all its migrations in memory: no name holds a zero.
class Identifier {
 public:
  constexpr Identifier() = default;
  /// `zero_ended` lives as long as the program.
  constexpr explicit Identifier(const char* zero_ended) : text_(zero_ended) {}

  constexpr bool empty() const { return text_ == nullptr; }
  constexpr operator std::string_view() const { return empty() ? std::string_view() : text_; }
  friend constexpr bool operator==(Identifier a, Identifier b) { return std::string_view(a) == std::string_view(b); }

 private:
  const char* text_ = nullptr;  // all zeros when empty: nothing to relocate when the plugin is loaded
};

/// An identifier: [a-z_][a-z0-9_]*, at most 63 characters.
template <std::size_t N>
constexpr Identifier identifier(const char (&s)[N]) {
  if (N < 2 || N > 64) refused::identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63();
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const char c = s[i];
    const bool good = (c >= 'a' && c <= 'z') || c == '_' || (i > 0 && c >= '0' && c <= '9');
    if (!good) refused::identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63();
  }
  if (s[N - 1] != '\0') refused::identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63();
  return Identifier(s);
}

/// An identifier that remembers the line it stands on.
struct Name {
  Identifier text;
  int line = 0;

  template <std::size_t N>
  consteval Name(const char (&s)[N], int at = __builtin_LINE()) : text(identifier(s)), line(at) {}
};

/// At most 8 items: the columns of a key, the seeders that come first.
template <class T>
struct Few {
  std::array<T, 8> items{};
  std::size_t size = 0;

  constexpr void add(T item) {
    if (size == items.size()) refused::too_many_items();
    items[size++] = item;
  }
};

/// One column or several: "a" or {"a", "b"}.
struct Names : Few<Identifier> {
  template <std::size_t... N>
  requires(sizeof...(N) > 0) consteval Names(const char (&... s)[N]) { (add(identifier(s)), ...); }
};

/// An exact decimal: 999.00_dec. The digits are kept as written, so the scale is too.
struct Dec {
  std::string_view digits;
  bool negative = false;
  consteval Dec operator-() const { return {digits, !negative}; }
};

/// A binary floating-point number, for columns that are real or double_: 3.14_real.
struct Real {
  double value = 0;
  consteval Real operator-() const { return {-value}; }
};

struct NullLiteral {};
inline constexpr NullLiteral null{};

namespace detail {
/// The length of a text in half a word; no compiler takes a longer one.
constexpr std::uint32_t length_of(std::string_view text) {
  return static_cast<std::uint32_t>(text.size());
}
}  // namespace detail

struct Literal {
  enum class Kind : std::uint8_t { none, nothing, boolean, integer, real, decimal, text };
  union {
    std::int64_t integer;    ///< of an integer and a boolean, and a real's bits
    const char* characters;  ///< of a text and a decimal
  };
  std::uint32_t size = 0;  ///< how many characters
  Kind kind = Kind::none;
  bool negative = false;  ///< of a decimal
  std::uint16_t padding = 0;

  constexpr Literal() : integer(0) {}
  constexpr Literal(NullLiteral) : integer(0), kind(Kind::nothing) {}
  template <class T>
  requires(std::is_integral_v<T>) constexpr Literal(T v)
      : integer(static_cast<std::int64_t>(v)), kind(std::is_same_v<T, bool> ? Kind::boolean : Kind::integer) {}
  template <class T>
  requires(std::is_floating_point_v<T>) constexpr Literal(T) : integer(0) {
    static_assert(!std::is_floating_point_v<T>,
                  "money is not a floating literal: write 9.99_dec, or 3.14_real for a real");
  }
  constexpr Literal(Dec d)
      : characters(d.digits.data()), size(detail::length_of(d.digits)), kind(Kind::decimal), negative(d.negative) {}
  constexpr Literal(Real r) : integer(std::bit_cast<std::int64_t>(r.value)), kind(Kind::real) {}
  constexpr Literal(std::string_view s) : characters(s.data()), size(detail::length_of(s)), kind(Kind::text) {}
  template <std::size_t N>
  constexpr Literal(const char (&s)[N]) : Literal(std::string_view(s, N - 1)) {}

  constexpr double real() const { return std::bit_cast<double>(integer); }
  /// Of a text and of a decimal.
  constexpr std::string_view text() const { return {characters, size}; }
};

inline namespace literals {
consteval Dec operator""_dec(const char* digits) {
  return {digits};
}
consteval Real operator""_real(long double v) {
  return {static_cast<double>(v)};
}
consteval Real operator""_real(unsigned long long v) {
  return {static_cast<double>(v)};
}
}  // namespace literals

}  // namespace dbctl::dsl
