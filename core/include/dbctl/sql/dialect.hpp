#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/operation.hpp"
#include "dbctl/sql/lexical.hpp"
#include "dbctl/sql/script.hpp"

/// A database's SQL, without a connection to it. Pure: the same input gives the same text, offline and online.
namespace dbctl::sql {

struct ClassRule;

struct Version {
  int major = 0, minor = 0, patch = 0;
  auto operator<=>(const Version&) const = default;
};

/// Which server the SQL is for. `product` is lower case; it differs from the driver's name where one driver serves
/// several products.
struct ServerInfo {
  std::string product;
  Version version = {};
};

/// What an index may have; anything else throws Unsupported.
struct IndexFeatures {
  bool descending = true;
  bool partial = false;  ///< WHERE
  bool expression = false;
  bool method = false;  ///< USING
  bool fulltext = false;
  bool concurrently = false;  ///< built, outside a transaction, while others write
};

struct DialectInfo {
  std::string driver;
  ServerInfo server;
  bool transactional_ddl = false;    ///< DDL can be rolled back; where not, every DDL step is `alone`
  std::size_t max_parameters = 999;  ///< in one statement
  IndexFeatures indexes = {};
  bool index_objects = true;       ///< an index is an object with a name of its own, not a part of its table
  bool exact_json_numbers = true;  ///< where not, a JSON value with a number that is no double is refused
  /// A foreign key's action may change a column that a check or a stored generated column names.
  bool actions_on_checked_columns = true;
};

/// How a group of steps is opened and closed, as text for `dbctl plan --sql` and as what the connection executes.
struct Brackets {
  std::vector<std::string> open;   ///< "BEGIN"
  std::vector<std::string> close;  ///< "COMMIT"
};

/// To implement a dialect derive from AnsiDialect, which renders everything in standard SQL, and override what differs.
class DBCTL_API Dialect {
 public:
  virtual ~Dialect();

  virtual const DialectInfo& info() const noexcept = 0;

  /// The operation as statements. `before` is the model without it. Throws Unsupported; never skips. `Only` is a
  /// programming error here (schema::select comes first). Backfill is rendered by `backfill_batch`.
  virtual Script render(const schema::Operation& operation, const schema::Schema& before) const = 0;

  virtual Brackets brackets(bool suspend_foreign_keys) const = 0;

  /// "a" -> `"a"`; doubles quotes inside. Accepts "schema.table" as one identifier only.
  virtual std::string quote(std::string_view identifier) const = 0;
  /// A value as SQL text, for plans and DDL defaults; statements with data use parameters.
  virtual std::string literal(const Value& value) const = 0;
  /// The n-th placeholder, from 1.
  virtual std::string placeholder(std::size_t n) const = 0;
  virtual const LexicalRules& lexical() const = 0;
  /// What statements do, in the order of precedence; lives as long as the program. See classify.
  virtual std::span<const ClassRule> classes() const = 0;

  /// INSERT of `rows` (each as long as `columns`), one statement, parameters in row order. `table` gives the types.
  virtual Statement insert(const schema::Table& table, const std::vector<std::string>& columns,
                           const std::vector<Row>& rows) const = 0;
  /// What follows the insertion of rows with values for `columns`, in the same transaction: a column that counts by
  /// itself goes on after the values it was given. Mostly nothing.
  virtual std::vector<Statement> after_insert(const schema::Table& table,
                                              const std::vector<std::string>& columns) const = 0;
  /// UPDATE of `columns` to `values` where `keys` equal `key_values` (NULL-safe).
  virtual Statement update(const schema::Table& table, const std::vector<std::string>& columns, const Row& values,
                           const std::vector<std::string>& keys, const Row& key_values) const = 0;
  /// DELETE where `keys` equal `key_values` (NULL-safe); no keys: all rows.
  virtual Statement remove(const schema::Table& table, const std::vector<std::string>& keys,
                           const Row& key_values) const = 0;
  /// SELECT `columns` of the rows whose `keys` equal one of `wanted` (no keys: of all rows), ordered by `order`.
  virtual Statement select(const schema::Table& table, const std::vector<std::string>& columns,
                           const std::vector<std::string>& keys, const std::vector<Row>& wanted,
                           const std::vector<std::string>& order = {}) const = 0;

  /// The keyset query of a backfill's next batch: the primary keys, in order, of at most `batch` rows after `after`
  /// (empty: from the start) that the backfill's condition selects.
  virtual Statement backfill_keys(const schema::Backfill& backfill, const schema::Table& table,
                                  const Row& after) const = 0;
  /// The UPDATE of the rows whose primary key is after `after` (empty: from the start) up to and including `last`.
  virtual Statement backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                                   const Row& last) const = 0;

  /// The column as `describe` will report it, where the database has no type of its own for it (a text array as json,
  /// an enumeration as string, …). Describing what was created equals storing what was declared.
  virtual schema::Column storage(const schema::Column& column) const = 0;
  /// The whole table as `describe` will report it: columns through `storage`, and what the database adds or cannot
  /// hold.
  virtual schema::Table storage(const schema::Table& table) const = 0;
};

/// The statement with its parameters written out as literals: for people, for the database's own client, and where a
/// client library cannot bind a parameter or a result.
DBCTL_API std::string written_out(const Statement& statement, const Dialect& dialect);
/// The same by other literals than the dialect's.
DBCTL_API std::string written_out(const Statement& statement, const Dialect& dialect,
                                  const std::function<std::string(const Value&)>& literal);

}  // namespace dbctl::sql
