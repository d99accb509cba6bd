#include "capture/CaptureWriter.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/controls/Banner.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/tab/StatusLine.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Need = DocumentTab::Need;

/// A tab that shows a capture from a file.
class FileTabTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<TabBench>(); }
    void cleanup() { m_bench.reset(); }

    void aCaptureOpensReadOnly()
    {
        const QString path = record();
        m_bench->openFile(path);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->address()->url(), m_url, Patience);
        QVERIFY(tab()->view()->model()->rowCount() >= 2);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->statusLine()->text().startsWith(u"Recorded"), Patience);
        QVERIFY(!named<QPushButton>(tab(), u"Send"_s)->isEnabled());
        QCOMPARE(tab()->state(), DocumentTab::State::File);
        QCOMPARE(tab()->title(), QFileInfo(path).fileName());
        QCOMPARE(tab()->description(), path);
        // From its beginning, and nothing of it is new.
        QVERIFY(!tab()->view()->logView()->isFollowing());
        QCOMPARE(tab()->view()->logView()->newBelow(), 0);
    }

    void connectingAsksForAnotherTab()
    {
        m_bench->openFile(record());
        QTRY_COMPARE_WITH_TIMEOUT(tab()->address()->url(), m_url, Patience);
        QSignalSpy elsewhere(tab(), &FileTab::connectElsewhere);
        QTest::mouseClick(named<QPushButton>(tab(), u"Connect"_s), Qt::LeftButton);
        QCOMPARE(elsewhere.size(), 1);
        QCOMPARE(elsewhere.first().first().value<Endpoint>().url, m_url);
        QCOMPARE(tab()->state(), DocumentTab::State::File);
    }

    void aPartOfACaptureIsTold()
    {
        const QTemporaryDir folder;
        const QString whole = folder.filePath(u"whole.sockeye"_s);
        const QString part = folder.filePath(u"part.sockeye"_s);
        auto writer = CaptureWriter::create(whole);
        QVERIFY2(writer.ok(), qPrintable(writer.message()));
        writer.value()->append(NewEntry::fromEvent(ConnectionId(1), SystemClock().now(), EventKind::Notice, u"a"_s));
        QTRY_COMPARE(writer.value()->committed(), EntryId(1));
        QVERIFY(QFile::copy(whole, part));
        m_bench->openFile(part);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(tab()->banner()->message().contains(u"part.sockeye-wal"), qPrintable(tab()->banner()->message()));
    }

    void aFileThatIsNoCaptureIsTold_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("this is not a capture, but long enough to be looked at by SQLite......");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only SQLite's magic") << QByteArray("SQLite format 3\0", 16);
    }

    void aFileThatIsNoCaptureIsTold()
    {
        QFETCH(QByteArray, content);
        const QString path = m_bench->sandbox.write(u"odd.sockeye"_s, content);
        m_bench->openFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(tab()->banner()->message().contains(u"odd.sockeye"), qPrintable(tab()->banner()->message()));
        QCOMPARE(readFile(path), content);
    }

    void whatItCanIsWhatAFileAllows()
    {
        m_bench->openFile(record());
        for (const Need need : {Need::Tab, Need::Url, Need::Capture, Need::Idle})
            QVERIFY(tab()->can(need));
        for (const Need need : {Need::Live, Need::LiveIdle, Need::Active, Need::Open, Need::Profile})
            QVERIFY(!tab()->can(need));
        QVERIFY(!tab()->source()->isLive());
    }

    void itsStateComesBack()
    {
        const QString path = record();
        m_bench->openFile(path);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->address()->url(), m_url, Patience);
        QSignalSpy changed(tab(), &DocumentTab::tabStateChanged);
        tab()->view()->filterBar()->setText(u"dir:in"_s);
        tab()->composer()->editor()->setPlainText(u"not sent"_s);
        QVERIFY(changed.size() >= 2);
        const std::optional<TabState> kept = tab()->tabState();
        QVERIFY(kept && kept->isFile);
        QCOMPARE(kept->capture, path);

        m_bench->openFile(path);
        tab()->restore(*kept);
        QCOMPARE(tab()->address()->url(), m_url);
        QCOMPARE(tab()->composer()->editor()->toPlainText(), u"not sent"_s);
        QCOMPARE(tab()->view()->filterBar()->text(), u"dir:in"_s);
        QVERIFY(*tab()->tabState() == *kept);
    }

private:
    /// Records a session with the echo server; returns its file.
    [[nodiscard]] QString record()
    {
        if (!m_bench->connectToEcho() || !m_bench->say(u"hello"_s))
            return {};
        m_url = m_bench->tab->address()->url();
        const QString path = m_bench->tab->capturePath();
        return m_bench->closeTab() ? path : QString();
    }

    [[nodiscard]] FileTab *tab() const { return m_bench->file.get(); }

    std::unique_ptr<TabBench> m_bench;
    QString m_url;
};

SOCKEYE_TEST(FileTabTest, QApplication)
#include "tst_filetab.moc"
