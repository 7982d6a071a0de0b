#pragma once
#include "dbctl/dsl/operations.hpp"

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
template <std::size_t N, std::size_t M>
void expand(const CreateTable<N, M>& t, Sink& out) {
  out.create_table(t.name, t.line, t.columns.data(), N, t.constraints.data(), M);
}
inline void expand(const Change& c, Sink& out) {
  out.change(c);
}
inline void expand(const ChangeColumn& c, Sink& out) {
  out.change_column(c);
}
inline void expand(const AddConstraint& c, Sink& out) {
  out.add_constraint(c);
}
inline void expand(const Sql& s, Sink& out) {
  out.sql(s);
}
inline void expand(const Backfill& b, Sink& out) {
  out.backfill(b);
}
template <std::size_t C, std::size_t R>
void expand(const Insert<C, R>& i, Sink& out) {
  static_assert(R > 0, "insert: at least one row(...)");
  out.insert(i.table, i.line, i.names.data(), C, i.rows.data()->data(), R);
}
template <class... Op>
void expand(const On<Op...>& on, Sink& out) {
  out.enter_on(on.driver);
  std::apply([&](const auto&... op) { (expand(op, out), ...); }, on.operations);
  out.leave_on();
}
template <class... Op>
void expand(const Down<Op...>& down, Sink& out) {
  out.enter_down();
  std::apply([&](const auto&... op) { (expand(op, out), ...); }, down.operations);
}

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
  void (*expand)(const void* operations, Sink& out);
  const void* operations;
};
__attribute__((visibility("hidden"))) inline constinit const MigrationNode* first_migration = nullptr;

/// One migration: its operations in order and, last, an optional down(...). The file's name is its identity.
template <class... Op>
class migration : MigrationNode {
 public:
  static_assert(sizeof...(Op) > 0, "a migration needs an operation");
  static_assert((detail::is_down<Op> + ... + 0) <= 1, "a migration has one down(...)");
  static_assert(detail::down_is_last<Op...>, "down(...) comes last: what follows it would be part of it");

  explicit migration(const Op&... operations_in_order, const char* file_name = __builtin_FILE())
      : MigrationNode{first_migration, file_name, &expand_all, &all_}, all_(operations_in_order...) {
    first_migration = this;
  }
  migration(const migration&) = delete;
  migration& operator=(const migration&) = delete;

 private:
  static void expand_all(const void* operations, Sink& out) {
    std::apply([&](const auto&... op) { (detail::expand(op, out), ...); },
               *static_cast<const std::tuple<Op...>*>(operations));
  }
  std::tuple<Op...> all_;
};
template <class... Op>
migration(const Op&...) -> migration<Op...>;

}  // namespace dbctl::dsl
