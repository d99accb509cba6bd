#include "exchange/Secrets.h"

#include "wire/SecretHeaders.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr char Mask[] = "***";

template<std::size_t N>
bool holdsOne(const QByteArray &name, const std::array<const char *, N> &parts)
{
    return std::any_of(parts.begin(), parts.end(), [&name](const char *part) { return name.contains(part); });
}

template<std::size_t N>
bool isOneOf(const QByteArray &name, const std::array<const char *, N> &names)
{
    return std::any_of(names.begin(), names.end(), [&name](const char *other) { return name == other; });
}

bool isUrlHeader(const QByteArray &name)
{
    static constexpr std::array names{"location", "content-location", "referer", "origin"};
    return isOneOf(name.toLower(), names);
}

bool isSecretQueryName(QByteArrayView name)
{
    static constexpr std::array names{"key", "auth", "authorization", "sig", "pwd", "pass", "sid", "session", "jwt"};
    static constexpr std::array parts{"token",   "secret", "password",  "passwd",    "api_key",
                                      "api-key", "apikey", "signature", "credential"};
    const QByteArray lower = QByteArray::fromPercentEncoding(name.toByteArray()).toLower();
    return isOneOf(lower, names) || holdsOne(lower, parts);
}

/// "a=1&token=x" without the secret values. A ";" separates items for some servers and is part of a value for others:
/// from a secret's name on, all goes up to the next "&".
QByteArray maskQueryItem(const QByteArray &item)
{
    for (qsizetype start = 0; start < item.size();) {
        const qsizetype semicolon = item.indexOf(';', start);
        const qsizetype end = semicolon < 0 ? item.size() : semicolon;
        const qsizetype equals = item.indexOf('=', start);
        const bool hasValue = equals >= 0 && equals < end && equals + 1 < item.size();
        if (hasValue && isSecretQueryName(QByteArrayView(item).sliced(start, equals - start)))
            return item.left(equals + 1) + Mask;
        start = end + 1;
    }
    return item;
}

QByteArray maskQuery(const QByteArray &query)
{
    QList<QByteArray> items = query.split('&');
    for (QByteArray &item : items)
        item = maskQueryItem(item);
    return items.join('&');
}

/// Query and fragment of a URL or request target (OAuth hands tokens over in the fragment).
QByteArray maskFromQueryOn(const QByteArray &target)
{
    const auto isMark = [](char c) { return c == '?' || c == '#'; };
    const auto mark = std::find_if(target.begin(), target.end(), isMark);
    if (mark == target.end())
        return target;
    const qsizetype start = std::distance(target.begin(), mark) + 1;
    const qsizetype hash = target.indexOf('#', start);
    if (hash < 0)
        return target.left(start) + maskQuery(target.mid(start));
    return target.left(start) + maskQuery(target.mid(start, hash - start)) + '#' + maskQuery(target.mid(hash + 1));
}

QByteArray maskUrl(const QByteArray &url)
{
    const qsizetype slashes = url.indexOf("://");
    const qsizetype start = slashes < 0 ? 0 : slashes + 3;
    const auto authorityEnd =
        std::find_if(url.begin() + start, url.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    const QByteArray authority = url.mid(start, std::distance(url.begin() + start, authorityEnd));
    const QByteArray rest = maskFromQueryOn(url.mid(start + authority.size()));
    const qsizetype at = authority.lastIndexOf('@');
    const qsizetype colon = authority.indexOf(':');
    const bool hasPassword = colon >= 0 && colon + 1 < at;
    const QByteArray shown = hasPassword ? authority.left(colon + 1) + Mask + authority.mid(at) : authority;
    return url.left(start) + shown + rest;
}

/// Passes through the lines of a head, remembering what a folded line continues.
class HeadMasker final
{
public:
    [[nodiscard]] QByteArray line(const QByteArray &line)
    {
        const bool first = std::exchange(m_first, false);
        if (first && isRequestLine(line))
            return requestLine(line);
        if (line.startsWith(' ') || line.startsWith('\t'))
            return m_secret ? maskedFrom(line, 0) : line;
        return headerLine(line);
    }

private:
    static bool isRequestLine(const QByteArray &line) { return !line.startsWith("HTTP/") && line.count(' ') >= 2; }

    static QByteArray requestLine(const QByteArray &line)
    {
        const qsizetype from = line.indexOf(' ') + 1;
        const qsizetype to = line.lastIndexOf(' ');
        return line.left(from) + maskFromQueryOn(line.mid(from, to - from)) + line.mid(to);
    }

    QByteArray headerLine(const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(std::max<qsizetype>(colon, 0)).trimmed();
        m_secret = isSecretHeader(name);
        if (m_secret)
            return maskedFrom(line, colon + 1);
        return isUrlHeader(name) ? replacedFrom(line, colon + 1, maskUrl) : line;
    }

    static QByteArray maskedFrom(const QByteArray &line, qsizetype from)
    {
        return replacedFrom(line, from, [](const QByteArray &) { return QByteArray(Mask); });
    }

    /// The line with what stands from `from` on replaced, but for the white space around it.
    template<typename Replace>
    static QByteArray replacedFrom(const QByteArray &line, qsizetype from, Replace replace)
    {
        const QByteArray rest = line.mid(from);
        const QByteArray value = rest.trimmed();
        if (value.isEmpty())
            return line;
        const qsizetype start = from + rest.indexOf(value);
        return line.left(start) + replace(value) + line.mid(start + value.size());
    }

    bool m_first = true;
    bool m_secret = false;
};

} // namespace

QByteArray maskSecrets(const QByteArray &head)
{
    HeadMasker masker;
    QByteArray masked;
    masked.reserve(head.size());
    for (qsizetype start = 0; start < head.size();) {
        const qsizetype lineFeed = head.indexOf('\n', start);
        const qsizetype end = lineFeed < 0 ? head.size() : lineFeed + 1;
        masked += masker.line(head.mid(start, end - start));
        start = end;
    }
    return masked;
}

QString maskSecretsInUrl(const QString &url)
{
    return QString::fromUtf8(maskUrl(url.toUtf8()));
}

QString maskSecretsInText(const QString &text)
{
    static const QRegularExpression urls(QStringLiteral("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"<>“”’]+"));
    QString masked;
    qsizetype done = 0;
    auto matches = urls.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        masked += QStringView(text).mid(done, match.capturedStart() - done);
        masked += maskSecretsInUrl(match.captured());
        done = match.capturedEnd();
    }
    return masked + text.mid(done);
}

} // namespace sockeye
