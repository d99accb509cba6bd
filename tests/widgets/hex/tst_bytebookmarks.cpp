#include "HexViewer.h"

#include "support/TestProgram.h"
#include "widgets/hex/ByteBookmarks.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Bytes that one comes back to.
class ByteBookmarksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void standInOrderAndAreFound()
    {
        ByteBookmarks bookmarks;
        const QSignalSpy changed(&bookmarks, &ByteBookmarks::changed);
        bookmarks.set({range(20, 4), u"length"_s});
        bookmarks.set({range(4, 2), u"type"_s});
        bookmarks.set({range(22, 1), u"low"_s});
        QCOMPARE(changed.size(), 3);
        QCOMPARE(namesOf(bookmarks), (QStringList{u"type"_s, u"length"_s, u"low"_s}));
        QCOMPARE(bookmarks.at(ByteOffset(21))->name, u"length"_s);
        QCOMPARE(bookmarks.at(ByteOffset(22))->name, u"low"_s);
        QVERIFY(!bookmarks.at(ByteOffset(6)));
        QCOMPARE(bookmarks.step(ByteOffset(4), true)->name, u"length"_s);
        QCOMPARE(bookmarks.step(ByteOffset(4), false)->name, u"low"_s);
        QCOMPARE(bookmarks.step(ByteOffset(100), true)->name, u"type"_s);
        bookmarks.set({range(20, 4), u"size"_s});
        QCOMPARE(namesOf(bookmarks), (QStringList{u"type"_s, u"size"_s, u"low"_s}));
        bookmarks.remove(range(23, 10));
        QCOMPARE(namesOf(bookmarks), (QStringList{u"type"_s, u"low"_s}));
        QVERIFY(!ByteBookmarks().step(ByteOffset(0), true));
    }

    void belongToAMessage()
    {
        ByteBookmarks bookmarks;
        bookmarks.showEntry(u"a"_s, EntryId(1));
        bookmarks.set({range(1, 1), u"one"_s});
        bookmarks.showEntry(u"a"_s, EntryId(2));
        QVERIFY(bookmarks.all().isEmpty());
        bookmarks.showEntry(u"b"_s, EntryId(1));
        QVERIFY(bookmarks.all().isEmpty());
        bookmarks.showEntry(u"a"_s, EntryId(1));
        QCOMPARE(namesOf(bookmarks), QStringList{u"one"_s});
    }

    void thereAreNotTooMany()
    {
        ByteBookmarks bookmarks;
        for (qint64 i = 0; i < ByteBookmarks::MaxBookmarks + 5; ++i)
            bookmarks.set({range(i, 1), u"x"_s});
        QCOMPARE(bookmarks.all().size(), ByteBookmarks::MaxBookmarks);
    }

    void aKeyAsksForAName()
    {
        Viewer viewer(counting(64));
        ByteBookmarks bookmarks;
        viewer.view.setBookmarks(&bookmarks);
        viewer.drag(5, 8, HexLayout::Area::Hex);
        QTest::keyClick(&viewer.view, Qt::Key_D, Qt::ControlModifier);
        auto *dialog = viewer.view.findChild<QInputDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY2(dialog->labelText().contains(u"5–8"), qPrintable(dialog->labelText()));
        dialog->setTextValue(u"  the\nlength "_s);
        dialog->accept();
        QCOMPARE(bookmarks.all(), (QList<ByteBookmark>{{range(5, 4), u"the length"_s}}));
        // One of its bytes is enough to give it another name.
        viewer.click(7);
        QTRY_VERIFY(!viewer.view.findChild<QInputDialog *>());
        QTest::keyClick(&viewer.view, Qt::Key_D, Qt::ControlModifier);
        dialog = viewer.view.findChild<QInputDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->textValue(), u"the length"_s);
        dialog->setTextValue(u"size"_s);
        dialog->accept();
        QCOMPARE(bookmarks.all(), (QList<ByteBookmark>{{range(5, 4), u"size"_s}}));
        // What is shown next has other bytes.
        QTRY_VERIFY(!viewer.view.findChild<QInputDialog *>());
        QTest::keyClick(&viewer.view, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(viewer.view.findChild<QInputDialog *>());
        viewer.payload.clear();
        QTRY_VERIFY(!viewer.view.findChild<QInputDialog *>());
    }

    void keysGoToThem()
    {
        Viewer viewer(counting(4000));
        ByteBookmarks bookmarks;
        viewer.view.setBookmarks(&bookmarks);
        QSignalSpy notice(&viewer.view, &HexView::notice);
        QTest::keyClick(&viewer.view, Qt::Key_F2);
        QVERIFY(notice.size() == 1 && notice.first().first().toString().contains(u"no bookmarks"));
        bookmarks.set({range(3, 2), u"near"_s});
        bookmarks.set({range(3000, 5), u"far"_s});
        QTest::keyClick(&viewer.view, Qt::Key_F2);
        QCOMPARE(viewer.view.selection(), range(3, 2));
        QTest::keyClick(&viewer.view, Qt::Key_F2);
        QCOMPARE(viewer.view.selection(), range(3000, 5));
        QVERIFY(viewer.view.topRow() > 0);
        QTest::keyClick(&viewer.view, Qt::Key_F2);
        QCOMPARE(viewer.view.selection(), range(3, 2));
        QTest::keyClick(&viewer.view, Qt::Key_F2, Qt::ShiftModifier);
        QCOMPARE(viewer.view.selection(), range(3000, 5));
    }

    /// Wherever the header of a frame stands in between.
    void areOfThePayload()
    {
        Viewer viewer(fragmented());
        ByteBookmarks bookmarks;
        viewer.view.setBookmarks(&bookmarks);
        viewer.showWire();
        bookmarks.set({range(1, 3), u"ell"_s});
        QTest::keyClick(&viewer.view, Qt::Key_F2);
        QCOMPARE(viewer.view.selection(), range(3, 5));
        // A header has none.
        viewer.view.select(range(0, 1));
        QVERIFY(!viewer.view.canBookmark());
        QTest::keyClick(&viewer.view, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!viewer.view.findChild<QInputDialog *>());
    }

    void theyAreUnderlined()
    {
        Viewer viewer(QByteArray(64, '\0'));
        ByteBookmarks bookmarks;
        viewer.view.setBookmarks(&bookmarks);
        bookmarks.set({range(2, 3), u"here"_s});
        const QImage image = viewer.view.viewport()->grab().toImage();
        const ThemeColors &colors = theme::colors(viewer.view.palette());
        const auto below = [&](qint64 byte) {
            const QPoint point = viewer.pointOf(byte);
            return image.pixelColor(point.x(), point.y() - viewer.view.hexLayout().rowHeight() / 2 +
                                                   viewer.view.hexLayout().rowHeight() - 1);
        };
        QVERIFY(below(1) != colors.accent);
        QCOMPARE(below(2), colors.accent);
        QCOMPARE(below(4), colors.accent);
        QVERIFY(below(5) != colors.accent);
    }

    void theMenuListsThem()
    {
        Viewer viewer(counting(64));
        ByteBookmarks bookmarks;
        viewer.view.setBookmarks(&bookmarks);
        bookmarks.set({range(10, 2), u"this & that"_s});
        viewer.view.select(range(10, 1));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, viewer.view.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&viewer.view, &event);
        auto *menu = viewer.view.findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(menu);
        viewer.view.select(range(0, 1));
        const auto actionWith = [menu](const QString &text) -> QAction * {
            for (QAction *action : menu->findChildren<QAction *>()) {
                if (action->text().remove(u'&').contains(text))
                    return action;
            }
            return nullptr;
        };
        QVERIFY(actionWith(u"Rename bookmark"_s));
        QAction *listed = actionWith(u"bytes 10–11"_s);
        QVERIFY(listed && listed->text().startsWith(u"this && that\t"));
        listed->trigger();
        QCOMPARE(viewer.view.selection(), range(10, 2));
        actionWith(u"Remove bookmark"_s)->trigger();
        QVERIFY(bookmarks.all().isEmpty());
        menu->close();
    }

private:
    static QStringList namesOf(const ByteBookmarks &bookmarks)
    {
        QStringList names;
        for (const ByteBookmark &bookmark : bookmarks.all())
            names += bookmark.name;
        return names;
    }
};

SOCKEYE_TEST(ByteBookmarksTest, QApplication)
#include "tst_bytebookmarks.moc"
