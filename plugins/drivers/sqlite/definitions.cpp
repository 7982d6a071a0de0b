#include "definitions.hpp"

#include <array>
#include <utility>

#include "tokens.hpp"

namespace dbctl::sqlite {
namespace {

using schema::Action;

/// SQLite accepted the text, so that it is well-formed; what is not known is stepped over.
class Reader {
 public:
  explicit Reader(std::string_view sql) : sql_(sql), all_(tokens(sql)) {}

  TableDefinition table() {
    TableDefinition result;
    to_open_parenthesis();
    while (!done() && !at(')')) {
      if (begins_constraint()) {
        table_constraint(result);
      } else {
        column(result);
      }
      accept(',');
    }
    result.others = std::move(others_);
    return result;
  }

  schema::Index index() {
    schema::Index result;
    while (!done() && !word("INDEX")) {
      result.unique = result.unique || word("UNIQUE");
      ++at_;
    }
    ++at_;
    if (accept("IF")) at_ += 2;
    result.name = qualified_name();
    to_open_parenthesis();
    while (!done() && !at(')')) {
      result.parts.push_back(part());
      accept(',');
    }
    accept(')');
    if (accept("WHERE")) result.where = text_of(at_, all_.size());
    return result;
  }

 private:
  bool done() const { return at_ >= all_.size(); }
  bool at(char c) const { return !done() && all_[at_].symbol(c); }
  bool word(std::string_view keyword) const { return !done() && all_[at_].is(keyword); }
  bool accept(char c) { return at(c) && ++at_ != 0; }
  bool accept(std::string_view keyword) { return word(keyword) && ++at_ != 0; }
  std::string name() { return done() ? std::string() : all_[at_++].text; }
  std::string qualified_name() {
    std::string found = name();
    return accept('.') ? name() : found;
  }
  void to_open_parenthesis() {
    while (!done() && !accept('(')) ++at_;
  }
  std::string text_of(std::size_t first, std::size_t last) const {
    return first < last ? canonical_expression(sql_.substr(all_[first].begin, all_[last - 1].end - all_[first].begin))
                        : std::string();
  }
  /// Past the parenthesis that closes the one before the current token.
  void close() {
    for (int depth = 1; !done() && depth > 0; ++at_) {
      if (at('(')) ++depth;
      if (at(')')) --depth;
    }
  }
  /// `( … )`
  std::string parenthesised() {
    if (!accept('(')) return {};
    const auto first = at_;
    close();
    return text_of(first, at_ - 1);
  }
  /// `(a, b COLLATE x DESC)`
  std::vector<std::string> names() {
    std::vector<std::string> found;
    if (!accept('(')) return found;
    while (!done() && !at(')')) {
      found.push_back(name());
      for (; !done() && !at(',') && !at(')'); ++at_)
        if (word("COLLATE") || word("DESC"))
          others_.push_back(found.back() + ' ' + text_of(at_, at_ + (word("DESC") ? 1 : 2)));
      accept(',');
    }
    accept(')');
    return found;
  }

  bool begins_constraint() const {
    constexpr std::array words = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};
    for (const auto* w : words)
      if (word(w)) return true;
    return false;
  }

  /// ON CONFLICT, and what to do
  void conflict_clause() {
    if (!word("ON")) return;
    at_ += 3;
    if (at_ <= all_.size() && !all_[at_ - 1].is("ABORT")) others_.push_back(text_of(at_ - 3, at_));
  }

  void table_constraint(TableDefinition& table) {
    const std::string named = accept("CONSTRAINT") ? name() : std::string();
    if (accept("PRIMARY")) {
      ++at_;
      // AUTOINCREMENT is allowed in here, though not documented.
      const auto open = at_;
      const auto columns = names();
      for (auto i = open; i < at_; ++i)
        for (auto& c : table.columns)
          if (all_[i].is("AUTOINCREMENT") && columns.front() == c.name) c.auto_increment = true;
      conflict_clause();
    } else if (accept("UNIQUE")) {
      table.uniques.push_back({.name = named, .columns = names()});
      conflict_clause();
    } else if (accept("CHECK")) {
      table.checks.push_back({.name = named, .expression = parenthesised()});
      conflict_clause();
    } else if (accept("FOREIGN")) {
      ++at_;
      auto columns = names();
      table.foreign_keys.push_back(references(named, std::move(columns)));
    }
  }

  Action action() {
    if (accept("CASCADE")) return Action::cascade;
    if (accept("RESTRICT")) return Action::restricted;
    if (accept("SET")) {
      if (accept("NULL")) return Action::set_null;
      ++at_;
      return Action::set_default;
    }
    at_ += 2;  // NO ACTION
    return Action::no_action;
  }

  schema::ForeignKey references(const std::string& named, std::vector<std::string> columns) {
    schema::ForeignKey key{.name = named, .columns = std::move(columns)};
    accept("REFERENCES");
    key.references = name();
    key.references_columns = names();
    const auto tell = [&](std::size_t first) { others_.push_back(key.references + ' ' + text_of(first, at_)); };
    while (!done()) {
      const auto first = at_;
      if (accept("ON")) {
        const bool deletion = word("DELETE");
        ++at_;
        (deletion ? key.on_delete : key.on_update) = action();
      } else if (accept("MATCH")) {
        ++at_;
      } else if (word("NOT") && at_ + 1 < all_.size() && all_[at_ + 1].is("DEFERRABLE")) {
        at_ += 2;
      } else if (accept("INITIALLY")) {
        if (accept("DEFERRED"))
          tell(first);
        else
          ++at_;
      } else if (accept("DEFERRABLE")) {
        tell(first);
      } else {
        break;
      }
    }
    return key;
  }

  /// Up to the comma or parenthesis that ends the column.
  void column(TableDefinition& table) {
    ColumnDefinition column{.name = name()};
    std::string named;
    while (!done() && !at(',') && !at(')')) {
      if (accept("CONSTRAINT")) {
        named = name();
        continue;
      }
      if (!column_constraint(table, column, named)) {
        if (accept('(')) {
          close();
        } else {
          ++at_;
        }
        continue;
      }
      named.clear();
    }
    table.columns.push_back(std::move(column));
  }

  /// Whether the current words were one that is of interest.
  bool column_constraint(TableDefinition& table, ColumnDefinition& column, const std::string& named) {
    if (accept("CHECK")) {
      table.checks.push_back({.name = named, .expression = parenthesised()});
    } else if (accept("UNIQUE")) {
      table.uniques.push_back({.name = named, .columns = {column.name}});
    } else if (word("REFERENCES")) {
      table.foreign_keys.push_back(references(named, {column.name}));
    } else if (accept("COLLATE")) {
      column.collation = name();
    } else if (accept("AS")) {
      column.generated.expression = parenthesised();
      column.generated.stored = accept("STORED");
    } else if (accept("AUTOINCREMENT")) {
      column.auto_increment = true;
    } else if (word("ON")) {
      conflict_clause();
    } else if (word("PRIMARY") && at_ + 2 < all_.size() && all_[at_ + 2].is("DESC")) {
      others_.push_back(column.name + " PRIMARY KEY DESC");
      at_ += 3;
    } else if (accept("DEFAULT")) {
      if (accept('(')) {
        close();
      } else {
        at_ += at('-') || at('+') ? 2U : 1U;
      }
    } else {
      return false;
    }
    return true;
  }

  schema::IndexPart part() {
    schema::IndexPart found;
    const auto first = at_;
    for (int depth = 0; !done() && (depth > 0 || (!at(',') && !at(')'))); ++at_) {
      if (at('(')) ++depth;
      if (at(')')) --depth;
    }
    auto last = at_;
    if (last > first + 1 && (all_[last - 1].is("ASC") || all_[last - 1].is("DESC")))
      found.descending = all_[--last].is("DESC");
    if (last == first + 1 && all_[first].name()) {
      found.column = all_[first].text;
    } else {
      found.expression = text_of(first, last);
    }
    return found;
  }

  std::vector<std::string> others_;
  std::string_view sql_;
  std::vector<Token> all_;
  std::size_t at_ = 0;
};

}  // namespace

TableDefinition table_definition(std::string_view sql) {
  return Reader(sql).table();
}
schema::Index index_definition(std::string_view sql) {
  return Reader(sql).index();
}

}  // namespace dbctl::sqlite
