#pragma once

#include <QByteArray>
#include <QList>

namespace sockeye {

/// What a server answers in Sec-WebSocket-Protocol (RFC 6455 section 4.2.2): the first of `supported` that is offered,
/// or the first one offered if the server supports whatever is (`supported` is empty). Offers that are no token are
/// passed over. Empty for none.
[[nodiscard]] QByteArray chooseSubprotocol(const QList<QByteArray> &offered, const QList<QByteArray> &supported);

} // namespace sockeye
