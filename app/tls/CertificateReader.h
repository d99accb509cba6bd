#pragma once

#include "tls/TlsFile.h"

#include <QList>

namespace sockeye {

/// The certificates in a file, in its order, each in DER: out of PEM (CERTIFICATE, X509 CERTIFICATE, TRUSTED
/// CERTIFICATE, PKCS7), DER or PKCS#7. Behind one that the file says to trust for some purposes only stands that, as
/// d2i_X509_AUX reads it. The error says what the file holds instead, or what is wrong with which certificate, as the
/// second half of a sentence: "it holds PRIVATE KEY, but no certificate".
[[nodiscard]] Result<QList<QByteArray>> readCertificates(const TlsFile &file);

} // namespace sockeye
