#pragma once

#include "tls/TlsFile.h"

#include <QList>

namespace sockeye {

/// What a PKCS#12 file (RFC 7292) holds.
struct Pkcs12Content
{
    /// PKCS#8 in DER, not encrypted; empty for none.
    QByteArray key;
    /// In DER, the key's own first.
    QList<QByteArray> certificates;
};

/// Whether the file is one.
[[nodiscard]] bool isPkcs12(const TlsFile &file);
/// Errors name the file, and tell a missing passphrase, a wrong one and everything else apart, the latter in OpenSSL's
/// words.
[[nodiscard]] Result<Pkcs12Content> readPkcs12(const TlsFile &file, const QString &passphrase);

} // namespace sockeye
