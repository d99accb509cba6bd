#include "capture/CommitPace.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace std::chrono_literals;

/// When commits come: at once after a silence, seldom in a quiet feed, often in a flood.
class CommitPaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isPromptAfterASilence();
    void isSeldomInAQuietFeed();
    void isOftenInAFlood();
    void isPromptForWhatPeopleDo();
    void writesSumsOnceASecond();

private:
    using Time = CommitPace::SteadyClock::time_point;

    /// A feed of so many entries each time, for a second: how often it was committed.
    static int commitsIn(std::chrono::milliseconds interval, qint64 entries)
    {
        CommitPace pace;
        int commits = 0;
        std::optional<WrittenAmount> open;
        for (Time now = Start; now < Start + 1s; now += 1ms) {
            if ((now - Start) % interval == 0ms) {
                if (!open) {
                    pace.begin(now);
                    open.emplace();
                }
                open->entries += entries;
            }
            if (open && pace.isDue(now, *open)) {
                pace.committed(now, pace.areSumsDue(now, *open));
                open.reset();
                ++commits;
            }
        }
        return commits;
    }

    static constexpr Time Start{1000s};
    static constexpr WrittenAmount One{.entries = 1, .bytes = 40};
};

void CommitPaceTest::isPromptAfterASilence()
{
    CommitPace pace;
    pace.committed(Start, true);
    pace.begin(Start + 1s);
    QCOMPARE(pace.nextLook(Start + 1s), Start + 1016ms);
    QVERIFY(!pace.isDue(Start + 1015ms, One));
    QVERIFY(pace.isDue(Start + 1016ms, One));
}

void CommitPaceTest::isSeldomInAQuietFeed()
{
    CommitPace pace;
    pace.committed(Start, true);
    pace.begin(Start + 20ms);
    QCOMPARE(pace.nextLook(Start + 20ms), Start + 36ms);
    QVERIFY(!pace.isDue(Start + 36ms, One));
    QCOMPARE(pace.nextLook(Start + 36ms), Start + 80ms);
    QVERIFY(pace.isDue(Start + 80ms, One));
    QVERIFY2(commitsIn(20ms, 1) <= 13, qPrintable(QString::number(commitsIn(20ms, 1))));
}

void CommitPaceTest::isOftenInAFlood()
{
    CommitPace pace;
    pace.committed(Start, true);
    pace.begin(Start + 1ms);
    QVERIFY(!pace.isDue(Start + 15ms, {.entries = 5'000, .bytes = 500'000}));
    QVERIFY(pace.isDue(Start + 17ms, {.entries = 5'000, .bytes = 500'000}));
    QVERIFY(pace.isDue(Start + 17ms, {.entries = 1, .bytes = 1'000'000}));
    const int commits = commitsIn(1ms, 100);
    QVERIFY2(commits >= 55 && commits <= 63, qPrintable(QString::number(commits)));
}

void CommitPaceTest::isPromptForWhatPeopleDo()
{
    CommitPace pace;
    pace.committed(Start, true);
    pace.begin(Start + 1ms);
    QVERIFY(pace.isDue(Start + 17ms, {.puts = 1}));
    QVERIFY(pace.isDue(Start + 17ms, {.annotationCalls = 1}));
}

void CommitPaceTest::writesSumsOnceASecond()
{
    CommitPace pace;
    pace.committed(Start, true);
    QVERIFY(!pace.areSumsDue(Start + 80ms, One));
    pace.committed(Start + 80ms, false);
    QVERIFY(pace.areSumsDue(Start + 1s, One));
    QVERIFY(pace.areSumsDue(Start + 16ms, {.entries = 1'000}));
}

SOCKEYE_TEST(CommitPaceTest, QCoreApplication)
#include "tst_commitpace.moc"
