#include "scaffold/rows.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "scaffold/code.hpp"
#include "scaffold/names.hpp"
#include "scaffold/plausible.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Column;
using schema::ForeignKey;
using schema::Table;

constexpr std::size_t wanted_rows = 10;
constexpr std::size_t most_tries = 100;  // of rows that may turn out equal to an earlier one

/// A column and where its values come from.
struct Source {
  const Column* column = nullptr;
  const Seeded* rows = nullptr;       ///< of a foreign key: what it is looked up in
  std::vector<std::string> key = {};  ///< the columns it is looked up by
  const ForeignKey* reference = nullptr;
  bool returns_primary_key = true;
};

class Maker {
 public:
  Maker(const Table& table, const schema::Schema& schema, const std::map<std::string, Seeded>& seeded,
        const catalog::Catalog& catalog)
      : table_(table), schema_(schema), seeded_(seeded), catalog_(catalog) {}

  Rows make() {
    rows_.unique_by = natural_key(table_);
    if (rows_.unique_by.empty())
      throw Error(codes::make_schema, {.summary = fmt::format("nothing in {} finds a row again", table_.name),
                                       .where = "--table",
                                       .why = "no column has to have a value that identifies it",
                                       .next = {"give the table a unique column: a slug, a code",
                                                "dbctl make seeder … --data FILE, with the primary key in it"}});
    for (const auto& column : table_.columns)
      if (auto source = source_of(column)) sources_.push_back(std::move(*source));
    for (const auto& source : sources_) rows_.columns.push_back(source.column->name);
    unique_sets();
    for (std::size_t n = 0; n < most_tries && rows_.cells.size() < wanted_rows; ++n) add(n);
    if (rows_.cells.size() < wanted_rows)
      rows_.notes.push_back(fmt::format("{}, because what is unique in {} does not let there be more",
                                        text::count(rows_.cells.size(), "row"), table_.name));
    if (!table_.checks.empty())
      rows_.notes.push_back(
          fmt::format("{} has checks that the generator does not read: look at the rows", table_.name));
    return std::move(rows_);
  }

 private:
  bool is_key(const std::string& column) const {
    return std::ranges::find(rows_.unique_by, column) != rows_.unique_by.end();
  }

  std::optional<Source> source_of(const Column& column) {
    if (column.auto_increment || !column.generated.expression.empty()) return std::nullopt;
    if (column.default_value.kind == schema::Default::Kind::now) return std::nullopt;
    for (const auto& key : table_.foreign_keys)
      if (std::ranges::find(key.columns, column.name) != key.columns.end()) return reference(column, key);
    // A uuid that is not given is derived from the natural key.
    const bool derived = column.type.kind == schema::TypeKind::uuid && table_.primary_key == std::vector{column.name};
    if (derived && !is_key(column.name)) return std::nullopt;
    return Source{.column = &column};
  }

  std::optional<Source> reference(const Column& column, const ForeignKey& key) {
    const auto found = seeded_.find(key.references);
    if (key.columns.size() == 1 && found != seeded_.end() && !found->second.rows.empty()) {
      const auto& target = schema_.at(key.references);
      if (auto by = found->second.key(target); !by.empty())
        return Source{.column = &column,
                      .rows = &found->second,
                      .key = std::move(by),
                      .reference = &key,
                      .returns_primary_key = key.references_columns == target.primary_key};
    }
    if (!column.nullable) refuse(column, key, found == seeded_.end());
    rows_.notes.push_back(
        fmt::format("{}.{} is left empty: no seeder of --deps fills {}", table_.name, column.name, key.references));
    return std::nullopt;
  }

  [[noreturn]] void refuse(const Column& column, const ForeignKey& key, bool unknown) const {
    std::vector<std::string> next;
    for (const auto& name : seeders_of(catalog_, key.references)) next.push_back("--deps " + name);
    if (next.empty() && key.references != table_.name)
      next.push_back(
          fmt::format("dbctl make seeder {}Seeder --table {} first", pascal(singular(key.references)), key.references));
    next.push_back("dbctl make seeder … --data FILE takes rows of your own");
    throw Error(
        codes::make_schema,
        {.summary = fmt::format("{}.{} must refer to a row of {}", table_.name, column.name, key.references),
         .where = "--deps",
         .why = unknown ? fmt::format("none of the seeders that it depends on fills {}", key.references)
                        : fmt::format("the rows of {} cannot be looked up by literal values of at most two columns",
                                      key.references),
         .next = std::move(next)});
  }

  void unique_sets() {
    unique_.push_back(rows_.unique_by);
    unique_.push_back(table_.primary_key);
    for (const auto& one : table_.uniques) unique_.push_back(one.columns);
    for (const auto& index : table_.indexes) {
      if (!index.unique) continue;
      unique_.emplace_back();
      for (const auto& part : index.parts) unique_.back().push_back(part.column);
    }
    std::erase_if(unique_, [&](const auto& columns) {
      return columns.empty() || std::ranges::any_of(columns, [&](const auto& name) {
               return std::ranges::find(rows_.columns, name) == rows_.columns.end();
             });
    });
    taken_.resize(unique_.size());
  }

  void add(std::size_t n) {
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<std::string> cells;
    for (const auto& source : sources_) cells.push_back(cell(source, n, texts));
    std::vector<std::string> keys;
    for (const auto& columns : unique_) {
      std::string key;
      for (const auto& name : columns)
        key += cells[static_cast<std::size_t>(std::ranges::find(rows_.columns, name) - rows_.columns.begin())] + '\n';
      keys.push_back(text::lower(key));  // some databases compare without regard to case
    }
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (taken_[i].contains(keys[i])) return;
    for (std::size_t i = 0; i < keys.size(); ++i) taken_[i].insert(std::move(keys[i]));
    rows_.cells.push_back(std::move(cells));
  }

  std::string cell(const Source& source, std::size_t n, std::vector<std::pair<std::string, std::string>>& texts) const {
    if (source.rows != nullptr) return lookup(source, n);
    auto value = plausible(table_, *source.column, n, texts);
    texts.emplace_back(source.column->name, to_text(value));
    return value_code(schema::coerce(value, source.column->type));
  }

  /// The rows of two tables are paired anew in each round, so that pairs may be unique.
  std::string lookup(const Source& source, std::size_t n) const {
    const auto count = source.rows->rows.size();
    std::size_t others = 0;
    for (const auto& before : sources_) {
      if (&before == &source) break;
      if (before.rows != nullptr) ++others;
    }
    const auto& row = source.rows->rows[(n + others * (n / count)) % count];
    std::string code = fmt::format("lookup({})", literal(source.reference->references));
    const auto& target = schema_.at(source.reference->references);
    for (const auto& column : source.key) {
      const auto* type = target.find_column(column);
      const auto& value = *field(row, column);
      code += fmt::format(".where({}, {})", literal(column),
                          value_code(type == nullptr ? value : schema::coerce(value, type->type)));
    }
    if (!source.returns_primary_key)
      code += fmt::format(".returning({})", literal(source.reference->references_columns.front()));
    return code;
  }

  const Table& table_;
  const schema::Schema& schema_;
  const std::map<std::string, Seeded>& seeded_;
  const catalog::Catalog& catalog_;
  Rows rows_;
  std::vector<Source> sources_;
  std::vector<std::vector<std::string>> unique_;
  std::vector<std::set<std::string>> taken_;
};

}  // namespace

Rows made_up_rows(const Table& table, const schema::Schema& schema, const std::map<std::string, Seeded>& seeded,
                  const catalog::Catalog& catalog) {
  return Maker(table, schema, seeded, catalog).make();
}

}  // namespace dbctl::scaffold
