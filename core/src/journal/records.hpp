#pragma once
#include "dbctl/journal/journal.hpp"

/// Between the journal's structures and the rows of its tables, in the order of the tables' columns.
namespace dbctl::journal {

Row row_of(const Applied& a);
Row row_of(const Progress& p);
Row row_of(const Event& e);
Row row_of(const Seeded& s);
Applied applied_of(Row&& row);
Progress progress_of(const Row& row);
Event event_of(const Row& row);
Seeded seeded_of(const Row& row);

}  // namespace dbctl::journal
