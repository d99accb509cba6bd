#include "widgets/log/LogZoom.h"

#include "support/TestProgram.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QFontMetrics>
#include <QTest>

using namespace sockeye;

class TestLogZoom final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysWithinItsBounds();
    void makesTextAndRowsLarger();
    void compactRowsStandCloser();
    void smallTurnsAddUp();
};

void TestLogZoom::compactRowsStandCloser()
{
    LogZoom zoom;
    const int comfortable = zoom.rowHeight();
    QVERIFY(zoom.setCompact(true));
    QVERIFY(!zoom.setCompact(true));
    QVERIFY(zoom.rowHeight() < comfortable);
    for (int steps = LogZoom::Minimum; steps <= LogZoom::Maximum; ++steps) {
        zoom.setSteps(steps);
        QVERIFY(zoom.rowHeight() > QFontMetrics(zoom.font()).height());
    }
}

void TestLogZoom::staysWithinItsBounds()
{
    LogZoom zoom;
    QCOMPARE(zoom.steps(), 0);
    QVERIFY(!zoom.setSteps(0));
    QVERIFY(zoom.setSteps(1000));
    QCOMPARE(zoom.steps(), LogZoom::Maximum);
    QVERIFY(!zoom.setSteps(LogZoom::Maximum + 1));
    QVERIFY(zoom.setSteps(-1000));
    QCOMPARE(zoom.steps(), LogZoom::Minimum);
}

void TestLogZoom::makesTextAndRowsLarger()
{
    LogZoom zoom;
    QCOMPARE(zoom.font(), theme::dataFont());
    int before = 0;
    for (int steps = LogZoom::Minimum; steps <= LogZoom::Maximum; ++steps) {
        zoom.setSteps(steps);
        QVERIFY(zoom.rowHeight() >= before);
        QVERIFY(zoom.rowHeight() > QFontMetrics(zoom.font()).height());
        before = zoom.rowHeight();
    }
    QVERIFY(zoom.font().pointSizeF() > theme::dataFont().pointSizeF() * 2);
}

void TestLogZoom::smallTurnsAddUp()
{
    LogZoom zoom;
    QCOMPARE(zoom.stepsOfTurn(120), 1);
    QCOMPARE(zoom.stepsOfTurn(-240), -2);
    QCOMPARE(zoom.stepsOfTurn(50), 0);
    QCOMPARE(zoom.stepsOfTurn(50), 0);
    QCOMPARE(zoom.stepsOfTurn(50), 1);
    QCOMPARE(zoom.stepsOfTurn(90), 1);
}

SOCKEYE_TEST(TestLogZoom, QApplication)
#include "tst_logzoom.moc"
