#pragma once

#include <QtGlobal>

namespace sockeye {

/// The two ends of a connection (RFC 6455 section 1.3): the client opens it and masks its frames, the server masks
/// none.
enum class Role : quint8 { Client, Server };

} // namespace sockeye
