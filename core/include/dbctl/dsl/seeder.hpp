#pragma once
#include <tuple>

#include "dbctl/dsl/column_of.hpp"
#include "dbctl/dsl/literals.hpp"

namespace dbctl::dsl {

/// Another table's row by its natural key; the cell becomes that row's primary key.
struct Lookup {
  std::string_view table{}, wanted{};
  Few<std::string_view> columns{}, fields{};
  std::array<Literal, 2> key{};
  std::size_t keys = 0;

  /// The natural key's column and value; twice for a key of two columns.
  consteval Lookup where(Name column, Literal value) const {
    auto l = *this;
    if (keys == key.size()) refused::too_many_items();
    l.columns.add(column.text);
    l.key[l.keys++] = value;
    return l;
  }
  /// In resolve(...): the natural key's column.
  consteval Lookup by(Name column) const {
    auto l = *this;
    l.columns.add(column.text);
    return l;
  }
  /// In resolve(...): the field of the data that holds the key's value.
  consteval Lookup from(std::string_view field) const {
    auto l = *this;
    l.fields.add(field);
    return l;
  }
  /// A column other than the primary key.
  consteval Lookup returning(Name column) const {
    auto l = *this;
    l.wanted = column.text;
    return l;
  }
};
consteval Lookup lookup(Name table) {
  Lookup l;
  l.table = table.text;
  return l;
}

/// One cell of a row: a literal or a lookup.
struct Cell {
  Literal value{};
  Lookup lookup{};
  bool is_lookup = false;

  constexpr Cell() = default;
  constexpr Cell(Lookup l) : lookup(l), is_lookup(true) {}
  template <class T>
  requires(!std::is_same_v<T, Lookup> && !std::is_same_v<T, Cell>) constexpr Cell(const T& v) : value(v) {}
};

/// A row that a generator fills. Texts are copied at once.
class Row {
 public:
  virtual Row& set(std::string_view column, const Cell& cell) = 0;

 protected:
  ~Row() = default;
};
using Generator = void (*)(Row& row, std::size_t n);

struct Resolve {
  std::string_view column{};
  Lookup lookup{};
};

/// Everything about one into(...) but its literal rows.
struct IntoHead {
  std::string_view table{}, file{};
  int line = 0;
  bool is_essential = false;
  Few<std::string_view> key{}, dependencies{};
  Few<Resolve> resolves{};
  Generator generator = nullptr;
  std::size_t generated = 0;
};

/// Rows for one table, found again by their natural key. C columns, R literal rows.
template <std::size_t C, std::size_t R>
struct Into : IntoHead {
  std::array<std::string_view, C> names{};
  std::array<std::array<Cell, C>, R> cells{};

  /// The natural key: how a row is found again.
  template <std::size_t... N>
  consteval Into unique_by(const char (&... columns_of_key)[N]) const {
    auto i = *this;
    (i.key.add(identifier(columns_of_key)), ...);
    return i;
  }
  /// The same by a model's members.
  template <class Model, class... Members>
  consteval Into unique_by(Members Model::*... columns_of_key) const {
    auto i = *this;
    (i.key.add(mapped(columns_of_key)), ...);
    return i;
  }
  /// Names of seeders that must have run.
  template <class... S>
  consteval Into after(const S&... seeders) const {
    auto i = *this;
    (i.dependencies.add(std::string_view(seeders)), ...);
    return i;
  }
  /// Protected environments get it too.
  consteval Into essential() const {
    auto i = *this;
    i.is_essential = true;
    return i;
  }
  /// A file below the seeders' folder, embedded in the plugin: a JSON array of objects whose fields are columns.
  consteval Into rows_from(std::string_view path) const {
    auto i = *this;
    i.file = path;
    return i;
  }
  /// A column that the data file gives by another table's natural key.
  consteval Into resolve(Name column, Lookup l) const {
    auto i = *this;
    i.resolves.add({column.text, l});
    return i;
  }
  /// `count` rows made by a function without captures; the same rows every time.
  consteval Into generate(std::size_t count, Generator f) const {
    auto i = *this;
    i.generated = count;
    i.generator = f;
    return i;
  }
  template <std::size_t... N>
  consteval auto columns(const char (&... s)[N]) const {
    static_assert(C == 0, "into: columns(...) once, before the first row");
    return Into<sizeof...(N), 0>{static_cast<const IntoHead&>(*this), {identifier(s)...}, {}};
  }
  /// The same by a model's members: into<Product>().columns(&Product::name, &Product::price).
  template <class Model, class... Members>
  consteval auto columns(Members Model::*... members) const {
    static_assert(C == 0, "into: columns(...) once, before the first row");
    return Into<sizeof...(Members), 0>{static_cast<const IntoHead&>(*this), {mapped(members)...}, {}};
  }
  template <class... V>
  consteval auto row(const V&... v) const {
    static_assert(sizeof...(V) == C, "row: as many cells as columns");
    static_assert(R < 64, "row: at most 64, they cost compile time; use rows_from");
    Into<C, R + 1> next{static_cast<const IntoHead&>(*this), names, {}};
    for (std::size_t i = 0; i < R; ++i) next.cells[i] = cells[i];
    next.cells[R] = {Cell(v)...};
    return next;
  }

 private:
  template <class Model, class Member>
  static consteval std::string_view mapped(Member Model::*member) {
    const auto name = column_of(member);
    if (name.empty()) refused::the_table_has_no_such_column();
    return name;
  }
};
/// For the table of a model (dbctl/model.hpp).
template <class Model>
consteval Into<0, 0> into(int line = __builtin_LINE()) {
  IntoHead head;
  head.table = Model::mapping().table;
  head.line = line;
  return {head, {}, {}};
}
consteval Into<0, 0> into(Name table) {
  IntoHead head;
  head.table = table.text;
  head.line = table.line;
  return {head, {}, {}};
}

/// Takes a seeder apart; implemented in dbctl's library.
class SeederSink {
 public:
  /// `cells` holds `rows` times `n`.
  virtual void into(const IntoHead& head, const std::string_view* columns, std::size_t n, const Cell* cells,
                    std::size_t rows) = 0;

 protected:
  ~SeederSink() = default;
};

struct SeederNode {
  const SeederNode* next;
  const char* file;
  std::string_view name;
  void (*expand)(const void* parts, SeederSink& out);
  const void* parts;
};
__attribute__((visibility("hidden"))) inline constinit const SeederNode* first_seeder = nullptr;

/// One seeder: a name and what it puts into which tables, in order.
template <class... I>
class seeder : SeederNode {
 public:
  static_assert(sizeof...(I) > 0, "a seeder needs an into(...)");

  explicit seeder(std::string_view seeder_name, const I&... parts_in_order, const char* file_name = __builtin_FILE())
      : SeederNode{first_seeder, file_name, seeder_name, &expand_all, &all_}, all_(parts_in_order...) {
    first_seeder = this;
  }
  seeder(const seeder&) = delete;
  seeder& operator=(const seeder&) = delete;

 private:
  template <std::size_t C, std::size_t R>
  static void expand_one(const Into<C, R>& i, SeederSink& out) {
    const Cell* cells = nullptr;
    if constexpr (C > 0 && R > 0) cells = i.cells.data()->data();
    out.into(i, i.names.data(), C, cells, R);
  }
  static void expand_all(const void* parts, SeederSink& out) {
    std::apply([&](const auto&... i) { (expand_one(i, out), ...); }, *static_cast<const std::tuple<I...>*>(parts));
  }
  std::tuple<I...> all_;
};
template <class... I>
seeder(std::string_view, const I&...) -> seeder<I...>;

/// A data file in the plugin, made by the build (dbctl_add_domain).
struct EmbeddedFile {
  const EmbeddedFile* next;
  std::string_view path;
  const char* begin;
  const char* end;
};
__attribute__((visibility("hidden"))) inline constinit const EmbeddedFile* first_file = nullptr;

class embedded_file : EmbeddedFile {
 public:
  embedded_file(std::string_view file_path, const char* file_begin, const char* file_end)
      : EmbeddedFile{first_file, file_path, file_begin, file_end} {
    first_file = this;
  }
  embedded_file(const embedded_file&) = delete;
  embedded_file& operator=(const embedded_file&) = delete;
};

}  // namespace dbctl::dsl
