#pragma once
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dbctl/schema/types.hpp"
#include "dbctl/value/value.hpp"

/// The model of a database: what the fold of migrations says, and what a connection's `describe` reports.
namespace dbctl::schema {

struct Default {
  enum class Kind : std::uint8_t { none, value, now, expression };
  Kind kind = Kind::none;
  Value value = Null{};         ///< for `value`
  std::string expression = {};  ///< for `expression`: SQL, as the author wrote it

  bool operator==(const Default&) const = default;
};

struct Generated {
  std::string expression = {};  ///< SQL over the row's other columns; empty: an ordinary column
  bool stored = false;

  bool operator==(const Generated&) const = default;
};

struct Column {
  std::string name;
  Type type = {};
  bool nullable = false;
  bool auto_increment = false;
  Default default_value = {};
  Generated generated = {};
  std::string comment = {};
  std::string collation = {};

  bool operator==(const Column&) const = default;
};

struct Unique {
  std::string name;
  std::vector<std::string> columns;
  bool operator==(const Unique&) const = default;
};

struct Check {
  std::string name;
  std::string expression;
  bool operator==(const Check&) const = default;
};

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string references;  ///< table
  std::vector<std::string> references_columns;
  Action on_delete = Action::no_action;
  Action on_update = Action::no_action;
  bool operator==(const ForeignKey&) const = default;
};

/// One part of an index: a column, or an expression in the database's own SQL.
struct IndexPart {
  std::string column = {};
  std::string expression = {};
  bool descending = false;
  bool operator==(const IndexPart&) const = default;
};

struct Index {
  std::string name;
  std::vector<IndexPart> parts;
  bool unique = false;
  bool fulltext = false;
  bool concurrently = false;  ///< how it is built, not what it is: not compared, not in canonical text of a schema
  std::string method = {};    ///< "gin", "hash"; empty is the database's default
  std::string where = {};     ///< partial index: SQL
  bool operator==(const Index&) const = default;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> primary_key;
  std::vector<Unique> uniques = {};
  std::vector<ForeignKey> foreign_keys = {};
  std::vector<Check> checks = {};
  std::vector<Index> indexes = {};
  std::string comment = {};
  /// The schema or database that it is in, for statements with data; empty, as in every migration: what the session
  /// takes for its own.
  std::string within = {};

  const Column* find_column(std::string_view column) const noexcept;
  Column* find_column(std::string_view column) noexcept;
  bool operator==(const Table&) const = default;
};

/// Tables by name, in the order of the names. A copy shares each table until one of the two changes it, so that a plan
/// of a thousand migrations can keep the model before and after each operation. What find and edit return is valid
/// until the next change to the same Tables; copies of it do not see changes made through a reference that was had
/// earlier.
class DBCTL_API Tables {
 public:
  using value_type = std::pair<const std::string, Table>;

  class const_iterator {
   public:
    using value_type = Tables::value_type;
    using difference_type = std::ptrdiff_t;
    using reference = const value_type&;
    using pointer = const value_type*;
    using iterator_category = std::forward_iterator_tag;

    const_iterator() = default;
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    const_iterator& operator++() {
      ++at_;
      return *this;
    }
    const_iterator operator++(int) { return const_iterator(at_++); }
    bool operator==(const const_iterator&) const = default;

   private:
    friend class Tables;
    using Place = std::vector<std::shared_ptr<value_type>>::const_iterator;
    explicit const_iterator(Place at) : at_(at) {}
    Place at_ = {};
  };

  Tables() = default;
  Tables(std::initializer_list<value_type> tables);

  const_iterator begin() const noexcept { return const_iterator(all_.begin()); }
  const_iterator end() const noexcept { return const_iterator(all_.end()); }
  bool empty() const noexcept { return all_.empty(); }
  std::size_t size() const noexcept { return all_.size(); }
  const_iterator find(std::string_view name) const noexcept;
  bool contains(std::string_view name) const noexcept { return find(name) != end(); }
  std::vector<std::string> names() const;
  /// Of those that only one of the two has, or that differ.
  std::vector<std::string> names_of_changed(const Tables& other) const;

  /// The table, to be changed, or nullptr.
  Table* edit(std::string_view name);
  /// The same; made when it is not there.
  Table& operator[](std::string_view name);
  /// Changes nothing when the name is taken.
  void emplace(std::string_view name, Table table);
  void erase(std::string_view name);
  template <class Predicate>  ///< of value_type
  void erase_if(Predicate goes) {
    std::erase_if(all_, [&](const auto& node) { return goes(std::as_const(*node)); });
  }

  bool operator==(const Tables& other) const;

 private:
  using Node = std::shared_ptr<value_type>;
  std::vector<Node>::iterator place(std::string_view name);

  std::vector<Node> all_;
};

struct Schema {
  Tables tables;

  const Table* find(std::string_view table) const noexcept;
  Table* find(std::string_view table);
  /// The table, or an Error (schema_invalid) that names it and its nearest neighbour.
  DBCTL_API const Table& at(std::string_view table) const;
  bool operator==(const Schema&) const = default;
};

inline const Column* Table::find_column(std::string_view column) const noexcept {
  for (const auto& c : columns)
    if (c.name == column) return &c;
  return nullptr;
}
inline Column* Table::find_column(std::string_view column) noexcept {
  return const_cast<Column*>(static_cast<const Table&>(*this).find_column(column));
}
inline const Table* Schema::find(std::string_view table) const noexcept {
  const auto it = tables.find(table);
  return it == tables.end() ? nullptr : &it->second;
}
inline Table* Schema::find(std::string_view table) {
  return tables.edit(table);
}

}  // namespace dbctl::schema
