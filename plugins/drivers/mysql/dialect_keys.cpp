// Keys and indexes: those of the model, and those that foreign keys need.
#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dialect.hpp"
#include "limits.hpp"

namespace dbctl::mysql {
namespace {

bool begins_with(const std::vector<std::string>& columns, const std::vector<std::string>& start) {
  return columns.size() >= start.size() && std::equal(start.begin(), start.end(), columns.begin());
}

/// The columns of an index that can serve a foreign key.
std::vector<std::string> plain_columns(const schema::Index& index) {
  std::vector<std::string> columns;
  if (index.fulltext) return columns;
  for (const auto& part : index.parts) {
    if (part.column.empty() || part.descending) break;
    columns.push_back(part.column);
  }
  return columns;
}

bool serves(const schema::Table& table, const std::vector<std::string>& columns) {
  return begins_with(table.primary_key, columns) ||
         std::ranges::any_of(table.uniques, [&](const auto& u) { return begins_with(u.columns, columns); }) ||
         std::ranges::any_of(table.indexes, [&](const auto& i) { return begins_with(plain_columns(i), columns); });
}

}  // namespace

std::vector<schema::Index> MysqlDialect::support_indexes(const schema::Table& table) const {
  std::vector<schema::Index> found;
  for (const auto& key : table.foreign_keys) {
    const bool served = serves(table, key.columns) || std::ranges::any_of(found, [&](const auto& other) {
                          return begins_with(plain_columns(other), key.columns);
                        });
    if (served) continue;
    schema::Index index{.name = key.name, .parts = {}};
    for (const auto& column : key.columns) index.parts.push_back({.column = column});
    found.push_back(std::move(index));
  }
  return found;
}

/// A longer column may make a key too long: MariaDB would shorten the key and say nothing.
void MysqlDialect::check_keys(const Table& table, const std::string& column) const {
  const auto names = [&](const Texts& columns) { return std::ranges::find(columns, column) != columns.end(); };
  if (names(table.primary_key)) primary_key(table);
  for (const auto& u : table.uniques)
    if (names(u.columns)) unique(table, u);
  for (const auto& indexes : {table.indexes, support_indexes(table)})
    for (const auto& index : indexes)
      if (std::ranges::find(index.parts, column, &schema::IndexPart::column) != index.parts.end())
        check_index(table, index);
}

void MysqlDialect::check_index(const Table& table, const schema::Index& index) const {
  const auto refuse = [&](std::string what, std::string next) {
    throw Unsupported({.summary = fmt::format("index {}: {}", index.name, what), .next = {std::move(next)}});
  };
  const auto& product = info().server.product;
  if (!index.where.empty())
    refuse(product + " has no partial indexes (where)",
           "index a generated column that is NULL for the rows left out, or put the index in on(\"postgresql\", ...)");
  if (!index.method.empty() && index.method != "btree" && index.method != "hash")
    refuse(fmt::format("InnoDB has no index method {}", index.method), "put the index in on(\"postgresql\", ...)");
  if (index.fulltext && (index.unique || !index.method.empty() || index.concurrently))
    refuse("a full-text index is not unique, has no other method, and its build blocks writers",
           "leave out unique, using_method and concurrently");
  std::vector<std::string> columns;
  for (const auto& part : index.parts) {
    if (!part.expression.empty() && mariadb_)
      refuse("mariadb has no indexes on expressions", "add a generated column with the expression and index that");
    if (!part.expression.empty() && index.fulltext) refuse("full text of an expression", "index a generated column");
    if (part.column.empty()) continue;
    if (part.descending && index.fulltext) refuse("a full-text index has no order", "leave out descending");
    columns.push_back(part.column);
  }
  if (index.fulltext) return limits::fulltext(table, index);
  limits::key(table, columns, "index " + index.name);
}

std::string MysqlDialect::key_definition(const Table& table, const schema::Index& index) const {
  check_index(table, index);
  Texts parts;
  for (const auto& part : index.parts) parts.push_back(index_part(table, part));
  return fmt::format("{}KEY {} ({}){}",
                     index.unique     ? "UNIQUE "
                     : index.fulltext ? "FULLTEXT "
                                      : "",
                     quote(index.name), text::join(parts, ", "),
                     index.method.empty() ? "" : " USING " + text::upper(index.method));
}

std::string MysqlDialect::index(const Table& table, const schema::Index& index) const {
  check_index(table, index);
  Texts parts;
  for (const auto& part : index.parts) parts.push_back(index_part(table, part));
  return fmt::format("CREATE {}INDEX {} ON {} ({}){}{}",
                     index.unique     ? "UNIQUE "
                     : index.fulltext ? "FULLTEXT "
                                      : "",
                     quote(index.name), quote(table.name), text::join(parts, ", "),
                     index.method.empty() ? "" : " USING " + text::upper(index.method),
                     index.concurrently ? " ALGORITHM=INPLACE LOCK=NONE" : "");
}

std::vector<std::string> MysqlDialect::notes(const Table& table, const schema::Index& index) const {
  Texts found;
  if (index.method == "hash")
    found.push_back(fmt::format("index {}: InnoDB keeps hash indexes as B-trees", index.name));
  const auto by_bytes = [&](const schema::IndexPart& part) {
    const auto* column = table.find_column(part.column);
    return column != nullptr && (column->collation.empty() || column->collation.ends_with("_bin"));
  };
  if (index.fulltext && std::ranges::any_of(index.parts, by_bytes))
    found.push_back(
        fmt::format("index {}: searches tell upper from lower case, as comparisons of its columns do; give "
                    "them .collation(\"{}\") to search without",
                    index.name, mariadb_ ? "utf8mb4_unicode_nopad_ci" : "utf8mb4_0900_ai_ci"));
  return found;
}

}  // namespace dbctl::mysql
