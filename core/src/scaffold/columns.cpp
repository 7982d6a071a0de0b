#include "scaffold/columns.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/schema/names.hpp"
#include "scaffold/names.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Column;
using schema::Default;
using schema::Schema;
using schema::Table;
using schema::Type;
using schema::TypeKind;

Column key_column(std::string name, TypeKind kind) {
  return {.name = std::move(name), .type = {.kind = kind}, .auto_increment = kind == TypeKind::bigint};
}

std::vector<Column> key_columns(Key key) {
  switch (key) {
    case Key::uuid:
      return {key_column("id", TypeKind::uuid)};
    case Key::integer:
      return {key_column("id", TypeKind::bigint)};
    case Key::dual:
      return {key_column("id", TypeKind::bigint), key_column("uuid", TypeKind::uuid)};
  }
  return {};
}

Column time_of(std::string name) {
  return {
      .name = std::move(name), .type = {.kind = TypeKind::timestamp}, .default_value = {.kind = Default::Kind::now}};
}

/// The column of `target` that a field of this type can refer to: its primary key, or the public uuid beside it.
const Column* referable(const Table& target, const Type& type) {
  const auto same = [&](const Column* column) {
    return column != nullptr &&
           (column->type == type || (schema::is_whole_number(column->type.kind) && schema::is_whole_number(type.kind)));
  };
  if (target.primary_key.size() == 1)
    if (const auto* key = target.find_column(target.primary_key.front()); same(key)) return key;
  for (const auto& unique : target.uniques)
    if (unique.columns.size() == 1 && unique.columns.front() == "uuid")
      if (const auto* column = target.find_column("uuid"); same(column)) return column;
  return nullptr;
}

std::string key_text(const Table& target) {
  if (target.primary_key.size() != 1) return "is of several columns";
  const auto* key = target.find_column(target.primary_key.front());
  return fmt::format("is a {}", key == nullptr ? "column that is not there" : schema::to_text(key->type));
}

class Resolver {
 public:
  Resolver(const std::string& table, const Schema& before) : table_(table), before_(before) {}

  void add(const Field& field) {
    auto column = field.column;
    const auto& name = column.name;
    const bool looks_like_a_key = name.size() > 3 && name.ends_with("_id");
    std::string wanted = field.references;
    if (wanted.empty() && looks_like_a_key) wanted = plural(name.substr(0, name.size() - 3));
    const auto* target = wanted.empty() ? nullptr : before_.find(wanted);
    const auto* key = target == nullptr ? nullptr : referable(*target, column.type);
    if (!field.references.empty() && key == nullptr) refuse(field, target);
    if (key != nullptr) {
      refer(column, wanted, *key);
    } else if (looks_like_a_key) {
      out_.notes.push_back(target == nullptr
                               ? fmt::format("{}.{} has an index: there is no table {}", table_, name, wanted)
                               : fmt::format("{}.{} has an index: the key of {} {}, not a {}", table_, name, wanted,
                                             key_text(*target), schema::to_text(column.type)));
    }
    if (field.unique) out_.uniques.push_back({schema::names::unique(table_, {name}), {name}});
    if (!field.unique && (field.index || key != nullptr || looks_like_a_key))
      out_.indexes.push_back({.name = schema::names::index(table_, {name}), .parts = {{.column = name}}});
    out_.columns.push_back(std::move(column));
  }

  Resolved take() { return std::move(out_); }

 private:
  void refer(Column& column, const std::string& target, const Column& key) {
    out_.foreign_keys.push_back({.name = schema::names::foreign_key(table_, {column.name}),
                                 .columns = {column.name},
                                 .references = target,
                                 .references_columns = {key.name}});
    auto note = fmt::format("{}.{} is a foreign key: it refers to {}.{}", table_, column.name, target, key.name);
    if (column.type != key.type) note += fmt::format(", and is a {} as that is", schema::to_text(key.type));
    column.type = key.type;
    out_.notes.push_back(std::move(note));
  }

  [[noreturn]] void refuse(const Field& field, const Table* target) const {
    const auto where = fmt::format("--fields, \"{}\"", field.column.name);
    if (target == nullptr)
      throw Error(
          codes::make_schema,
          {.summary = fmt::format("fk:{}: no migration creates the table {}", field.references, field.references),
           .where = where,
           .next = {text::did_you_mean(field.references, before_.tables.names()),
                    fmt::format("dbctl make model {} first", pascal(singular(field.references)))}});
    throw Error(codes::make_schema,
                {.summary = fmt::format("fk:{}: the key of {} {}, and {} is a {}", field.references, field.references,
                                        key_text(*target), field.column.name, schema::to_text(field.column.type)),
                 .where = where,
                 .next = {"give the field the type of the key that it refers to"}});
  }

  const std::string& table_;
  const Schema& before_;
  Resolved out_;
};

schema::Operation operation(schema::Operation::Variant what) {
  return {.what = std::move(what)};
}

}  // namespace

Resolved resolve(const std::string& table, const std::vector<Field>& fields, const Schema& before) {
  Resolver resolver(table, before);
  for (const auto& field : fields) resolver.add(field);
  return resolver.take();
}

Resolved resolve_new(const std::string& table, Key key, const std::vector<Field>& fields, Schema before) {
  auto alone = create(table, key, {});
  before.tables.emplace(table, std::move(std::get<schema::CreateTable>(alone.front().what).table));
  return resolve(table, fields, before);
}

std::vector<schema::Operation> create(const std::string& name, Key key, Resolved resolved) {
  Table table{.name = name, .columns = key_columns(key), .primary_key = {"id"}};
  if (key == Key::dual) table.uniques.push_back({schema::names::unique(name, {"uuid"}), {"uuid"}});
  for (auto& column : resolved.columns) {
    if (table.find_column(column.name) != nullptr || column.name == "created_at" || column.name == "updated_at")
      throw Error(codes::make_fields,
                  {.summary = fmt::format("every table that is made has a column \"{}\" already", column.name),
                   .where = "--fields",
                   .next = {"take it out", "--key chooses the type of the id"}});
    table.columns.push_back(std::move(column));
  }
  for (auto& unique : resolved.uniques) table.uniques.push_back(std::move(unique));
  table.columns.push_back(time_of("created_at"));
  table.columns.push_back(time_of("updated_at"));
  table.foreign_keys = std::move(resolved.foreign_keys);
  std::vector<schema::Operation> operations{operation(schema::CreateTable{std::move(table)})};
  for (auto& index : resolved.indexes) operations.push_back(operation(schema::CreateIndex{name, std::move(index)}));
  return operations;
}

std::vector<schema::Operation> add(const std::string& table, Resolved resolved) {
  std::vector<schema::Operation> operations;
  const auto of_column = [](auto& all, const std::string& column) {
    std::remove_reference_t<decltype(all)> its;
    for (const auto& one : all)
      if (one.columns.front() == column) its.push_back(one);
    return its;
  };
  for (const auto& column : resolved.columns)
    operations.push_back(operation(schema::AddColumn{.table = table,
                                                     .column = column,
                                                     .uniques = of_column(resolved.uniques, column.name),
                                                     .foreign_keys = of_column(resolved.foreign_keys, column.name)}));
  for (auto& index : resolved.indexes) operations.push_back(operation(schema::CreateIndex{table, std::move(index)}));
  return operations;
}

Schema applied(Schema before, const std::vector<schema::Operation>& operations) {
  for (const auto& one : operations) before = schema::apply(std::move(before), one);
  return before;
}

}  // namespace dbctl::scaffold
