#pragma once

#include "base/Result.h"
#include "record/ConnectionRecord.h"

#include <QList>

namespace sockeye {

class ReadingConnection;

/// What a timeline says of a connection: ConnectionRecord's values of the same names, its words cut short.
struct ConnectionSpan
{
    ConnectionId id;
    QString url;
    Timestamp started;
    Nanoseconds total{-1};
    Timestamp ended;
    EndKind endKind = EndKind::Live;
    QString endText;
    /// Once it has ended: what that amounts to.
    Severity severity = Severity::Note;
};

/// Reads of a capture's connections what is drawn of many at once. A capture may have hundreds of thousands (a client
/// that tries again and again): no question here takes memory for more than `most` of them, and none reads heads,
/// bodies, certificates or checks. Used in the thread of its CaptureReader.
class ConnectionList final
{
public:
    struct Start
    {
        ConnectionId id;
        Timestamp started;
    };

    /// The connection outlives it.
    explicit ConnectionList(ReadingConnection &connection)
        : m_connection(connection)
    {
    }
    ConnectionList(const ConnectionList &) = delete;
    ConnectionList &operator=(const ConnectionList &) = delete;

    /// The newest ones, in the order of their ids.
    [[nodiscard]] Result<QList<ConnectionSpan>> newest(int most) const;
    /// When connections began, in the order of their ids: of more than `most`, some that are spread evenly over all.
    [[nodiscard]] Result<QList<Start>> starts(int most) const;
    /// The connection with the greatest id; ConnectionId() if there is none.
    [[nodiscard]] Result<ConnectionId> last() const;

private:
    ReadingConnection &m_connection;
};

} // namespace sockeye
