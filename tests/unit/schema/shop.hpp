#pragma once
#include <string>
#include <vector>

#include "dbctl/base/error.hpp"
#include "dbctl/schema/fold.hpp"

/// A small shop to try operations on, and the whole text of what goes wrong.
namespace dbctl::schema::testing {

inline Column column(std::string name, Type type) {
  return {.name = std::move(name), .type = std::move(type)};
}
inline Column nullable(std::string name, Type type) {
  return {.name = std::move(name), .type = std::move(type), .nullable = true};
}
inline Type string(std::uint32_t size) {
  return {.kind = TypeKind::string, .size = size};
}
inline Type decimal(std::uint32_t size, std::uint32_t scale) {
  return {.kind = TypeKind::decimal, .size = size, .scale = scale};
}
inline Type kind(TypeKind k) {
  return {.kind = k};
}
inline const Type integer = kind(TypeKind::integer);
inline const Type bigint = kind(TypeKind::bigint);
inline const Type text = kind(TypeKind::text);

inline Default default_to(Value value) {
  return {.kind = Default::Kind::value, .value = std::move(value)};
}
inline Operation op(Operation::Variant what) {
  return {.what = std::move(what)};
}

inline Table users() {
  return {.name = "users",
          .columns = {column("id", integer), column("email", string(120)), nullable("nick", text)},
          .primary_key = {"id"},
          .uniques = {{"uq_users_email", {"email"}}}};
}

inline Table orders() {
  return {.name = "orders",
          .columns = {column("id", integer), column("user_id", integer), nullable("note", text),
                      column("total", decimal(12, 2)), nullable("parent_id", integer)},
          .primary_key = {"id"},
          .foreign_keys = {{.name = "fk_orders_user_id",
                            .columns = {"user_id"},
                            .references = "users",
                            .references_columns = {"id"}},
                           {.name = "fk_orders_parent_id",
                            .columns = {"parent_id"},
                            .references = "orders",
                            .references_columns = {"id"},
                            .on_delete = Action::set_null}},
          .checks = {{"ck_orders_total", "total >= 0 AND note <> 'total'"}},
          .indexes = {{.name = "idx_orders_user_id", .parts = {{.column = "user_id"}}},
                      {.name = "idx_orders_open", .parts = {{.column = "user_id"}}, .where = "total > 0"}}};
}

/// users and orders.
inline Schema shop() {
  return apply(apply({}, op(CreateTable{users()})), op(CreateTable{orders()}));
}

inline std::string whole(const Error& error) {
  const auto& d = error.details();
  std::string out = std::string(error.code().id) + ": " + d.summary + "\n";
  if (!d.where.empty()) out += "  where: " + d.where + "\n";
  if (!d.why.empty()) out += "  why: " + d.why + "\n";
  for (const auto& next : d.next) out += "  next: " + next + "\n";
  return out;
}

template <class F>
std::string problem(const F& f) {
  try {
    f();
  } catch (const Error& error) {
    return whole(error);
  }
  return "no error";
}

/// What `apply` says to the operation.
inline std::string refused(const Schema& before, Operation::Variant what) {
  return problem([&] { apply(before, op(std::move(what))); });
}

}  // namespace dbctl::schema::testing
