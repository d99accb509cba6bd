#include "endpoint/UrlText.h"

#include "base/Bytes.h"

#include <algorithm>

namespace sockeye {

namespace {

bool endsAuthority(QChar c)
{
    return c == u'/' || c == u'?' || c == u'#';
}

qsizetype authorityEnd(QStringView afterScheme)
{
    return std::distance(afterScheme.begin(), std::find_if(afterScheme.begin(), afterScheme.end(), endsAuthority));
}

bool isPort(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isHexDigit(char c)
{
    return QByteArrayView("0123456789abcdefABCDEF").contains(c);
}

qsizetype afterSlashes(QStringView url)
{
    const qsizetype slashes = url.indexOf(u"://");
    // In a query it is no scheme's.
    const bool isScheme = slashes >= 0 && std::none_of(url.begin(), url.begin() + slashes, [](QChar c) {
                              return endsAuthority(c) || c == u'@' || c == u':';
                          });
    return isScheme ? slashes + 3 : url.startsWith(u"//") ? 2 : 0;
}

/// The "@" that ends the user's information, seen from behind the slashes; -1 for none.
qsizetype userInfoEnd(QStringView afterScheme)
{
    const qsizetype misplaced = misplacedUserInfoEnd(afterScheme);
    return misplaced >= 0 ? misplaced : afterScheme.first(authorityEnd(afterScheme)).lastIndexOf(u'@');
}

} // namespace

QString shortUrl(const QString &url)
{
    // Who logs in is nobody's business in a title.
    QString rest = withoutUserInfo(url);
    if (const qsizetype scheme = rest.indexOf(u"://"); scheme >= 0)
        rest = rest.sliced(scheme + 3);
    if (const qsizetype query = rest.indexOf(u'?'); query >= 0)
        rest.truncate(query);
    return rest.endsWith(u'/') ? rest.chopped(1) : rest;
}

qsizetype misplacedUserInfoEnd(QStringView afterScheme)
{
    const qsizetype end = authorityEnd(afterScheme);
    const QStringView authority = afterScheme.first(end);
    const qsizetype at = afterScheme.lastIndexOf(u'@');
    const qsizetype colon = authority.indexOf(u':');
    if (at < end || authority.startsWith(u'[') || colon < 0)
        return -1;
    // There is no fragment in a WebSocket URL, so that a "#" before an "@" stands in a password.
    const qsizetype hash = afterScheme.indexOf(u'#');
    if (hash >= 0 && hash < at)
        return at;
    return authority.contains(u'@') || isPort(authority.sliced(colon + 1)) ? -1 : at;
}

QString withoutPassword(QString url)
{
    const qsizetype begin = afterSlashes(url);
    const QStringView rest = QStringView(url).sliced(begin);
    const qsizetype at = userInfoEnd(rest);
    const qsizetype colon = rest.indexOf(u':');
    if (colon >= 0 && colon < at)
        url.remove(begin + colon, at - colon);
    return url;
}

QString withoutUserInfo(QString url)
{
    const qsizetype begin = afterSlashes(url);
    const qsizetype at = userInfoEnd(QStringView(url).sliced(begin));
    if (at >= 0)
        url.remove(begin, at + 1);
    return url;
}

QByteArray percentEncoded(QByteArrayView bytes, QByteArrayView also)
{
    static constexpr char Digits[] = "0123456789ABCDEF";
    QByteArray encoded;
    encoded.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7f && !also.contains(c)) {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += Digits[byte >> 4U];
        encoded += Digits[byte & 0xfU];
    }
    return encoded;
}

QString percentDecoded(QStringView text)
{
    // QByteArray::fromPercentEncoding() takes "%zz" for a byte too.
    const QByteArray encoded = text.toUtf8();
    QByteArray decoded;
    decoded.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const QByteArray digits = encoded.mid(i + 1, 2);
        const bool isEncoded =
            encoded[i] == '%' && digits.size() == 2 && isHexDigit(digits[0]) && isHexDigit(digits[1]);
        decoded += isEncoded ? static_cast<char>(digits.toInt(nullptr, 16)) : encoded[i];
        i += isEncoded ? 2 : 0;
    }
    return textFromUtf8(decoded);
}

} // namespace sockeye
