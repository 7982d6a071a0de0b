#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "seed/data.hpp"

namespace dbctl::seed {
namespace {

/// One field as it stands: quoted or not makes the difference between an empty text and nothing.
struct Cell {
  std::string text;
  bool quoted = false;
};

/// RFC 4180, with line ends of either kind.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);  // what spreadsheets put before UTF-8
  }

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t line() const { return line_; }

  std::vector<Cell> record() {
    std::vector<Cell> cells;
    do {
      cells.push_back(cell());
    } while (take(','));
    if (!at_end() && !take_line_end()) refuse("a quoted field is followed by more text");
    return cells;
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(codes::seed_data, {.summary = "the data file is not valid CSV",
                                   .where = fmt::format("{}:{}", file_, line_),
                                   .why = why,
                                   .next = {"put fields with commas, quotes or line ends in quotes, and double the "
                                            "quotes inside"}});
  }

 private:
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_line_end() {
    const bool carriage = take('\r');
    const bool line = take('\n');
    line_ += carriage || line ? 1 : 0;
    return carriage || line;
  }

  Cell cell() {
    if (take('"')) return quoted();
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    Cell cell{std::string(text_.substr(at_, end - at_))};
    if (cell.text.find('"') != std::string::npos) refuse("a quote stands inside of a field that is not quoted");
    at_ = end;
    return cell;
  }

  Cell quoted() {
    Cell cell{.text = {}, .quoted = true};
    while (true) {
      const auto end = text_.find('"', at_);
      if (end == std::string_view::npos) refuse("a quoted field is not closed");
      const auto part = text_.substr(at_, end - at_);
      cell.text += part;
      line_ += static_cast<std::size_t>(std::ranges::count(part, '\n'));
      at_ = end + 1;
      if (!take('"')) return cell;
      cell.text += '"';
    }
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

std::vector<Record> parse_csv(std::string_view text, const std::string& file) {
  Reader reader(text, file);
  std::vector<std::string> names;
  if (!reader.at_end())
    for (auto& cell : reader.record()) names.emplace_back(text::trim(cell.text));
  for (const auto& name : names)
    if (name.empty() || std::ranges::count(names, name) > 1)
      reader.refuse(name.empty() ? "the first line must name every field" : "the field \"" + name + "\" stands twice");
  std::vector<Record> records;
  while (!reader.at_end()) {
    auto cells = reader.record();
    if (cells.size() == 1 && cells.front().text.empty() && !cells.front().quoted && names.size() > 1) continue;
    if (cells.size() != names.size())
      reader.refuse(fmt::format("row {} has {}, the first line names {}", records.size() + 1,
                                text::count(cells.size(), "field"), names.size()));
    Record record;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool nothing = cells[i].text.empty() && !cells[i].quoted;
      record.emplace_back(names[i], nothing ? Value(Null{}) : Value(std::move(cells[i].text)));
    }
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace dbctl::seed
