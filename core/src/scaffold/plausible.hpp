#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "dbctl/schema/model.hpp"

/// Made-up values that fit a column's name and type, the same in every run.
namespace dbctl::scaffold {

/// The value of `column` in row `n`, from 0, of its type and within its size. `row` holds the texts that were made for
/// the same row's earlier columns, by column: a slug is its name's.
Value plausible(const schema::Table& table, const schema::Column& column, std::size_t n,
                const std::vector<std::pair<std::string, std::string>>& row);

}  // namespace dbctl::scaffold
