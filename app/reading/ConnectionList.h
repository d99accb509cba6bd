#pragma once

#include "base/Result.h"
#include "record/ConnectionRecord.h"

#include <QList>

namespace sockeye {

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
};

/// Of a capture's connections what is drawn of many at once. A capture may have hundreds of thousands (a client that
/// tries again and again): no question here takes memory for more than `most` of them, and none reads heads, bodies,
/// certificates or checks. Each opens the file for itself; for threads other than the window's.
namespace ConnectionList {

/// The newest ones, in the order of their ids.
[[nodiscard]] Result<QList<ConnectionSpan>> newest(const QString &path, int most);

struct Start
{
    ConnectionId id;
    Timestamp started;
};
/// When connections began, in the order of their ids: of more than `most`, some that are spread evenly over all.
[[nodiscard]] Result<QList<Start>> starts(const QString &path, int most);

/// The connection with the greatest id; ConnectionId() if there is none.
[[nodiscard]] Result<ConnectionId> last(const QString &path);

} // namespace ConnectionList

} // namespace sockeye
