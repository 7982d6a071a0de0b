#pragma once
#include <string>
#include <vector>

#include "dbctl/value/statement.hpp"

/// Questions to the catalogue of what there is. Each takes the names that were asked for (none: all of the schema) and
/// tells facts of objects: what each is, in the server's own words. No fact holds a number that the server made up.
namespace dbctl::postgresql {

/// oid, kind, name, is it valid, identity, facts: relations and their triggers, programs, types.
std::string objects_query(bool identities);
/// oid, fact: what belongs to a relation, in a fixed order.
std::string parts_query();

/// The parameters of both: names as given, and those that they may be without their schema.
Row names_parameters(const std::vector<std::string>& names);

/// A condition that `schema`.`name` is asked for: all of the current schema, or those named, qualified or not.
std::string is_asked_for(const std::string& schema, const std::string& name);

}  // namespace dbctl::postgresql
