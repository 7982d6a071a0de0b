// The journal's part that changes while a migration runs: its progress, and its end.
#include <utility>

#include "dbctl/journal/journal.hpp"
#include "journal/records.hpp"
#include "journal/tables.hpp"

namespace dbctl::journal {

void Journal::progress(const Progress& row) {
  static const std::vector<std::string> columns = [] {
    std::vector<std::string> names;
    for (const auto& c : tables::progress().columns) names.push_back(c.name);
    return names;
  }();
  const auto values = row_of(row);
  const bool commits = !connection_.in_transaction();
  const bool there = progress_there_.value_or(false), absent = !progress_there_.value_or(true);
  progress_there_.reset();
  progress_next_.reset();
  if (there)
    connection_.execute_all({dialect_.update(placed(tables::progress()), {columns.begin() + 1, columns.end()},
                                             {values.begin() + 1, values.end()}, {columns.front()}, {values.front()})});
  else
    together([&] {
      if (!absent) remove(tables::progress(), {}, {});
      insert(tables::progress(), {values});
    });
  progress_next_ = true;
  if (commits) committed();
}

void Journal::clear_progress() {
  progress_there_.reset();
  remove(tables::progress(), {}, {});
  progress_next_ = false;
}

void Journal::finished(const std::optional<Applied>& applied, std::string_view reverse, const Event& event) {
  together([&] {
    if (applied)
      this->applied(*applied, reverse);
    else
      reverted(event.domain, event.version);
    this->event(event);
    clear_progress();
  });
}

void Journal::together(const std::function<void()>& f) {
  later_.emplace();
  try {
    f();
  } catch (...) {
    later_.reset();
    throw;
  }
  connection_.execute_all(*std::exchange(later_, std::nullopt));
}

}  // namespace dbctl::journal
