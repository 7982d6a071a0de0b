#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/schema/fold.hpp"
#include "schema/dependants.hpp"
#include "schema/describe.hpp"
#include "schema/facts.hpp"
#include "schema/identifiers.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema {
namespace {

using Operations = std::vector<Operation>;

[[noreturn]] void irreversible(std::string summary, std::string why, std::string own_way) {
  std::vector<std::string> next{"Write the way back with down(...) in the migration."};
  if (!own_way.empty()) next.push_back(std::move(own_way));
  throw Error(codes::schema_irreversible,
              {.summary = std::move(summary), .why = std::move(why), .next = std::move(next)});
}

/// One operation back, as seen from the schema before it.
class Inverter {
 public:
  explicit Inverter(const Schema& before) : before_(before) {}

  Operations operator()(const CreateTable& o) const { return one(DropTable{o.table.name}); }
  Operations operator()(const DropTable& o) const { return one(CreateTable{before_.at(o.table)}); }
  Operations operator()(const RenameTable& o) const { return one(RenameTable{o.to, o.from}); }
  Operations operator()(const AddColumn& o) const;
  Operations operator()(const AlterColumn& o) const {
    return one(AlterColumn{o.table, rules::column(before_.at(o.table), o.column.name)});
  }
  Operations operator()(const DropColumn& o) const;
  Operations operator()(const RenameColumn& o) const { return one(RenameColumn{o.table, o.to, o.from}); }
  Operations operator()(const AddForeignKey& o) const { return one(DropForeignKey{o.table, o.key.name}); }
  Operations operator()(const DropForeignKey& o) const {
    return one(AddForeignKey{o.table, named(o.table, &Table::foreign_keys, o.name)});
  }
  Operations operator()(const AddCheck& o) const { return one(DropCheck{o.table, o.check.name}); }
  Operations operator()(const DropCheck& o) const {
    return one(AddCheck{o.table, named(o.table, &Table::checks, o.name)});
  }
  Operations operator()(const AddUnique& o) const { return one(DropUnique{o.table, o.unique.name}); }
  Operations operator()(const DropUnique& o) const {
    return one(AddUnique{o.table, named(o.table, &Table::uniques, o.name)});
  }
  Operations operator()(const CreateIndex& o) const {
    return one(DropIndex{o.table, o.index.name, o.index.concurrently});
  }
  Operations operator()(const DropIndex& o) const {
    auto index = named(o.table, &Table::indexes, o.name);
    index.concurrently = o.concurrently;
    return one(CreateIndex{o.table, std::move(index)});
  }
  Operations operator()(const RawSql& o) const;
  Operations operator()(const InsertRows& o) const;
  Operations operator()(const DeleteRows& o) const;
  Operations operator()(const Backfill& o) const;
  Operations operator()(const Only& o) const { return one(Only{o.driver, inverse(o.operations, before_)}); }

 private:
  static Operations one(Operation::Variant what) {
    Operations out;
    out.push_back({.what = std::move(what)});
    return out;
  }

  /// The constraint or index of that name; the error of `apply` when there is none.
  template <class Item>
  Item named(std::string_view table, std::vector<Item> Table::*list, std::string_view name) const {
    const auto& items = before_.at(table).*list;
    const auto found = std::ranges::find(items, name, &Item::name);
    if (found == items.end()) rules::refuse(fmt::format("{} has nothing called {}", table, name));
    return *found;
  }

  const Schema& before_;
};

Operations Inverter::operator()(const AddColumn& o) const {
  Operations out;
  const auto stays = [&](const auto& item) { return !depends_on(item, o.column.name); };
  for (const auto& key : o.foreign_keys)
    if (stays(key)) out.push_back({.what = DropForeignKey{o.table, key.name}});
  for (const auto& check : o.checks)
    if (stays(check)) out.push_back({.what = DropCheck{o.table, check.name}});
  for (const auto& unique : o.uniques)
    if (stays(unique)) out.push_back({.what = DropUnique{o.table, unique.name}});
  out.push_back({.what = DropColumn{o.table, o.column.name}});
  return out;
}

Operations Inverter::operator()(const DropColumn& o) const {
  const auto& table = before_.at(o.table);
  auto along = dependants(table, o.column);
  AddColumn add{.table = o.table, .column = rules::column(table, o.column)};
  add.uniques = std::move(along.uniques);
  add.checks = std::move(along.checks);
  // A key that this table's own new indexes must first make unique again is added last.
  Operations late;
  for (auto& key : along.foreign_keys) {
    if (key.references == o.table)
      late.push_back({.what = AddForeignKey{o.table, std::move(key)}});
    else
      add.foreign_keys.push_back(std::move(key));
  }
  Operations out;
  out.push_back({.what = std::move(add)});
  for (auto& index : along.indexes) out.push_back({.what = CreateIndex{o.table, std::move(index)}});
  std::ranges::move(late, std::back_inserter(out));
  return out;
}

Operations Inverter::operator()(const RawSql& o) const {
  if (o.reversed_by.empty())
    irreversible("a statement of raw SQL has no way back", o.sql, "Or add .reversed_by(\"...\") to the sql(...).");
  return one(RawSql{.sql = o.reversed_by,
                    .reversed_by = o.sql,
                    .outside_transaction = o.outside_transaction,
                    .repeatable = o.repeatable,
                    .done_when = o.done_when,
                    .done_when_empty = !o.done_when.empty() && !o.done_when_empty});
}

/// Where each of `names` stands among `columns`; empty when one is missing.
std::vector<std::size_t> positions(const std::vector<std::string>& names, const std::vector<std::string>& columns) {
  std::vector<std::size_t> out;
  for (const auto& name : names) {
    const auto found = std::ranges::find(columns, name);
    if (found == columns.end()) return {};
    out.push_back(static_cast<std::size_t>(found - columns.begin()));
  }
  return out;
}

std::vector<Row> projected(const std::vector<Row>& rows, const std::vector<std::size_t>& positions) {
  std::vector<Row> out;
  for (const auto& row : rows) {
    Row values;
    for (const auto i : positions) values.push_back(row[i]);
    out.push_back(std::move(values));
  }
  return out;
}

bool identifies(const std::vector<std::size_t>& key, const std::vector<Row>& rows) {
  return !key.empty() && std::ranges::all_of(rows, [&](const Row& row) {
    return std::ranges::none_of(key, [&](std::size_t i) { return is_null(row[i]); });
  });
}

/// The columns by which the inserted rows are found again: the primary key, a unique key, or all of them.
std::vector<std::size_t> identifying_columns(const Table& table, const InsertRows& insert) {
  std::vector<std::vector<std::string>> keys{table.primary_key};
  for (const auto& unique : table.uniques) keys.push_back(unique.columns);
  for (const auto& index : table.indexes) keys.push_back(key_columns(index));
  for (const auto& key : keys)
    if (auto found = positions(key, insert.columns); identifies(found, insert.rows)) return found;
  return positions(insert.columns, insert.columns);
}

/// The last row goes first: a later one may refer to an earlier one of the same table.
Operations Inverter::operator()(const InsertRows& o) const {
  const auto key = identifying_columns(before_.at(o.table), o);
  DeleteRows remove{.table = o.table, .rows = projected(o.rows, key)};
  std::reverse(remove.rows.begin(), remove.rows.end());
  for (const auto i : key) remove.columns.push_back(o.columns[i]);
  return one(std::move(remove));
}

Operations Inverter::operator()(const DeleteRows& o) const {
  InsertRows insert{.table = o.table};
  std::vector<std::string> unknown;
  for (const auto& column : before_.at(o.table).columns) {
    if (is_generated(column)) continue;
    const bool known = contains(o.columns, column.name);
    (known ? insert.columns : unknown).push_back(column.name);
  }
  if (!unknown.empty())
    irreversible(fmt::format("the rows deleted from {} cannot be brought back", o.table),
                 fmt::format("their {} are not in the migration", fmt::join(unknown, ", ")), {});
  insert.rows = projected(o.rows, positions(insert.columns, o.columns));
  return one(std::move(insert));
}

Operations Inverter::operator()(const Backfill& o) const {
  if (o.keeps_data) return {};
  const auto what = fmt::format("the backfill of {} has no way back", o.table);
  if (o.reversed_by.empty())
    irreversible(
        what, "the values before it are not known",
        "Or add .reversed_by(...) to the backfill, or .keeps_data() when the down may leave the data as it is.");
  for (const auto& assignment : o.assignments)
    if (identifiers::mentions(o.where, assignment.column))
      irreversible(what,
                   fmt::format("its condition names {}, which it changes: the rows cannot be found again by it",
                               assignment.column),
                   "Or make the condition one that the backfill does not change.");
  auto back = o;
  std::swap(back.assignments, back.reversed_by);
  return one(std::move(back));
}

/// The schema as the common operations make it, and as those of one on(...) make it as well.
class Views {
 public:
  explicit Views(const Schema& before) : common_(before) {}

  Operations inverse(const Operation& operation) {
    const auto* only = std::get_if<Only>(&operation.what);
    auto out = schema::inverse(operation, only ? narrow(only->driver) : common_);
    if (!only) must_be_common(operation, out);
    return out;
  }

  void apply(const Operation& operation) {
    if (const auto* only = std::get_if<Only>(&operation.what)) {
      auto& view = narrow(only->driver);
      for (const auto& op : only->operations) view = schema::apply(std::move(view), op);
      return;
    }
    common_ = schema::apply(std::move(common_), operation);
    for (auto& [driver, view] : narrow_) view = schema::apply(std::move(view), operation);
  }

 private:
  Schema& narrow(const std::string& driver) { return narrow_.try_emplace(driver, common_).first->second; }

  void must_be_common(const Operation& operation, const Operations& back) const {
    for (const auto& [driver, view] : narrow_)
      if (schema::inverse(operation, view) != back)
        throw Error(codes::internal,
                    {.summary = fmt::format("the inverse of {} differs with on({}): schema::select comes first",
                                            summary(operation), driver),
                     .where = located(operation)});
  }

  Schema common_;
  std::map<std::string, Schema> narrow_;
};

}  // namespace

std::vector<Operation> inverse(const Operation& operation, const Schema& before) {
  try {
    auto out = std::visit(Inverter(before), operation.what);
    for (auto& op : out) op.origin = operation.origin;
    return out;
  } catch (Error& e) {
    e.set_where(located(operation));
    throw;
  }
}

std::vector<Operation> inverse(const std::vector<Operation>& operations, const Schema& before) {
  Views views(before);
  std::vector<Operations> inverses;
  for (const auto& op : operations) {
    inverses.push_back(views.inverse(op));
    views.apply(op);
  }
  Operations out;
  for (auto it = inverses.rbegin(); it != inverses.rend(); ++it) std::ranges::move(*it, std::back_inserter(out));
  return out;
}

}  // namespace dbctl::schema
