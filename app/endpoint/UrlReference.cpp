#include "endpoint/UrlReference.h"

#include <algorithm>

namespace sockeye {

namespace {

/// The length of what stands before the first of these characters.
qsizetype lengthBefore(QByteArrayView text, QByteArrayView ends)
{
    const auto found = std::find_if(text.begin(), text.end(), [ends](char c) { return ends.contains(c); });
    return std::distance(text.begin(), found);
}

bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 3986 section 3.1; a colon in the first segment of a path that is no scheme stands in the path.
bool isUriScheme(QByteArrayView text)
{
    return !text.isEmpty() && isAlpha(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return isAlpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

void removeLastSegment(QByteArray &path)
{
    path.truncate(std::max<qsizetype>(path.lastIndexOf('/'), 0));
}

/// RFC 3986 section 5.2.4.
QByteArray withoutDotSegments(QByteArrayView input)
{
    QByteArray output;
    while (!input.isEmpty()) {
        if (input.startsWith("../")) {
            input = input.sliced(3);
        } else if (input.startsWith("./")) {
            input = input.sliced(2);
        } else if (input.startsWith("/./")) {
            input = input.sliced(2);
        } else if (input == "/.") {
            input = "/";
        } else if (input.startsWith("/../")) {
            input = input.sliced(3);
            removeLastSegment(output);
        } else if (input == "/..") {
            input = "/";
            removeLastSegment(output);
        } else if (input == "." || input == "..") {
            input = {};
        } else {
            const qsizetype slash = input.indexOf('/', 1);
            const qsizetype length = slash < 0 ? input.size() : slash;
            output += input.first(length);
            input = input.sliced(length);
        }
    }
    return output;
}

/// RFC 3986 section 5.2.3.
QByteArray merged(const UrlReference &base, const QByteArray &path)
{
    if (base.authority && base.path.isEmpty())
        return '/' + path;
    return base.path.first(base.path.lastIndexOf('/') + 1) + path;
}

} // namespace

UrlReference UrlReference::parse(QByteArrayView text)
{
    UrlReference reference;
    text = text.first(lengthBefore(text, "#"));
    const qsizetype colon = lengthBefore(text, ":/?");
    if (colon < text.size() && text[colon] == ':' && isUriScheme(text.first(colon))) {
        reference.scheme = text.first(colon).toByteArray();
        text = text.sliced(colon + 1);
    }
    if (text.startsWith("//")) {
        text = text.sliced(2);
        const qsizetype length = lengthBefore(text, "/?");
        reference.authority = text.first(length).toByteArray();
        text = text.sliced(length);
    }
    const qsizetype question = lengthBefore(text, "?");
    reference.path = text.first(question).toByteArray();
    if (question < text.size())
        reference.query = text.sliced(question + 1).toByteArray();
    return reference;
}

UrlReference UrlReference::resolved(const UrlReference &base) const
{
    if (!isRelative())
        return *this;
    UrlReference target = *this;
    target.scheme = base.scheme;
    if (authority) {
        target.path = withoutDotSegments(path);
        return target;
    }
    target.authority = base.authority;
    if (path.isEmpty()) {
        target.path = base.path;
        if (!query)
            target.query = base.query;
        return target;
    }
    target.path = withoutDotSegments(path.startsWith('/') ? path : merged(base, path));
    return target;
}

QByteArray UrlReference::toBytes() const
{
    QByteArray bytes;
    if (scheme)
        bytes += *scheme + ':';
    if (authority)
        bytes += "//" + *authority;
    bytes += path;
    if (query)
        bytes += '?' + *query;
    return bytes;
}

} // namespace sockeye
