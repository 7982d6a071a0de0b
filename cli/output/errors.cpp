#include "output/errors.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

std::string part(const Output& out, std::string_view label, std::string_view text) {
  if (text.empty()) return {};
  const std::string head = fmt::format("  {:<7}", fmt::format("{}:", label));
  return fmt::format("\n{}{}", out.paint_error(Style::dim, head), hanging(printable(text), std::string(9, ' ')));
}

}  // namespace

void print_error(Output& out, const Code& code, const Details& d) {
  if (out.json()) {
    out.document({{"error",
                   {{"code", code.id},
                    {"severity", "error"},
                    {"summary", d.summary},
                    {"why", d.why},
                    {"where", d.where},
                    {"next", d.next}}}});
    if (!out.failed()) return;  // otherwise stderr is all that is left
  }
  auto text = out.paint_error(Style::bad, fmt::format("error[{}]:", code.id)) + " " + printable(d.summary);
  text += part(out, "where", d.where) + part(out, "why", d.why) +
          part(out, "next", fmt::format("{}", fmt::join(d.next, "\n")));
  out.complain(text);
}

Error bug(std::string what) {
  return Error(codes::internal, {.summary = "dbctl failed in a way that it does not know",
                                 .why = std::move(what),
                                 .next = {"report it with the command and its whole output"}});
}

}  // namespace dbctl::cli
