#include "errors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "pqxx_compat.hpp"

namespace dbctl::postgresql {
namespace {

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return text.find(word) != std::string_view::npos; });
}

/// libpq does not repeat passwords, except in complaints about the connection string itself.
std::string without(std::string message, const Secret& password, const Place& place) {
  const auto& secret = password.reveal();
  if (secret.empty() || secret == place.user || secret == place.database) return message;
  return text::replace_all(std::move(message), secret, "***");
}

const Code& connection_code(std::string_view message) {
  if (contains_any(message, {"password authentication failed", "no password supplied", "pg_hba.conf", "role \"",
                             "authentication failed", "is not permitted to log in", "permission denied for database"}))
    return codes::connection_refused;
  if (contains_any(message, {"SSL", "certificate", "private key", "channel binding", "root.crt"}))
    return codes::connection_tls;
  if (message.find("database \"") != std::string_view::npos && message.find("does not exist") != std::string_view::npos)
    return codes::connection_database;
  return codes::connection_failed;
}

std::vector<std::string> connection_advice(const Code& code, std::string_view message) {
  if (&code == &codes::connection_refused) {
    if (message.find("no encryption") != std::string_view::npos)
      return {"the server may demand TLS of this user: set ssl_mode: require"};
    return {"dbctl env show tells where user and password came from"};
  }
  if (&code == &codes::connection_tls) return {"dbctl env show tells the ssl_mode, ca, cert and key in force"};
  if (&code == &codes::connection_database) return {"dbctl create"};
  if (message.find("too many clients") != std::string_view::npos)
    return {"wait until other sessions end, or raise max_connections"};
  return {"dbctl ping --wait=60s waits until the server answers"};
}

std::string connection_summary(const Code& code, const Place& place) {
  if (&code == &codes::connection_refused) return fmt::format("the server refused the user \"{}\"", place.user);
  if (&code == &codes::connection_tls) return "no TLS connection as ssl_mode asks for";
  if (&code == &codes::connection_database) return fmt::format("the database \"{}\" does not exist", place.database);
  return "no connection to the server";
}

/// What the server said, taken apart: `ERROR:  text` and its DETAIL, HINT, CONTEXT; the LINE excerpt is left out.
struct Words {
  std::string message;
  std::string more;
};

Words words_of(const std::string& what) {
  Words words;
  bool excerpt = false, first = true;
  for (const auto& line : text::split(what, '\n')) {
    if (line.starts_with("LINE ")) {
      excerpt = true;
      continue;
    }
    if (std::exchange(excerpt, false) && text::trim(line) == "^") continue;
    if (text::trim(line).empty()) continue;
    const bool labelled = contains_any(line, {"DETAIL:  ", "HINT:  ", "CONTEXT:  ", "QUERY:  "});
    if (labelled) first = false;
    auto& target = first ? words.message : words.more;
    target += (target.empty() ? "" : "\n") + line;
  }
  for (const std::string_view severity : {"ERROR:  ", "FATAL:  ", "PANIC:  "})
    if (words.message.starts_with(severity)) words.message.erase(0, severity.size());
  return words;
}

std::vector<std::string> statement_advice(const Code& code, std::string_view sqlstate) {
  if (sqlstate == "57014") return {"raise --statement-timeout, or make the statement shorter"};
  if (sqlstate == "55P03") return {"wait until the other session ends, or raise lock_timeout"};
  if (sqlstate == "40P01" || sqlstate == "40001") return {"run the same command again"};
  if (sqlstate == "55006") return {"end the other sessions: select pg_terminate_backend(pid) from pg_stat_activity"};
  if (sqlstate == "25006") return {"connect to the primary server, or as a user whose transactions may write"};
  if (&code == &codes::statement_privilege) return {"grant the right, or run as the owner of the objects"};
  return {};
}

[[noreturn]] void raise_statement(const Statement& statement, const std::string& what, const std::string& sqlstate,
                                  const std::string& notices) {
  const auto& code = code_of(sqlstate);
  const auto words = words_of(what);
  std::string why = sqlstate.empty() ? "" : "SQLSTATE " + sqlstate;
  for (const auto& part : {words.more, notices})
    if (!part.empty()) why += (why.empty() ? "" : "\n") + part;
  throw StatementError(code,
                       {.message = words.message,
                        .sqlstate = sqlstate,
                        .position = position_in(statement.sql, what),
                        .lock_wait = sqlstate == "55P03"},
                       {.summary = fmt::format("{}: {}", code.title, words.message),
                        .where = statement.origin.text(),
                        .why = std::move(why),
                        .next = statement_advice(code, sqlstate)});
}

bool is_gone(std::string_view sqlstate) {
  return sqlstate.starts_with("08") || sqlstate.starts_with("57P");
}

/// One character of UTF-8 and the columns that libpq gives it on the terminal.
struct Glyph {
  std::size_t bytes = 1;
  int width = 1;
};

Glyph glyph_at(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (bytes == 1 || bytes > text.size()) return {};
  char32_t point = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  const auto within = [point](char32_t low, char32_t high) { return point >= low && point <= high; };
  const bool wide = within(0x1100, 0x115F) || within(0x2E80, 0xA4CF) || within(0xAC00, 0xD7A3) ||
                    within(0xF900, 0xFAFF) || within(0xFE30, 0xFE6F) || within(0xFF00, 0xFF60) ||
                    within(0xFFE0, 0xFFE6) || within(0x1F300, 0x1FAFF) || within(0x20000, 0x3FFFD);
  return {bytes, wide ? 2 : within(0x0300, 0x036F) ? 0 : 1};
}

/// The byte at a column of the terminal.
std::size_t byte_at(std::string_view line, std::size_t column) {
  std::size_t byte = 0;
  for (std::size_t reached = 0; byte < line.size() && reached < column;) {
    const auto glyph = glyph_at(line.substr(byte));
    byte += glyph.bytes;
    reached += static_cast<std::size_t>(glyph.width);
  }
  return byte;
}

}  // namespace

const Code& code_of(std::string_view sqlstate) {
  struct Entry {
    std::string_view prefix;
    const Code* code;
  };
  static constexpr std::array entries = std::to_array<Entry>({{"23", &codes::statement_constraint},
                                                              {"55P03", &codes::statement_busy},
                                                              {"55006", &codes::statement_busy},
                                                              {"57014", &codes::statement_busy},
                                                              {"40", &codes::statement_busy},
                                                              {"53100", &codes::statement_storage},
                                                              {"25006", &codes::statement_storage},
                                                              {"58030", &codes::statement_storage},
                                                              {"42501", &codes::statement_privilege},
                                                              {"28", &codes::connection_refused},
                                                              {"3D000", &codes::connection_database}});
  for (const auto& entry : entries)
    if (sqlstate.starts_with(entry.prefix)) return *entry.code;
  return codes::statement_failed;
}

std::optional<std::size_t> position_in(std::string_view sql, std::string_view message) {
  const auto start = message.find("\nLINE ");
  if (start == std::string_view::npos) return std::nullopt;
  auto excerpt = message.substr(start + 1);
  const auto colon = excerpt.find(": "), end = excerpt.find('\n');
  if (colon == std::string_view::npos || end == std::string_view::npos || colon > end) return std::nullopt;
  const auto caret_line = excerpt.substr(end + 1, excerpt.find('\n', end + 1) - end - 1);
  const auto caret = caret_line.find('^');
  std::size_t number = 0;
  std::from_chars(excerpt.data() + 5, excerpt.data() + colon, number);
  if (caret == std::string_view::npos || number == 0 || caret < colon + 2) return std::nullopt;
  excerpt = excerpt.substr(colon + 2, end - colon - 2);

  std::size_t line_start = 0;
  for (std::size_t n = 1; n < number; ++n) {
    line_start = sql.find('\n', line_start);
    if (line_start++ == std::string_view::npos) return std::nullopt;
  }
  std::string line(sql.substr(line_start, sql.find('\n', line_start) - line_start));
  std::ranges::replace(line, '\t', ' ');  // as libpq does in its excerpt
  const bool cut = excerpt.starts_with("...") && !line.starts_with(excerpt);
  const std::size_t skipped = cut ? 3 : 0;
  auto seen = excerpt.substr(skipped);
  if (line.find(seen) == std::string::npos && seen.ends_with("...")) seen.remove_suffix(3);
  const auto found = line.find(seen);
  const auto column = caret - colon - 2;
  if (found == std::string::npos || column < skipped) return std::nullopt;
  return line_start + found + byte_at(seen, column - skipped);
}

Error lost(const Place& place, const std::string& why) {
  return {codes::connection_lost,
          {.summary = "the connection was lost",
           .where = place.target,
           .why = why,
           .next = {"run the same command again: it continues where it stopped"}}};
}

void rethrow_connection(const Place& place, const Secret& password) {
  std::string what;
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    what = without(std::string(text::trim(error.what())), password, place);
  }
  const auto& code = connection_code(what);
  throw Error(code, {.summary = connection_summary(code, place),
                     .where = place.target,
                     .why = what,
                     .next = connection_advice(code, what)});
}

void rethrow_statement(const Place& place, const Statement& statement, const std::string& notices) {
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::invalid_argument& error) {  // a value that has no text: no server was asked
    raise_statement(statement, error.what(), "22021", notices);
  } catch (const pqxx::broken_connection& error) {
    throw lost(place, std::string(text::trim(error.what())));
  } catch (const pqxx::in_doubt_error& error) {
    throw lost(place, std::string(text::trim(error.what())));
  } catch (const pqxx::sql_error& error) {
    if (is_gone(error.sqlstate())) throw lost(place, words_of(error.what()).message);
    raise_statement(statement, error.what(),
                    error.sqlstate().empty() ? compat::missing_sqlstate(error) : error.sqlstate(), notices);
  } catch (const std::exception& error) {
    raise_statement(statement, error.what(), compat::missing_sqlstate(error), notices);
  }
}

}  // namespace dbctl::postgresql
