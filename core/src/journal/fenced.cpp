#include "journal/fenced.hpp"

namespace dbctl::journal {

Fence::~Fence() = default;
FencedConnection::~FencedConnection() = default;

/// Outside a transaction it commits by itself: an overtaken run must not send it.
std::int64_t FencedConnection::execute(const Statement& statement) {
  return watched([&] {
    if (fence_ != nullptr && !real_->in_transaction()) fence_->hold(*real_);
    return real_->execute(statement);
  });
}

/// With a fence, in a transaction that is committed through it.
void FencedConnection::execute_all(const std::vector<Statement>& statements) {
  const bool own = fence_ != nullptr && !real_->in_transaction();
  if (own) begin(false);
  try {
    watched([&] { real_->execute_all(statements); });
  } catch (...) {
    if (own) rollback();
    throw;
  }
  if (own) commit();
}

void FencedConnection::commit() {
  watched([&] {
    if (fence_ != nullptr) {
      try {
        fence_->hold(*real_);
      } catch (...) {
        real_->rollback();
        throw;
      }
    }
    real_->commit();
  });
}

}  // namespace dbctl::journal
