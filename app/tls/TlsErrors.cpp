#include "tls/TlsErrors.h"

#include "endpoint/EndpointFields.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct TlsErrorsWords
{
    Q_DECLARE_TR_FUNCTIONS(TlsText)
};

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

QString tlsAlertText(const QString &peer, const QString &socketWords, const TlsOptions &options)
{
    const QString words = lastPart(socketWords);
    const bool hasCertificate = !options.certificateFile.isEmpty();
    if (mentions(words, {u"certificate required"}) ||
        (!hasCertificate && mentions(words, {u"alert bad certificate", u"alert certificate unknown"}))) {
        return TlsErrorsWords::tr("%1 wants a client certificate. Name one under Connection options > TLS.").arg(peer);
    }
    if (mentions(words, {u"alert bad certificate", u"alert unknown ca", u"alert certificate", u"alert unsupported cert",
                         u"alert decrypt error", u"alert access denied"})) {
        return TlsErrorsWords::tr(
                   "%1 did not accept our client certificate: %2. Check the certificate under Connection options > "
                   "TLS, and that the server trusts who issued it.")
            .arg(peer, words);
    }
    if (mentions(words, {u"protocol version", u"unsupported protocol", u"no protocols available"})) {
        return TlsErrorsWords::tr(
                   "%1 speaks no TLS version that we take: %2 is the oldest. If it is an old device, allow an older "
                   "version under Connection options > TLS (%3).")
            .arg(peer, oldestTaken(options.minimumVersion), words);
    }
    if (mentions(words, {u"wrong version number", u"packet length too long", u"http request", u"unknown protocol"})) {
        return TlsErrorsWords::tr(
                   "%1 does not speak TLS on this port. If it is a plain server, write ws:// instead of wss:// "
                   "(%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"unrecognized name"})) {
        return TlsErrorsWords::tr(
                   "%1 does not know the name that we asked for (SNI). Check the URL's host and the name under "
                   "Connection options > TLS (%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"no application protocol"})) {
        return TlsErrorsWords::tr(
                   "%1 takes none of the application protocols offered (ALPN). Check them under Connection options "
                   "> TLS (%2).")
            .arg(peer, words);
    }
    if (mentions(words, {u"handshake failure"})) {
        const QString text =
            hasCertificate
                ? TlsErrorsWords::tr("%1 refused the TLS handshake (%2): it has no cipher in common with us, or does "
                                     "not accept our client certificate. Check Connection options > TLS.")
                : TlsErrorsWords::tr(
                      "%1 refused the TLS handshake (%2): it has no cipher in common with us, or wants a "
                      "client certificate. Check Connection options > TLS.");
        return text.arg(peer, words);
    }
    return {};
}

} // namespace sockeye
