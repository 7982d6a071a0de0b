#include "dbctl/value/statement.hpp"

namespace dbctl {

std::string Origin::text() const {
  if (file.empty()) return {};
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  if (line > 0 && column > 0) out += ":" + std::to_string(column);
  return out;
}

}  // namespace dbctl
