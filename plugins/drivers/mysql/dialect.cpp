#include "dialect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "lexical.hpp"
#include "limits.hpp"

namespace dbctl::mysql {

using schema::TypeKind;

namespace {

sql::DialectInfo describe_dialect(sql::ServerInfo server) {
  const bool mysql = server.product != "mariadb";
  return {.driver = "mysql",
          .server = std::move(server),
          .transactional_ddl = false,
          .max_parameters = 65535,
          .indexes = {.descending = true,
                      .partial = false,
                      .expression = mysql,
                      .method = true,
                      .fulltext = true,
                      .concurrently = true},
          .index_objects = false,
          .exact_json_numbers = !mysql,
          .actions_on_checked_columns = false};
}

/// MySQL takes no literal as the default of these, only an expression.
bool needs_expression(TypeKind kind) {
  return kind == TypeKind::text || kind == TypeKind::json || kind == TypeKind::text_array;
}

/// ORDER BY and keys sort enumerations by the members' numbers, but a member compared with a text is compared as text,
/// in another order. Compared with a number it is compared by number.
Row in_order_of_keys(const schema::Table& table, Row key) {
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto& name = table.primary_key.at(i);
    const auto* column = table.find_column(name);
    if (column == nullptr || column->type.kind != TypeKind::enumeration) continue;
    const auto& members = column->type.values;
    const auto found = std::ranges::find(members, to_text(key[i]));
    if (found == members.end())
      throw Unsupported({.summary = fmt::format("backfill of {}: {} holds '{}', which is none of its values",
                                                table.name, name, to_text(key[i])),
                         .next = {"bring the column's type in line with the migrations"}});
    key[i] = found - members.begin() + std::int64_t{1};
  }
  return key;
}

}  // namespace

MysqlDialect::MysqlDialect(sql::ServerInfo server)
    : AnsiDialect(describe_dialect(std::move(server))), mariadb_(info().server.product == "mariadb") {}

sql::Brackets MysqlDialect::brackets(bool suspend_foreign_keys) const {
  if (suspend_foreign_keys) return AnsiDialect::brackets(true);  // throws
  return {.open = {"START TRANSACTION"}, .close = {"COMMIT"}};
}

std::string MysqlDialect::quote(std::string_view identifier) const {
  limits::identifier(identifier);
  return '`' + text::replace_all(std::string(identifier), "`", "``") + '`';
}

std::string MysqlDialect::literal(const Value& value) const {
  if (!mariadb_) limits::value(value);
  return text::replace_all(AnsiDialect::literal(value), "\\", "\\\\");
}

std::string MysqlDialect::bind(Statement& statement, const Value& value) const {
  if (!mariadb_) limits::value(value);
  return AnsiDialect::bind(statement, value);
}

const sql::LexicalRules& MysqlDialect::lexical() const {
  return lexical_rules();
}

std::span<const sql::ClassRule> MysqlDialect::classes() const {
  return statement_classes();
}

std::string MysqlDialect::type(const schema::Type& type) const {
  limits::type(type);
  switch (type.kind) {
    case TypeKind::boolean:
      return "TINYINT(1)";
    case TypeKind::integer:
      return "INT";
    case TypeKind::decimal:
      return fmt::format("DECIMAL({}, {})", type.size, type.scale);
    case TypeKind::real:
      return "FLOAT";
    case TypeKind::double_:
      return "DOUBLE";
    case TypeKind::text:
      return "LONGTEXT";
    case TypeKind::uuid:  // letters in either case are the same uuid
      return "CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci";
    case TypeKind::binary:
      return type.size == 0 ? "LONGBLOB" : fmt::format("VARBINARY({})", type.size);
    case TypeKind::timestamp:  // TIMESTAMP ends in 2038
      return "DATETIME(6)";
    case TypeKind::enumeration: {
      std::vector<std::string> values;
      for (const auto& value : type.values) values.push_back(literal(value));
      return fmt::format("ENUM({})", text::join(values, ", "));
    }
    case TypeKind::smallint:
    case TypeKind::bigint:
    case TypeKind::string:
    case TypeKind::character:
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::json:
    case TypeKind::text_array:
      return AnsiDialect::type(type);
  }
  return AnsiDialect::type(type);
}

std::string MysqlDialect::column_definition(const schema::Table& table, const schema::Column& column) const {
  auto stored = column;
  if (mariadb_ && !column.generated.expression.empty()) stored.nullable = true;  // NOT NULL is a syntax error there
  auto definition = AnsiDialect::column_definition(table, stored);
  if (!column.comment.empty()) {
    limits::comment(table.name + '.' + column.name, column.comment, 1024);
    definition += " COMMENT " + literal(column.comment);
  }
  return definition;
}

std::string MysqlDialect::auto_increment() const {
  return "AUTO_INCREMENT";
}

std::string MysqlDialect::default_value(const schema::Column& column) const {
  auto text = AnsiDialect::default_value(column);
  const auto& declared = column.default_value;
  if (declared.kind != schema::Default::Kind::value || is_null(declared.value)) return text;
  // both servers report binary literals cut or mangled at the first byte that is no character
  if (column.type.kind == TypeKind::binary)
    return mariadb_ ? fmt::format("(UNHEX({}))", text.substr(1)) : '(' + text + ')';
  return !mariadb_ && needs_expression(column.type.kind) ? '(' + text + ')' : text;
}

std::string MysqlDialect::now(const schema::Type& type) const {
  // CURRENT_TIMESTAMP would be the time of day where the session that writes says it is
  if (type.kind == TypeKind::date) return "(UTC_DATE())";
  if (type.kind == TypeKind::time) return "(UTC_TIME(6))";
  return "(UTC_TIMESTAMP(6))";
}

std::string MysqlDialect::collation(const schema::Column& column) const {
  if (column.collation.empty()) return {};
  limits::collation(column.collation);
  return "COLLATE " + column.collation;
}

std::string MysqlDialect::table_options(const schema::Table& table) const {
  auto options = fmt::format(" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE={}", default_collation());
  if (!table.comment.empty()) {
    limits::comment(table.name, table.comment, 2048);
    options += " COMMENT=" + literal(table.comment);
  }
  return options;
}

std::vector<std::string> MysqlDialect::table_constraints(const schema::Table& table) const {
  limits::row(table);
  auto lines = Texts{};
  if (!table.primary_key.empty()) lines.push_back(primary_key(table));
  for (const auto& u : table.uniques) lines.push_back(unique(table, u));
  for (const auto& i : table.indexes) lines.push_back(key_definition(table, i));
  for (const auto& i : support_indexes(table)) lines.push_back(key_definition(table, i));
  for (const auto& c : table.checks) lines.push_back(check(table, c));
  for (const auto& key : table.foreign_keys) lines.push_back(foreign_key(table, key));
  return lines;
}

std::string MysqlDialect::primary_key(const schema::Table& table) const {
  limits::key(table, table.primary_key, "the primary key of " + table.name);
  return fmt::format("PRIMARY KEY ({})", column_list(table.primary_key));  // its name is always PRIMARY
}

std::string MysqlDialect::unique(const schema::Table& table, const schema::Unique& unique) const {
  limits::key(table, unique.columns, "the unique key " + unique.name);
  return fmt::format("UNIQUE KEY {} ({})", quote(unique.name), column_list(unique.columns));
}

std::string MysqlDialect::foreign_key(const schema::Table&, const schema::ForeignKey& key) const {
  // both actions are written out: where they are not, MariaDB says RESTRICT and MySQL says NO ACTION
  return fmt::format("CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {} ON UPDATE {}", quote(key.name),
                     column_list(key.columns), quote(key.references), column_list(key.references_columns),
                     action(key.on_delete), action(key.on_update));
}

std::vector<schema::Check> MysqlDialect::implied_checks(const schema::Table&, const schema::Column&) const {
  return {};  // ENUM and JSON are types of their own
}

std::string MysqlDialect::action(schema::Action action) const {
  if (action == schema::Action::set_default)
    throw Unsupported({.summary = "InnoDB does not do ON DELETE SET DEFAULT or ON UPDATE SET DEFAULT",
                       .next = {"use set_null or restricted, and set the value in the program"}});
  return AnsiDialect::action(action);
}

std::string MysqlDialect::equals(const schema::Column& column, const std::string& placeholder) const {
  const auto kind = column.type.kind;
  if (!mariadb_ && (kind == TypeKind::json || kind == TypeKind::text_array))
    return fmt::format("{} = CAST({} AS JSON)", quote(column.name), placeholder);
  if (kind == TypeKind::decimal)  // against a text they would be compared as doubles
    return fmt::format("{} = CAST({} AS {})", quote(column.name), placeholder, type(column.type));
  if (kind == TypeKind::real) return fmt::format("{} = CAST({} AS FLOAT)", quote(column.name), placeholder);
  return AnsiDialect::equals(column, placeholder);
}

/// MySQL's JSON is read as text: the client library cannot read it together with exact FLOATs.
Statement MysqlDialect::select(const schema::Table& table, const std::vector<std::string>& columns,
                               const std::vector<std::string>& keys, const std::vector<Row>& wanted,
                               const std::vector<std::string>& order) const {
  auto statement = AnsiDialect::select(table, columns, keys, wanted, order);
  if (mariadb_) return statement;
  Texts items;
  for (const auto& name : columns) {
    const auto* column = table.find_column(name);
    const bool json = column && (column->type.kind == TypeKind::json || column->type.kind == TypeKind::text_array);
    items.push_back(json ? fmt::format("CAST({0} AS CHAR) AS {0}", quote(name)) : quote(name));
  }
  const auto plain = "SELECT " + column_list(columns);
  statement.sql.replace(0, plain.size(), "SELECT " + text::join(items, ", "));
  return statement;
}

Statement MysqlDialect::backfill_keys(const schema::Backfill& backfill, const schema::Table& table,
                                      const Row& after) const {
  return AnsiDialect::backfill_keys(backfill, table, in_order_of_keys(table, after));
}

Statement MysqlDialect::backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                                       const Row& last) const {
  return AnsiDialect::backfill_batch(backfill, table, in_order_of_keys(table, after), in_order_of_keys(table, last));
}

}  // namespace dbctl::mysql
