#include "migrate/new_tables.hpp"

#include <algorithm>
#include <concepts>

namespace dbctl::migrate {

/// A foreign key that comes or goes also locks the table that it refers to.
bool NewTables::have_what_differs(const schema::Table& before, const schema::Table& after) const {
  const auto are_here_or_in = [&](const schema::Table& one, const schema::Table& other) {
    return std::ranges::all_of(one.foreign_keys, [&](const schema::ForeignKey& key) {
      return has(key.references) || std::ranges::find(other.foreign_keys, key) != other.foreign_keys.end();
    });
  };
  return are_here_or_in(before, after) && are_here_or_in(after, before);
}

bool NewTables::are_all_of(const schema::Operation& operation, const schema::Schema& before,
                           const schema::Schema& after) {
  return std::visit(
      [&]<class T>(const T& o) {
        constexpr bool on_a_table = requires {
          { o.table } -> std::same_as<const std::string&>;
        };
        if constexpr (std::same_as<T, schema::CreateTable>) {
          names_.insert(o.table.name);
          return have_what_differs({}, o.table);
        } else if constexpr (std::same_as<T, schema::DropTable> || std::same_as<T, schema::InsertRows> ||
                             std::same_as<T, schema::DeleteRows> || std::same_as<T, schema::Backfill> || !on_a_table) {
          names_.clear();  // they are not empty any more, or nobody knows what they are
          return false;
        } else {
          if (has(o.table)) return have_what_differs(before.at(o.table), after.at(o.table));
          for (const auto& key : after.at(o.table).foreign_keys) names_.erase(key.references);  // no more by themselves
          return false;
        }
      },
      operation.what);
}

}  // namespace dbctl::migrate
