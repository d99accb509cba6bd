#pragma once

#include "endpoint/Endpoint.h"

namespace sockeye {

/// Why a TLS handshake failed for another reason than the peer's certificate, and what to do. `socketWords` are the TLS
/// library's own, in which the alerts of RFC 8446 section 6 are recognised; empty if they tell of no alert or version.
[[nodiscard]] QString tlsAlertText(const QString &peer, const QString &socketWords, const TlsOptions &options);

} // namespace sockeye
