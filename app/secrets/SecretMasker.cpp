#include "secrets/SecretMasker.h"

#include "endpoint/UrlText.h"
#include "secrets/JsonMasker.h"
#include "secrets/SecretShapes.h"
#include "secrets/SubprotocolMask.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// A URL in the query of a URL in the query of a URL.
constexpr int DeepestNesting = 3;
/// Text beyond this is masked in parts, so that no expression runs over megabytes at once.
constexpr qsizetype LongestLine = 64 * 1024;

/// A value of a header that is a reference to a resource may be one without a scheme.
bool isReference(const QByteArray &value)
{
    return (value.startsWith('/') || value.startsWith('?')) && (value.contains('?') || value.contains('#'));
}

/// "a=1&b=2", and no text that happens to hold a "=".
bool isForm(const QByteArray &body)
{
    static constexpr qsizetype LongestName = 128;
    const qsizetype equals = body.indexOf('=');
    const auto isFormByte = [](char c) { return c > ' ' && c != '<' && c != '"' && c != '{' && c != 0x7f; };
    const QByteArray trimmed = body.trimmed();
    return equals > 0 && equals <= LongestName && std::all_of(trimmed.begin(), trimmed.end(), isFormByte);
}

/// As small as a status or close code, which many a name that ends in "code" stands for.
bool isSmallNumber(QStringView value)
{
    return value.size() <= 4 && std::all_of(value.begin(), value.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Passes through the lines of a head, remembering what a folded line continues.
class HeadMasker final
{
public:
    explicit HeadMasker(SecretMasker &masker)
        : m_masker(masker)
    {
    }

    [[nodiscard]] QByteArray line(const QByteArray &line)
    {
        const bool first = std::exchange(m_first, false);
        if (first && isRequestLine(line))
            return requestLine(line);
        if (line.startsWith(' ') || line.startsWith('\t'))
            return m_name.isEmpty() ? line : replacedFrom(line, 0);
        return headerLine(line);
    }

private:
    static bool isRequestLine(const QByteArray &line) { return !line.startsWith("HTTP/") && line.count(' ') >= 2; }

    QByteArray requestLine(const QByteArray &line)
    {
        const qsizetype from = line.indexOf(' ') + 1;
        const qsizetype to = line.lastIndexOf(' ');
        return line.first(from) + m_masker.url(line.sliced(from, to - from)) + line.sliced(to);
    }

    QByteArray headerLine(const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        m_name = line.first(std::max<qsizetype>(colon, 0)).trimmed();
        return m_name.isEmpty() ? line : replacedFrom(line, colon + 1);
    }

    /// The line with what stands from `from` on masked, but for the white space around it.
    QByteArray replacedFrom(const QByteArray &line, qsizetype from)
    {
        const QByteArray rest = line.sliced(from);
        const QByteArray value = rest.trimmed();
        if (value.isEmpty())
            return line;
        const qsizetype start = from + rest.indexOf(value);
        return line.first(start) + m_masker.headerValue(m_name, value) + line.sliced(start + value.size());
    }

    SecretMasker &m_masker;
    QByteArray m_name;
    bool m_first = true;
};

} // namespace

SecretMasker::SecretMasker(std::shared_ptr<const SecretNames> names)
    : m_names(std::move(names))
{
}

QByteArray SecretMasker::masked(const QByteArray &value)
{
    if (value.isEmpty() || value == SecretMask)
        return value;
    ++m_count;
    return SecretMask;
}

QByteArray SecretMasker::head(const QByteArray &head)
{
    HeadMasker lines(*this);
    QByteArray result;
    result.reserve(head.size());
    for (qsizetype start = 0; start < head.size();) {
        const qsizetype lineFeed = head.indexOf('\n', start);
        const qsizetype end = lineFeed < 0 ? head.size() : lineFeed + 1;
        result += lines.line(head.sliced(start, end - start));
        start = end;
    }
    return result;
}

QByteArray SecretMasker::headerValue(const QByteArray &name, const QByteArray &value)
{
    if (name.compare("Sec-WebSocket-Protocol", Qt::CaseInsensitive) == 0)
        return subprotocols(value);
    if (m_names->isSecret(name) || isSecretValue(value))
        return masked(value);
    if (isReference(value))
        return url(value);
    // Bytes beyond ASCII stay as they are, so Latin-1. What stands in most headers has none of what follows.
    const QByteArray lower = value.toLower();
    const bool mayHold = value.contains("://") || value.contains("eyJ") || value.contains('=') ||
                         lower.contains("bearer") || lower.contains("basic");
    if (!mayHold || name.compare("WWW-Authenticate", Qt::CaseInsensitive) == 0 ||
        name.compare("Proxy-Authenticate", Qt::CaseInsensitive) == 0)
        return value;
    const QString seen = QString::fromLatin1(value);
    QString shown = urlsIn(seen);
    shown = maskShapes(shown, m_count);
    return shown.toLatin1();
}

QByteArray SecretMasker::authority(const QByteArray &url, qsizetype start, qsizetype end)
{
    const QByteArray authority = url.sliced(start, end - start);
    const qsizetype at = authority.lastIndexOf('@');
    if (at <= 0)
        return authority;
    const qsizetype colon = authority.indexOf(':');
    if (colon < 0 || colon > at)
        return masked(authority.first(at)) + authority.sliced(at);
    return authority.first(colon + 1) + masked(authority.sliced(colon + 1, at - colon - 1)) + authority.sliced(at);
}

QByteArray SecretMasker::url(const QByteArray &url)
{
    const auto endsAuthority = [](char c) { return c == '/' || c == '?' || c == '#'; };
    const auto mark = std::find_if(url.begin(), url.end(), endsAuthority);
    const qsizetype slashes = url.indexOf("://");
    // In a query or path it is no scheme's.
    const bool hasScheme = slashes >= 0 && slashes < std::distance(url.begin(), mark);
    const qsizetype start = hasScheme ? slashes + 3 : url.startsWith("//") ? 2 : 0;
    qsizetype end = std::distance(url.begin(), std::find_if(url.begin() + start, url.end(), endsAuthority));
    // A password with a "/" in it, as somebody typed it.
    const QString rest = QString::fromLatin1(url.sliced(start));
    if (const qsizetype at = start > 0 ? misplacedUserInfoEnd(rest) : -1; at >= 0) {
        const QByteArray after = url.sliced(start + at);
        end = start + at + std::distance(after.begin(), std::find_if(after.begin(), after.end(), endsAuthority));
    }
    return url.first(start) + authority(url, start, end) + fromQueryOn(url.sliced(end));
}

QByteArray SecretMasker::fromQueryOn(const QByteArray &target)
{
    const auto isMark = [](char c) { return c == '?' || c == '#'; };
    const qsizetype mark = std::distance(target.begin(), std::find_if(target.begin(), target.end(), isMark));
    // A path has no names, but it may hold a token that looks like one.
    QByteArrayList segments = target.first(mark).split('/');
    for (QByteArray &segment : segments) {
        if (isSecretValue(segment))
            segment = masked(segment);
    }
    const QByteArray path = segments.join('/');
    if (mark == target.size())
        return path;
    const qsizetype start = mark + 1;
    const qsizetype hash = target.indexOf('#', start);
    const QByteArray before = path + target[mark];
    if (hash < 0)
        return before + form(target.sliced(start));
    // OAuth hands tokens over in the fragment.
    return before + form(target.sliced(start, hash - start)) + '#' + form(target.sliced(hash + 1));
}

/// A ";" separates items for some servers and is part of a value for others: from a secret's name on, all goes up to
/// the next "&".
QByteArray SecretMasker::item(const QByteArray &item)
{
    for (qsizetype start = 0; start < item.size();) {
        const qsizetype semicolon = item.indexOf(';', start);
        const qsizetype end = semicolon < 0 ? item.size() : semicolon;
        const qsizetype equals = item.indexOf('=', start);
        const bool hasValue = equals >= 0 && equals < end && equals + 1 < item.size();
        if (hasValue) {
            const QByteArray name = item.sliced(start, equals - start);
            const QByteArray value = item.sliced(equals + 1);
            if (m_names->isSecret(QByteArray::fromPercentEncoding(name)) || holdsSecret(value))
                return item.first(equals + 1) + masked(value);
        } else if (start == 0 && equals < 0 && isSecretValue(item)) {
            return masked(item);
        }
        start = end + 1;
    }
    return item;
}

/// A URL or JSON in a query is masked whole: who reads it does not want to decode it either.
bool SecretMasker::holdsSecret(const QByteArray &value)
{
    if (isSecretValue(value))
        return true;
    const bool mayHold = value.contains('%') || value.contains(':') || value.contains('?') || value.startsWith('{');
    if (!mayHold || m_depth >= DeepestNesting)
        return false;
    SecretMasker inner(m_names);
    inner.m_depth = m_depth + 1;
    const QByteArray plain = QByteArray::fromPercentEncoding(value);
    if (isSecretValue(plain))
        return true;
    if (plain.contains("://") || isReference(plain))
        static_cast<void>(inner.url(plain));
    else if (plain.startsWith('{') || plain.startsWith('['))
        static_cast<void>(JsonMasker::masked(plain, m_names, inner.m_count));
    return inner.count() > 0;
}

QByteArray SecretMasker::form(const QByteArray &form)
{
    QByteArrayList items = form.split('&');
    for (QByteArray &one : items)
        one = item(one);
    return items.join('&');
}

QByteArray SecretMasker::subprotocols(const QByteArray &list)
{
    return maskSubprotocols(list, m_count);
}

QByteArray SecretMasker::body(const QByteArray &body)
{
    if (isForm(body))
        return form(body);
    const qint64 before = m_count;
    const QByteArray json = JsonMasker::masked(body, m_names, m_count);
    if (m_count > before || body.trimmed().startsWith('{') || body.trimmed().startsWith('['))
        return json;
    // Latin-1, for bytes are to stay bytes.
    const QByteArray shown = text(QString::fromLatin1(body)).toLatin1();
    return m_count > before ? shown : body;
}

QString SecretMasker::urlsIn(const QString &text)
{
    static const QRegularExpression urls(u"[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"<>“”’]+"_s);
    QString shown;
    qsizetype done = 0;
    auto found = urls.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        shown += QStringView(text).sliced(done, match.capturedStart() - done);
        // Punctuation behind a URL is the sentence's.
        QString seen = match.captured();
        QString behind;
        while (seen.endsWith(u',') || seen.endsWith(u'.') || seen.endsWith(u';') || seen.endsWith(u')')) {
            behind.prepend(seen.back());
            seen.chop(1);
        }
        shown += QString::fromUtf8(url(seen.toUtf8())) + behind;
        done = match.capturedEnd();
    }
    return shown + text.sliced(done);
}

/// "token=x", "token: x", "\"token\": \"x\"".
QString SecretMasker::pairsIn(const QString &text)
{
    static const QRegularExpression pairs(
        uR"((?<![A-Za-z0-9_.%-])([A-Za-z_][A-Za-z0-9_.%-]{0,63})(\\?["'”]?\s{0,2}[=:]\s{0,2}\\?["'“]?)([^\s&;,"'<>“”\\}\])]+))"_s);
    QString shown;
    qsizetype done = 0;
    for (qsizetype from = 0;;) {
        const QRegularExpressionMatch match = pairs.match(text, from);
        if (!match.hasMatch())
            break;
        const QStringView name = match.capturedView(1);
        const QStringView value = match.capturedView(3);
        const bool isStatus = name.endsWith(u"code", Qt::CaseInsensitive) && isSmallNumber(value);
        if (value.startsWith(u"//") || value == QLatin1StringView(SecretMask) || isStatus ||
            !m_names->isSecret(name.toUtf8())) {
            // What looks like the value may be the next name.
            from = match.capturedStart(3);
            continue;
        }
        shown += QStringView(text).sliced(done, match.capturedStart(3) - done);
        shown += QLatin1StringView(SecretMask);
        done = match.capturedEnd(3);
        from = done;
        ++m_count;
    }
    return shown + text.sliced(done);
}

QString SecretMasker::text(const QString &text)
{
    if (text.size() > LongestLine) {
        QString shown;
        for (qsizetype start = 0; start < text.size();) {
            qsizetype end = std::min(start + LongestLine, text.size());
            // At a blank, so that no value is cut; where there is none, anywhere.
            if (const qsizetype blank = text.lastIndexOf(u' ', end - 1); end < text.size() && blank > start)
                end = blank + 1;
            shown += this->text(text.sliced(start, end - start));
            start = end;
        }
        return shown;
    }
    // A scheme's credential before its name: "Authorization: Bearer x" is two words.
    QString shown = urlsIn(text);
    shown = maskShapes(shown, m_count);
    return pairsIn(shown);
}

QByteArray maskSecrets(const QByteArray &head)
{
    return SecretMasker().head(head);
}

QString maskSecretsInUrl(const QString &url)
{
    return QString::fromUtf8(SecretMasker().url(url.toUtf8()));
}

QString maskSecretsInSubprotocols(const QString &list)
{
    return QString::fromUtf8(SecretMasker().subprotocols(list.toUtf8()));
}

QByteArray maskSecretsInBody(const QByteArray &body)
{
    return SecretMasker().body(body);
}

QString maskSecretsInText(const QString &text)
{
    return SecretMasker().text(text);
}

} // namespace sockeye
