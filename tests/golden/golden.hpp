#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dbctl/sql/dialect.hpp"
#include "golden/cases.hpp"

/// Compares what a dialect renders with the files in tests/golden/<folder>, which people read and review.
namespace dbctl::golden {

struct Target {
  std::string folder;  ///< below tests/golden; often the product's name
  std::unique_ptr<sql::Dialect> dialect;
};

/// The dialects of one driver: each driver's dialects.cpp defines it.
std::vector<Target> targets();

/// The whole content of the case's golden file.
std::string render(const sql::Dialect& dialect, const Case& golden_case);

}  // namespace dbctl::golden
