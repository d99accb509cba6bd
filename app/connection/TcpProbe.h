#pragma once

#include "record/ConnectionRecord.h"

#include <QAbstractSocket>

namespace sockeye {

/// Tells a reset from an orderly end, which Qt reports alike as RemoteHostClosedError. Qt has closed its descriptor by
/// then, so the probe holds a duplicate and asks the kernel. Where there is no such question (not Linux), an end counts
/// as orderly.
class TcpProbe final
{
public:
    TcpProbe() = default;
    ~TcpProbe();
    TcpProbe(const TcpProbe &) = delete;
    TcpProbe &operator=(const TcpProbe &) = delete;

    /// Takes hold of a connected socket. TCP ends only when this is released too.
    void attach(const QAbstractSocket &socket);
    void release();
    /// Bytes that the kernel has taken from us and the peer has not acknowledged; 0 where the kernel cannot be asked.
    [[nodiscard]] qint64 unacknowledged() const;
    /// What ended the socket, when it reports `error`.
    [[nodiscard]] TcpEnd endFor(QAbstractSocket::SocketError error) const;

private:
    [[nodiscard]] bool wasReset() const;

    int m_descriptor = -1;
};

} // namespace sockeye
