#include "connection/RoundTrips.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

namespace {
Timestamp at(int milliseconds)
{
    return Timestamp(std::chrono::milliseconds(milliseconds));
}

std::optional<Nanoseconds> ms(int milliseconds)
{
    return std::chrono::milliseconds(milliseconds);
}
} // namespace

class RoundTripsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesByPayload();
    void takesTheOldestOfEqualPayloads();
    void knowsUnsolicitedPongs();
    void forgetsPingsThatAreSkipped();
    void staysBounded();
};

void RoundTripsTest::matchesByPayload()
{
    RoundTrips trips;
    trips.sent("a", at(0));
    trips.sent("b", at(10));
    trips.sent("c", at(20));
    QCOMPARE(trips.outstanding(), 3);
    QVERIFY(trips.answered("a", at(100)) == ms(100));
    QCOMPARE(trips.outstanding(), 2);
    QVERIFY(trips.answered("b", at(101)) == ms(91));
    QVERIFY(trips.answered("c", at(150)) == ms(130));
    QCOMPARE(trips.outstanding(), 0);
}

void RoundTripsTest::takesTheOldestOfEqualPayloads()
{
    RoundTrips trips;
    trips.sent({}, at(0));
    trips.sent({}, at(10));
    QVERIFY(trips.answered({}, at(50)) == ms(50));
    QVERIFY(trips.answered({}, at(50)) == ms(40));
    QVERIFY(!trips.answered({}, at(51)));
}

void RoundTripsTest::knowsUnsolicitedPongs()
{
    RoundTrips trips;
    QVERIFY(!trips.answered("a", at(0)));
    trips.sent("a", at(0));
    QVERIFY(!trips.answered("b", at(1)));
    QVERIFY(!trips.answered("", at(1)));
    QCOMPARE(trips.outstanding(), 1);
    QVERIFY(trips.answered("a", at(2)));
    QVERIFY(!trips.answered("a", at(3)));
}

/// A peer may answer the latest ping only; nobody waits for the others then. If their pongs come all the same, they
/// have their time.
void RoundTripsTest::forgetsPingsThatAreSkipped()
{
    RoundTrips trips;
    for (const char *payload : {"1", "2", "3", "4"})
        trips.sent(payload, at(0));
    QVERIFY(trips.answered("3", at(5)) == ms(5));
    QCOMPARE(trips.outstanding(), 1);
    QVERIFY(trips.answered("1", at(6)) == ms(6));
    QCOMPARE(trips.outstanding(), 1);
    QVERIFY(trips.answered("4", at(7)) == ms(7));
    QCOMPARE(trips.outstanding(), 0);
    QVERIFY(trips.answered("2", at(8)) == ms(8));
    QCOMPARE(trips.outstanding(), 0);
}

void RoundTripsTest::staysBounded()
{
    RoundTrips trips;
    for (int i = 0; i < 100'000; ++i)
        trips.sent(QByteArray::number(i), at(i));
    QCOMPARE(trips.outstanding(), 1024);
    QVERIFY(!trips.answered("5", at(100'000)));
    QVERIFY(trips.answered("99999", at(100'000)) == ms(1));
    QCOMPARE(trips.outstanding(), 0);
    trips.sent("more", at(100'000));
    trips.sent("and more", at(100'000));
    QCOMPARE(trips.outstanding(), 2);
}

SOCKEYE_TEST(RoundTripsTest, QCoreApplication)
#include "tst_roundtrips.moc"
