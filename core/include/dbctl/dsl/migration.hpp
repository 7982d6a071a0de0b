#pragma once
#include "dbctl/dsl/operations.hpp"
#include "dbctl/dsl/packed.hpp"

namespace dbctl::dsl {

/// Takes a migration apart. Implemented in dbctl's library; calls come in the order of the operations.
class Sink {
 public:
  virtual void create_table(std::string_view name, int line, const Column* columns, std::size_t n,
                            const Constraint* constraints, std::size_t m) = 0;
  virtual void change(const Change& change) = 0;
  virtual void change_column(const ChangeColumn& change) = 0;
  virtual void add_constraint(const AddConstraint& constraint) = 0;
  virtual void sql(const Sql& sql) = 0;
  virtual void backfill(const Backfill& backfill) = 0;
  /// `cells` holds `rows` times `n` literals.
  virtual void insert(std::string_view table, int line, const std::string_view* columns, std::size_t n,
                      const Literal* cells, std::size_t rows) = 0;
  virtual void enter_on(std::string_view driver) = 0;
  virtual void leave_on() = 0;
  /// What follows, up to the end, is the down.
  virtual void enter_down() = 0;

 protected:
  ~Sink() = default;
};

namespace detail {
/// How an operation is kept in words, and how it is taken apart when it is read back. One for each kind that is not its
/// words already.
template <class Op>
struct Kept {
  static void write(const Op& op, packed::Writer& to) { to.put(op); }
  static void expand(packed::Reader& from, Sink& out) { tell(from.take<Op>(), out); }

 private:
  static void tell(const Change& c, Sink& out) { out.change(c); }
  static void tell(const ChangeColumn& c, Sink& out) { out.change_column(c); }
  static void tell(const AddConstraint& c, Sink& out) { out.add_constraint(c); }
  static void tell(const Sql& s, Sink& out) { out.sql(s); }
  static void tell(const Backfill& b, Sink& out) { out.backfill(b); }
};
template <std::size_t N, std::size_t M>
struct Kept<CreateTable<N, M>> {
  static void write(const CreateTable<N, M>& t, packed::Writer& to) {
    to.put(t.head);
    to.put(t.columns);
    if constexpr (M > 0) to.put(t.constraints);
  }
  static void expand(packed::Reader& from, Sink& out) {
    const auto head = from.take<Head>();
    const auto columns = from.take<std::array<Column, N>>();
    std::array<Constraint, M> constraints;
    if constexpr (M > 0) constraints = from.take<std::array<Constraint, M>>();
    out.create_table(head.name, head.line, columns.data(), N, constraints.data(), M);
  }
};
template <std::size_t C, std::size_t R>
struct Kept<Insert<C, R>> {
  static_assert(R > 0, "insert: at least one row(...)");
  static void write(const Insert<C, R>& i, packed::Writer& to) {
    to.put(i.head);
    to.put(i.names);
    to.put(i.rows);
  }
  static void expand(packed::Reader& from, Sink& out) {
    const auto head = from.take<Head>();
    const auto names = from.take<std::array<Identifier, C>>();
    const auto rows = from.take<std::array<std::array<Literal, C>, R>>();
    const std::array<std::string_view, C> columns = views(names, std::make_index_sequence<C>());
    out.insert(head.name, head.line, columns.data(), C, rows.data()->data(), R);
  }

 private:
  template <std::size_t... I>
  static std::array<std::string_view, C> views(const std::array<Identifier, C>& names, std::index_sequence<I...>) {
    return {names[I]...};
  }
};
template <class... Op>
struct Kept<On<Op...>> {
  static void write(const On<Op...>& on, packed::Writer& to) {
    to.put(on.driver);
    std::apply([&](const auto&... op) { (Kept<Op>::write(op, to), ...); }, on.operations);
  }
  static void expand(packed::Reader& from, Sink& out) {
    out.enter_on(from.take<Identifier>());
    (Kept<Op>::expand(from, out), ...);
    out.leave_on();
  }
};
template <class... Op>
struct Kept<Down<Op...>> {
  static void write(const Down<Op...>& down, packed::Writer& to) {
    std::apply([&](const auto&... op) { (Kept<Op>::write(op, to), ...); }, down.operations);
  }
  static void expand(packed::Reader& from, Sink& out) {
    out.enter_down();
    (Kept<Op>::expand(from, out), ...);
  }
};

/// Whether only the last one is a down(...), if any is.
template <class First, class... Rest>
inline constexpr bool down_is_last = sizeof...(Rest) == 0 || (!is_down<First> && down_is_last<Rest...>);
template <class Last>
inline constexpr bool down_is_last<Last> = true;
}  // namespace detail

/// A migration as its plugin links it up: found by walking the plugin's list, expanded only when it is needed.
struct MigrationNode {
  const MigrationNode* next;
  const char* file;
  void (*expand)(const std::uint64_t* operations, Sink& out);
  const std::uint64_t* operations;
};
__attribute__((visibility("hidden"))) inline constinit const MigrationNode* first_migration = nullptr;

/// One migration: its operations in order and, last, an optional down(...). The file's name is its identity.
template <class... Op>
class migration : MigrationNode {
 public:
  static_assert((detail::is_down<Op> + ... + 0) <= 1, "a migration has one down(...)");
  static_assert(detail::down_is_last<Op...>, "down(...) comes last: what follows it would be part of it");

  explicit migration(const Op&... operations_in_order, const char* file_name = __builtin_FILE())
      : MigrationNode{first_migration, file_name, &expand_all, nullptr} {
    packed::Writer kept((... + (2 * sizeof(Op) / sizeof(std::uint64_t))));
    (detail::Kept<Op>::write(operations_in_order, kept), ...);
    operations = kept.begin();
    first_migration = this;
  }
  migration(const migration&) = delete;
  migration& operator=(const migration&) = delete;

 private:
  static void expand_all(const std::uint64_t* operations, Sink& out) {
    packed::Reader kept(operations);
    (detail::Kept<Op>::expand(kept, out), ...);
  }
};
/// One that was begun: it compiles, and no plan takes it.
template <>
class migration<> : MigrationNode {
 public:
  explicit migration(const char* file_name = __builtin_FILE())
      : MigrationNode{first_migration, file_name, [](const std::uint64_t*, Sink&) {}, nullptr} {
    first_migration = this;
  }
  migration(const migration&) = delete;
  migration& operator=(const migration&) = delete;
};
template <class... Op>
migration(const Op&...) -> migration<Op...>;

}  // namespace dbctl::dsl
