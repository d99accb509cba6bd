#include "base/Clock.h"

#include "support/TestProgram.h"

#include <QTest>

#include <thread>

using namespace sockeye;

class TestClock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheWallClock();
    void neverGoesBack();
    void neverGoesBackBetweenThreads();
};

void TestClock::agreesWithTheWallClock()
{
    const auto before = std::chrono::system_clock::now();
    const Timestamp now = SystemClock().now();
    const auto after = std::chrono::system_clock::now();
    QVERIFY(now >= before - std::chrono::milliseconds(1));
    QVERIFY(now <= after + std::chrono::milliseconds(1));
}

void TestClock::neverGoesBack()
{
    const SystemClock clock;
    const Timestamp first = clock.now();
    Timestamp latest = first;
    for (int i = 0; i < 100'000; ++i) {
        const Timestamp now = clock.now();
        QVERIFY(now >= latest);
        latest = now;
    }
    QVERIFY(latest > first);
}

void TestClock::neverGoesBackBetweenThreads()
{
    const SystemClock clock;
    Timestamp latest = clock.now();
    for (int i = 0; i < 200; ++i) {
        Timestamp there;
        std::thread([&clock, &there] { there = clock.now(); }).join();
        QVERIFY(there >= latest);
        latest = clock.now();
        QVERIFY(latest >= there);
    }
}

SOCKEYE_TEST(TestClock, NoApplication)
#include "tst_clock.moc"
