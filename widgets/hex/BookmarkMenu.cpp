#include "widgets/hex/BookmarkMenu.h"

#include "base/Units.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/hex/ByteBookmarks.h"
#include "widgets/hex/HexView.h"

#include <QCoreApplication>
#include <QMenu>

namespace sockeye {

namespace {

struct BookmarkWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::BookmarkMenu)
};

/// More of them are reached by key.
constexpr qsizetype MaxListed = 30;

QString listedText(const ByteBookmark &bookmark)
{
    const qint64 first = bookmark.range.first.value();
    const QString place = bookmark.range.length == 1
                              ? BookmarkWords::tr("byte %1").arg(first)
                              : BookmarkWords::tr("bytes %1–%2").arg(first).arg(bookmark.range.end().value() - 1);
    QString name = bookmark.name;
    // No letter of a name is a key.
    name.replace(u'&', QStringLiteral("&&"));
    return QStringLiteral("%1\t%2").arg(name, place);
}

} // namespace

QKeySequence bookmarkKeys()
{
    return Qt::CTRL | Qt::Key_D;
}

QKeySequence nextBookmarkKeys()
{
    return Qt::Key_F2;
}

QKeySequence previousBookmarkKeys()
{
    return Qt::SHIFT | Qt::Key_F2;
}

void addBookmarks(QMenu &menu, HexView &view)
{
    using Words = BookmarkWords;
    ByteBookmarks *bookmarks = view.bookmarks();
    if (!bookmarks)
        return;
    const ByteBookmark *here = view.bookmarkHere();
    QAction *set = menu.addAction(here ? Words::tr("Rename &bookmark…") : Words::tr("&Bookmark these bytes…"), &view,
                                  &HexView::askForBookmark);
    set->setShortcut(bookmarkKeys());
    set->setEnabled(view.canBookmark());
    if (here)
        menu.addAction(Words::tr("Remove boo&kmark"), &view, &HexView::removeBookmark);
    QMenu *list = menu.addMenu(Words::tr("Book&marks"));
    list->setEnabled(!bookmarks->all().isEmpty());
    list->addAction(Words::tr("&Next"), &view, [&view] { view.stepBookmark(true); })->setShortcut(nextBookmarkKeys());
    list->addAction(Words::tr("&Previous"), &view, [&view] { view.stepBookmark(false); })
        ->setShortcut(previousBookmarkKeys());
    list->addSeparator();
    for (const ByteBookmark &bookmark : bookmarks->all().first(std::min(bookmarks->all().size(), MaxListed)))
        list->addAction(listedText(bookmark), &view, [&view, range = bookmark.range] { view.selectPayload(range); });
    if (bookmarks->all().size() > MaxListed)
        list->addAction(Words::tr("%1 in all").arg(countText(bookmarks->all().size())))->setEnabled(false);
}

} // namespace sockeye
