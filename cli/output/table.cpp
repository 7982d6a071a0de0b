#include "output/table.hpp"

#include <algorithm>

namespace dbctl::cli {

Table::Table(std::vector<std::string> columns) {
  for (auto& column : columns) {
    const bool right = column.starts_with('>');
    right_.push_back(right);
    heading_.push_back({right ? column.substr(1) : std::move(column), Style::strong});
  }
}

void Table::add(std::vector<Cell> row) {
  for (auto& cell : row) cell.text = printable(cell.text);
  rows_.push_back(std::move(row));
}

std::string Table::line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, bool colour) const {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string blanks(widths[i] - std::min(widths[i], width(cells[i].text)), ' ');
    if (i > 0) out += "  ";
    if (right_[i]) out += blanks;
    out += paint(cells[i].style, cells[i].text, colour);
    if (!right_[i]) out += blanks;
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string Table::text(bool terminal, bool colour) const {
  auto rows = rows_;
  std::vector<std::size_t> widths(heading_.size(), 0);
  const auto widen = [&](std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i].text.empty() && !terminal) row[i].text = "-";
      widths[i] = std::max(widths[i], width(row[i].text));
    }
  };
  auto heading = heading_;
  if (terminal) widen(heading);
  for (auto& row : rows) widen(row);
  std::string out = terminal ? line(heading, widths, colour) : "";
  for (const auto& row : rows) out += line(row, widths, colour);
  return out;
}

}  // namespace dbctl::cli
