#pragma once

#include <QKeySequence>

class QMenu;

namespace sockeye {

class HexView;

/// The keys of bookmarks in a hex view: set or rename one, go to the next, to the one before.
[[nodiscard]] QKeySequence bookmarkKeys();
[[nodiscard]] QKeySequence nextBookmarkKeys();
[[nodiscard]] QKeySequence previousBookmarkKeys();

/// Adds what can be done with bookmarks of the view's bytes, and a list of those that there are.
void addBookmarks(QMenu &menu, HexView &view);

} // namespace sockeye
