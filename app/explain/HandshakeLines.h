#pragma once

#include "wire/HttpHead.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye {

/// One line of a handshake's head and what it is, for whoever reads it for the first time.
struct HandshakeLine
{
    /// As on the wire, its line break included: all lines of a head together are the head.
    QByteArray bytes;
    /// The header's name as it was written; empty for the start line, a folded line and the empty line.
    QByteArray name;
    /// What the line is and what its value says, in a sentence or two.
    QString text;
    /// Where that stands, "RFC 6455 4.1"; empty for a header that no RFC of the handshake knows.
    QString section;
    /// What is wrong with the line, in a sentence; empty if nothing is.
    QString problem;
    /// Whether it continues the line above (obs-fold, RFC 9112 section 5.2).
    bool folded = false;
    /// Whether a header of the same name stands in another line too.
    bool duplicate = false;

    /// Without the line break.
    [[nodiscard]] QByteArrayView words() const;
    friend bool operator==(const HandshakeLine &, const HandshakeLine &) = default;
};
using HandshakeLines = QList<HandshakeLine>;

/// A head as it was recorded, parsed. It has been within the limits already: there are none here.
[[nodiscard]] HttpHead recordedHead(const QByteArray &bytes);
/// The lines of a request's head, explained (RFC 6455 section 4.1).
[[nodiscard]] HandshakeLines explainRequest(const QByteArray &head);
/// The lines of a reply's head; the request tells what was asked for (the key, the offers).
[[nodiscard]] HandshakeLines explainReply(const QByteArray &head, const QByteArray &request);

} // namespace sockeye
