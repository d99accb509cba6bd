#include "explain/EnvelopeExplanations.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::EnvelopeExplanations)
};

QString socketIoPacket(char type)
{
    switch (type) {
    case '0':
        return Words::tr("Socket.IO connect");
    case '1':
        return Words::tr("Socket.IO disconnect");
    case '2':
        return Words::tr("Socket.IO event");
    case '3':
        return Words::tr("Socket.IO acknowledgement");
    case '4':
        return Words::tr("Socket.IO connect error");
    case '5':
        return Words::tr("Socket.IO event with binary data");
    case '6':
        return Words::tr("Socket.IO acknowledgement with binary data");
    default:
        return Words::tr("Socket.IO packet");
    }
}

QString takeUntil(QByteArrayView &text, char end)
{
    const qsizetype size = text.indexOf(end);
    const QString taken = QString::fromUtf8(text.first(std::max<qsizetype>(size, 0)));
    text = text.sliced(std::min(size + 1, text.size()));
    return taken;
}

/// "451-/admin,17": an Engine.IO message, the packet's type, its attachments, its namespace, its id.
QString socketIo(QByteArrayView prefix)
{
    if (prefix.size() < 2)
        return socketIoPacket(' ');
    const char type = prefix[1];
    QByteArrayView rest = prefix.sliced(2);
    QStringList words{socketIoPacket(type)};
    if (type == '5' || type == '6')
        words += Words::tr("attachments: %1").arg(takeUntil(rest, '-'));
    if (rest.startsWith('/'))
        words += Words::tr("namespace %1").arg(takeUntil(rest, ','));
    if (!rest.isEmpty())
        words += Words::tr("id %1").arg(QString::fromUtf8(rest));
    return words.join(QStringLiteral(", "));
}

QString sockJs(QByteArrayView prefix)
{
    if (prefix.startsWith('c'))
        return Words::tr("SockJS close");
    return prefix.startsWith('m') ? Words::tr("SockJS message") : Words::tr("SockJS messages");
}

} // namespace

QString envelopeExplanation(EnvelopePart::Kind kind, QByteArrayView bytes)
{
    switch (kind) {
    case EnvelopePart::Kind::Json:
    case EnvelopePart::Kind::Text:
        return {};
    case EnvelopePart::Kind::ByteOrderMark:
        return Words::tr("byte order mark (ef bb bf)");
    case EnvelopePart::Kind::Guard:
        return Words::tr("guard against being run as a script");
    case EnvelopePart::Kind::RecordSeparator:
        return Words::tr("record separator (1e)");
    case EnvelopePart::Kind::Null:
        return Words::tr("end of the frame (00)");
    case EnvelopePart::Kind::EngineIo:
        return bytes.startsWith('0') ? Words::tr("Engine.IO handshake") : Words::tr("Engine.IO message");
    case EnvelopePart::Kind::SocketIo:
        return socketIo(bytes);
    case EnvelopePart::Kind::SockJs:
        return sockJs(bytes);
    case EnvelopePart::Kind::StompHead:
        return Words::tr("STOMP frame");
    }
    return {};
}

} // namespace sockeye
