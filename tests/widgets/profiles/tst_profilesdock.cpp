#include "library/RecentCaptures.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/library/Age.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/profiles/ProfilesDock.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class ProfilesDockTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = ScriptedPromptsPtr(new ScriptedPrompts);
        m_store = std::make_unique<ProfileStore>(paths::profiles());
        m_store->load();
        add(u"ticker"_s, u"staging"_s, u"wss://feed.example/ticker"_s);
        add(u"chat"_s, u"staging"_s, u"wss://feed.example/chat"_s);
        add(u"orders"_s, u"production"_s, u"wss://live.example/orders"_s);
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_recent = std::make_unique<RecentCaptures>(*m_library);
        m_keeper = std::make_unique<CaptureKeeper>(*m_prompts);
        connect(m_keeper.get(), &CaptureKeeper::changed, m_recent.get(), &RecentCaptures::refresh);
    }

    void cleanup()
    {
        m_dock.reset();
        m_keeper.reset();
        m_recent.reset();
        m_library.reset();
        m_store.reset();
        m_sandbox.reset();
    }

    void profilesStandUnderTheirFolders()
    {
        show();
        QCOMPARE(m_dock->accessibleName(), u"Profiles"_s);
        QCOMPARE(tree()->topLevelItemCount(), 2);
        QCOMPARE(texts(), (QStringList{u"production"_s, u"orders"_s, u"staging"_s, u"chat"_s, u"ticker"_s}));
    }

    void foldersStandInFolders()
    {
        add(u"deep"_s, u" staging / eu//west"_s, u"ws://h"_s);
        show();
        QCOMPARE(texts(), (QStringList{u"production"_s, u"orders"_s, u"staging"_s, u"chat"_s, u"ticker"_s, u"eu"_s,
                                       u"west"_s, u"deep"_s}));
        QTreeWidgetItem *west = profile(u"deep"_s)->parent();
        QCOMPARE(west->parent()->parent(), profile(u"chat"_s)->parent());
        // By the keyboard.
        tree()->selectFolder(u"staging/eu"_s);
        QTest::keyClick(tree(), Qt::Key_Return);
        QVERIFY(!west->parent()->isExpanded());
        QTest::keyClick(tree(), Qt::Key_Right);
        QVERIFY(west->parent()->isExpanded());
        // What is found is shown with the folders that it is in.
        QTest::keyClicks(m_dock->search(), u"deep"_s);
        QCOMPARE(texts(), (QStringList{u"staging"_s, u"eu"_s, u"west"_s, u"deep"_s}));
    }

    void aProfileIsDraggedIntoAFolder()
    {
        show();
        drag(u"chat"_s, tree()->topLevelItem(0));
        QTRY_COMPARE(profile(u"chat"_s)->parent()->text(0), u"production"_s);
        QCOMPARE(m_store->find(u"chat"_s)->folder, u"production"_s);
        // Beside another one.
        drag(u"chat"_s, profile(u"ticker"_s));
        QTRY_COMPARE(profile(u"chat"_s)->parent()->text(0), u"staging"_s);
        // Not out of the profiles.
        QVERIFY(!drag(u"chat"_s, nullptr));
        QCOMPARE(m_store->find(u"chat"_s)->folder, u"staging"_s);
    }

    void aProfileIsMovedByTheMenu()
    {
        show();
        QVERIFY(chooseMove(u"chat"_s, u"production"_s));
        QCOMPARE(profile(u"chat"_s)->parent()->text(0), u"production"_s);
        QVERIFY(chooseMove(u"chat"_s, u"No folder"_s));
        QCOMPARE(profile(u"chat"_s)->parent()->text(0), u"Saved"_s);
        QVERIFY(chooseMove(u"chat"_s, u"New folder"_s));
        QTRY_VERIFY(tree()->findChild<QLineEdit *>());
        auto *edit = tree()->findChild<QLineEdit *>();
        edit->selectAll();
        QTest::keyClicks(edit, u"team/mine"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(m_store->find(u"chat"_s)->folder, u"team/mine"_s);
        QTRY_COMPARE(profile(u"chat"_s)->parent()->text(0), u"mine"_s);
    }

    void aFolderIsRenamedWithWhatIsInIt()
    {
        add(u"deep"_s, u"staging/eu"_s, u"ws://h"_s);
        add(u"other"_s, u"staging2"_s, u"ws://h"_s);
        show();
        tree()->selectFolder(u"staging"_s);
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *edit = tree()->findChild<QLineEdit *>();
        QVERIFY(edit && edit->isVisible());
        edit->selectAll();
        QTest::keyClicks(edit, u"test"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(m_store->find(u"deep"_s)->folder, u"test/eu"_s);
        QCOMPARE(m_store->find(u"chat"_s)->folder, u"test"_s);
        QCOMPARE(m_store->find(u"ticker"_s)->folder, u"test"_s);
        QCOMPARE(m_store->find(u"other"_s)->folder, u"staging2"_s);
        QTRY_VERIFY(tree()->findItem(ProfilesTree::Kind::Folder, u"test/eu"_s));
        QVERIFY(!tree()->findItem(ProfilesTree::Kind::Folder, u"staging"_s));
    }

    void aDoubleClickOpens()
    {
        show();
        QSignalSpy opened(m_dock.get(), &ProfilesDock::profileOpened);
        const QPoint at = tree()->visualItemRect(profile(u"chat"_s)).center();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first(), (QVariantList{u"chat"_s, false}));
    }

    void enterOpensAndConnects()
    {
        show();
        QSignalSpy opened(m_dock.get(), &ProfilesDock::profileOpened);
        tree()->select(u"ticker"_s);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first(), (QVariantList{u"ticker"_s, true}));
    }

    void f2RenamesInPlace()
    {
        show();
        tree()->select(u"ticker"_s);
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *edit = tree()->viewport()->findChild<QLineEdit *>();
        QVERIFY(edit);
        edit->selectAll();
        QTest::keyClicks(edit, u"new name"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(texts().contains(u"new name"_s));
        QCOMPARE(m_store->find(u"ticker"_s)->name, u"new name"_s);
        ProfileStore again(paths::profiles());
        again.load();
        QCOMPARE(again.find(u"ticker"_s)->name, u"new name"_s);
    }

    void anEmptyNameIsNotTaken()
    {
        show();
        tree()->select(u"ticker"_s, true);
        auto *edit = tree()->viewport()->findChild<QLineEdit *>();
        QVERIFY(edit);
        edit->clear();
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(m_store->find(u"ticker"_s)->name, u"ticker"_s);
        QVERIFY(texts().contains(u"ticker"_s));
    }

    void deletingAsks()
    {
        show();
        tree()->select(u"ticker"_s);
        m_prompts->accept = false;
        QTest::keyClick(tree(), Qt::Key_Delete);
        QCOMPARE(m_prompts->asked.size(), 1);
        QVERIFY(m_store->find(u"ticker"_s));
        m_prompts->accept = true;
        QTest::keyClick(tree(), Qt::Key_Delete);
        QVERIFY(!m_store->find(u"ticker"_s));
        QTRY_VERIFY(!profile(u"ticker"_s));
    }

    void ctrlDDuplicates()
    {
        show();
        tree()->select(u"chat"_s);
        QTest::keyClick(tree(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_store->profiles().size(), 4);
        QVERIFY(tree()->currentItem());
        QVERIFY(tree()->currentItem()->text(0) != u"chat"_s);
        QVERIFY(tree()->currentItem()->text(0).startsWith(u"chat"));
    }

    void searchNarrowsToWhatHoldsTheText()
    {
        show();
        QTest::keyClicks(m_dock->search(), u"LIVE.ex"_s);
        QCOMPARE(texts(), (QStringList{u"production"_s, u"orders"_s}));
        m_dock->search()->clear();
        QCOMPARE(texts().size(), 5);
    }

    void aFolderStaysCollapsed()
    {
        show();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {},
                          tree()->visualItemRect(tree()->topLevelItem(0)).center());
        QVERIFY(!tree()->topLevelItem(0)->isExpanded());
        add(u"zebra"_s, u"staging"_s, u"ws://z"_s);
        QTRY_VERIFY(profile(u"zebra"_s));
        QVERIFY(!tree()->topLevelItem(0)->isExpanded());
    }

    void brokenFilesAreTold()
    {
        m_sandbox->write(u"config/sockeye/profiles/broken.json"_s, "not json");
        m_store->load();
        show();
        const QStringList all = texts();
        QVERIFY2(all.last().contains(u"could not be read"), qPrintable(all.join(u'|')));
        QTreeWidgetItem *line = tree()->topLevelItem(tree()->topLevelItemCount() - 1);
        const QPoint at = tree()->visualItemRect(line).center();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(m_prompts->told.size(), 1);
        QVERIFY2(m_prompts->told.first().contains(u"broken.json"), qPrintable(m_prompts->told.first()));
        QCOMPARE(readFile(m_sandbox->path(u"config/sockeye/profiles/broken.json"_s)), QByteArray("not json"));
    }

    void recentCapturesAreListedAndDeleted()
    {
        const auto path = m_library->newPath(u"ws://localhost:9001/echo"_s, QDateTime::currentDateTime());
        QVERIFY2(path.ok(), qPrintable(path.message()));
        QFile file(path.value());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        show();
        m_recent->refresh();
        QTRY_VERIFY2(texts().contains(u"localhost:9001/echo"_s), qPrintable(texts().join(u'|')));
        QTreeWidgetItem *item = tree()->findItem(ProfilesTree::Kind::Capture, path.value());
        QVERIFY(item);
        QCOMPARE(item->data(0, ProfilesTree::AgeRole).toString(), u"now"_s);

        QSignalSpy opened(m_dock.get(), &ProfilesDock::captureOpened);
        tree()->setCurrentItem(item);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(opened.first().first().toString(), path.value());

        bool inUse = true;
        m_keeper->setInUse([&inUse](const QString &) { return inUse; });
        QTest::keyClick(tree(), Qt::Key_Delete);
        QVERIFY(QFile::exists(path.value()));
        QCOMPARE(m_prompts->told.size(), 1);
        inUse = false;
        QTest::keyClick(tree(), Qt::Key_Delete);
        QTRY_VERIFY(!QFile::exists(path.value()));
        QTRY_VERIFY(!texts().contains(u"localhost:9001/echo"_s));
    }

    void agesAreShort_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("future") << qint64(-100) << u"now"_s;
        QTest::newRow("59 s") << qint64(59) << u"now"_s;
        QTest::newRow("1 min") << qint64(60) << u"1 min"_s;
        QTest::newRow("59 min") << qint64(3599) << u"59 min"_s;
        QTest::newRow("1 h") << qint64(3600) << u"1 h"_s;
        QTest::newRow("1 d") << qint64(86400) << u"1 d"_s;
        QTest::newRow("6 d") << qint64(6 * 86400) << u"6 d"_s;
    }

    void agesAreShort()
    {
        QFETCH(qint64, seconds);
        const QDateTime now = QDateTime::currentDateTime();
        QTEST(ageText(now.addSecs(-seconds), now), "text");
    }

private:
    using ScriptedPromptsPtr = std::unique_ptr<ScriptedPrompts>;

    void add(const QString &name, const QString &folder, const QString &url)
    {
        Profile profile;
        profile.name = name;
        profile.folder = folder;
        profile.endpoint.url = url;
        const auto id = m_store->add(profile);
        QVERIFY2(id.ok(), qPrintable(id.message()));
    }

    void show()
    {
        m_dock = std::make_unique<ProfilesDock>(*m_store, *m_recent, *m_keeper, *m_prompts);
        m_dock->resize(240, 600);
        m_dock->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dock.get()));
    }

    [[nodiscard]] ProfilesTree *tree() const { return m_dock->tree(); }
    [[nodiscard]] QTreeWidgetItem *profile(const QString &id) const
    {
        return tree()->findItem(ProfilesTree::Kind::Profile, id);
    }

    /// What the mouse does with the profile; null is below all items. Whether it was taken there.
    bool drag(const QString &id, const QTreeWidgetItem *onto)
    {
        const std::unique_ptr<QMimeData> data(tree()->model()->mimeData({tree()->indexFromItem(profile(id))}));
        const QPoint at = onto ? tree()->visualItemRect(onto).center() : tree()->viewport()->rect().bottomRight();
        QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tree()->viewport(), &enter);
        QDragMoveEvent move(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tree()->viewport(), &move);
        if (!move.isAccepted()) {
            QDragLeaveEvent leave;
            QApplication::sendEvent(tree()->viewport(), &leave);
            return false;
        }
        QDropEvent drop(QPointF(at), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tree()->viewport(), &drop);
        return drop.isAccepted();
    }

    /// In the context menu of the profile, opened by its key.
    bool chooseMove(const QString &id, const QString &folder)
    {
        tree()->select(id);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(tree()->viewport(), &event);
        const std::unique_ptr<QMenu> menu(m_dock->findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly));
        if (!menu)
            return false;
        menu->setAttribute(Qt::WA_DeleteOnClose, false);
        menu->close();
        // As the window system does it: the focus is back before anything happens.
        QApplication::processEvents();
        m_dock->activateWindow();
        bool isDone = QTest::qWaitForWindowActive(m_dock.get());
        const QList<QAction *> moves = menu->findChild<QMenu *>()->actions();
        const auto found = std::ranges::find_if(
            moves, [&folder](const QAction *action) { return action->text() == folder && action->isEnabled(); });
        isDone = isDone && found != moves.end();
        if (isDone)
            (*found)->trigger();
        return isDone;
    }

    /// What is shown, from top to bottom.
    [[nodiscard]] QStringList texts() const
    {
        QStringList texts;
        for (QTreeWidgetItemIterator it(tree(), QTreeWidgetItemIterator::NotHidden); *it; ++it) {
            if (!(*it)->parent() || !(*it)->parent()->isHidden())
                texts += (*it)->text(0);
        }
        return texts;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPromptsPtr m_prompts;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecentCaptures> m_recent;
    std::unique_ptr<CaptureKeeper> m_keeper;
    std::unique_ptr<ProfilesDock> m_dock;
};

SOCKEYE_TEST(ProfilesDockTest, QApplication)
#include "tst_profilesdock.moc"
