#pragma once

class QAbstractSocket;

namespace sockeye {

/// Ends TCP in our direction only, which Qt has no call for: the peer sees the end behind what was written, and what it
/// still sends finds someone who reads it. To close a socket outright while bytes come in would reset the connection.
/// False where it cannot be done (not POSIX). The socket has nothing left to write.
bool endWriting(const QAbstractSocket &socket);

} // namespace sockeye
