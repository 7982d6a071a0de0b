#include "sql/body.hpp"

#include <algorithm>

namespace dbctl::sql {
namespace {

bool is_any(const Token& token, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

/// Statements that are a routine's whole body, so that no block follows.
bool is_simple_statement(const Token& token) {
  return is_any(token, {"RETURN",  "SELECT",  "INSERT", "UPDATE", "DELETE", "REPLACE", "CALL",
                        "WITH",    "DO",      "ALTER",  "CREATE", "DROP",   "RENAME",  "TRUNCATE",
                        "EXECUTE", "PREPARE", "GRANT",  "REVOKE", "SIGNAL", "SHOW",    "VALUES"});
}

/// What opens a block at the beginning of a statement.
bool is_block(const Token& token) {
  return is_any(token, {"BEGIN", "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR"});
}

}  // namespace

void Body::read(const Token& token) {
  if (phase_ == Phase::plain || token.kind == Token::Kind::code_open || token.kind == Token::Kind::code_close) return;
  const bool word = token.kind != Token::Kind::delimiter && !token.symbol("(") && !token.symbol(")");
  if (word)
    read_word(token);
  else
    read_mark(token);
  previous_ = token;
}

void Body::read_mark(const Token& token) {
  label_ = behind_end_ = false;
  if (token.kind == Token::Kind::delimiter) {
    while (top(Kind::expression)) frames_.pop_back();
    start_ = phase_ == Phase::body;
    handler_ = Handler::none;
  } else if (token.symbol("(")) {
    ++depth_;
    start_ = false;
  } else {
    --depth_;
    parameters_ = parameters_ || (depth_ == 0 && phase_ == Phase::routine);
    start_ = false;
  }
}

void Body::read_word(const Token& token) {
  const bool was_label = label_;
  label_ = false;
  const bool behind_end = behind_end_;
  behind_end_ = false;
  if (behind_end && is_any(token, {"IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR"})) return;
  if (phase_ != Phase::body) return read_header(token);
  if (read_handler(token)) return;
  if (was_label && token.symbol(":")) {
    start_ = true;
  } else if (start_) {
    if (!begin_statement(token)) {
      start_ = false;
      label_ = token.kind == Token::Kind::word || token.kind == Token::Kind::quoted;
      inside_statement(token, true);
    }
  } else {
    inside_statement(token, false);
  }
}

// Before the body: finds out whether the statement has one and where it begins.
void Body::read_header(const Token& token) {
  const bool blocks = bodies_ == Bodies::blocks;
  switch (phase_) {
    case Phase::first:
      return read_first(token);
    case Phase::begin:
      // BEGIN NOT ATOMIC; a lone BEGIN begins a transaction
      if (token.is("NOT")) return;
      phase_ = token.is("ATOMIC") && before("NOT") ? Phase::body : Phase::plain;
      if (phase_ == Phase::body) {
        push(Kind::block, token);
        start_ = true;
      }
      return;
    case Phase::create:
      return read_create(token);
    case Phase::routine:
      if (!parameters_ || depth_ > 0) return;
      if (bodies_ == Bodies::atomic) {
        if (!token.is("ATOMIC") || !before("BEGIN")) return;
        phase_ = Phase::body;
        push(Kind::block, *previous_);
        start_ = true;
      } else if (is_simple_statement(token)) {
        phase_ = Phase::plain;
      } else if (is_block(token) && !is_operand()) {
        phase_ = Phase::body;
        begin_statement(token);
      }
      return;
    case Phase::trigger:
      if (blocks && token.is("ROW") && before("EACH")) {
        phase_ = Phase::body;
        start_ = true;
      } else if (token.is("BEGIN") && depth_ == 0 && !is_operand()) {
        phase_ = Phase::body;
        push(Kind::block, token);
        start_ = true;
      }
      return;
    case Phase::follows:
      if (before("FOLLOWS") || before("PRECEDES") || token.symbol(".") || (previous_ && previous_->symbol("."))) return;
      phase_ = Phase::body;
      start_ = true;
      return read_word(token);
    case Phase::event:
      if (!token.is("DO") || depth_ > 0) return;
      phase_ = Phase::body;
      start_ = true;
      return;
    case Phase::body:
    case Phase::plain:
      return;
  }
}

void Body::read_first(const Token& token) {
  const bool blocks = bodies_ == Bodies::blocks;
  phase_ = Phase::plain;
  if (token.is("CREATE") || (blocks && token.is("ALTER"))) {
    phase_ = Phase::create;
  } else if (token.is("EXPLAIN")) {
    phase_ = Phase::first;
  } else if (blocks && token.is("BEGIN")) {
    phase_ = Phase::begin;
  } else if (blocks && is_block(token)) {
    phase_ = Phase::body;
    begin_statement(token);
  }
}

// Between CREATE and what is created stand OR REPLACE, TEMPORARY, DEFINER = user@host.
void Body::read_create(const Token& token) {
  if (token.kind != Token::Kind::word || is_operand()) return;
  if (is_any(token, {"OR", "REPLACE", "TEMP", "TEMPORARY", "DEFINER", "AGGREGATE", "CONSTRAINT"})) return;
  const bool routine = is_any(token, {"FUNCTION", "PROCEDURE"}) && bodies_ != Bodies::triggers;
  const bool trigger = token.is("TRIGGER") && bodies_ != Bodies::atomic;
  const bool event = token.is("EVENT") && bodies_ == Bodies::blocks;
  phase_ = routine ? Phase::routine : trigger ? Phase::trigger : event ? Phase::event : Phase::plain;
}

// The first token of a statement inside the body; true when another one begins behind it or a block's head follows.
bool Body::begin_statement(const Token& token) {
  start_ = false;
  if (token.is("END")) {
    if (open()) frames_.pop_back();
    behind_end_ = true;
    return true;
  }
  if (bodies_ != Bodies::blocks) return false;
  if (token.is("BEGIN") || token.is("LOOP") || token.is("REPEAT")) {
    push(token.is("BEGIN") ? Kind::block : Kind::loop, token);
    start_ = true;
  } else if (token.is("NOT") || token.is("ATOMIC") || (token.is("ELSE") && open())) {
    start_ = true;
  } else if (token.is("IF")) {
    push(Kind::condition, token);
  } else if (token.is("CASE")) {
    push(Kind::choice, token);
  } else if (token.is("WHILE") || token.is("FOR")) {
    push(Kind::loop, token);
  } else if (token.is("DECLARE")) {
    handler_ = Handler::declare;
  } else if (!open() && (token.is("FOLLOWS") || token.is("PRECEDES"))) {
    phase_ = Phase::follows;  // FOR EACH ROW FOLLOWS other BEGIN
  } else if (!open() && token.is("WHEN")) {
    phase_ = Phase::trigger;  // FOR EACH ROW WHEN (…) BEGIN
  } else {
    return false;
  }
  return true;
}

void Body::inside_statement(const Token& token, bool starts) {
  if (token.kind != Token::Kind::word) return;
  if (token.is("CASE") && !(previous_ && (previous_->symbol(".") || before("AS")))) {
    push(Kind::expression, token);
  } else if (token.is("UNTIL") && starts) {
    until_ = true;
  } else if (token.is("END") && !is_operand() && (top(Kind::expression) || (until_ && top(Kind::loop)))) {
    behind_end_ = !top(Kind::expression);
    until_ = until_ && !behind_end_;
    frames_.pop_back();
  } else if (token.is("THEN")) {
    start_ = top(Kind::condition) || top(Kind::choice);
  } else if (token.is("DO")) {
    start_ = top(Kind::loop) && !is_operand();
  }
}

// DECLARE … HANDLER FOR condition, condition statement: finds where the statement begins. True when the token is read.
bool Body::read_handler(const Token& token) {
  switch (handler_) {
    case Handler::none:
      return false;
    case Handler::declare:
      if (token.is("FOR") && before("HANDLER")) handler_ = Handler::condition;
      if (is_any(token, {"CURSOR", "DEFAULT", "CONDITION"})) handler_ = Handler::none;
      return true;
    case Handler::condition:
      if (!is_any(token, {"SQLSTATE", "VALUE", "NOT"})) handler_ = Handler::behind;
      return true;
    case Handler::behind:
      if (token.symbol(",")) {
        handler_ = Handler::condition;
        return true;
      }
      handler_ = Handler::none;
      start_ = true;
      return false;
  }
  return false;
}

// What stands here is a name or a value, whatever the word: something before it wants one.
bool Body::is_operand() const {
  if (!previous_) return false;
  if (previous_->kind == Token::Kind::symbol)
    return std::string_view(")]:").find(previous_->text) == std::string_view::npos;
  return is_any(*previous_, {"WHEN", "THEN", "ELSE",    "CASE",   "AND",     "OR",     "NOT", "IN",    "LIKE",   "AS",
                             "ON",   "OF",   "TRIGGER", "EXISTS", "BETWEEN", "SELECT", "SET", "WHERE", "HAVING", "BY"});
}

}  // namespace dbctl::sql
