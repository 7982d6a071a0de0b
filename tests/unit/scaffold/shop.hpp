#pragma once
#include "dbctl/scaffold/scaffold.hpp"
#include "dbctl/schema/fold.hpp"

namespace dbctl::scaffold::testing {

inline Place place() {
  return {"shop", "migrations/shop", "seeders/shop", "plugins/domains/shop/models"};
}

/// categories with a uuid, counters with a number and accounts with both.
inline schema::Schema shop() {
  schema::Schema schema;
  const auto add = [&](const std::string& name, const std::string& table, const std::string& fields, Key key) {
    const auto draft = make_model({name, table, parse_fields(fields), key}, {}, schema, place(), "20240101000000");
    for (const auto& operation : draft.operations) schema = schema::apply(std::move(schema), operation);
  };
  add("Category", "categories", "name:string(120),slug:string(120)|unique", Key::uuid);
  add("Counter", "counters", "label:string", Key::integer);
  add("Account", "accounts", "email:string", Key::dual);
  return schema;
}

}  // namespace dbctl::scaffold::testing
