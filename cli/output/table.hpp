#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "output/style.hpp"

namespace dbctl::cli {

/// What Table::add copies.
struct Cell {
  std::string_view text;
  Style style = Style::plain;
};

/// Columns of text. A terminal gets a heading; a pipe gets the rows alone, with "-" for what is empty, so that every
/// line has the same fields.
class Table {
 public:
  /// A name that begins with ">" makes a column of numbers, aligned to the right.
  explicit Table(std::initializer_list<std::string_view> columns);

  /// One cell for each column.
  void add(std::initializer_list<Cell> row);
  bool empty() const noexcept { return rows_.cells.empty(); }
  std::string text(bool terminal, bool colour) const;

 private:
  /// A cell of a block's texts, where each begins at the end of the one before.
  struct Stored {
    std::uint32_t size, width;
    Style style;
  };
  /// Rows in one string and one vector: there may be thousands.
  struct Block {
    std::string texts;
    std::vector<Stored> cells;

    void add(const Cell& cell);
  };

  void widen(std::vector<std::size_t>& widths, const Block& block, bool terminal) const;
  void append(std::string& out, const Block& block, const std::vector<std::size_t>& widths, bool terminal,
              bool colour) const;

  std::vector<bool> right_;
  Block heading_, rows_;
};

}  // namespace dbctl::cli
