#include "connection/ReconnectSchedule.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(sockeye::ReconnectSchedule::End)

class ReconnectScheduleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOffByDefault();
    void backsOff();
    void spreads_data();
    void spreads();
    void survivesManyAttempts();
    void countsAttempts();
    void goesOnForEver();
    void chooses_data();
    void chooses();
    void goesOnWhileThePeerRestarts();
};

namespace {
/// In the middle of the spread.
constexpr double Even = 0.5;
constexpr ReconnectSchedule::End Lost{EndKind::Dropped, CloseCode::Abnormal, 0, false};

ReconnectPolicy policy()
{
    ReconnectPolicy policy;
    policy.enabled = true;
    return policy;
}
} // namespace

void ReconnectScheduleTest::isOffByDefault()
{
    ReconnectSchedule schedule;
    const auto decision = schedule.next(Lost, Even);
    QVERIFY(!decision.wait);
    QVERIFY(decision.reason.isEmpty());
    QCOMPARE(schedule.attempt(), 0);
}

void ReconnectScheduleTest::backsOff()
{
    ReconnectPolicy three = policy();
    three.first = 500ms;
    three.factor = 3;
    three.maximum = 10s;
    ReconnectSchedule schedule(three);
    for (const auto wait : {500ms, 1500ms, 4500ms, 10'000ms, 10'000ms})
        QCOMPARE(schedule.next(Lost, Even).wait, wait);
    QCOMPARE(schedule.attempt(), 5);
    schedule.opened();
    QCOMPARE(schedule.attempt(), 0);
    QCOMPARE(schedule.next(Lost, Even).wait, 500ms);
}

void ReconnectScheduleTest::spreads_data()
{
    QTest::addColumn<double>("jitter");
    QTest::addColumn<double>("chance");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("lowest") << 0.2 << 0.0 << qint64(800);
    QTest::newRow("middle") << 0.2 << 0.5 << qint64(1000);
    QTest::newRow("highest") << 0.2 << 1.0 << qint64(1200);
    QTest::newRow("none") << 0.0 << 0.9 << qint64(1000);
    QTest::newRow("down to nothing") << 1.0 << 0.0 << qint64(0);
}

void ReconnectScheduleTest::spreads()
{
    QFETCH(double, jitter);
    QFETCH(double, chance);
    QFETCH(qint64, milliseconds);
    ReconnectPolicy spread = policy();
    spread.jitter = jitter;
    QCOMPARE(ReconnectSchedule(spread).next(Lost, chance).wait, std::chrono::milliseconds(milliseconds));
}

void ReconnectScheduleTest::survivesManyAttempts()
{
    ReconnectPolicy endless = policy();
    endless.attempts = 0;
    endless.factor = 1000;
    ReconnectSchedule schedule(endless);
    for (int i = 0; i < 2000; ++i)
        QVERIFY(schedule.next(Lost, Even).wait <= 30s);
}

void ReconnectScheduleTest::countsAttempts()
{
    ReconnectPolicy two = policy();
    two.attempts = 2;
    ReconnectSchedule schedule(two);
    QVERIFY(schedule.next(Lost, Even).wait);
    QVERIFY(schedule.next(Lost, Even).wait);
    QCOMPARE(schedule.attempt(), 2);
    const auto third = schedule.next(Lost, Even);
    QVERIFY(!third.wait);
    QVERIFY2(third.reason.contains(u"attempt 2 of 2"_s), qPrintable(third.reason));
    schedule.opened();
    QVERIFY(schedule.next(Lost, Even).wait);
}

void ReconnectScheduleTest::goesOnForEver()
{
    ReconnectPolicy endless = policy();
    endless.attempts = 0;
    ReconnectSchedule schedule(endless);
    for (int i = 0; i < 100; ++i)
        QVERIFY(schedule.next(Lost, Even).wait);
}

void ReconnectScheduleTest::chooses_data()
{
    QTest::addColumn<QList<quint16>>("codes");
    QTest::addColumn<ReconnectSchedule::End>("end");
    QTest::addColumn<bool>("again");
    const QList<quint16> any;
    const QList<quint16> restart{1012, 1013};
    using End = ReconnectSchedule::End;
    QTest::newRow("dropped") << any << Lost << true;
    QTest::newRow("1000") << any << End{EndKind::Clean, 1000, 0, false} << false;
    QTest::newRow("1001") << any << End{EndKind::Clean, 1001, 0, false} << true;
    QTest::newRow("no code") << any << End{EndKind::Clean, 1005, 0, false} << true;
    QTest::newRow("cut off by the user") << any << End{EndKind::Aborted, 1006, 0, false} << false;
    QTest::newRow("no connection") << any << End{EndKind::ConnectFailed, 1006, 0, false} << true;
    QTest::newRow("certificate") << any << End{EndKind::ConnectFailed, 1006, 0, true} << false;
    QTest::newRow("400") << any << End{EndKind::HandshakeFailed, 1006, 400, false} << false;
    QTest::newRow("401") << any << End{EndKind::HandshakeFailed, 1006, 401, false} << false;
    QTest::newRow("429") << any << End{EndKind::HandshakeFailed, 1006, 429, false} << false;
    QTest::newRow("499") << any << End{EndKind::HandshakeFailed, 1006, 499, false} << false;
    QTest::newRow("500") << any << End{EndKind::HandshakeFailed, 1006, 500, false} << true;
    QTest::newRow("503") << any << End{EndKind::HandshakeFailed, 1006, 503, false} << true;
    QTest::newRow("listed") << restart << End{EndKind::Clean, 1012, 0, false} << true;
    QTest::newRow("not listed") << restart << End{EndKind::Clean, 1001, 0, false} << false;
    QTest::newRow("drop not listed") << restart << Lost << false;
    QTest::newRow("no connection, not listed") << restart << End{EndKind::ConnectFailed, 1006, 0, false} << false;
    QTest::newRow("drop listed") << QList<quint16>{1006} << Lost << true;
    QTest::newRow("1000 listed") << QList<quint16>{1000} << End{EndKind::Clean, 1000, 0, false} << true;
    QTest::newRow("4xx, all listed") << QList<quint16>{1006} << End{EndKind::HandshakeFailed, 1006, 403, false}
                                     << false;
}

void ReconnectScheduleTest::chooses()
{
    QFETCH(QList<quint16>, codes);
    QFETCH(ReconnectSchedule::End, end);
    QFETCH(bool, again);
    ReconnectPolicy chosen = policy();
    chosen.closeCodes = codes;
    const auto decision = ReconnectSchedule(chosen).next(end, Even);
    QCOMPARE(decision.wait.has_value(), again);
    QCOMPARE(decision.reason.isEmpty(), again || end.kind == EndKind::Aborted);
}

void ReconnectScheduleTest::goesOnWhileThePeerRestarts()
{
    ReconnectPolicy restart = policy();
    restart.closeCodes = {1012};
    ReconnectSchedule schedule(restart);
    QVERIFY(schedule.next({EndKind::Clean, 1012, 0, false}, Even).wait);
    QVERIFY(schedule.next({EndKind::ConnectFailed, 1006, 0, false}, Even).wait);
    QVERIFY(schedule.next({EndKind::HandshakeFailed, 1006, 503, false}, Even).wait);
    QVERIFY(!schedule.next({EndKind::HandshakeFailed, 1006, 404, false}, Even).wait);
}

SOCKEYE_TEST(ReconnectScheduleTest, QCoreApplication)
#include "tst_reconnectschedule.moc"
