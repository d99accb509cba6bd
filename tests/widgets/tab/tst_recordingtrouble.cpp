#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "reading/CaptureReader.h"
#include "tests/capture/SmallDisk.h"
#include "reading/Annotations.h"
#include "server/EchoServer.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "library/Settings.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = ConnectionTab::State;

namespace {
constexpr int Patience = 20'000;
}

/// What cannot be recorded is told, and the connection goes on; making the file holds nobody up.
class RecordingTroubleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        QVERIFY(QDir().mkpath(paths::captures()));
        m_settings = std::make_unique<Settings>();
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_closer = std::make_unique<RecordingCloser>();
        m_echo = std::make_unique<EchoServer>();
        const auto started = m_echo->start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        makeTab();
    }

    void cleanup()
    {
        m_tab.reset();
        m_closer.reset();
        m_echo.reset();
        m_disk.reset();
        m_sandbox.reset();
    }

    void aFullDiskIsToldAndTheConnectionGoesOn()
    {
        if (!mount(u"size=1m"_s))
            QSKIP("No small disk can be mounted here");
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        m_tab->composer()->editor()->setPlainText((QString(99, u'x') + u'\n').repeated(7000));
        m_tab->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"no room left"), Patience);
        QVERIFY(m_tab->banner()->isVisible());
        goesOnAndCounts();
        const auto reader = CaptureReader::open(m_tab->capturePath());
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        QVERIFY(reader.value()->lastEntry().value() >= EntryId(1));
    }

    void aFileRemovedUnderneathIsTold()
    {
        connectAndOpen();
        QVERIFY(QFile::remove(m_tab->capturePath()));
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"was moved or deleted"), Patience);
        goesOnAndCounts();
    }

    void aBookmarkThatCannotBeKeptIsToldAndTakenBack()
    {
        connectAndOpen();
        m_tab->logView()->setCurrentEntry(EntryId(1));
        m_tab->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(isInFile(EntryId(1)), Patience);
        QVERIFY(QFile::remove(m_tab->capturePath()));
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"was moved or deleted"), Patience);
        click(u"Dismiss"_s);

        m_tab->logView()->setCurrentEntry(EntryId(2));
        m_tab->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QVERIFY2(said(u"was moved or deleted") && said(u"Bookmarks, colours and notes cannot be kept"),
                 qPrintable(m_tab->banner()->message()));
        // What does not stand in the file is not shown either.
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->annotations()->all().keys(), QList{EntryId(1)}, Patience);
        QCOMPARE(m_tab->state(), State::Open);
    }

    void aBookmarkIsKeptWhereThereIsStillRoomForIt()
    {
        if (!mount(u"size=1m"_s))
            QSKIP("No small disk can be mounted here");
        connectAndOpen();
        m_disk->fill();
        QTRY_VERIFY_WITH_TIMEOUT((send(QString(40'000, u'x')), said(u"no room left")), Patience);
        QVERIFY(QFile::remove(m_disk->filePath(u"filling"_s)));
        m_tab->logView()->setCurrentEntry(EntryId(1));
        m_tab->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(isInFile(EntryId(1)), Patience);
        QVERIFY(m_tab->annotations()->find(EntryId(1)));
        QVERIFY2(!said(u"Bookmarks"), qPrintable(m_tab->banner()->message()));
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        if (!mount(u"size=1m,ro"_s))
            QSKIP("No read-only disk can be mounted here");
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QVERIFY2(said(u"cannot be written"), qPrintable(m_tab->banner()->message()));
        QVERIFY2(said(u"is recorded into"), qPrintable(m_tab->banner()->message()));
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->model() && m_tab->model()->rowCount() >= 2, Patience);
        QVERIFY(QDir(QFileInfo(m_tab->capturePath()).path()).removeRecursively());
    }

    void aDismissedBannerDoesNotComeBackByItself()
    {
        connectAndOpen();
        QVERIFY(QFile::remove(m_tab->capturePath()));
        QSignalSpy lost(m_tab->recording(), &Recording::lost);
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        click(u"Dismiss"_s);
        lost.clear();
        send(u"two"_s);
        QVERIFY(lost.wait(Patience));
        QVERIFY(!m_tab->banner()->isVisible());
    }

    void connectingDoesNotWaitForTheFile()
    {
        QElapsedTimer timer;
        timer.start();
        m_tab->connectToPeer();
        const qint64 held = timer.nsecsElapsed();
        QCOMPARE(m_tab->state(), State::Connecting);
        QVERIFY(!m_tab->model());
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->model() && m_tab->model()->rowCount() >= 2, Patience);
        timer.start();
        const auto other = CaptureWriter::create(m_sandbox->path(u"other.sockeye"_s));
        QVERIFY2(other.ok(), qPrintable(other.message()));
        qInfo("Connect held its thread for %.1f ms; making a file takes %.1f ms", double(held) / 1e6,
              double(timer.nsecsElapsed()) / 1e6);
    }

    void disconnectingAtOnceIsAllRight()
    {
        m_tab->connectToPeer();
        m_tab->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isActive(), Patience);
        // What happened is in the log all the same.
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->model() && m_tab->model()->rowCount() >= 2, Patience);
        QVERIFY(!m_tab->banner()->isVisible());
    }

    void closingTheTabAtOnceIsAllRight()
    {
        m_tab->connectToPeer();
        const QString path = m_tab->capturePath();
        m_tab.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_closer->isIdle(), Patience);
        QVERIFY(!QFile::exists(path + u"-wal"_s));
        if (QFile::exists(path)) {
            const auto reader = CaptureReader::open(path);
            QVERIFY2(reader.ok(), qPrintable(reader.message()));
        }
    }

    void connectionsAtTheSameMomentDoNotShareAFile()
    {
        m_tab->connectToPeer();
        const std::unique_ptr<ConnectionTab> first = std::move(m_tab);
        makeTab();
        m_tab->connectToPeer();
        QVERIFY(first->capturePath() != m_tab->capturePath());
        QTRY_VERIFY_WITH_TIMEOUT(first->model() && m_tab->model(), Patience);
        QVERIFY(!m_tab->banner()->isVisible());
    }

private:
    void makeTab()
    {
        m_tab = std::make_unique<ConnectionTab>(TabServices{*m_library, m_clock, *m_closer, *m_settings, m_prompts});
        m_tab->resize(1200, 800);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
        m_tab->address()->setUrl(m_echo->url().toString());
    }

    /// A disk of its own where captures go, if the system lets us.
    [[nodiscard]] bool mount(const QString &options)
    {
        m_disk = std::make_unique<samples::SmallDisk>(options, paths::captures());
        return m_disk->isMounted();
    }

    void connectAndOpen()
    {
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->model() && m_tab->model()->rowCount() >= 2, Patience);
    }

    void goesOnAndCounts()
    {
        QVERIFY2(said(u"The connection goes on"), qPrintable(m_tab->banner()->message()));
        send(u"more"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"Entries lost so far: "), Patience);
        const QString before = m_tab->banner()->message();
        send(u"still more"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->message() != before && said(u"Entries lost so far: "), Patience);
        QCOMPARE(m_tab->state(), State::Open);
    }

    [[nodiscard]] bool isInFile(EntryId id) const
    {
        const auto reader = CaptureReader::open(m_tab->capturePath());
        const auto all = reader ? reader.value()->annotations() : Result<AnnotationMap>(reader.error());
        return all && all->contains(id);
    }

    void send(const QString &text)
    {
        m_tab->composer()->editor()->setPlainText(text);
        click(u"Send"_s);
    }

    void click(const QString &name) { QTest::mouseClick(named(m_tab.get(), name), Qt::LeftButton); }
    [[nodiscard]] bool said(QStringView words) const { return m_tab->banner()->message().contains(words); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<samples::SmallDisk> m_disk;
    ScriptedPrompts m_prompts;
    SystemClock m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecordingCloser> m_closer;
    std::unique_ptr<EchoServer> m_echo;
    std::unique_ptr<ConnectionTab> m_tab;
};

QTEST_MAIN(RecordingTroubleTest)
#include "tst_recordingtrouble.moc"
