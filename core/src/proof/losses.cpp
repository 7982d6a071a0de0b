#include "proof/losses.hpp"

#include <algorithm>

namespace dbctl::proof {
namespace {

/// Walks through the operations and knows what each table and column was called before the first of them.
class Walk {
 public:
  void see(const schema::Operation& operation, const schema::Schema& before) {
    if (!schema::losses(operation, before).empty()) std::visit([&](const auto& o) { lose(o); }, operation.what);
    std::visit([&](const auto& o) { rename(o); }, operation.what);
  }
  Losses take() { return std::move(losses_); }

 private:
  std::string table(const std::string& now) const {
    const auto found = tables_.find(now);
    return found == tables_.end() ? now : found->second;
  }
  std::pair<std::string, std::string> column(const std::string& in, const std::string& now) const {
    const auto found = columns_.find({in, now});
    return {table(in), found == columns_.end() ? now : found->second};
  }

  void lose(const schema::DropTable& o) { losses_.tables.insert(table(o.table)); }
  void lose(const schema::DropColumn& o) { losses_.columns.insert(column(o.table, o.column)); }
  void lose(const schema::AlterColumn& o) { losses_.columns.insert(column(o.table, o.column.name)); }
  void lose(const schema::Backfill& o) {
    for (const auto& a : o.assignments) losses_.columns.insert(column(o.table, a.column));
  }
  /// Whatever else should say one day that it loses something: not known here, so nothing is left out for it.
  template <class Other>
  void lose(const Other&) {}

  void rename(const schema::RenameTable& o) {
    tables_[o.to] = table(o.from);
    std::map<std::pair<std::string, std::string>, std::string> moved;
    for (const auto& [key, was] : columns_) moved[{key.first == o.from ? o.to : key.first, key.second}] = was;
    columns_ = std::move(moved);
  }
  void rename(const schema::RenameColumn& o) { columns_[{o.table, o.to}] = column(o.table, o.from).second; }
  template <class Other>
  void rename(const Other&) {}

  std::map<std::string, std::string> tables_;
  std::map<std::pair<std::string, std::string>, std::string> columns_;
  Losses losses_;
};

}  // namespace

Losses losses_of(const std::vector<schema::Operation>& operations, schema::Schema before) {
  Walk walk;
  for (const auto& operation : operations) {
    walk.see(operation, before);
    before = schema::apply(std::move(before), operation);
  }
  return walk.take();
}

}  // namespace dbctl::proof
