#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dbctl/base/export.hpp"
#include "dbctl/model/mapping.hpp"

namespace dbctl {

namespace journal {
class Database;
}

namespace model {

struct ColumnRead {
  std::string_view name;
  MappedType type;
};
/// A query over one table: what its columns are, and what some of them equal.
struct Query {
  std::string_view table;
  std::vector<ColumnRead> columns;
  std::vector<std::string> equal;  ///< columns
  Row values;                      ///< as long as `equal`
  std::vector<std::string> order;
};
/// Every value of its column's type. Throws Error: what a statement's failure is, and schema_invalid for a NULL or
/// another value that the model's member cannot hold.
DBCTL_API std::vector<Row> read(journal::Database& database, const Query& query);

template <class T>
struct Reader {
  static T read(Value&& value) { return std::get<T>(std::move(value)); }
};
template <class T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) struct Reader<T> {
  static T read(Value&& value) { return static_cast<T>(std::get<std::int64_t>(value)); }
};
template <>
struct Reader<float> {
  static float read(Value&& value) { return static_cast<float>(std::get<double>(value)); }
};
template <class T>
struct Reader<std::optional<T>> {
  static std::optional<T> read(Value&& value) {
    if (is_null(value)) return std::nullopt;
    return Reader<T>::read(std::move(value));
  }
};

template <class T>
Value to_value(const T& value);
template <class T>
Value to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : Value(Null{});
}
template <class T>
Value to_value(const T& value) {
  if constexpr (std::is_same_v<T, bool>)
    return value;
  else if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else if constexpr (std::is_floating_point_v<T>)
    return static_cast<double>(value);
  else
    return Value(value);
}

}  // namespace model

/// What the rows wanted have in common: `where(&Product::sku, "IPH15-128") && where(&Product::stock, 50)`.
template <class Model>
class Where {
 public:
  Where() = default;
  Where(std::string column, Value value) : columns_{std::move(column)}, values_{std::move(value)} {}

  friend Where operator&&(Where one, const Where& other) {
    one.columns_.insert(one.columns_.end(), other.columns_.begin(), other.columns_.end());
    one.values_.insert(one.values_.end(), other.values_.begin(), other.values_.end());
    return one;
  }
  const std::vector<std::string>& columns() const { return columns_; }
  const Row& values() const { return values_; }

 private:
  std::vector<std::string> columns_;
  Row values_;
};

/// The member's column equals the value; where the value is std::nullopt, it is NULL.
template <class Model, class Member>
Where<Model> where(Member Model::*member, const std::type_identity_t<Member>& value) {
  return {std::string(column_of(member)), model::to_value(value)};
}
/// The member's column is NULL.
template <class Model, class Member>
Where<Model> is_null(std::optional<Member> Model::*member) {
  return {std::string(column_of(member)), Null{}};
}

/// The model's rows, in the order of its first column. Throws Error. Nothing is kept of the database.
template <Mapped Model>
std::vector<Model> rows(journal::Database& database, const Where<Model>& condition = {}) {
  constexpr auto mapping = Model::mapping();
  model::Query query{.table = mapping.table,
                     .columns = {},
                     .equal = condition.columns(),
                     .values = condition.values(),
                     .order = {std::string(std::get<0>(mapping.columns).name)}};
  std::apply(
      [&](const auto&... column) {
        (query.columns.push_back({column.name, column.type}), ...);
      },
      mapping.columns);
  std::vector<Model> models;
  for (auto& row : model::read(database, query)) {
    auto& one = models.emplace_back();
    std::size_t i = 0;
    const auto set = [&](const auto& column) {
      using Member = std::remove_reference_t<decltype(one.*(column.member))>;
      one.*(column.member) = model::Reader<Member>::read(std::move(row[i++]));
    };
    std::apply([&](const auto&... column) { (set(column), ...); }, mapping.columns);
  }
  return models;
}

}  // namespace dbctl
