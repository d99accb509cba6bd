#pragma once

#include <QDir>

namespace sockeye {

class MainWindow;

namespace gallery {

/// The window on a capture of MQTT, made in the folder `captures`: packets in one message and in several, with JSON and
/// gzip in them. Its tab stays. `all` takes the message in several ways, in both themes.
void takeDecoded(MainWindow &window, const QDir &directory, const QDir &captures, bool all);

} // namespace gallery
} // namespace sockeye
