#include "tls/NameCheck.h"

#include "tls/OpenSsl.h"

#include <QHostAddress>
#include <QUrl>

#include <openssl/x509v3.h>

namespace sockeye {

namespace {
/// As TLS and certificates know it: in letters of DNS, without the final dot.
QByteArray dnsName(QString name)
{
    if (name.endsWith(u'.'))
        name.chop(1);
    const QByteArray ace = QUrl::toAce(name);
    return ace.isEmpty() ? name.toUtf8() : ace;
}

bool isHost(X509 *certificate, const QByteArray &name, unsigned int flags)
{
    return X509_check_host(certificate, name.constData(), static_cast<std::size_t>(name.size()), flags, nullptr) == 1;
}

NameMatch matchAddress(X509 *certificate, const QByteArray &address, bool hasAddresses)
{
    if (X509_check_ip_asc(certificate, address.constData(), 0) == 1)
        return NameMatch::Fits;
    if (!hasAddresses && isHost(certificate, address, X509_CHECK_FLAG_NO_WILDCARDS))
        return NameMatch::Outdated;
    return NameMatch::None;
}
} // namespace

NameMatch matchName(const QSslCertificate &certificate, const QString &name)
{
    const openssl::ErrorQueue queue;
    const openssl::Certificate parsed = openssl::certificateFromDer(certificate.toDer());
    if (!parsed)
        return NameMatch::None;
    const auto names = certificate.subjectAlternativeNames();
    QHostAddress address(name);
    if (!address.isNull()) {
        address.setScopeId({});
        return matchAddress(parsed.get(), address.toString().toLatin1(), names.contains(QSsl::IpAddressEntry));
    }
    if (!isHost(parsed.get(), dnsName(name), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        return NameMatch::None;
    // OpenSSL looks at the common name where there is no DNS name.
    return names.contains(QSsl::DnsEntry) ? NameMatch::Fits : NameMatch::Outdated;
}

} // namespace sockeye
