#include "decode/NodeTime.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class NodeTimeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void moments_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("seconds") << QByteArray("1764497553") << u"2025-11-30 11:12:33"_s;
        QTest::newRow("decimals") << QByteArray("1764497553.25") << u"2025-11-30 11:12:33.250"_s;
        QTest::newRow("more decimals than there are")
            << QByteArray("1764497553.1234567891") << u"2025-11-30 11:12:33.123456"_s;
        QTest::newRow("milliseconds") << QByteArray("1764497553007") << u"2025-11-30 11:12:33.007"_s;
        QTest::newRow("microseconds") << QByteArray("1764497553007008") << u"2025-11-30 11:12:33.007008"_s;
        QTest::newRow("nanoseconds") << QByteArray("1764497553000000000") << u"2025-11-30 11:12:33"_s;
        QTest::newRow("the first") << QByteArray("1000000000") << u"2001-09-09 03:46:40"_s;
        QTest::newRow("a summer") << QByteArray("1782900000") << u"2026-07-01 12:00:00"_s;
        QTest::newRow("an hour that comes twice") << QByteArray("1792888200") << u"2026-10-25 02:30:00+02:00"_s;
        QTest::newRow("too early") << QByteArray("0999999999") << QString();
        QTest::newRow("too late") << QByteArray("4102444800") << QString();
        QTest::newRow("nine digits") << QByteArray("999999999") << QString();
        QTest::newRow("eleven digits") << QByteArray("17644975530") << QString();
        QTest::newRow("negative") << QByteArray("-1764497553") << QString();
        QTest::newRow("exponent") << QByteArray("1.764497553e9") << QString();
        QTest::newRow("decimals of milliseconds") << QByteArray("1764497553007.5") << QString();
        QTest::newRow("a price") << QByteArray("12.50") << QString();
    }
    void moments()
    {
        QFETCH(QByteArray, number);
        const std::optional<Timestamp> moment = momentOf(number);
        QTEST(moment ? momentText(*moment) : QString(), "text");
    }
};

SOCKEYE_TEST(NodeTimeTest, NoApplication)
#include "tst_nodetime.moc"
