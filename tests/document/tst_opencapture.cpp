#include "document/OpenCapture.h"

#include "document/FileSource.h"
#include "log/LogModel.h"
#include "log/TimelineModel.h"
#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// A capture that somebody else writes and this tells of, or declines to annotate.
class ToldSource final : public CaptureSource
{
public:
    explicit ToldSource(SampleLog &log)
        : m_log(log)
    {
    }

    [[nodiscard]] QString path() const override { return m_log.path(); }
    [[nodiscard]] bool isCreated() const override { return true; }
    [[nodiscard]] bool isLive() const override { return true; }
    bool annotate(const AnnotationMap &annotations) override
    {
        return isWriting && m_log.writer().annotate(annotations);
    }

    bool isWriting = true;

private:
    SampleLog &m_log;
};

AnnotationMap inFile(const QString &path)
{
    const auto reader = CaptureReader::open(path);
    const auto read = reader ? reader.value()->annotations() : Result<AnnotationMap>(reader.error());
    return read ? read.value() : AnnotationMap();
}

} // namespace

class OpenCaptureTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_log = std::make_unique<SampleLog>();
        m_log->addMany(20);
    }
    void cleanup() { m_log.reset(); }

    void aFileIsThereAndNotLive()
    {
        FileSource source(m_log->path());
        QCOMPARE(source.path(), m_log->path());
        QVERIFY(source.isCreated());
        QVERIFY(!source.isLive());
        QVERIFY(!source.annotate({{EntryId(1), {true, 0, {}}}}));
    }

    void openingShowsAllThatIsThere()
    {
        FileSource source(m_log->path());
        OpenCapture capture(source);
        QSignalSpy opened(&capture, &OpenCapture::opened);
        QSignalSpy failed(&capture, &OpenCapture::failed);
        QVERIFY(opened.wait(test::Patience));
        QCOMPARE(opened.first().first().value<EntryId>(), EntryId(20));
        // The model knew before the signal was told.
        QCOMPARE(capture.model().lastEntry(), EntryId(20));
        QTRY_VERIFY_WITH_TIMEOUT(capture.timeline().session(), test::Patience);
        QCOMPARE(failed.size(), 0);
    }

    void whatCannotBeOpenedIsTold()
    {
        FileSource source(m_log->path() + u".missing"_s);
        OpenCapture capture(source);
        QSignalSpy failed(&capture, &OpenCapture::failed);
        QVERIFY(failed.wait(test::Patience));
        QVERIFY(failed.first().first().toString().contains(u".missing"));
    }

    void itGrowsAsItsSourceTells()
    {
        ToldSource source(*m_log);
        OpenCapture capture(source);
        QSignalSpy opened(&capture, &OpenCapture::opened);
        QVERIFY(opened.wait(test::Patience));
        const EntryId last = m_log->addMany(5);
        Q_EMIT source.advanced(last);
        QCOMPARE(capture.model().lastEntry(), last);
    }

    void aQuietFeedGrowsAtACalmPace()
    {
        ToldSource source(*m_log);
        OpenCapture capture(source);
        QSignalSpy opened(&capture, &OpenCapture::opened);
        QVERIFY(opened.wait(test::Patience));
        const QSignalSpy inserted(&capture.model(), &LogModel::rowsInserted);
        const EntryId before = capture.model().lastEntry();
        for (int i = 1; i <= 50; ++i)
            Q_EMIT source.advanced(before + i);
        // The first at once, the others together.
        QCOMPARE(capture.model().lastEntry(), before + 1);
        QTRY_COMPARE_WITH_TIMEOUT(capture.model().lastEntry(), before + 50, test::Patience);
        QCOMPARE(inserted.size(), 2);
    }

    void whatNobodyWatchesDoesNotGrow()
    {
        ToldSource source(*m_log);
        OpenCapture capture(source);
        QSignalSpy opened(&capture, &OpenCapture::opened);
        QVERIFY(opened.wait(test::Patience));
        const QSignalSpy inserted(&capture.model(), &LogModel::rowsInserted);
        const EntryId before = capture.model().lastEntry();
        capture.setWatched(false);
        for (int i = 1; i <= 50; ++i)
            Q_EMIT source.advanced(before + i);
        QCOMPARE(inserted.size(), 0);
        capture.setWatched(true);
        QCOMPARE(capture.model().lastEntry(), before + 50);
        QCOMPARE(inserted.size(), 1);
    }

    void connectionsAreNamedByUrlAndLane()
    {
        ToldSource source(*m_log);
        OpenCapture capture(source);
        const QString url = u"ws://127.0.0.1:9001/"_s;
        QTRY_COMPARE_WITH_TIMEOUT(capture.connectionNames(), QStringList{url}, test::Patience);

        ConnectionRecord record;
        record.id = m_log->writer().newConnectionId();
        record.url = u"ws://other/"_s;
        m_log->writer().put(record);
        m_log->writer().flush();
        Q_EMIT source.connectionsChanged();
        QTRY_COMPARE_WITH_TIMEOUT(capture.connectionNames(), QStringList({url, record.url}), test::Patience);

        capture.setLaneNames({{record.id, u"right"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(capture.connectionNames(), QStringList({url, u"right · ws://other/"_s}),
                                  test::Patience);
    }

    void annotationsGoThroughTheSourceAsLongAsItWrites()
    {
        ToldSource source(*m_log);
        OpenCapture capture(source);
        QTRY_VERIFY_WITH_TIMEOUT(capture.annotations().isLoaded(), test::Patience);
        QSignalSpy written(&capture.annotations(), &Annotations::written);
        capture.annotations().toggleBookmarks({EntryId(1)});
        m_log->writer().flush();
        QCOMPARE(inFile(m_log->path()).keys(), QList{EntryId(1)});
        QCOMPARE(written.size(), 0);
        Q_EMIT source.annotated();
        QCOMPARE(written.size(), 1);
    }

    void annotationsGoIntoTheFileOtherwise()
    {
        const QString path = closedFile();
        FileSource source(path);
        OpenCapture capture(source);
        QSignalSpy written(&capture.annotations(), &Annotations::written);
        capture.annotations().toggleBookmarks({EntryId(2)});
        QVERIFY(written.wait(test::Patience));
        QCOMPARE(inFile(path).keys(), QList{EntryId(2)});
    }

    void annotationsThatCannotBeKeptAreTakenBackAndTold()
    {
        const QString path = closedFile();
        FileSource source(path);
        OpenCapture capture(source);
        QTRY_VERIFY_WITH_TIMEOUT(capture.annotations().isLoaded(), test::Patience);
        QVERIFY(QFile::remove(path));
        QSignalSpy lost(&capture, &OpenCapture::annotationsLost);
        capture.annotations().toggleBookmarks({EntryId(2)});
        QVERIFY(lost.wait(test::Patience));
        QVERIFY(!lost.first().first().toString().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(capture.annotations().all().isEmpty(), test::Patience);
    }

    void closingIsToldWhileAllIsThere()
    {
        FileSource source(m_log->path());
        auto capture = std::make_unique<OpenCapture>(source);
        int rows = -1;
        QSignalSpy opened(capture.get(), &OpenCapture::opened);
        QVERIFY(opened.wait(test::Patience));
        connect(capture.get(), &OpenCapture::aboutToClose, this,
                [&rows, it = capture.get()] { rows = it->model().rowCount(); });
        capture.reset();
        QCOMPARE(rows, 20);
    }

private:
    /// The log's file as it is once nobody records into it.
    [[nodiscard]] QString closedFile() const
    {
        static_cast<void>(m_log->writer().finish().ok());
        return m_log->path();
    }

    std::unique_ptr<SampleLog> m_log;
};

SOCKEYE_TEST(OpenCaptureTest, QCoreApplication)
#include "tst_opencapture.moc"
