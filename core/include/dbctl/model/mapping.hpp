#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "dbctl/dsl/column_of.hpp"
#include "dbctl/schema/kinds.hpp"
#include "dbctl/value/value.hpp"

/// What a model header says: which column is which member. All of it is read by the compiler.
namespace dbctl {

/// A column's type as far as reading it needs to know.
struct MappedType {
  schema::TypeKind kind = schema::TypeKind::text;
  std::uint32_t digits = 0, scale = 0;  ///< of a decimal
  bool nullable = false;
};

namespace model {

template <class T>
struct TypeOf;  // no member may be of another type
template <>
struct TypeOf<bool> {
  static constexpr MappedType type{schema::TypeKind::boolean};
};
template <>
struct TypeOf<std::int16_t> {
  static constexpr MappedType type{schema::TypeKind::smallint};
};
template <>
struct TypeOf<std::int32_t> {
  static constexpr MappedType type{schema::TypeKind::integer};
};
template <>
struct TypeOf<std::int64_t> {
  static constexpr MappedType type{schema::TypeKind::bigint};
};
template <>
struct TypeOf<float> {
  static constexpr MappedType type{schema::TypeKind::real};
};
template <>
struct TypeOf<double> {
  static constexpr MappedType type{schema::TypeKind::double_};
};
template <>
struct TypeOf<std::string> {
  static constexpr MappedType type{schema::TypeKind::text};
};
template <>
struct TypeOf<Uuid> {
  static constexpr MappedType type{schema::TypeKind::uuid};
};
template <>
struct TypeOf<Bytes> {
  static constexpr MappedType type{schema::TypeKind::binary};
};
template <>
struct TypeOf<Date> {
  static constexpr MappedType type{schema::TypeKind::date};
};
template <>
struct TypeOf<Time> {
  static constexpr MappedType type{schema::TypeKind::time};
};
template <>
struct TypeOf<Timestamp> {
  static constexpr MappedType type{schema::TypeKind::timestamp};
};
template <>
struct TypeOf<Json> {
  static constexpr MappedType type{schema::TypeKind::json};
};
template <>
struct TypeOf<TextArray> {
  static constexpr MappedType type{schema::TypeKind::text_array};
};
template <class T>
struct TypeOf<std::optional<T>> {
  static constexpr MappedType of(MappedType type) {
    type.nullable = true;
    return type;
  }
  static constexpr MappedType type = of(TypeOf<T>::type);
};

}  // namespace model

template <class Model, class Member>
struct MappedColumn {
  std::string_view name;
  MappedType type;
  Member Model::*member;
};

/// The member that holds the column.
template <std::size_t N, class Model, class Member>
consteval MappedColumn<Model, Member> column(const char (&name)[N], Member Model::*member) {
  return {{name, N - 1}, model::TypeOf<Member>::type, member};
}
/// The same for a decimal, which is read at its column's scale.
template <std::uint32_t Digits, std::uint32_t Scale, std::size_t N, class Model, class Member>
consteval MappedColumn<Model, Member> decimal(const char (&name)[N], Member Model::*member) {
  constexpr bool nullable = std::is_same_v<Member, std::optional<Decimal>>;
  static_assert(nullable || std::is_same_v<Member, Decimal>, "decimal: the member is a dbctl::Decimal");
  return {{name, N - 1}, {schema::TypeKind::decimal, Digits, Scale, nullable}, member};
}

template <class... Columns>
struct Mapping {
  std::string_view table;
  std::tuple<Columns...> columns;

  template <std::size_t N>
  consteval Mapping(const char (&name)[N], Columns... all) : table(name, N - 1), columns(all...) {}
};
template <std::size_t N, class... Columns>
Mapping(const char (&)[N], Columns...) -> Mapping<Columns...>;

/// A struct whose static mapping() says which column is which member.
template <class Model>
concept Mapped = requires {
  Model::mapping().table;
};

}  // namespace dbctl
