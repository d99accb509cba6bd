#include "endpoint/Endpoint.h"

#include "endpoint/HostPort.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct EndpointText
{
    Q_DECLARE_TR_FUNCTIONS(EndpointText)
};
} // namespace

Result<QString> parseFingerprint(const QString &text)
{
    constexpr qsizetype Digits = 64;
    QString plain = text.toLower();
    plain.removeIf([](QChar c) { return c == u':' || c.isSpace(); });
    const bool isHex =
        std::all_of(plain.cbegin(), plain.cend(), [](QChar c) { return QStringView(u"0123456789abcdef").contains(c); });
    if (plain.isEmpty() || (isHex && plain.size() == Digits))
        return plain;
    return Error{EndpointText::tr("“%1” is no SHA-256 fingerprint: that is 64 hex digits, with or without colons.")
                     .arg(shortened(text))};
}

Result<QString> parsePin(const QString &text)
{
    constexpr qsizetype HashBytes = 32;
    const QString prefix = QStringLiteral("sha256//");
    const QString trimmed = text.trimmed();
    const bool hasPrefix = trimmed.startsWith(prefix, Qt::CaseInsensitive);
    if (!hasPrefix) {
        if (const auto hex = parseFingerprint(trimmed); hex && !hex->isEmpty())
            return prefix + QString::fromLatin1(QByteArray::fromHex(hex->toLatin1()).toBase64());
    }
    const QString digits = hasPrefix ? trimmed.sliced(prefix.size()) : trimmed;
    const auto hash = QByteArray::fromBase64Encoding(digits.toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (hash && hash.decoded.size() == HashBytes)
        return prefix + QString::fromLatin1(hash.decoded.toBase64());
    if (trimmed.contains(u';'))
        return Error{EndpointText::tr("“%1” names several keys. Give each one by itself.").arg(shortened(trimmed))};
    return Error{EndpointText::tr("“%1” is no SHA-256 of a public key: that is sha256// and 44 characters of base64, or 64 "
                             "hex digits.")
                     .arg(shortened(trimmed))};
}

HeaderFields enabledHeaders(const Endpoint &endpoint)
{
    HeaderFields fields;
    for (const RequestHeader &header : endpoint.headers) {
        // An empty row is one that the user has not filled in yet.
        const bool blank = header.name.isEmpty() && header.value.isEmpty();
        if (header.enabled && !blank)
            fields.append({header.name.toUtf8(), header.value.toUtf8()});
    }
    return fields;
}

} // namespace sockeye
