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

std::string_view Table::shown(const Cell& cell, bool terminal) {
  return cell.text.empty() && !terminal ? "-" : std::string_view(cell.text);
}

void Table::append(std::string& out, const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                   bool terminal, bool colour) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto text = shown(cells[i], terminal);
    const auto blanks = widths[i] - std::min(widths[i], width(text));
    if (i > 0) out += "  ";
    if (right_[i]) out.append(blanks, ' ');
    if (colour)
      out += paint(cells[i].style, text, true);
    else
      out += text;
    if (!right_[i]) out.append(blanks, ' ');
  }
  out.erase(out.find_last_not_of(' ') + 1);
  out += '\n';
}

std::string Table::text(bool terminal, bool colour) const {
  std::vector<std::size_t> widths(heading_.size(), 0);
  const auto widen = [&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(shown(row[i], terminal)));
  };
  if (terminal) widen(heading_);
  for (const auto& row : rows_) widen(row);
  std::string out;
  if (terminal) append(out, heading_, widths, terminal, colour);
  for (const auto& row : rows_) append(out, row, widths, terminal, colour);
  return out;
}

}  // namespace dbctl::cli
