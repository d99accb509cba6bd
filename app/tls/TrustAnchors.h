#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>

namespace sockeye {

/// The certificates of a CA file, which are trusted beside the system's: authorities, intermediates or a server's own.
class TrustAnchors final
{
public:
    TrustAnchors() = default;
    /// Errors name the file and what is wrong with it.
    [[nodiscard]] static Result<TrustAnchors> fromFile(const QString &path);

    /// In DER; one from a TRUSTED CERTIFICATE has what it is trusted for behind it.
    [[nodiscard]] const QList<QByteArray> &certificates() const { return m_certificates; }
    [[nodiscard]] QList<QSslCertificate> forQt() const;

private:
    QList<QByteArray> m_certificates;
};

} // namespace sockeye
