#pragma once

#include <QAbstractSocket>

namespace sockeye {

/// How the TCP connection came to its end.
enum class TcpEnd : quint8 {
    PeerFin,   ///< the peer ended it in order
    PeerReset, ///< the peer reset it (RST)
    Ours,      ///< we ended it
    Failed     ///< the network or TLS failed; the socket's error string tells
};

/// What ended the socket, asked in its errorOccurred (while its descriptor is still open): Qt reports an orderly end
/// and a reset alike as RemoteHostClosedError, so the operating system is asked where it can tell.
[[nodiscard]] TcpEnd tcpEndOf(const QAbstractSocket &socket, QAbstractSocket::SocketError error);

} // namespace sockeye
