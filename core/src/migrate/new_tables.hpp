#pragma once
#include <set>
#include <string>

#include "dbctl/schema/fold.hpp"
#include "dbctl/schema/operation.hpp"

namespace dbctl::migrate {

/// The tables that the transaction at hand has made: nobody else sees them, and they are empty.
class NewTables {
 public:
  /// Whether the operation touches no others, so that its statements take no time and wait for nobody.
  bool are_all_of(const schema::Operation& operation, const schema::Schema& before, const schema::Schema& after);
  /// Another transaction begins.
  void forget() { names_.clear(); }

 private:
  bool has(const std::string& table) const { return names_.contains(table); }
  bool have_what_differs(const schema::Table& before, const schema::Table& after) const;

  std::set<std::string, std::less<>> names_;
};

}  // namespace dbctl::migrate
