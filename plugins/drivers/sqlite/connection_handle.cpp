#include "connection_handle.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/operation.hpp"
#include "errors.hpp"
#include "tokens.hpp"
#include "types.hpp"

namespace dbctl::sqlite {
namespace {

/// How the values of a result's column become values of ours.
struct ColumnReader {
  enum class Kind : std::uint8_t { plain, boolean, decimal };
  Kind kind = Kind::plain;
  std::uint32_t scale = 0;
};

ColumnReader reader_for(const char* declared) {
  if (declared == nullptr) return {};
  const auto type = described_type(declared);
  if (type.kind == schema::TypeKind::boolean) return {.kind = ColumnReader::Kind::boolean};
  if (type.kind == schema::TypeKind::decimal) return {.kind = ColumnReader::Kind::decimal, .scale = type.scale};
  return {};
}

Value integer_value(std::int64_t number, const ColumnReader& reader) {
  if (reader.kind == ColumnReader::Kind::boolean && (number == 0 || number == 1)) return number == 1;
  if (reader.kind != ColumnReader::Kind::decimal) return number;
  return Decimal{std::to_string(number) + (reader.scale == 0 ? "" : '.' + std::string(reader.scale, '0'))};
}

Value real_value(double number, const ColumnReader& reader) {
  if (reader.kind != ColumnReader::Kind::decimal || !std::isfinite(number)) return number;
  std::string digits = fmt::format("{:.{}f}", number, reader.scale);
  if (digits.find_first_not_of("-0.") == std::string::npos && digits.front() == '-') digits.erase(0, 1);
  return Decimal{std::move(digits)};
}

Value value_at(sqlite3_stmt* prepared, int column, const ColumnReader& reader) {
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(prepared, column)); };
  switch (sqlite3_column_type(prepared, column)) {
    case SQLITE_INTEGER:
      return integer_value(sqlite3_column_int64(prepared, column), reader);
    case SQLITE_FLOAT:
      return real_value(sqlite3_column_double(prepared, column), reader);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, column));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared, column));
      return bytes == nullptr ? Bytes{} : Bytes{std::string(bytes, size())};
    }
    default:
      return Null{};
  }
}

int bind_text(sqlite3_stmt* prepared, int at, const std::string& text) {
  return sqlite3_bind_text64(prepared, at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind_value(sqlite3_stmt* prepared, int at, const Value& value) {
  return std::visit(schema::overloaded{
                        [&](Null) { return sqlite3_bind_null(prepared, at); },
                        [&](bool truth) { return sqlite3_bind_int64(prepared, at, truth ? 1 : 0); },
                        [&](std::int64_t number) { return sqlite3_bind_int64(prepared, at, number); },
                        [&](double number) { return sqlite3_bind_double(prepared, at, number); },
                        [&](const std::string& text) { return bind_text(prepared, at, text); },
                        [&](const Decimal& decimal) { return bind_text(prepared, at, decimal.text); },
                        [&](const Uuid& uuid) { return bind_text(prepared, at, uuid.text); },
                        [&](const Date& date) { return bind_text(prepared, at, date.text); },
                        [&](const Time& time) { return bind_text(prepared, at, time.text); },
                        [&](const Timestamp& timestamp) { return bind_text(prepared, at, timestamp.text); },
                        [&](const Json& json) { return bind_text(prepared, at, json.text); },
                        [&](const TextArray& array) { return bind_text(prepared, at, to_json(array)); },
                        [&](const Bytes& bytes) {
                          return sqlite3_bind_blob64(prepared, at, bytes.data.data(), bytes.data.size(),
                                                     SQLITE_TRANSIENT);
                        },
                    },
                    value);
}

[[noreturn]] void refuse(const Statement& statement, const std::string& why) {
  throw StatementError(codes::statement_failed, {.message = why},
                       {.summary = "the statement cannot be sent", .where = statement.origin.text(), .why = why});
}

/// Nothing but semicolons, comments and white space.
bool blank(std::string_view sql) {
  return std::ranges::all_of(tokens(sql), [](const Token& token) { return token.symbol(';'); });
}

}  // namespace

struct Callbacks {
  /// A result that is not 0 interrupts the statement.
  static int past_deadline(void* handle) {
    return std::chrono::steady_clock::now() > static_cast<Handle*>(handle)->deadline_ ? 1 : 0;
  }
  static int committed(void* handle) {
    static_cast<Handle*>(handle)->ended_ = true;
    return 0;
  }
  static void rolled_back(void* handle) { static_cast<Handle*>(handle)->ended_ = true; }

  /// No exception may pass through the library's frames: it waits in the handle until the statement has failed.
  static void call(sqlite3_context* context, int, sqlite3_value** arguments) {
    auto& defined = *static_cast<Handle::Defined*>(sqlite3_user_data(context));
    try {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
      defined.function(text == nullptr ? "" : text);
      sqlite3_result_null(context);
    } catch (...) {
      defined.handle->thrown_ = std::current_exception();
      sqlite3_result_error(context, "refused by dbctl", -1);
    }
  }
};

void Handle::Close::operator()(sqlite3* db) const noexcept {
  sqlite3_close_v2(db);
}
void Handle::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Handle::Handle(const std::string& path, std::string target) : target_(std::move(target)) {
  sqlite3* db = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (code != SQLITE_OK) raise_open(code, db == nullptr ? 0 : sqlite3_system_errno(db), sqlite3_errstr(code), target_);
  sqlite3_extended_result_codes(db, 1);
  sqlite3_commit_hook(db, &Callbacks::committed, this);
  sqlite3_rollback_hook(db, &Callbacks::rolled_back, this);
}

Handle::~Handle() = default;

Handle::Prepared Handle::prepare(const Statement& statement) {
  if (cached_ && cached_sql_ == statement.sql) return std::move(cached_);
  sqlite3_stmt* made = nullptr;
  const char* tail = nullptr;
  const auto length = static_cast<int>(statement.sql.size());
  const int code = sqlite3_prepare_v2(db_.get(), statement.sql.c_str(), length, &made, &tail);
  Prepared prepared(made);
  if (code != SQLITE_OK) fail(code, statement);
  if (!prepared) refuse(statement, "it is empty");
  const auto rest = std::string_view(statement.sql).substr(static_cast<std::size_t>(tail - statement.sql.c_str()));
  if (!rest.empty() && !blank(rest)) refuse(statement, "it is more than one");
  return prepared;
}

void Handle::bind(sqlite3_stmt* prepared, const Statement& statement) {
  const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(prepared));
  if (wanted != statement.params.size())
    refuse(statement, fmt::format("it has {} and {} given", text::count(wanted, "parameter"),
                                  text::count(statement.params.size(), "value is", "values are")));
  int at = 0;
  for (const auto& value : statement.params) {
    if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isnan(*number))
      refuse(statement, "SQLite cannot store NaN");
    if (const int code = bind_value(prepared, ++at, value); code != SQLITE_OK) fail(code, statement);
  }
}

bool Handle::step(sqlite3_stmt* prepared, const Statement& statement) {
  const int code = sqlite3_step(prepared);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(code, statement);
}

void Handle::fail(int code, const Statement& statement) {
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  raise_statement(db_.get(), code, statement, target_);
}

void Handle::keep(Prepared prepared, const Statement& statement) {
  if (statement.params.empty()) return;
  sqlite3_reset(prepared.get());
  sqlite3_clear_bindings(prepared.get());
  cached_sql_ = statement.sql;
  cached_ = std::move(prepared);
}

std::int64_t Handle::execute(const Statement& statement) {
  if (limit_.count() > 0) deadline_ = std::chrono::steady_clock::now() + limit_;
  Prepared prepared = prepare(statement);
  bind(prepared.get(), statement);
  // Statements that change no rows leave the count of the one before.
  const auto before = sqlite3_total_changes64(db_.get());
  while (step(prepared.get(), statement)) {
  }
  const auto changed = sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
  keep(std::move(prepared), statement);
  return changed;
}

void Handle::each(const Statement& statement, std::vector<std::string>* columns, const std::function<bool(Row&)>& row) {
  if (limit_.count() > 0) deadline_ = std::chrono::steady_clock::now() + limit_;
  Prepared prepared = prepare(statement);
  bind(prepared.get(), statement);
  // The first step prepares again when the schema has changed: what is known of the columns comes after it.
  bool more = step(prepared.get(), statement);
  const int count = sqlite3_column_count(prepared.get());
  std::vector<ColumnReader> readers;
  for (int i = 0; i < count; ++i) {
    readers.push_back(reader_for(sqlite3_column_decltype(prepared.get(), i)));
    if (columns != nullptr) columns->emplace_back(sqlite3_column_name(prepared.get(), i));
  }
  Row values;
  for (; more; more = step(prepared.get(), statement)) {
    values.resize(readers.size());
    for (int i = 0; i < count; ++i)
      values[static_cast<std::size_t>(i)] = value_at(prepared.get(), i, readers[static_cast<std::size_t>(i)]);
    if (!row(values)) break;
  }
  keep(std::move(prepared), statement);
}

bool Handle::in_transaction() const {
  return sqlite3_get_autocommit(db_.get()) == 0;
}
bool Handle::read_only() const {
  return sqlite3_db_readonly(db_.get(), "main") == 1;
}
void Handle::set_busy_timeout(int milliseconds) {
  sqlite3_busy_timeout(db_.get(), milliseconds);
}

void Handle::set_statement_timeout(std::chrono::milliseconds limit) {
  constexpr int instructions_between_looks = 10000;
  limit_ = limit;
  if (limit.count() > 0) {
    sqlite3_progress_handler(db_.get(), instructions_between_looks, &Callbacks::past_deadline, this);
  } else {
    sqlite3_progress_handler(db_.get(), 0, nullptr, nullptr);
  }
}

void Handle::define(const char* name, Function function) {
  functions_.push_back(std::make_unique<Defined>(Defined{.handle = this, .function = std::move(function)}));
  const int code = sqlite3_create_function_v2(db_.get(), name, 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                              functions_.back().get(), &Callbacks::call, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, {.sql = name});
}

int client_version_number() {
  return sqlite3_libversion_number();
}

}  // namespace dbctl::sqlite
