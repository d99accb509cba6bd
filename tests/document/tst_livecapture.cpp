#include "document/LiveCapture.h"

#include "document/Recording.h"
#include "document/RecordingCloser.h"
#include "library/CaptureLibrary.h"
#include "reading/CaptureReader.h"
#include "server/EchoServer.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"

#include <QSignalSpy>
#include <QTest>

#include <vector>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = SessionStatus::State;

/// Connecting and recording without a widget.
class LiveCaptureTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_closer = std::make_unique<RecordingCloser>();
        m_echo = std::make_unique<EchoServer>();
        const auto started = m_echo->start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        m_live = std::make_unique<LiveCapture>(*m_library, m_clock, *m_closer);
    }

    void cleanup()
    {
        m_live.reset();
        m_closer.reset();
        m_echo.reset();
        m_library.reset();
        m_sandbox.reset();
    }

    void withoutAConnectionNothingHappens()
    {
        QCOMPARE(m_live->status().state, State::Idle);
        QVERIFY(!m_live->recording());
        QVERIFY(!m_live->send({}).ok());
        m_live->close();
        m_live->abort();
        m_live->retryNow();
        QVERIFY(!m_live->isActive() && !m_live->isWaiting());
    }

    void aUrlThatMakesNoSenseLeavesNoFile()
    {
        QSignalSpy begun(m_live.get(), &LiveCapture::begun);
        QVERIFY(!connectTo(u"ftp://example.com/"_s).ok());
        QCOMPARE(begun.size(), 0);
        QCOMPARE(m_library->items().size(), 0);
    }

    void anEndpointThatIsRefusedLeavesNoFile()
    {
        QSignalSpy begun(m_live.get(), &LiveCapture::begun);
        Endpoint endpoint;
        endpoint.url = m_echo->url().toString();
        endpoint.proxy = u"ftp://127.0.0.1:1"_s;
        QVERIFY(!m_live->connectTo(endpoint, {}).ok());
        endpoint = {};
        endpoint.url = m_echo->url().toString();
        endpoint.tls.caFile = m_sandbox->path(u"none.pem"_s);
        QVERIFY(!m_live->connectTo(endpoint, {}).ok());
        QCOMPARE(begun.size(), 0);
        QCOMPARE(m_library->items().size(), 0);
    }

    void theSecondConnectionGoesIntoTheSameCapture()
    {
        QSignalSpy begun(m_live.get(), &LiveCapture::begun);
        for (int n = 0; n < 2; ++n) {
            QVERIFY(connectTo(m_echo->url().toString()).ok());
            QTRY_COMPARE_WITH_TIMEOUT(m_live->status().state, State::Open, Patience);
            m_live->close();
            QTRY_VERIFY_WITH_TIMEOUT(!m_live->isActive(), Patience);
        }
        QCOMPARE(begun.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_live->recording()->isCreated(), Patience);
        const QString path = m_live->recording()->path();
        m_live.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_closer->isIdle(), Patience);
        const auto reader = CaptureReader::open(path);
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        QCOMPARE(reader.value()->connections()->size(), 2);
    }

    /// What was to follow the connection that closes stays when what is asked for instead cannot be.
    void theNextConnectionSurvivesOneThatCannotBegin()
    {
        if (!openfiles::left())
            QSKIP("There is no limit to open files here");
        QVERIFY(connectTo(m_echo->url().toString()).ok());
        QTRY_COMPARE_WITH_TIMEOUT(m_live->status().state, State::Open, Patience);
        const QString next = m_echo->url().toString() + u"/next"_s;
        QVERIFY(connectTo(next).ok());
        {
            std::vector<OpenFilesShare> shares;
            for (auto share = OpenFilesShare::take(Recording::Files); share;
                 share = OpenFilesShare::take(Recording::Files))
                shares.push_back(std::move(share).value());
            QVERIFY(!connectTo(m_echo->url().toString() + u"/instead"_s, LiveCapture::Into::NewCapture).ok());
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_live->url(), next, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_live->status().state, State::Open, Patience);
    }

    void whereNothingCanBeRecordedItIsRecordedElsewhere()
    {
        m_sandbox->write(u"data/sockeye/captures"_s, "in the way");
        QSignalSpy elsewhere(m_live.get(), &LiveCapture::recordedElsewhere);
        QVERIFY(connectTo(m_echo->url().toString()).ok());
        QCOMPARE(elsewhere.size(), 1);
        const QString folder = QFileInfo(m_live->recording()->path()).path();
        QVERIFY(elsewhere.first().first().toString().contains(QDir::toNativeSeparators(folder)));
        m_live.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_closer->isIdle(), Patience);
        QVERIFY(QDir(folder).removeRecursively());
    }

    void aCommandsRecordingHasItsFileAtOnceAndIsFinished()
    {
        const QString path = m_sandbox->path(u"command.sockeye"_s);
        const auto recording = Recording::create(path, m_clock, {});
        QVERIFY2(recording.ok(), qPrintable(recording.message()));
        QVERIFY(recording.value()->isCreated());
        QSignalSpy closed(&recording.value()->session(), &Session::closed);
        Endpoint endpoint;
        endpoint.url = m_echo->url().toString();
        QVERIFY(recording.value()->session().open(endpoint).ok());
        QTRY_COMPARE_WITH_TIMEOUT(recording.value()->session().status().state, State::Open, Patience);
        recording.value()->session().close();
        QVERIFY(closed.wait(Patience));
        recording.value()->flush();
        QVERIFY(recording.value()->committed() > EntryId(1));
        QVERIFY(recording.value()->finish().ok());
        QVERIFY(!QFile::exists(path + u"-wal"_s));
        // How it ended can be asked still.
        QCOMPARE(recording.value()->session().status().endKind, EndKind::Clean);
    }

    void aCommandIsToldThatItsFileCannotBeMade()
    {
        const auto recording = Recording::create(m_sandbox->path(u"no/such/folder/command.sockeye"_s), m_clock, {});
        QVERIFY(!recording.ok());
        QVERIFY(!recording.message().isEmpty());
    }

private:
    [[nodiscard]] Result<> connectTo(const QString &url, LiveCapture::Into into = LiveCapture::Into::SameCapture)
    {
        Endpoint endpoint;
        endpoint.url = url;
        return m_live->connectTo(endpoint, {}, into);
    }

    SystemClock m_clock;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecordingCloser> m_closer;
    std::unique_ptr<EchoServer> m_echo;
    std::unique_ptr<LiveCapture> m_live;
};

SOCKEYE_TEST(LiveCaptureTest, QCoreApplication)
#include "tst_livecapture.moc"
