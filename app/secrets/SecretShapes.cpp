#include "secrets/SecretShapes.h"

#include <QByteArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Longer values are payloads; a token in a header or URL is at most some thousand characters.
constexpr qsizetype LongestValue = 64 * 1024;

/// JSON in base64 begins with "eyJ" (an opening brace and a quotation mark); a JSON Web Token is two or three of them.
const QRegularExpression &shapes()
{
    static const QRegularExpression expression(
        uR"((?<![A-Za-z0-9_-])(?:)"
        uR"(eyJ[A-Za-z0-9_+/-]{12,}={0,2}(?:\.[A-Za-z0-9_-]+){0,4}\.?)"
        uR"(|(?:gh[pousr]_|github_pat_|glpat-|sk-|sk_live_|sk_test_|rk_live_|whsec_|xapp-|xox[abeprs]-)[A-Za-z0-9_-]{10,})"
        uR"(|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])|AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{10,})"
        uR"())"_s);
    return expression;
}

/// The scheme of a credential (RFC 7235 section 2.1) is named, and what follows is long enough to be one.
const QRegularExpression &credentials()
{
    static const QRegularExpression expression(
        uR"((?<![A-Za-z0-9_-])((?:Bearer|Basic|Negotiate|NTLM|ApiKey|SharedAccessSignature)(?:\s+|%20|\+))([A-Za-z0-9._~+/=%&-]{4,}))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

/// "Bearer token" and "basic auth" are words about a credential.
bool isCredential(const QRegularExpressionMatch &match)
{
    static constexpr std::array words{u"token",         u"tokens", u"auth",   u"authentication",
                                      u"authorization", u"realm",  u"scheme", u"required"};
    const QStringView value = match.capturedView(2);
    const bool isWord = std::any_of(words.begin(), words.end(), [value](const char16_t *word) {
        return value.compare(QStringView(word), Qt::CaseInsensitive) == 0;
    });
    // "WWW-Authenticate: Basic realm=..." is a challenge.
    return !isWord && !value.startsWith(u"realm=", Qt::CaseInsensitive);
}

} // namespace

bool isSecretValue(QByteArrayView value)
{
    if (value.isEmpty() || value.size() > LongestValue)
        return false;
    const QString text = QString::fromUtf8(value).trimmed();
    const auto isAll = [&text](const QRegularExpressionMatch &match) {
        return match.hasMatch() && match.capturedStart() == 0 && match.capturedLength() == text.size();
    };
    const QRegularExpressionMatch credential = credentials().match(text);
    return isAll(shapes().match(text)) || (isAll(credential) && isCredential(credential));
}

QString maskShapes(const QString &text, qint64 &count)
{
    QString masked;
    qsizetype done = 0;
    const auto add = [&](qsizetype start, qsizetype end) {
        masked += QStringView(text).sliced(done, start - done);
        masked += QLatin1StringView(SecretMask);
        done = end;
        ++count;
    };
    auto found = shapes().globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        add(match.capturedStart(), match.capturedEnd());
    }
    masked += QStringView(text).sliced(done);
    const QString first = std::exchange(masked, QString());
    done = 0;
    found = credentials().globalMatch(first);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        if (!isCredential(match))
            continue;
        masked += QStringView(first).sliced(done, match.capturedStart(2) - done);
        masked += QLatin1StringView(SecretMask);
        done = match.capturedEnd(2);
        ++count;
    }
    return masked + first.sliced(done);
}

bool isSecretSubprotocol(QByteArrayView subprotocol)
{
    static constexpr std::array words{"token",  "secret", "password",      "api-key",
                                      "apikey", "bearer", "authorization", "jwt"};
    const QByteArray lower = subprotocol.toByteArray().toLower();
    if (std::any_of(words.begin(), words.end(), [&lower](const char *word) { return lower.contains(word); }))
        return true;
    // "eyJ" begins a JSON object in base64; no subprotocol that is registered has capitals and digits in so long a
    // name.
    constexpr qsizetype LongName = 20;
    if (subprotocol.size() < LongName)
        return false;
    const auto has = [subprotocol](char from, char to) {
        return std::any_of(subprotocol.begin(), subprotocol.end(), [=](char c) { return c >= from && c <= to; });
    };
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return (has('0', '9') && has('A', 'Z') && has('a', 'z')) || std::all_of(lower.begin(), lower.end(), isHex);
}

} // namespace sockeye
