#include "output/table.hpp"

#include <algorithm>

namespace dbctl::cli {
namespace {

constexpr std::string_view nothing = "-";  // what a pipe gets for an empty cell

/// Printable ASCII alone, as most cells are: one column for each byte, and nothing to escape.
bool is_plain(std::string_view text) {
  unsigned odd = 0;
  for (const char c : text) odd |= static_cast<unsigned>(static_cast<unsigned char>(c - ' ') > '~' - ' ');
  return odd == 0;
}

}  // namespace

Table::Table(std::initializer_list<std::string_view> columns) {
  // Memory that is never touched costs nothing; that which a growing table leaves behind does.
  rows_.cells.reserve(8192);
  rows_.texts.reserve(std::size_t{64} * 1024);
  for (const auto column : columns) {
    right_.push_back(column.starts_with('>'));
    heading_.add({column.substr(right_.back() ? 1 : 0), Style::strong});
  }
}

void Table::Block::add(const Cell& cell) {
  const auto begin = texts.size();
  if (is_plain(cell.text)) {
    texts += cell.text;
    const auto size = static_cast<std::uint32_t>(cell.text.size());
    cells.push_back({.size = size, .width = size, .style = cell.style});
    return;
  }
  append_printable(texts, cell.text);
  const auto text = std::string_view(texts).substr(begin);
  cells.push_back({.size = static_cast<std::uint32_t>(text.size()),
                   .width = static_cast<std::uint32_t>(width(text)),
                   .style = cell.style});
}

void Table::add(std::initializer_list<Cell> row) {
  for (const auto& cell : row) rows_.add(cell);
}

void Table::widen(std::vector<std::size_t>& widths, const Block& block, bool terminal) const {
  for (auto cell = block.cells.begin(); cell != block.cells.end();)
    for (auto& widest : widths) {
      widest = std::max<std::size_t>(widest, cell->size == 0 && !terminal ? nothing.size() : cell->width);
      ++cell;
    }
}

void Table::append(std::string& out, const Block& block, const std::vector<std::size_t>& widths, bool terminal,
                   bool colour) const {
  std::string_view left = block.texts;
  for (auto cell = block.cells.begin(); cell != block.cells.end();) {
    for (std::size_t column = 0; column < widths.size(); ++column, ++cell) {
      const bool dash = cell->size == 0 && !terminal;
      const auto text = dash ? nothing : left.substr(0, cell->size);
      left.remove_prefix(cell->size);
      const auto blanks = widths[column] - (dash ? nothing.size() : cell->width);
      out.append((column > 0 ? 2 : 0) + (right_[column] ? blanks : 0), ' ');
      if (colour)
        out += paint(cell->style, text, true);
      else
        out += text;
      if (!right_[column]) out.append(blanks, ' ');
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
}

std::string Table::text(bool terminal, bool colour) const {
  std::vector<std::size_t> widths(right_.size(), 0);
  if (terminal) widen(widths, heading_, terminal);
  widen(widths, rows_, terminal);
  std::string out;
  std::size_t line = 2 * widths.size();
  for (const auto width : widths) line += width;
  if (!widths.empty()) out.reserve(line * (rows_.cells.size() / widths.size() + 1));
  if (terminal) append(out, heading_, widths, terminal, colour);
  append(out, rows_, widths, terminal, colour);
  return out;
}

}  // namespace dbctl::cli
