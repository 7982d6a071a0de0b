#pragma once
#include <vector>

#include "dbctl/schema/model.hpp"

/// The models of dbctl's own tables. Their names begin with `dbctl_`.
namespace dbctl::journal::tables {

const schema::Table& meta();
const schema::Table& migrations();
const schema::Table& progress();
const schema::Table& history();
const schema::Table& reverses();
const schema::Table& seeds();
/// Who works on the database, where session locks cannot tell: see Lease.
const schema::Table& lock();
/// In the order in which they are made; meta is last, so that its rows mean that all are there.
const std::vector<const schema::Table*>& all();

}  // namespace dbctl::journal::tables
