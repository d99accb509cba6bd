#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye::test {

/// What in the file breaks the HAR 1.2 format (http://www.softwareishard.com/blog/har-12-spec), or the form in which
/// browsers add WebSocket messages (`_webSocketMessages`: type, time in seconds, opcode, data). Empty if it is a good
/// one.
[[nodiscard]] QString harProblem(const QByteArray &file);

} // namespace sockeye::test
