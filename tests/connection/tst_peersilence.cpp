#include "connection/PeerSilence.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

class PeerSilenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsUnusualForHalfAMinute()
    {
        PeerSilence silence;
        silence.begin(Start);
        QCOMPARE(silence.duration(Start + 30s), Nanoseconds(30s));
        QVERIFY(!silence.isUnusual(Start + 30s));
        QVERIFY(silence.isUnusual(Start + 30s + 1ns));
    }

    void aSteadyPeerMayBeLate_data()
    {
        QTest::addColumn<qint64>("every");
        QTest::addColumn<qint64>("limit");
        QTest::newRow("often") << qint64(50) << qint64(30'000);
        QTest::newRow("10 s") << qint64(10'000) << qint64(30'000);
        QTest::newRow("20 s") << qint64(20'000) << qint64(60'000);
        QTest::newRow("hourly") << qint64(3'600'000) << qint64(3 * 3'600'000);
        QTest::newRow("monthly") << qint64(30) * 86'400'000 << qint64(90) * 86'400'000;
    }

    void aSteadyPeerMayBeLate()
    {
        QFETCH(qint64, every);
        QFETCH(qint64, limit);
        PeerSilence silence;
        silence.begin(Start);
        Timestamp now = Start;
        for (int i = 0; i < 200; ++i) {
            now += std::chrono::milliseconds(every);
            silence.heard(now);
        }
        QCOMPARE(silence.limit(), Nanoseconds(std::chrono::milliseconds(limit)));
        QCOMPARE(silence.duration(now + 7s), Nanoseconds(7s));
        QVERIFY(!silence.isUnusual(now + std::chrono::milliseconds(limit)));
        QVERIFY(silence.isUnusual(now + std::chrono::milliseconds(limit + 1)));
    }

    /// One long silence among many is not what is usual; two among a hundred are.
    void rareSilencesDoNotCount()
    {
        PeerSilence silence;
        silence.begin(Start);
        Timestamp now = Start + 60s;
        silence.heard(now, 200);
        QCOMPARE(silence.limit(), Nanoseconds(30s));
        for (int i = 0; i < 2; ++i) {
            now += 50s;
            silence.heard(now);
        }
        QCOMPARE(silence.limit(), Nanoseconds(150s));
    }

    void framesThatComeTogetherCountEach()
    {
        PeerSilence silence;
        silence.begin(Start);
        silence.heard(Start + 40s, 1);
        QCOMPARE(silence.limit(), Nanoseconds(120s));
        silence.heard(Start + 41s, 0);
        QCOMPARE(silence.duration(Start + 41s), Nanoseconds(1s));
        silence.heard(Start + 41s, 1000);
        QCOMPARE(silence.limit(), Nanoseconds(30s));
    }

    void aNewConnectionBeginsAnew()
    {
        PeerSilence silence;
        silence.begin(Start);
        silence.heard(Start + 1h);
        QCOMPARE(silence.limit(), Nanoseconds(3h));
        silence.begin(Start + 2h);
        QCOMPARE(silence.limit(), Nanoseconds(30s));
        QCOMPARE(silence.duration(Start + 2h), Nanoseconds(0));
        // A clock that was set back.
        QCOMPARE(silence.duration(Start), Nanoseconds(0));
    }

private:
    static constexpr Timestamp Start = timestampFromNs(1'700'000'000'000'000'000);
};

SOCKEYE_TEST(PeerSilenceTest, QCoreApplication)
#include "tst_peersilence.moc"
