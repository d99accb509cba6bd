#include "base/Clock.h"
#include "integration/Program.h"
#include "integration/Sequence.h"
#include "peers/PeerProcess.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;

namespace {

constexpr qint64 FloodMessageSize = 100;
constexpr std::chrono::milliseconds LossBound{100};

/// What a reader sees at this moment in a capture that is being written; 0 if it is not there yet.
[[nodiscard]] qint64 entriesIn(const QString &path)
{
    const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
    if (!reader)
        return 0;
    const Result<EntryId> last = reader.value()->lastEntry();
    return last ? last.value().value() : 0;
}

} // namespace

/// A program killed in the middle of a flood loses at most the last 100 ms.
class KillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void losesAtMostTheLastMoment_data();
    void losesAtMostTheLastMoment();

private:
    void killInAFlood(int rate, qint64 enough, Nanoseconds &lost);
};

void KillTest::initTestCase()
{
    if (!floodServer().isAvailable())
        QSKIP("The flood server is not built here");
}

void KillTest::losesAtMostTheLastMoment_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<qint64>("enough");
    QTest::newRow("1,000 a second") << 1'000 << qint64(1'500);
    QTest::newRow("20,000 a second") << 20'000 << qint64(20'000);
    QTest::newRow("as fast as they come") << 0 << qint64(100'000);
}

void KillTest::losesAtMostTheLastMoment()
{
    QFETCH(int, rate);
    QFETCH(qint64, enough);
    // What is kept must be whole every time. How much is lost is told by the clock, which a busy machine upsets: there
    // the best of a few attempts counts.
    constexpr int Attempts = 8;
    Nanoseconds least = Nanoseconds::max();
    for (int i = 0; i < Attempts && least >= LossBound; ++i) {
        Nanoseconds lost{};
        killInAFlood(rate, enough, lost);
        if (QTest::currentTestFailed())
            return;
        least = qMin(least, lost);
    }
    QVERIFY2(least < LossBound, qPrintable(durationText(least)));
}

void KillTest::killInAFlood(int rate, qint64 enough, Nanoseconds &lost)
{
    PeerProcess peer;
    QVERIFY2(peer.start(floodServer(), {QStringLiteral("--count"), QStringLiteral("1000000000"),
                                        QStringLiteral("--rate"), QString::number(rate)}),
             qPrintable(peer.errorText()));
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("killed.sockeye"));
    Program program;
    program.start({QStringLiteral("record"), peer.url(), QStringLiteral("-o"), path});
    QTRY_VERIFY_WITH_TIMEOUT(entriesIn(path) >= enough || !program.isRunning(), 60'000);
    QVERIFY2(program.isRunning(), program.errors().constData());
    const Timestamp killed = SystemClock().now();
    program.kill();

    const Result<Sequence> sequence = readSequence(path, FloodMessageSize);
    QVERIFY2(sequence.ok(), qPrintable(sequence.message()));
    QCOMPARE(sequence.value().problem, QString());
    // Two entries are the connection's own events.
    QVERIFY(sequence.value().messages >= enough - 2);
    lost = killed - sequence.value().last;
    qInfo("%lld messages kept, the last one %.1f ms before the kill", sequence.value().messages,
          static_cast<double>(lost.count()) / 1e6);
}

SOCKEYE_TEST(KillTest, QCoreApplication)
#include "tst_kill.moc"
