#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>

namespace sockeye {

/// How the echo server treats each of its clients.
struct EchoOptions
{
    /// Subprotocols that may be chosen, the preferred one first: the first of them that a client offers is answered, or
    /// none. Empty: the first that the client offers.
    QList<QByteArray> subprotocols{};
    /// Payload bytes of a message at most, after inflating: beyond it the connection is failed with 1009.
    qint64 maxMessage = 256LL * 1024 * 1024;
    /// Bytes of echoes that a client has not taken beyond which nothing more is read from it.
    qint64 maxUnsent = 4LL * 1024 * 1024;
    /// How long a client may take for its opening request.
    std::chrono::milliseconds handshakeTimeout{10'000};
};

} // namespace sockeye
