#pragma once

class QDir;
class QString;

namespace sockeye {

class MainWindow;

namespace gallery {

/// The window at three sizes in both themes: empty, with a feed that comes in, filtered, and after a failure. `url` is
/// the demo feed's.
void takeStates(MainWindow &window, const QString &url, const QDir &directory);

} // namespace gallery
} // namespace sockeye
