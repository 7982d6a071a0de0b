#pragma once
#include <string_view>

namespace dbctl::cli {

/// Writes to stderr. What is told there is beside the work: that it cannot be written, because the disk is full or the
/// reader is gone, ends nothing.
void tell(std::string_view text) noexcept;

/// Opens /dev/null in the place of each standard stream that is closed: a file or socket opened later would get its
/// number, and with it what is meant for the stream. Writing to a stdout that was closed still fails.
void fill_closed_streams() noexcept;

}  // namespace dbctl::cli
