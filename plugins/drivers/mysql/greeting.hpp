#pragma once
#include <optional>

#include "settings.hpp"

namespace dbctl::mysql {

/// Whether the server offers TLS, from the first packet it sends to a connection of its own, which is closed again.
/// Nothing is sent. Empty when it cannot be told: no connection, no greeting in time, not a server of this kind.
///
/// The client library cannot be asked, and told to encrypt it sends a password in clear text to a MySQL server without
/// TLS before anyone can look.
std::optional<bool> offers_tls(const Settings& settings);

}  // namespace dbctl::mysql
