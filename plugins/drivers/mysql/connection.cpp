// Statements and their results, through the client library's API. What a session means is in session.cpp, lock.cpp,
// describe.cpp and examine.cpp.
#include "connection.hpp"

#include <limits>
#include <sstream>

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>

#include "errors.hpp"
#include "values.hpp"

namespace dbctl::mysql {
namespace {

using ::sql::DataType;

/// How a result's column is read.
enum class Shape : unsigned char { truth, whole, natural, exact, real, text, bytes, date, time, timestamp, json };

Shape shape_of(::sql::ResultSetMetaData& metadata, unsigned column) {
  switch (metadata.getColumnType(column)) {
    case DataType::TINYINT:
      if (metadata.getColumnDisplaySize(column) == 1) return Shape::truth;
      [[fallthrough]];
    case DataType::BIT:
    case DataType::SMALLINT:
    case DataType::MEDIUMINT:
    case DataType::INTEGER:
    case DataType::BIGINT:
    case DataType::YEAR:
      return metadata.isSigned(column) ? Shape::whole : Shape::natural;
    case DataType::REAL:
    case DataType::DOUBLE:
      return Shape::real;
    case DataType::DECIMAL:
    case DataType::NUMERIC:
      return Shape::exact;
    case DataType::DATE:
      return Shape::date;
    case DataType::TIME:
      return Shape::time;
    case DataType::TIMESTAMP:
      return Shape::timestamp;
    case DataType::UNKNOWN:  // what a library without a name for MySQL's JSON calls it
    case DataType::JSON:
      return Shape::json;
    case DataType::BINARY:
    case DataType::VARBINARY:
    case DataType::LONGVARBINARY:
    case DataType::GEOMETRY:
      return Shape::bytes;
    default:
      return Shape::text;
  }
}

Value value_at(::sql::ResultSet& result, unsigned column, Shape shape) {
  if (result.isNull(column)) return Null{};
  switch (shape) {
    case Shape::truth:
      return result.getInt64(column) != 0;
    case Shape::whole:
      return std::int64_t{result.getInt64(column)};
    case Shape::natural: {
      const std::uint64_t number = result.getUInt64(column);
      if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return Decimal{std::to_string(number)};
      return static_cast<std::int64_t>(number);
    }
    case Shape::real:
      return static_cast<double>(result.getDouble(column));
    case Shape::exact:
      return decimal_of(result.getString(column).asStdString());
    case Shape::date:
      return Date{result.getString(column).asStdString()};
    case Shape::time:
      return time_of(result.getString(column).asStdString());
    case Shape::timestamp:
      return timestamp_of(result.getString(column).asStdString());
    case Shape::json:
      return Json{result.getString(column).asStdString()};
    case Shape::bytes:
      return Bytes{result.getString(column).asStdString()};
    case Shape::text:
      return result.getString(column).asStdString();
  }
  return Null{};
}

bool has(::sql::ResultSetMetaData& metadata, int type) {
  for (unsigned column = 1; column <= metadata.getColumnCount(); ++column)
    if (metadata.getColumnType(column) == type) return true;
  return false;
}

/// Takes every result of the statement; what is left would make the next statement fail.
void take_results(::sql::Statement& statement, bool has_result) {
  while (has_result) {
    const std::unique_ptr<::sql::ResultSet> result(statement.getResultSet());
    has_result = statement.getMoreResults();
  }
}

}  // namespace

/// A prepared statement's parameters that are read while it runs.
struct MysqlConnection::Cursor {
  std::vector<std::unique_ptr<std::istringstream>> streams = {};
};

template <class Work>
auto MysqlConnection::guarded(const Statement& statement, Work work) {
  try {
    return work();
  } catch (const ::sql::SQLException& failure) {
    raise_statement(failure, statement, mariadb() ? "MariaDB" : "MySQL", settings_);
  }
}

std::unique_ptr<::sql::PreparedStatement> MysqlConnection::prepare(const Statement& statement, Cursor& cursor) {
  std::unique_ptr<::sql::PreparedStatement> prepared(client_->prepareStatement(statement.sql));
  unsigned position = 0;
  for (const auto& param : statement.params) {
    ++position;
    const auto text = [&](const std::string& value) { prepared->setString(position, value); };
    std::visit(schema::overloaded{
                   [&](Null) { prepared->setNull(position, DataType::SQLNULL); },
                   [&](bool value) { prepared->setBoolean(position, value); },
                   [&](std::int64_t value) { prepared->setInt64(position, value); },
                   [&](double value) { prepared->setDouble(position, value); },
                   [&](const std::string& value) { text(value); },
                   [&](const Decimal& value) { text(value.text); },
                   [&](const Uuid& value) { text(value.text); },
                   [&](const Date& value) { text(value.text); },
                   [&](const Time& value) { text(value.text); },
                   [&](const Timestamp& value) { text(value.text); },
                   [&](const Json& value) { text(value.text); },
                   [&](const TextArray& value) { text(to_json(value)); },
                   [&](const Bytes& value) {
                     cursor.streams.push_back(std::make_unique<std::istringstream>(value.data));
                     prepared->setBlob(position, cursor.streams.back().get());
                   },
               },
               param);
  }
  return prepared;
}

std::int64_t MysqlConnection::execute(const Statement& statement) {
  return guarded(statement, [&] {
    if (statement.params.empty()) {  // not every statement can be prepared
      const std::unique_ptr<::sql::Statement> plain(client_->createStatement());
      if (!plain->execute(statement.sql)) return static_cast<std::int64_t>(plain->getUpdateCount());
      take_results(*plain, true);
      return std::int64_t{0};
    }
    Cursor cursor;
    const auto prepared = prepare(statement, cursor);
    auto* metadata = prepared->getMetaData();
    if (metadata != nullptr && metadata->getColumnCount() > 0) {
      take_results(*prepared, prepared->execute());
      return std::int64_t{0};
    }
    return std::int64_t{prepared->executeUpdate()};  // the library has no getUpdateCount for prepared statements
  });
}

void MysqlConnection::read(::sql::ResultSet& result, const std::function<bool(const Row&)>& row,
                           std::vector<std::string>* columns) {
  auto& metadata = *result.getMetaData();  // the result's own
  std::vector<Shape> shapes;
  for (unsigned column = 1; column <= metadata.getColumnCount(); ++column) {
    shapes.push_back(shape_of(metadata, column));
    if (columns != nullptr) columns->push_back(metadata.getColumnLabel(column).asStdString());
  }
  Row values(shapes.size());
  bool wanted = true;
  while (result.next()) {
    if (!wanted) continue;
    for (std::size_t i = 0; i < shapes.size(); ++i)
      values[i] = value_at(result, static_cast<unsigned>(i + 1), shapes[i]);
    wanted = row(values);
  }
}

Rows MysqlConnection::query(const Statement& statement) {
  Rows rows;
  select(statement, false, &rows.columns, [&rows](const Row& row) {
    rows.rows.push_back(row);
    return true;
  });
  return rows;
}

void MysqlConnection::each(const Statement& statement, const std::function<bool(const Row&)>& row) {
  select(statement, true, nullptr, row);
}

/// As text, a FLOAT has six digits and loses the rest; the binary protocol of prepared statements sends it whole. That
/// in turn the library cannot read MySQL's JSON by, nor row by row. So the statement is prepared, and then sent in the
/// way that its columns need.
void MysqlConnection::select(const Statement& statement, bool row_by_row, std::vector<std::string>* columns,
                             const std::function<bool(const Row&)>& row) {
  const auto words = sql::leading_words(statement.sql, {}, 1);
  const bool preparable = !words.empty() && (words[0] == "SELECT" || words[0] == "WITH");  // not everything is
  guarded(statement, [&] {
    Cursor cursor;
    std::unique_ptr<::sql::PreparedStatement> prepared;
    if (preparable || !statement.params.empty()) prepared = prepare(statement, cursor);
    auto* metadata = prepared ? prepared->getMetaData() : nullptr;
    const bool json = metadata != nullptr && (has(*metadata, DataType::JSON) || has(*metadata, DataType::UNKNOWN));
    const bool streams = row_by_row && statement.params.empty() && !(metadata && has(*metadata, DataType::REAL));
    std::unique_ptr<::sql::Statement> plain;
    if (!prepared || json || streams) plain.reset(client_->createStatement());
    if (plain && row_by_row)
      plain->setResultSetType(::sql::ResultSet::TYPE_FORWARD_ONLY);  // rows come as they are read
    const bool has_result =
        plain ? plain->execute(dialect_ ? sql::written_out(statement, *dialect_) : statement.sql) : prepared->execute();
    auto& sent = plain ? *plain : static_cast<::sql::Statement&>(*prepared);
    if (has_result) {
      const std::unique_ptr<::sql::ResultSet> result(sent.getResultSet());
      read(*result, row, columns);
    }
    take_results(sent, sent.getMoreResults());
  });
}

}  // namespace dbctl::mysql
