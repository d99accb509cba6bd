#include "tls/TlsErrors.h"

#include "endpoint/EndpointFields.h"

#include <QCoreApplication>
#include <QSslCertificate>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {
struct TlsText
{
    Q_DECLARE_TR_FUNCTIONS(TlsText)
};

/// What is to be done about an error.
enum class Remedy : quint8 { Other, TrustCertificate, NameAuthority, CheckName, CheckDate };

Remedy remedyFor(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
        return Remedy::TrustCertificate;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Remedy::NameAuthority;
    case QSslError::HostNameMismatch:
        return Remedy::CheckName;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return Remedy::CheckDate;
    default:
        return Remedy::Other;
    }
}

QString dateText(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

/// Names in certificates are anybody's, and may be long.
QString quoted(const QString &text)
{
    constexpr qsizetype MaxShown = 100;
    return u'“' + (text.size() <= MaxShown ? text : text.left(MaxShown) + u'…') + u'”';
}

/// "“example.com”, “*.example.com”", cut where there are very many.
QString namesText(const QSslCertificate &certificate)
{
    constexpr qsizetype MaxShown = 6;
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    names.removeDuplicates();
    const qsizetype more = names.size() - MaxShown;
    QStringList shown;
    std::transform(names.cbegin(), names.cbegin() + std::min(names.size(), MaxShown), std::back_inserter(shown),
                   quoted);
    if (more > 0)
        shown += TlsText::tr("%n more", nullptr, static_cast<int>(more));
    return shown.join(QStringLiteral(", "));
}

QString sentenceFor(const QSslError &error, const QString &name)
{
    const QSslCertificate certificate = error.certificate();
    switch (remedyFor(error.error())) {
    case Remedy::TrustCertificate:
        return TlsText::tr("It is self-signed: nobody else vouches for it.");
    case Remedy::NameAuthority: {
        const QString issuer = certificate.issuerDisplayName();
        return issuer.isEmpty() ? TlsText::tr("It was issued by a certificate authority that is not known here.")
                                : TlsText::tr("It was issued by %1, a certificate authority that is not known here.")
                                      .arg(quoted(issuer));
    }
    case Remedy::CheckName: {
        const QString names = namesText(certificate);
        return names.isEmpty() ? TlsText::tr("It is for no name at all, and thus not for “%1”.").arg(name)
                               : TlsText::tr("It is not for “%1” but for %2.").arg(name, names);
    }
    case Remedy::CheckDate:
        return error.error() == QSslError::CertificateExpired
                   ? TlsText::tr("It expired on %1.").arg(dateText(certificate.expiryDate()))
                   : TlsText::tr("It is not valid before %1.").arg(dateText(certificate.effectiveDate()));
    case Remedy::Other:
        break;
    }
    return error.errorString() + u'.';
}

/// "Error during SSL handshake: error:0A00042E:SSL routines::tlsv1 alert protocol version": the last part says it all.
QString lastPart(const QString &words)
{
    const qsizetype colons = words.lastIndexOf(u"::");
    return colons < 0 ? words : words.sliced(colons + 2);
}

bool mentions(const QString &words, std::initializer_list<const char16_t *> phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [&words](const char16_t *phrase) {
        return words.contains(QStringView(phrase), Qt::CaseInsensitive);
    });
}

/// The TLS library's own choice is TLS 1.2 in every system of today.
QString oldestTaken(TlsVersion minimum)
{
    const TlsVersion oldest = minimum == TlsVersion::Default ? TlsVersion::Tls12 : minimum;
    return QStringLiteral("TLS ") +
           fieldOf(&Endpoint::tls, &TlsOptions::minimumVersion).choiceName(static_cast<qint64>(oldest));
}
} // namespace

QStringList certificateErrors(const QList<QSslError> &errors, const QString &name)
{
    QStringList sentences;
    for (const QSslError &error : errors)
        sentences += sentenceFor(error, name);
    sentences.removeDuplicates();
    return sentences;
}

QString certificateAdvice(const QList<QSslError> &errors)
{
    const auto any = [&errors](Remedy remedy) {
        return std::any_of(errors.cbegin(), errors.cend(),
                           [remedy](const QSslError &error) { return remedyFor(error.error()) == remedy; });
    };
    if (any(Remedy::NameAuthority)) {
        return TlsText::tr(
            "If that authority is your own, name its file under Connection options > TLS; one certificate "
            "can be trusted there by its fingerprint.");
    }
    if (any(Remedy::TrustCertificate))
        return TlsText::tr("If you know it, trust it by its fingerprint under Connection options > TLS.");
    if (any(Remedy::CheckName)) {
        return TlsText::tr("Check the URL's host, or set the name to ask for (SNI) under Connection options > TLS.");
    }
    if (any(Remedy::CheckDate)) {
        return TlsText::tr("Check this machine's clock and have the server's certificate renewed; until then it can be "
                           "trusted by its fingerprint under Connection options > TLS.");
    }
    return TlsText::tr(
        "Look at the certificate; if you know it, trust it by its fingerprint under Connection options > "
        "TLS.");
}

QString tlsAlertText(const QString &peer, const QString &socketWords, const TlsOptions &options)
{
    const QString words = lastPart(socketWords);
    const bool hasCertificate = !options.certificateFile.isEmpty();
    if (mentions(words, {u"certificate required"}) ||
        (!hasCertificate && mentions(words, {u"alert bad certificate", u"alert certificate unknown"}))) {
        return TlsText::tr("%1 wants a client certificate. Name one under Connection options > TLS.").arg(peer);
    }
    if (mentions(words, {u"alert bad certificate", u"alert unknown ca", u"alert certificate", u"alert unsupported cert",
                         u"alert decrypt error", u"alert access denied"})) {
        return TlsText::tr(
                   "%1 did not accept our client certificate: %2. Check the certificate under Connection options > "
                   "TLS, and that the server trusts who issued it.")
            .arg(peer, words);
    }
    if (mentions(words, {u"protocol version", u"unsupported protocol", u"no protocols available"})) {
        return TlsText::tr(
                   "%1 speaks no TLS version that we take: %2 is the oldest. If it is an old device, allow an older "
                   "version under Connection options > TLS (%3).")
            .arg(peer, oldestTaken(options.minimumVersion), words);
    }
    if (mentions(words, {u"wrong version number", u"packet length too long", u"http request", u"unknown protocol"})) {
        return TlsText::tr("%1 does not speak TLS on this port. If it is a plain server, write ws:// instead of wss:// "
                           "(%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"unrecognized name"})) {
        return TlsText::tr("%1 does not know the name that we asked for (SNI). Check the URL's host and the name under "
                           "Connection options > TLS (%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"no application protocol"})) {
        return TlsText::tr(
                   "%1 takes none of the application protocols offered (ALPN). Check them under Connection options "
                   "> TLS (%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"handshake failure"})) {
        const QString text =
            hasCertificate
                ? TlsText::tr("%1 refused the TLS handshake (%2): it has no cipher in common with us, or does "
                              "not accept our client certificate. Check Connection options > TLS.")
                : TlsText::tr("%1 refused the TLS handshake (%2): it has no cipher in common with us, or wants a "
                              "client certificate. Check Connection options > TLS.");
        return text.arg(peer, words);
    }
    return {};
}

} // namespace sockeye
