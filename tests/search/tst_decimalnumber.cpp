#include "search/DecimalNumber.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace sockeye;

namespace {

int compared(const QByteArray &a, const QByteArray &b)
{
    const auto order = DecimalNumber::parse(a).value() <=> DecimalNumber::parse(b).value();
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

} // namespace

class DecimalNumberTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compares_data();
    void compares();
    void agreesWithIntegers();
    void refuses_data();
    void refuses();
};

void DecimalNumberTest::compares_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("order");
    const auto row = [](const char *a, const char *b, int order) {
        QTest::addRow("%s and %s", a, b) << QByteArray(a) << QByteArray(b) << order;
    };
    row("1", "1", 0);
    row("1", "2", -1);
    row("10", "9", 1);
    row("-10", "-9", -1);
    row("-1", "0", -1);
    row("0", "-0", 0);
    row("0.000", "0e99", 0);
    row("1.0", "1", 0);
    row("10e-1", "1", 0);
    row("1E+2", "100", 0);
    row("0.01", "1e-2", 0);
    row("007", "7", 0);
    row("9223372036854775807", "9223372036854775808", -1);
    row("-9223372036854775809", "-9223372036854775808", -1);
    row("18446744073709551615", "18446744073709551614", 1);
    row("18446744073709551616", "18446744073709551616.0", 0);
    row("18446744073709551616", "18446744073709551616.0000000000000000000001", -1);
    row("9007199254740993", "9007199254740992.5", 1);
    row("9007199254740993", "9007199254740993.0", 0);
    row("0.1", "0.1000000000000000055511151231257827", -1);
    row("123456789012345678901234567890", "123456789012345678901234567891", -1);
    row("1e400", "1e401", -1);
    row("-1e400", "1", -1);
    row("1e-400", "0", 1);
    row("1e99999999999999999999999999", "9e9", 1);
    row("1e-99999999999999999999999999", "0", 1);
}

void DecimalNumberTest::compares()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, order);
    QCOMPARE(compared(a, b), order);
    QCOMPARE(compared(b, a), -order);
}

void DecimalNumberTest::agreesWithIntegers()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 5'000; ++round) {
        const qint64 a = qint64(random.generate64()) >> random.bounded(64);
        const qint64 b = random.bounded(4) == 0 ? a : qint64(random.generate64()) >> random.bounded(64);
        const QByteArray decimals = "." + QByteArray(random.bounded(4), '0') + "0";
        QCOMPARE(compared(QByteArray::number(a) + decimals, QByteArray::number(b)), a < b ? -1 : a > b ? 1 : 0);
        QCOMPARE(compared(QByteArray::number(a) + "e3", QByteArray::number(b) + "000"), a < b ? -1 : a > b ? 1 : 0);
    }
}

void DecimalNumberTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "-", ".", "1.", ".5", "+1", "1e", "1e+", "e5", "1.5.5", "0x10", "1 ", " 1", "NaN", "--1"})
        QTest::addRow("“%s”", text) << QByteArray(text);
}

void DecimalNumberTest::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!DecimalNumber::parse(text));
}

SOCKEYE_TEST(DecimalNumberTest, QCoreApplication)
#include "tst_decimalnumber.moc"
