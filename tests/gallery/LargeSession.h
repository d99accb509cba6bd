#pragma once

#include <QDir>

namespace sockeye {

class MainWindow;

namespace gallery {

/// The window on a capture of a quarter of a million entries, made in the folder `captures`: what matches a filter is
/// marked, there are bookmarks, colours and a note. Its tab stays.
void takeLargeSession(MainWindow &window, const QDir &directory, const QDir &captures);

} // namespace gallery
} // namespace sockeye
