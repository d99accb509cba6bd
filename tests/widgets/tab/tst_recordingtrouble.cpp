#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/capture/SmallDisk.h"
#include "tests/support/TabBench.h"
#include "widgets/controls/Banner.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = ConnectionTab::State;

/// What cannot be recorded is told, and the connection goes on; making the file holds nobody up.
class RecordingTroubleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<TabBench>();
        QVERIFY(QDir().mkpath(paths::captures()));
        const auto started = m_bench->echo.start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        showUrl();
    }

    void cleanup()
    {
        QVERIFY(m_bench->closeTab());
        m_disk.reset();
        m_bench.reset();
    }

    void aFullDiskIsToldAndTheConnectionGoesOn()
    {
        if (!mount(u"size=1m"_s))
            QSKIP("No small disk can be mounted here");
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        tab()->composer()->editor()->setPlainText((QString(99, u'x') + u'\n').repeated(7000));
        tab()->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"no room left"), Patience);
        QVERIFY(tab()->banner()->isVisible());
        goesOnAndCounts();
        const auto reader = CaptureReader::open(tab()->capturePath());
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        QVERIFY(reader.value()->lastEntry().value() >= EntryId(1));
    }

    void atTheReserveRecordingStopsAndGoesOnWhenAsked()
    {
        if (!mount(u"size=16m"_s))
            QSKIP("No small disk can be mounted here");
        m_bench->settings.setValue(Settings::Key::DiskReserveMegabytes, 14);
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        tab()->composer()->editor()->setPlainText((QString(99, u'x') + u'\n').repeated(20'000));
        tab()->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"and Sockeye leaves 14.0 MB"), Patience);
        goesOnAndCounts();
        const qint64 before = lastEntry();

        m_bench->settings.setValue(Settings::Key::DiskReserveMegabytes, 1);
        click(u"Go on recording"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->banner()->isVisible(), Patience);
        send(u"recorded again"_s);
        // The event that counts what is missing, the message and its echo.
        QTRY_VERIFY_WITH_TIMEOUT(lastEntry() >= before + 3, Patience);
        const auto reader = CaptureReader::open(tab()->capturePath());
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        const auto gap = reader.value()->payload(EntryId(before + 1));
        QVERIFY2(gap.ok(), qPrintable(gap.message()));
        QVERIFY2(gap->startsWith("Recording goes on. ") && gap->contains("missing"), gap->constData());
        QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), int(lastEntry()), Patience);
    }

    void aCaptureStopsAtItsSize()
    {
        m_bench->settings.setValue(Settings::Key::CaptureMaxMegabytes, 1);
        connectAndOpen();
        tab()->composer()->editor()->setPlainText((QString(99, u'x') + u'\n').repeated(20'000));
        tab()->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"limit of 1.0 MB"), Patience);
        const qint64 before = lastEntry();
        click(u"Go on recording"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->banner()->isVisible(), Patience);
        send(u"recorded again"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lastEntry() >= before + 3, Patience);
        QVERIFY(!tab()->banner()->isVisible());
    }

    void aFileRemovedUnderneathIsTold()
    {
        connectAndOpen();
        QVERIFY(QFile::remove(tab()->capturePath()));
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"was moved or deleted"), Patience);
        goesOnAndCounts();
    }

    void aBookmarkThatCannotBeKeptIsToldAndTakenBack()
    {
        connectAndOpen();
        tab()->view()->logView()->setCurrentEntry(EntryId(1));
        tab()->view()->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(isInFile(EntryId(1)), Patience);
        QVERIFY(QFile::remove(tab()->capturePath()));
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"was moved or deleted"), Patience);
        click(u"Dismiss"_s);

        tab()->view()->logView()->setCurrentEntry(EntryId(2));
        tab()->view()->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(said(u"was moved or deleted") && said(u"Bookmarks, colours and notes cannot be kept"),
                 qPrintable(tab()->banner()->message()));
        // What does not stand in the file is not shown either.
        QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->annotations()->all().keys(), QList{EntryId(1)}, Patience);
        QCOMPARE(tab()->state(), State::Open);
    }

    void aBookmarkIsKeptWhereThereIsStillRoomForIt()
    {
        if (!mount(u"size=1m"_s))
            QSKIP("No small disk can be mounted here");
        connectAndOpen();
        m_disk->fill();
        QTRY_VERIFY_WITH_TIMEOUT((send(QString(40'000, u'x')), said(u"no room left")), Patience);
        QVERIFY(QFile::remove(m_disk->filePath(u"filling"_s)));
        tab()->view()->logView()->setCurrentEntry(EntryId(1));
        tab()->view()->logCommands()->toggleBookmark();
        QTRY_VERIFY_WITH_TIMEOUT(isInFile(EntryId(1)), Patience);
        QVERIFY(tab()->view()->annotations()->find(EntryId(1)));
        QVERIFY2(!said(u"Bookmarks"), qPrintable(tab()->banner()->message()));
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        if (!mount(u"size=1m,ro"_s))
            QSKIP("No read-only disk can be mounted here");
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QVERIFY2(said(u"cannot be written"), qPrintable(tab()->banner()->message()));
        QVERIFY2(said(u"is recorded into"), qPrintable(tab()->banner()->message()));
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        QVERIFY(QDir(QFileInfo(tab()->capturePath()).path()).removeRecursively());
    }

    void aDismissedBannerDoesNotComeBackByItself()
    {
        connectAndOpen();
        QVERIFY(QFile::remove(tab()->capturePath()));
        QSignalSpy lost(tab()->recording(), &Recording::lost);
        send(u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        click(u"Dismiss"_s);
        lost.clear();
        send(u"two"_s);
        QVERIFY(lost.wait(Patience));
        QVERIFY(!tab()->banner()->isVisible());
    }

    void connectingDoesNotWaitForTheFile()
    {
        QElapsedTimer timer;
        timer.start();
        tab()->connectToPeer();
        const qint64 held = timer.nsecsElapsed();
        QCOMPARE(tab()->state(), State::Connecting);
        QVERIFY(!tab()->view()->model());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        timer.start();
        const auto other = CaptureWriter::create(m_bench->sandbox.path(u"other.sockeye"_s));
        QVERIFY2(other.ok(), qPrintable(other.message()));
        qInfo("Connect held its thread for %.1f ms; making a file takes %.1f ms", double(held) / 1e6,
              double(timer.nsecsElapsed()) / 1e6);
    }

    void disconnectingAtOnceIsAllRight()
    {
        tab()->connectToPeer();
        tab()->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        // What happened is in the log all the same.
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        QVERIFY(!tab()->banner()->isVisible());
    }

    void closingTheTabAtOnceIsAllRight()
    {
        tab()->connectToPeer();
        const QString path = tab()->capturePath();
        QVERIFY(m_bench->closeTab());
        QVERIFY(!QFile::exists(path + u"-wal"_s));
        if (QFile::exists(path)) {
            const auto reader = CaptureReader::open(path);
            QVERIFY2(reader.ok(), qPrintable(reader.message()));
        }
    }

    void connectionsAtTheSameMomentDoNotShareAFile()
    {
        tab()->connectToPeer();
        const std::unique_ptr<ConnectionTab> first = std::move(m_bench->tab);
        m_bench->makeTab();
        showUrl();
        tab()->connectToPeer();
        QVERIFY(first->capturePath() != tab()->capturePath());
        QTRY_VERIFY_WITH_TIMEOUT(first->view()->model() && tab()->view()->model(), Patience);
        QVERIFY(!tab()->banner()->isVisible());
    }

private:
    void showUrl()
    {
        QVERIFY(QTest::qWaitForWindowActive(tab()));
        tab()->address()->setUrl(m_bench->echo.url().toString());
    }

    /// A disk of its own where captures go, if the system lets us.
    [[nodiscard]] bool mount(const QString &options)
    {
        // Else recording stops before the disk is full.
        m_bench->settings.setValue(Settings::Key::DiskReserveMegabytes, 0);
        m_disk = std::make_unique<samples::SmallDisk>(options, paths::captures());
        return m_disk->isMounted();
    }

    void connectAndOpen()
    {
        click(u"Connect"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
    }

    void goesOnAndCounts()
    {
        QVERIFY2(said(u"The connection goes on"), qPrintable(tab()->banner()->message()));
        send(u"more"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"Entries lost so far: "), Patience);
        const QString before = tab()->banner()->message();
        send(u"still more"_s);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->message() != before && said(u"Entries lost so far: "), Patience);
        QCOMPARE(tab()->state(), State::Open);
    }

    [[nodiscard]] bool isInFile(EntryId id) const
    {
        const auto reader = CaptureReader::open(tab()->capturePath());
        const auto all = reader ? reader.value()->annotations() : Result<AnnotationMap>(reader.error());
        return all && all->contains(id);
    }

    [[nodiscard]] qint64 lastEntry() const
    {
        const auto reader = CaptureReader::open(tab()->capturePath());
        const auto last = reader ? reader.value()->lastEntry() : Result<EntryId>(reader.error());
        return last ? last->value() : 0;
    }

    void send(const QString &text)
    {
        tab()->composer()->editor()->setPlainText(text);
        click(u"Send"_s);
    }

    void click(const QString &name) { QTest::mouseClick(named(tab(), name), Qt::LeftButton); }
    [[nodiscard]] bool said(QStringView words) const { return tab()->banner()->message().contains(words); }

    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }

    std::unique_ptr<TabBench> m_bench;
    std::unique_ptr<samples::SmallDisk> m_disk;
};

SOCKEYE_TEST(RecordingTroubleTest, QApplication)
#include "tst_recordingtrouble.moc"
