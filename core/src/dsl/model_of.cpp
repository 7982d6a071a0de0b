#include "dsl/model_of.hpp"

#include "dbctl/dsl/expand.hpp"
#include "dbctl/schema/names.hpp"

namespace dbctl::dsl {

namespace names = schema::names;

std::vector<std::string> texts(const Few<Identifier>& few) {
  return {few.items.begin(), few.items.begin() + static_cast<std::ptrdiff_t>(few.size)};
}

namespace {

std::vector<std::string> columns_of(const Constraint& c) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < c.parts.size; ++i) out.emplace_back(c.parts.items[i].column());
  return out;
}

schema::Default default_of(const Column& c) {
  using Kind = schema::Default::Kind;
  switch (c.default_kind) {
    case Column::DefaultKind::none:
      return {};
    case Column::DefaultKind::value:
      return {Kind::value, value_of(c.default_literal), {}};
    case Column::DefaultKind::now:
      return {Kind::now, Null{}, {}};
    case Column::DefaultKind::expression:
      return {Kind::expression, Null{}, std::string(c.default_literal.text())};
  }
  return {};
}

}  // namespace

schema::Column column_of(const Column& c) {
  return {.name = std::string(c.name),
          .type = {c.kind, c.size, c.scale, {c.values, c.values + c.value_count}},
          .nullable = c.is_nullable,
          .auto_increment = c.is_auto_increment,
          .default_value = default_of(c),
          .generated = {std::string(c.generated_sql), c.is_stored},
          .comment = std::string(c.comment_text),
          .collation = std::string(c.collation_name)};
}

schema::Unique unique_of(const std::string& table, const Constraint& c) {
  auto columns = columns_of(c);
  auto name = c.given_name.empty() ? names::unique(table, columns) : std::string(c.given_name);
  return {std::move(name), std::move(columns)};
}

schema::ForeignKey foreign_key_of(const std::string& table, const Constraint& c) {
  auto columns = columns_of(c);
  auto name = c.given_name.empty() ? names::foreign_key(table, columns) : std::string(c.given_name);
  return {std::move(name), std::move(columns), std::string(c.table), texts(c.table_columns), c.deleting, c.updating};
}

std::string check_name(const std::string& table, std::string_view given) {
  return names::check(table, given);
}

schema::Check check_of(const std::string& table, const Constraint& c) {
  return {check_name(table, c.given_name), std::string(c.sql)};
}

schema::Index index_of(const std::string& table, const Constraint& c) {
  std::vector<schema::IndexPart> parts;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < c.parts.size; ++i) {
    const auto& p = c.parts.items[i];
    parts.push_back({std::string(p.column()), std::string(p.sql()), p.is_descending()});
    words.push_back(p.column().empty() ? "expression" + std::to_string(i + 1) : std::string(p.column()));
  }
  return {.name = c.given_name.empty() ? names::index(table, words) : std::string(c.given_name),
          .parts = std::move(parts),
          .unique = c.is_unique,
          .fulltext = c.is_fulltext,
          .concurrently = c.is_concurrent,
          .method = std::string(c.method),
          .where = std::string(c.sql)};
}

void add_column_constraints(schema::Table& table, const Column& c) {
  const std::string name(c.name);
  if (c.is_unique) table.uniques.push_back({names::unique(table.name, {name}), {name}});
  if (!c.check_sql.empty()) table.checks.push_back({check_name(table.name, name), std::string(c.check_sql)});
  if (!c.table.empty())
    table.foreign_keys.push_back({names::foreign_key(table.name, {name}),
                                  {name},
                                  std::string(c.table),
                                  {std::string(c.table_column)},
                                  c.deleting,
                                  c.updating});
}

schema::Table table_of(std::string_view name, std::span<const Column> columns,
                       std::span<const Constraint> constraints) {
  schema::Table t{.name = std::string(name), .columns = {}, .primary_key = {}};
  for (const auto& c : columns) {
    t.columns.push_back(column_of(c));
    if (c.is_primary_key) t.primary_key.emplace_back(c.name);
    add_column_constraints(t, c);
  }
  for (const auto& c : constraints) {
    switch (c.kind) {
      case Constraint::Kind::primary_key:
        t.primary_key = columns_of(c);
        break;
      case Constraint::Kind::unique:
        t.uniques.push_back(unique_of(t.name, c));
        break;
      case Constraint::Kind::foreign_key:
        t.foreign_keys.push_back(foreign_key_of(t.name, c));
        break;
      case Constraint::Kind::check:
        t.checks.push_back(check_of(t.name, c));
        break;
      case Constraint::Kind::index:
        t.indexes.push_back(index_of(t.name, c));
        break;
      case Constraint::Kind::comment:
        t.comment = std::string(c.sql);
        break;
    }
  }
  return t;
}

}  // namespace dbctl::dsl
