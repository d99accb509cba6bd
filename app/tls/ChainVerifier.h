#pragma once

#include "tls/CertificateProblem.h"
#include "tls/TrustAnchors.h"

namespace sockeye {

/// Verifies a server's certificate by OpenSSL itself, and tells all that is wrong in OpenSSL's codes, which Qt folds.
/// Trusts the system's authorities and the anchors given, be they an authority's, an intermediate's or the server's own
/// certificate (X509_V_FLAG_PARTIAL_CHAIN). Reads the system's certificates from the disk.
class ChainVerifier final
{
public:
    /// `securityLevel` as securityLevel() has it.
    ChainVerifier(TrustAnchors anchors, int securityLevel);

    /// Of the chain, the server's own certificate first, whose name is not looked at.
    [[nodiscard]] QList<CertificateProblem> verify(const QList<QSslCertificate> &chain) const;

private:
    TrustAnchors m_anchors;
    int m_securityLevel;
};

} // namespace sockeye
