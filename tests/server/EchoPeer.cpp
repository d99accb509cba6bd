#include "server/EchoPeer.h"

#include "support/Patience.h"

#include <QHostAddress>
#include <QSignalSpy>
#include <QtEndian>

namespace sockeye::test {

namespace {

QByteArray header(quint8 firstByte, quint8 maskBit, qsizetype size)
{
    QByteArray bytes(1, static_cast<char>(firstByte));
    if (size < 126)
        return bytes += static_cast<char>(maskBit | size);
    char length[2];
    qToBigEndian(static_cast<quint16>(size), length);
    bytes += static_cast<char>(maskBit | 126);
    return bytes.append(length, 2);
}
} // namespace

EchoPeer::EchoPeer(const EchoServer &server)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, &EchoPeer::read);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &EchoPeer::changed);
    connect(&m_socket, &QTcpSocket::disconnected, this, &EchoPeer::changed);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket.connectToHost(QHostAddress::LocalHost, server.port());
}

template<typename Condition>
bool EchoPeer::waitUntil(Condition condition)
{
    QSignalSpy changes(this, &EchoPeer::changed);
    while (!condition()) {
        if (!changes.wait(Patience))
            return condition();
    }
    return true;
}

bool EchoPeer::open(const QByteArray &furtherLines)
{
    send("GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
         furtherLines + "\r\n");
    if (!waitUntil([this] { return m_received.contains("\r\n\r\n"); }))
        return false;
    const qsizetype end = m_received.indexOf("\r\n\r\n") + 4;
    m_reply = m_received.first(end);
    m_received.remove(0, end);
    return m_reply.startsWith("HTTP/1.1 101 ");
}

void EchoPeer::setReading(bool reads)
{
    m_reads = reads;
    m_socket.setReadBufferSize(reads ? 0 : 1);
    if (reads)
        read();
}

void EchoPeer::read()
{
    if (!m_reads)
        return;
    m_received += m_socket.readAll();
    Q_EMIT changed();
}

bool EchoPeer::waitFor(qsizetype size)
{
    const bool hasCome = waitUntil(
        [this, size] { return m_received.size() >= size || m_socket.state() == QAbstractSocket::UnconnectedState; });
    return hasCome && m_received.size() >= size;
}

bool EchoPeer::waitForEnd()
{
    return waitUntil([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
}

bool EchoPeer::waitUntilSent()
{
    return waitUntil([this] { return m_socket.bytesToWrite() == 0; });
}

QByteArray clientFrame(quint8 firstByte, const QByteArray &payload)
{
    return header(firstByte, 0x80, payload.size()) + QByteArray(4, '\0') + payload;
}

QByteArray serverFrame(quint8 firstByte, const QByteArray &payload)
{
    return header(firstByte, 0, payload.size()) + payload;
}

QByteArray closeBody(quint16 code, const QByteArray &reason)
{
    char bytes[2];
    qToBigEndian(code, bytes);
    return QByteArray(bytes, 2) + reason;
}

} // namespace sockeye::test
