#pragma once

#include <QDir>

namespace sockeye {

class MainWindow;

namespace gallery {

/// The window on a capture of devices, made in the folder `captures`, whose messages are read by a struct: what differs
/// between two of them, value by value and byte by byte, and the dialog that says as what messages are read, page by
/// page. `all` takes them in both themes.
void takeFormats(MainWindow &window, const QDir &directory, const QDir &captures, bool all);

} // namespace gallery
} // namespace sockeye
