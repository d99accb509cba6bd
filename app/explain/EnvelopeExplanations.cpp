#include "explain/EnvelopeExplanations.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {

struct EnvelopeExplanationsWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::EnvelopeExplanations)
};

QString socketIoPacket(char type)
{
    switch (type) {
    case '0':
        return EnvelopeExplanationsWords::tr("Socket.IO connect");
    case '1':
        return EnvelopeExplanationsWords::tr("Socket.IO disconnect");
    case '2':
        return EnvelopeExplanationsWords::tr("Socket.IO event");
    case '3':
        return EnvelopeExplanationsWords::tr("Socket.IO acknowledgement");
    case '4':
        return EnvelopeExplanationsWords::tr("Socket.IO connect error");
    case '5':
        return EnvelopeExplanationsWords::tr("Socket.IO event with binary data");
    case '6':
        return EnvelopeExplanationsWords::tr("Socket.IO acknowledgement with binary data");
    default:
        return EnvelopeExplanationsWords::tr("Socket.IO packet");
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
        words += EnvelopeExplanationsWords::tr("attachments: %1").arg(takeUntil(rest, '-'));
    if (rest.startsWith('/'))
        words += EnvelopeExplanationsWords::tr("namespace %1").arg(takeUntil(rest, ','));
    if (!rest.isEmpty())
        words += EnvelopeExplanationsWords::tr("id %1").arg(QString::fromUtf8(rest));
    return words.join(QStringLiteral(", "));
}

QString sockJs(QByteArrayView prefix)
{
    if (prefix.startsWith('c'))
        return EnvelopeExplanationsWords::tr("SockJS close");
    return prefix.startsWith('m') ? EnvelopeExplanationsWords::tr("SockJS message")
                                  : EnvelopeExplanationsWords::tr("SockJS messages");
}

} // namespace

QString envelopeExplanation(EnvelopePart::Kind kind, QByteArrayView bytes)
{
    switch (kind) {
    case EnvelopePart::Kind::Json:
    case EnvelopePart::Kind::Text:
        return {};
    case EnvelopePart::Kind::ByteOrderMark:
        return EnvelopeExplanationsWords::tr("byte order mark (ef bb bf)");
    case EnvelopePart::Kind::Guard:
        return EnvelopeExplanationsWords::tr("guard against being run as a script");
    case EnvelopePart::Kind::RecordSeparator:
        return EnvelopeExplanationsWords::tr("record separator (1e)");
    case EnvelopePart::Kind::Null:
        return EnvelopeExplanationsWords::tr("end of the frame (00)");
    case EnvelopePart::Kind::EngineIo:
        return bytes.startsWith('0') ? EnvelopeExplanationsWords::tr("Engine.IO handshake")
                                     : EnvelopeExplanationsWords::tr("Engine.IO message");
    case EnvelopePart::Kind::SocketIo:
        return socketIo(bytes);
    case EnvelopePart::Kind::SockJs:
        return sockJs(bytes);
    case EnvelopePart::Kind::StompHead:
        return EnvelopeExplanationsWords::tr("STOMP frame");
    }
    return {};
}

} // namespace sockeye
