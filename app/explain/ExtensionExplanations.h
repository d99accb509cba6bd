#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye {

/// Each extension of a Sec-WebSocket-Extensions value (RFC 6455 section 9.1) and each of its parameters, in words.
[[nodiscard]] QString extensionsExplanation(const QList<QByteArray> &extensions, bool isReply);

} // namespace sockeye
