#pragma once

#include "endpoint/Endpoint.h"

#include <QSslError>

namespace sockeye {

/// What is wrong with a certificate, in sentences, none twice. `name` is the one that it was expected to be for.
[[nodiscard]] QStringList certificateErrors(const QList<QSslError> &errors, const QString &name);
/// What to do about it, in a sentence.
[[nodiscard]] QString certificateAdvice(const QList<QSslError> &errors);

/// Why a TLS handshake failed for another reason than the peer's certificate, and what to do. `socketWords` are the TLS
/// library's own, in which the alerts of RFC 8446 section 6 are recognised; empty if they tell of no alert or version.
[[nodiscard]] QString tlsAlertText(const QString &peer, const QString &socketWords, const TlsOptions &options);

} // namespace sockeye
