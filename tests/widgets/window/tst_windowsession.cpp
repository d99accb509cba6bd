#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/OpenFiles.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/FileTab.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = ConnectionTab::State;

/// From one start of the window to the next.
class WindowSessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        start();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void tabsAndDraftsComeBackAndNothingConnects()
    {
        tryEcho();
        const QString url = tab()->address()->url();
        const QString path = tab()->capturePath();
        tab()->composer()->setPayloadType(Composer::PayloadType::Json);
        QTest::keyClicks(tab()->composer()->editor(), u"{\"a\":1}"_s);
        tab()->view()->filterBar()->setText(u"dir:in"_s);
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/other"_s);
        m_window->tabs()->setCurrentPage(m_window->tabs()->page(0));
        restart();

        QCOMPARE(m_window->tabs()->count(), 2);
        QCOMPARE(m_window->tabs()->currentPage(), m_window->tabs()->page(0));
        QCOMPARE(tab()->address()->url(), url);
        QCOMPARE(tab()->capturePath(), path);
        QCOMPARE(tab()->composer()->payloadType(), Composer::PayloadType::Json);
        QCOMPARE(tab()->composer()->editor()->toPlainText(), u"{\"a\":1}"_s);
        QCOMPARE(tab()->view()->filterBar()->lineEdit()->text(), u"dir:in"_s);
        tab()->view()->filterBar()->setText({});
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        QCOMPARE(tab()->state(), State::Idle);
        QVERIFY(!m_window->echo().isListening());
        auto *other = qobject_cast<ConnectionTab *>(m_window->tabs()->page(1));
        QCOMPARE(other->address()->url(), u"ws://127.0.0.1:9/other"_s);

        // Asked for, it connects, into a new capture.
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->message().contains(u"was open"), Patience);
        QTest::mouseClick(named<QPushButton>(tab()->banner(), u"Connect again"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Failed && tab()->view()->model(), Patience);
        QVERIFY(tab()->capturePath() != path);
        QVERIFY(QFile::exists(path));
    }

    void howTheFilterIsUsedComesBackWithItsTab()
    {
        tryEcho();
        tab()->view()->filterBar()->setText(u"dir:in"_s);
        named<QPushButton>(tab()->view()->filterBar(), u"Mark what matches"_s)->click();
        quietAction(u"Hide &pings and pongs"_s)->trigger();
        // Another tab begins with all shown, however this one looks.
        m_window->documents().openNew();
        QCOMPARE(tab()->view()->filterBar()->filterMode(), LogModel::FilterMode::Hide);
        QCOMPARE(tab()->view()->filterBar()->quiet(), LogModel::Quiet());
        quietAction(u"Hide &repeated heartbeats"_s)->trigger();
        restart();

        QCOMPARE(m_window->tabs()->count(), 2);
        QCOMPARE(tab()->view()->filterBar()->filterMode(), LogModel::FilterMode::Hide);
        QCOMPARE(tab()->view()->filterBar()->quiet(), (LogModel::Quiet{false, true}));
        m_window->tabs()->setCurrentPage(m_window->tabs()->page(0));
        QCOMPARE(tab()->view()->filterBar()->filterMode(), LogModel::FilterMode::Mark);
        QCOMPARE(tab()->view()->filterBar()->quiet(), (LogModel::Quiet{true, false}));
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        QCOMPARE(tab()->view()->model()->filterMode(), LogModel::FilterMode::Mark);
        QCOMPARE(tab()->view()->model()->quiet(), (LogModel::Quiet{true, false}));
    }

    /// Looked at while the program runs, because it may be killed.
    void aChoiceInTheFilterIsKeptSoon()
    {
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/kept"_s);
        QTRY_VERIFY_WITH_TIMEOUT(kept().tabs.size() == 1 && kept().tabs.constFirst() == *tab()->tabState(), Patience);
        quietAction(u"Hide &pings and pongs"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(kept().tabs.constFirst().quiet.control, Patience);
        named<QPushButton>(tab()->view()->filterBar(), u"Mark what matches"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(kept().tabs.constFirst().filterMode, LogModel::FilterMode::Mark, Patience);
    }

    void anOpenedFileComesBackAsAFile()
    {
        tryEcho();
        const QString path = tab()->capturePath();
        m_window->documents().closeCurrent();
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path + u"-wal"_s), Patience);
        m_window->documents().openPath(path);
        restart();
        QCOMPARE(m_window->tabs()->count(), 1);
        auto *file = qobject_cast<FileTab *>(m_window->documents().current());
        QVERIFY(file);
        QTRY_VERIFY_WITH_TIMEOUT(file->view()->model()->rowCount() >= 2, Patience);
    }

    void aPasswordComesBackFromTheProfileOnly()
    {
        Profile profile;
        profile.name = u"Feed"_s;
        profile.endpoint.url = u"ws://me:s3cret@127.0.0.1:9/feed"_s;
        m_window.reset();
        const Result<QString> id = ProfileStore(paths::profiles()).add(profile);
        QVERIFY2(id.ok(), qPrintable(id.message()));
        start();
        Q_EMIT m_window->profilesDock()->profileOpened(id.value(), false);
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://me:s3cret@127.0.0.1:9/typed"_s);
        restart();
        QVERIFY(!readFile(paths::sessionFile()).contains("s3cret"));
        QCOMPARE(m_window->tabs()->count(), 2);
        QCOMPARE(tab()->address()->url(), u"ws://me@127.0.0.1:9/typed"_s);
        m_window->tabs()->setCurrentPage(m_window->tabs()->page(0));
        QCOMPARE(tab()->address()->url(), u"ws://me:s3cret@127.0.0.1:9/feed"_s);
    }

    void tabsThatEndedTheProgramAreOnlyOffered()
    {
        leaveWhileRestoring();
        QCOMPARE(m_window->tabs()->count(), 0);
        Banner *banner = m_window->tabs()->banner();
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->message(),
                 u"Sockeye ended while it was opening these tabs: ws://127.0.0.1:9/kept. Open them again?"_s);
        // Undecided, they are kept, and asked for again.
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/new"_s);
        QTRY_COMPARE_WITH_TIMEOUT(kept().tabs.size(), 2, Patience);
        restart();
        QCOMPARE(m_window->tabs()->count(), 0);
        banner = m_window->tabs()->banner();
        QTest::mouseClick(named<QPushButton>(banner, u"Open again"_s), Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        QCOMPARE(m_window->tabs()->count(), 2);
        // The mark stands until they have done no harm for a while.
        QVERIFY(QFile::exists(restoringMark()));
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(restoringMark()), Patience);
        restart();
        QCOMPARE(m_window->tabs()->count(), 2);
    }

    void offeredTabsAreDismissedForGood()
    {
        leaveWhileRestoring();
        QTest::mouseClick(named<QToolButton>(m_window->tabs()->banner(), u"Dismiss"_s), Qt::LeftButton);
        restart();
        QCOMPARE(m_window->tabs()->count(), 0);
        QVERIFY(!m_window->tabs()->banner()->isVisible());
        QVERIFY(!QFile::exists(restoringMark()));
    }

    void closingSoonAfterTheStartIsNoCrash()
    {
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/kept"_s);
        restart();
        QVERIFY(QFile::exists(restoringMark()));
        restart();
        QCOMPARE(m_window->tabs()->count(), 1);
    }

    void anArgumentOpensInAddition()
    {
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/kept"_s);
        restart();
        m_window->openArgument(u"ws://127.0.0.1:9/more"_s);
        QCOMPARE(m_window->tabs()->count(), 2);
        QCOMPARE(tab()->address()->url(), u"ws://127.0.0.1:9/more"_s);
    }

    void switchedOffNothingComesBack()
    {
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/kept"_s);
        QAction *action = m_window->menuActions()->get(u"restoreSession"_s);
        QVERIFY(action->isChecked());
        action->trigger();
        restart();
        QCOMPARE(m_window->tabs()->count(), 0);
        QVERIFY(!m_window->menuActions()->get(u"restoreSession"_s)->isChecked());
    }

    void aDamagedStateOpensAnEmptyWindow()
    {
        m_window.reset();
        m_sandbox->write(u"config/sockeye/session.json"_s, "{\"sockeye\":\"session\",\"version\":1,\"tabs\":[{");
        start();
        QCOMPARE(m_window->tabs()->count(), 0);
        m_window->documents().openNew();
        restart();
        QCOMPARE(m_window->tabs()->count(), 1);
    }

    void whatACrashLeftIsOfferedAndOpened()
    {
        const QString path = leaveByCrash();
        start();
        Banner *banner = m_window->tabs()->banner();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), Patience);
        QVERIFY2(banner->message().contains(u"ended unexpectedly while recording killed.example"),
                 qPrintable(banner->message()));
        QTest::mouseClick(named<QPushButton>(banner, u"Open"_s), Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        const DocumentTab *opened = m_window->documents().current();
        QCOMPARE(opened->capturePath(), path);
        QTRY_VERIFY_WITH_TIMEOUT(opened->view()->model()->rowCount() > 0, Patience);
        // Its connection says what is known of its end.
        QTRY_VERIFY2_WITH_TIMEOUT(opened->statusLine()->text().contains(u"died"),
                                  qPrintable(opened->statusLine()->text()), Patience);
    }

    void whatACrashLeftIsDismissedForGood()
    {
        const QString path = leaveByCrash();
        start();
        Banner *banner = m_window->tabs()->banner();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), Patience);
        QTest::mouseClick(named<QToolButton>(banner, u"Dismiss"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path + u"-wal"_s), Patience);
        QVERIFY(QFile::exists(path));
        restart();
        const auto isRead = [this] {
            const QList<RecentCapture> &captures = m_window->recentCaptures().captures();
            return captures.size() == 1 && captures.constFirst().summary;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isRead(), Patience);
        QCoreApplication::processEvents();
        QVERIFY(!m_window->tabs()->banner()->isVisible());
    }

    /// Whatever the umask: while it is recorded, and after the window is closed.
    void filesAreTheirOwnersAlone()
    {
#ifndef Q_OS_UNIX
        QSKIP("Modes exist on Unix.");
#endif
        const OpenUmask umask;
        m_window.reset();
        m_sandbox = std::make_unique<Sandbox>();
        // As an earlier version made them.
        m_sandbox->write(u"config/sockeye/sockeye.ini"_s, "[window]\ntheme=dark\n");
        m_sandbox->write(u"config/sockeye/profiles/a.json"_s, "{}");
        m_sandbox->write(u"data/sockeye/captures/b.sockeye"_s, "");
        QVERIFY(openToOthers(m_sandbox->path(u"config"_s)).contains(u"6666 "_s + paths::settingsFile()));
        paths::narrowFolders();
        start();
        Profile profile;
        profile.name = u"Feed"_s;
        QVERIFY(ProfileStore(paths::profiles()).add(profile).ok());
        tryEcho();
        QVERIFY(QFile::exists(tab()->capturePath() + u"-wal"_s));
        const auto openNow = [this] {
            QStringList open = openToOthers(m_sandbox->path({}));
            // What others made, and what stands in a folder that is closed to others.
            open.removeIf([](const QString &line) {
                return line.endsWith(u"/cache") || line.endsWith(u"/config") || line.endsWith(u"/data") ||
                       line.contains(u"/cache/fontconfig") || line.contains(u"/cache/qt") ||
                       line.endsWith(u"/a.json") || line.endsWith(u"/b.sockeye") || line.endsWith(u".lock");
            });
            return open;
        };
        // What is being replaced in the background is open to others while it is empty.
        QTRY_COMPARE_WITH_TIMEOUT(openNow(), QStringList(), Patience);
        QVERIFY(QFile::exists(tab()->capturePath() + u"-shm"_s));
        m_window->close();
        m_window.reset();
        QVERIFY(QFile::exists(paths::sessionFile()));
        QVERIFY(QFile::exists(paths::settingsFile()));
        QVERIFY(QFile::exists(QFileInfo(paths::settingsFile()).path() + u"/state.ini"_s));
        QCOMPARE(openNow(), QStringList());
        start();
    }

private:
    void start()
    {
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        m_window->start();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void restart()
    {
        m_window->close();
        m_window.reset();
        start();
    }

    void tryEcho()
    {
        QTest::mouseClick(named<QPushButton>(m_window.get(), u"Try the built-in echo server"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
    }

    /// As a program does that is killed while it records.
    QString leaveByCrash()
    {
        m_window.reset();
        QDir().mkpath(paths::captures());
        const QString path =
            CaptureLibrary(paths::captures()).newPath(u"ws://killed.example/"_s, QDateTime::currentDateTime()).value();
        QProcess program;
        program.start(QStringLiteral(CAPTURE_KILLER), {path, u"90"_s});
        // What is not committed yet is nothing that a crash leaves.
        const auto isWritten = [&path] { return CaptureSummary::read(path).entries > 1000; };
        if (!QTest::qWaitFor(isWritten, Patience))
            qFatal("Nothing was recorded");
        program.kill();
        program.waitForFinished();
        return path;
    }

    [[nodiscard]] QAction *quietAction(const QString &text) const
    {
        const QList<QAction *> all = tab()->view()->filterBar()->findChildren<QAction *>();
        const auto found =
            std::find_if(all.begin(), all.end(), [&text](const QAction *it) { return it->text() == text; });
        return found == all.end() ? nullptr : *found;
    }

    [[nodiscard]] static QString restoringMark()
    {
        return paths::sessionFile() + u".restoring"_s;
    }

    /// As a program does that is killed while it shows a tab again; and the next start.
    void leaveWhileRestoring()
    {
        m_window->documents().openNew();
        QTest::keyClicks(QApplication::focusWidget(), u"ws://127.0.0.1:9/kept"_s);
        m_window->close();
        m_window.reset();
        m_sandbox->write(u"config/sockeye/session.json.restoring"_s, {});
        start();
    }

    /// What the file says now.
    [[nodiscard]] SessionState kept() const
    {
        const auto read = SessionState::fromJson(readFile(paths::sessionFile()));
        return read ? read.value() : SessionState();
    }

    [[nodiscard]] ConnectionTab *tab() const
    {
        return qobject_cast<ConnectionTab *>(m_window->documents().current());
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(WindowSessionTest, QApplication)
#include "tst_windowsession.moc"
