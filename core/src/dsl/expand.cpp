#include "dbctl/dsl/expand.hpp"

#include <utility>

#include "dbctl/schema/names.hpp"
#include "dsl/model_of.hpp"

namespace dbctl::dsl {
namespace {

using namespace schema;

/// Collects operations; on(...) opens a nested list, down(...) a second one.
class Collector final : public Sink {
 public:
  explicit Collector(const char* file) : file_(file) {}

  void create_table(std::string_view name, int line, const dsl::Column* columns, std::size_t n,
                    const Constraint* constraints, std::size_t m) override {
    add(schema::CreateTable{table_of(name, {columns, n}, {constraints, m})}, line);
  }

  void change(const Change& c) override {
    const std::string table(c.table), from(c.from), to(c.to);
    switch (c.kind) {
      case Change::Kind::drop_table:
        return add(DropTable{table}, c.line);
      case Change::Kind::rename_table:
        return add(RenameTable{table, to}, c.line);
      case Change::Kind::drop_column:
        return add(DropColumn{table, from}, c.line);
      case Change::Kind::rename_column:
        return add(RenameColumn{table, from, to}, c.line);
      case Change::Kind::drop_foreign_key:
        return add(DropForeignKey{table, from.empty() ? names::foreign_key(table, texts(c.columns)) : from}, c.line);
      case Change::Kind::drop_check:
        return add(DropCheck{table, check_name(table, c.from)}, c.line);
      case Change::Kind::drop_unique:
        return add(DropUnique{table, from.empty() ? names::unique(table, texts(c.columns)) : from}, c.line);
      case Change::Kind::drop_index:
        return add(DropIndex{table, from.empty() ? names::index(table, texts(c.columns)) : from, c.is_concurrent},
                   c.line);
    }
  }

  void change_column(const ChangeColumn& c) override {
    if (!c.adds) {
      add(AlterColumn{std::string(c.table), column_of(c.column), std::string(c.using_sql)}, c.line);
      return;
    }
    schema::Table parts;
    parts.name = c.table;
    add_column_constraints(parts, c.column);
    add(AddColumn{std::string(c.table), column_of(c.column), parts.uniques, parts.checks, parts.foreign_keys}, c.line);
  }

  void add_constraint(const AddConstraint& c) override {
    const std::string table(c.on_table);
    switch (c.kind) {
      case Constraint::Kind::unique:
        return add(AddUnique{table, unique_of(table, c)}, c.line);
      case Constraint::Kind::foreign_key:
        return add(AddForeignKey{table, foreign_key_of(table, c)}, c.line);
      case Constraint::Kind::check:
        return add(AddCheck{table, check_of(table, c)}, c.line);
      case Constraint::Kind::index:
        return add(CreateIndex{table, index_of(table, c)}, c.line);
      case Constraint::Kind::primary_key:
      case Constraint::Kind::comment:
        return;  // no builder makes one outside create_table
    }
  }

  void sql(const Sql& s) override {
    add(RawSql{std::string(s.text), std::string(s.reverse), s.is_outside, s.is_repeatable, std::string(s.condition)},
        s.line);
  }

  void backfill(const dsl::Backfill& b) override {
    add(schema::Backfill{std::string(b.table), assignments(b.sets), std::string(b.condition), assignments(b.reverse),
                         b.keeps, b.rows},
        b.line);
  }

  void insert(std::string_view table, int line, const std::string_view* columns, std::size_t n, const Literal* cells,
              std::size_t rows) override {
    InsertRows insert{std::string(table), {columns, columns + n}, {}};
    for (std::size_t r = 0; r < rows; ++r) {
      Row row;
      for (std::size_t i = 0; i < n; ++i) row.push_back(value_of(cells[r * n + i]));
      insert.rows.push_back(std::move(row));
    }
    add(std::move(insert), line);
  }

  void enter_on(std::string_view driver) override { open_.push_back({std::string(driver), {}}); }
  void leave_on() override {
    Only only = std::move(open_.back());
    open_.pop_back();
    const int line = only.operations.empty() ? 0 : only.operations.front().origin.line;
    add(std::move(only), line);
  }
  void enter_down() override { result_.down.emplace(); }

  Expanded take() { return std::move(result_); }

 private:
  template <class T>
  void add(T what, int line) {
    auto& list = !open_.empty() ? open_.back().operations : result_.down ? *result_.down : result_.up;
    list.push_back({std::move(what), Origin{file_, line, 0}});
  }
  static std::vector<Assignment> assignments(const Few<Set>& sets) {
    std::vector<Assignment> out;
    for (std::size_t i = 0; i < sets.size; ++i)
      out.push_back({std::string(sets.items[i].column), std::string(sets.items[i].sql)});
    return out;
  }

  std::string file_;
  std::vector<Only> open_;
  Expanded result_;
};

}  // namespace

Expanded expand(const MigrationNode& node) {
  Collector collector(node.file);
  node.expand(node.operations, collector);
  return collector.take();
}

Value value_of(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::none:
    case Literal::Kind::nothing:
      return Null{};
    case Literal::Kind::boolean:
      return literal.integer != 0;
    case Literal::Kind::integer:
      return literal.integer;
    case Literal::Kind::real:
      return literal.real();
    case Literal::Kind::decimal:
      return Decimal{(literal.negative ? "-" : "") + std::string(literal.text())};
    case Literal::Kind::text:
      return std::string(literal.text());
  }
  return Null{};
}

}  // namespace dbctl::dsl
