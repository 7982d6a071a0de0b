#pragma once
#include <string>
#include <vector>

#include "output/style.hpp"

namespace dbctl::cli {

struct Cell {
  std::string text;
  Style style = Style::plain;
};

/// Columns of text. A terminal gets a heading; a pipe gets the rows alone, with "-" for what is empty, so that every
/// line has the same fields.
class Table {
 public:
  /// A name that begins with ">" makes a column of numbers, aligned to the right.
  explicit Table(std::vector<std::string> columns);

  void add(std::vector<Cell> row);
  bool empty() const noexcept { return rows_.empty(); }
  std::string text(bool terminal, bool colour) const;

 private:
  static std::string_view shown(const Cell& cell, bool terminal);
  void append(std::string& out, const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, bool terminal,
              bool colour) const;

  std::vector<Cell> heading_;
  std::vector<bool> right_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace dbctl::cli
