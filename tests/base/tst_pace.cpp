#include "base/Pace.h"

#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

/// Counts, with an interval that does not end during the test or one that is over at once.
class TestPace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstChangeIsShownAtOnce()
    {
        Pace pace(1h);
        const QSignalSpy due(&pace, &Pace::due);
        pace.request();
        QCOMPARE(due.size(), 1);
        QVERIFY(!pace.isPending());
    }

    void manyChangesAreShownOnce()
    {
        Pace pace(1h);
        const QSignalSpy due(&pace, &Pace::due);
        for (int i = 0; i < 1000; ++i)
            pace.request();
        QCOMPARE(due.size(), 1);
        QVERIFY(pace.isPending());
        pace.flush();
        QCOMPARE(due.size(), 2);
        pace.flush();
        QCOMPARE(due.size(), 2);
    }

    void theLastChangeIsShown()
    {
        Pace pace(20ms);
        const QSignalSpy due(&pace, &Pace::due);
        pace.request();
        pace.request();
        QTRY_COMPARE(due.size(), 2);
        QVERIFY(!pace.isPending());
    }

    void anIntervalThatIsOverIsSilence()
    {
        Pace pace(1h);
        const QSignalSpy due(&pace, &Pace::due);
        pace.request();
        pace.setInterval(0ms);
        pace.request();
        pace.request();
        QCOMPARE(due.size(), 3);
    }

    void aChangeThatTheRefreshMakesWaits()
    {
        Pace pace(1h);
        int shown = 0;
        connect(&pace, &Pace::due, this, [&] {
            ++shown;
            pace.request();
        });
        pace.request();
        QCOMPARE(shown, 1);
        QVERIFY(pace.isPending());
    }

    void nothingIsShownWhileItRests()
    {
        Pace pace(0ms);
        const QSignalSpy due(&pace, &Pace::due);
        pace.setResting(true);
        for (int i = 0; i < 1000; ++i)
            pace.request();
        QCOMPARE(due.size(), 0);
        pace.setResting(false);
        QCOMPARE(due.size(), 1);
        pace.setResting(true);
        pace.setResting(false);
        QCOMPARE(due.size(), 1);
    }

    void whatIsCancelledIsNotShown()
    {
        Pace pace(1h);
        const QSignalSpy due(&pace, &Pace::due);
        pace.request();
        pace.request();
        pace.cancel();
        pace.flush();
        QCOMPARE(due.size(), 1);
    }
};

SOCKEYE_TEST(TestPace, QCoreApplication)
#include "tst_pace.moc"
