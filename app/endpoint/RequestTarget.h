#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye {

/// Path and query of a request (RFC 9112 section 3.2.1) as they were typed: what may stand in a request line is left as
/// it is, escapes and dot segments too, since signatures are made over the typed bytes and path checks of servers are
/// tested with just these. Only what may not is percent-encoded, as browsers do it (WHATWG URL section 4.4, path state
/// and query state; the apostrophe, which they encode, may stand).
struct RequestTarget
{
    /// Begins with a slash, or is empty, which goes out as one.
    QByteArray path;
    /// From the "?" on; empty for none.
    QByteArray query;

    /// From the UTF-8 of what was typed; it has no fragment.
    [[nodiscard]] static RequestTarget fromTyped(QByteArrayView typed);

    /// "/feed?x=1", as it goes on the wire.
    [[nodiscard]] QByteArray bytes() const { return (path.isEmpty() ? QByteArray("/") : path) + query; }
    /// As it stands in a URL.
    [[nodiscard]] QString text() const { return QString::fromLatin1(path + query); }

    friend bool operator==(const RequestTarget &, const RequestTarget &) = default;
};

/// A character that is not sent as it was typed.
struct EncodedCharacter
{
    QString typed;
    QByteArray sent;

    friend bool operator==(const EncodedCharacter &, const EncodedCharacter &) = default;
};

/// Those of a path with a query, each once, in the order of their places.
[[nodiscard]] QList<EncodedCharacter> encodedCharacters(QStringView typed);

} // namespace sockeye
