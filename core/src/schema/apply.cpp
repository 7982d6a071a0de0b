#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "schema/dependants.hpp"
#include "schema/describe.hpp"
#include "schema/facts.hpp"
#include "schema/identifiers.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema {
namespace {

using rules::refuse;

/// One operation on one schema; each operator() leaves the schema as it is afterwards, or throws.
class Applier {
 public:
  explicit Applier(Schema& schema) : schema_(schema) {}

  void operator()(const CreateTable& o);
  void operator()(const DropTable& o);
  void operator()(const RenameTable& o);
  void operator()(const AddColumn& o);
  void operator()(const AlterColumn& o);
  void operator()(const DropColumn& o);
  void operator()(const RenameColumn& o);
  void operator()(const AddForeignKey& o) { add(table(o.table), o.key); }
  void operator()(const DropForeignKey& o) { drop(table(o.table), &Table::foreign_keys, o.name, "foreign key"); }
  void operator()(const AddCheck& o) { add(table(o.table), o.check); }
  void operator()(const DropCheck& o) { drop(table(o.table), &Table::checks, o.name, "check"); }
  void operator()(const AddUnique& o) { add(table(o.table), o.unique); }
  void operator()(const DropUnique& o);
  void operator()(const CreateIndex& o) { add(table(o.table), o.index); }
  void operator()(const DropIndex& o);
  void operator()(const RawSql& o);
  void operator()(const InsertRows& o) { rules::inserted_rows_hold(table(o.table), o); }
  void operator()(const DeleteRows& o) { rules::rows_hold(table(o.table), o.columns, o.rows); }
  void operator()(const Backfill& o) { rules::backfill_holds(table(o.table), o); }
  void operator()(const Only& o);

 private:
  Table& table(std::string_view name) { return rules::table(schema_, name); }

  void add(Table& table, const Unique& unique);
  void add(Table& table, const Check& check);
  void add(Table& table, const ForeignKey& key);
  void add(Table& table, const Index& index);
  template <class Item>
  void drop(Table& table, std::vector<Item> Table::*list, std::string_view name, std::string_view what);
  void referenced_keys_remain(const Table& table, std::string_view dropped);
  template <class Change>
  void change_references(const std::string& to, Change change);

  Schema& schema_;
};

void Applier::add(Table& table, const Unique& unique) {
  rules::name_is_free(schema_, unique.name, fmt::format("a unique constraint of {}", table.name));
  rules::unique_holds(table, unique);
  table.uniques.push_back(unique);
}

void Applier::add(Table& table, const Check& check) {
  rules::name_is_free(schema_, check.name, fmt::format("a check of {}", table.name));
  rules::check_holds(table, check);
  table.checks.push_back(check);
}

void Applier::add(Table& table, const ForeignKey& key) {
  rules::name_is_free(schema_, key.name, fmt::format("a foreign key of {}", table.name));
  rules::foreign_key_holds(schema_, table, key);
  table.foreign_keys.push_back(key);
}

void Applier::add(Table& table, const Index& index) {
  rules::name_is_free(schema_, index.name, fmt::format("an index of {}", table.name));
  rules::index_holds(table, index);
  table.indexes.push_back(index);
  table.indexes.back().concurrently = false;  // how it is built is no part of the model
}

template <class Item>
void Applier::drop(Table& table, std::vector<Item> Table::*list, std::string_view name, std::string_view what) {
  auto& items = table.*list;
  const auto found = std::ranges::find(items, name, &Item::name);
  if (found == items.end())
    refuse(fmt::format("{} has no {} called {}", table.name, what, name),
           {text::did_you_mean(name, describe::names(items))});
  items.erase(found);
}

void Applier::referenced_keys_remain(const Table& table, std::string_view dropped) {
  for (const auto& [owner, key] : references_to(schema_, table.name))
    if (!is_key(table, key->references_columns))
      refuse(
          fmt::format("{} cannot be dropped: {} references {}", dropped, describe::columns(owner->name, key->columns),
                      describe::columns(table.name, key->references_columns)),
          {fmt::format("Drop the foreign key {} of {} first.", key->name, owner->name)});
}

/// Of every foreign key to the table, its own included.
template <class Change>
void Applier::change_references(const std::string& to, Change change) {
  std::vector<std::string> referring;
  for (const auto& [name, other] : schema_.tables)
    if (std::ranges::find(other.foreign_keys, to, &ForeignKey::references) != other.foreign_keys.end())
      referring.push_back(name);
  for (const auto& name : referring)
    for (auto& key : table(name).foreign_keys)
      if (key.references == to) change(key);
}

void Applier::operator()(const CreateTable& o) {
  rules::table_is_free(schema_, o.table.name);
  if (o.table.columns.empty()) refuse(fmt::format("{} has no columns", o.table.name));
  auto& created = schema_.tables[o.table.name];
  created = {.name = o.table.name, .columns = {}, .primary_key = o.table.primary_key, .comment = o.table.comment};
  for (const auto& column : o.table.columns) {
    for (const auto& earlier : created.columns)
      if (identifiers::same(earlier.name, column.name))
        refuse(fmt::format("{} has two columns called {}", created.name, column.name));
    created.columns.push_back(rules::column_in_canonical_form(created.name, column));
  }
  rules::keys_hold(created);
  rules::generated_columns_hold(created);
  for (const auto& unique : o.table.uniques) add(created, unique);
  for (const auto& check : o.table.checks) add(created, check);
  for (const auto& index : o.table.indexes) add(created, index);
  for (const auto& key : o.table.foreign_keys) add(created, key);
}

void Applier::operator()(const DropTable& o) {
  table(o.table);
  for (const auto& [owner, key] : references_to(schema_, o.table))
    if (owner->name != o.table)
      refuse(
          fmt::format("{} cannot be dropped: {} references it", o.table, describe::columns(owner->name, key->columns)),
          {fmt::format("Drop {} or its foreign key {} first.", owner->name, key->name)});
  schema_.tables.erase(o.table);
}

void Applier::operator()(const RenameTable& o) {
  table(o.from);
  if (!identifiers::same(o.from, o.to)) rules::table_is_free(schema_, o.to);
  rules::renamed_words_hold(table(o.from), o.from, o.to, o.from);
  auto renamed = std::move(table(o.from));
  schema_.tables.erase(o.from);
  renamed.name = o.to;
  const auto requalify = [&](std::string& sql) { sql = identifiers::rename_table(sql, o.from, o.to); };
  for (auto& column : renamed.columns) requalify(column.generated.expression);
  for (auto& check : renamed.checks) requalify(check.expression);
  for (auto& index : renamed.indexes) {
    requalify(index.where);
    for (auto& part : index.parts) requalify(part.expression);
  }
  schema_.tables.emplace(o.to, std::move(renamed));
  change_references(o.from, [&](ForeignKey& key) { key.references = o.to; });
}

void Applier::operator()(const AddColumn& o) {
  auto& to = table(o.table);
  for (const auto& column : to.columns)
    if (identifiers::same(column.name, o.column.name))
      refuse(fmt::format("{}.{} was already added", o.table, column.name),
             {"Take this operation out, or give the column another name."});
  to.columns.push_back(rules::column_in_canonical_form(o.table, o.column));
  rules::keys_hold(to);
  rules::generated_columns_hold(to);
  for (const auto& unique : o.uniques) add(to, unique);
  for (const auto& check : o.checks) add(to, check);
  for (const auto& key : o.foreign_keys) add(to, key);
}

void Applier::operator()(const AlterColumn& o) {
  auto& in = table(o.table);
  rules::column(in, o.column.name);
  *in.find_column(o.column.name) = rules::column_in_canonical_form(o.table, o.column);
  rules::keys_hold(in);
  rules::generated_columns_hold(in);
  rules::foreign_keys_of_column_hold(schema_, in, o.column.name);
}

void Applier::operator()(const DropColumn& o) {
  auto& from = table(o.table);
  rules::column(from, o.column);
  const auto where = fmt::format("{}.{}", o.table, o.column);
  if (contains(from.primary_key, o.column))
    refuse(fmt::format("{} cannot be dropped: it is in the primary key", where));
  if (from.columns.size() == 1)
    refuse(fmt::format("{} cannot be dropped: it is the only column", where), {"Drop the table instead."});
  for (const auto& column : from.columns)
    if (column.name != o.column && identifiers::mentions(column.generated.expression, o.column))
      refuse(fmt::format("{} cannot be dropped: {}.{} is computed from it", where, o.table, column.name),
             {fmt::format("Drop {}.{} first.", o.table, column.name)});

  const auto goes = [&](const auto& item) { return depends_on(item, o.column); };
  std::erase_if(from.uniques, goes);
  std::erase_if(from.foreign_keys, goes);
  std::erase_if(from.checks, goes);
  std::erase_if(from.indexes, goes);
  referenced_keys_remain(from, where);
  std::erase_if(from.columns, [&](const Column& c) { return c.name == o.column; });
}

void Applier::operator()(const RenameColumn& o) {
  auto& in = table(o.table);
  rules::column(in, o.from);
  rules::name_fits(o.to, fmt::format("a column of {}", o.table));
  for (const auto& column : in.columns)
    if (column.name != o.from && identifiers::same(column.name, o.to))
      refuse(fmt::format("{}.{} cannot be renamed: {}.{} was already added", o.table, o.from, o.table, column.name),
             {"Give it another name."});
  rules::renamed_words_hold(in, o.from, o.to, fmt::format("{}.{}", o.table, o.from));

  const auto name = [&](std::string& s) { s = s == o.from ? o.to : s; };
  const auto names = [&](std::vector<std::string>& list) { std::ranges::for_each(list, name); };
  const auto sql = [&](std::string& s) { s = identifiers::rename_column(s, o.from, o.to); };
  for (auto& column : in.columns) {
    name(column.name);
    sql(column.generated.expression);
    sql(column.default_value.expression);
  }
  names(in.primary_key);
  for (auto& unique : in.uniques) names(unique.columns);
  for (auto& key : in.foreign_keys) names(key.columns);
  for (auto& check : in.checks) sql(check.expression);
  for (auto& index : in.indexes) {
    sql(index.where);
    for (auto& part : index.parts) {
      name(part.column);
      sql(part.expression);
    }
  }
  change_references(o.table, [&](ForeignKey& key) { names(key.references_columns); });
}

void Applier::operator()(const DropUnique& o) {
  auto& from = table(o.table);
  drop(from, &Table::uniques, o.name, "unique constraint");
  referenced_keys_remain(from, o.name);
}

void Applier::operator()(const DropIndex& o) {
  auto& from = table(o.table);
  drop(from, &Table::indexes, o.name, "index");
  referenced_keys_remain(from, o.name);
}

void Applier::operator()(const RawSql& o) {
  if (text::trim(o.sql).empty()) refuse("sql(...) is empty");
}

void Applier::operator()(const Only& o) {
  throw Error(codes::internal,
              {.summary = fmt::format("apply was given on({}), which schema::select takes out first", o.driver)});
}

}  // namespace

std::string located(const Operation& operation) {
  const auto origin = operation.origin.text();
  return origin.empty() ? summary(operation) : origin + ", " + summary(operation);
}

Schema apply(Schema before, const Operation& operation) {
  try {
    std::visit(Applier(before), operation.what);
  } catch (Error& e) {
    e.set_where(located(operation));
    throw;
  }
  return before;
}

}  // namespace dbctl::schema
