#include "structs/StructNumber.h"

#include "support/TestProgram.h"

#include <QRandomGenerator>

#include <limits>

using namespace sockeye;

namespace {

constexpr quint64 Most = std::numeric_limits<quint64>::max();

StructNumber number(qint64 value)
{
    return StructNumber::fromSigned(value);
}

StructNumber large(quint64 value)
{
    return StructNumber::fromUnsigned(value);
}

QString text(const std::optional<StructNumber> &value)
{
    return value ? value->toString() : QStringLiteral("none");
}

} // namespace

class StructNumberTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAllIntegers()
    {
        QCOMPARE(number(std::numeric_limits<qint64>::min()).toString(), QStringLiteral("-9223372036854775808"));
        QCOMPARE(large(Most).toString(), QStringLiteral("18446744073709551615"));
        QVERIFY(number(-1) < number(0) && number(0) < large(Most) && number(-2) < number(-1));
        QVERIFY(number(0).negated() == number(0));
        QVERIFY(!number(-1).toUnsigned());
        QCOMPARE(number(-3).toDouble(), -3.0);
    }

    void tellsWhatIsTooLarge()
    {
        QCOMPARE(text(large(Most).plus(number(1))), QStringLiteral("none"));
        QCOMPARE(text(large(Most).plus(number(-1))), QStringLiteral("18446744073709551614"));
        QCOMPARE(text(number(1).plus(large(Most).negated())), QStringLiteral("-18446744073709551614"));
        QCOMPARE(text(large(Most).times(number(2))), QStringLiteral("none"));
        QCOMPARE(text(large(Most).times(number(0))), QStringLiteral("0"));
        QCOMPARE(text(number(1).shiftedLeft(number(63))), QStringLiteral("9223372036854775808"));
        QCOMPARE(text(number(1).shiftedLeft(number(64))), QStringLiteral("none"));
        QCOMPARE(text(number(0).shiftedLeft(number(1000))), QStringLiteral("0"));
        QCOMPARE(text(number(3).shiftedLeft(number(63))), QStringLiteral("none"));
        QCOMPARE(text(number(1).shiftedLeft(number(-1))), QStringLiteral("none"));
        QCOMPARE(text(number(5).dividedBy(number(0))), QStringLiteral("none"));
        QCOMPARE(text(number(5).modulo(number(0))), QStringLiteral("none"));
        QCOMPARE(text(large(Most).complement()), QStringLiteral("none"));
        QCOMPARE(text(number(std::numeric_limits<qint64>::min()).dividedBy(number(-1))),
                 QStringLiteral("9223372036854775808"));
    }

    void keepsBitsAboveSixtyFour()
    {
        QCOMPARE(text(number(-1).bitAnd(large(Most))), QStringLiteral("18446744073709551615"));
        QCOMPARE(text(number(-1).bitOr(large(Most))), QStringLiteral("-1"));
        QCOMPARE(text(number(-1).bitXor(large(Most))), QStringLiteral("none"));
        QCOMPARE(text(number(-1).shiftedRight(number(100))), QStringLiteral("-1"));
        QCOMPARE(text(number(1).shiftedRight(number(100))), QStringLiteral("0"));
    }

    /// As C calculates, where it does not overflow.
    void calculatesAsC()
    {
        QRandomGenerator random(3);
        for (int n = 0; n < 20'000; ++n) {
            const auto a = static_cast<qint64>(random.generate64()) >> random.bounded(33, 64);
            const auto b = static_cast<qint64>(random.generate64()) >> random.bounded(33, 64);
            const int shift = random.bounded(32);
            QCOMPARE(text(number(a).plus(number(b))), QString::number(a + b));
            QCOMPARE(text(number(a).times(number(b))), QString::number(a * b));
            if (b != 0) {
                QCOMPARE(text(number(a).dividedBy(number(b))), QString::number(a / b));
                QCOMPARE(text(number(a).modulo(number(b))), QString::number(a % b));
            }
            QCOMPARE(text(number(a).bitAnd(number(b))), QString::number(a & b));
            QCOMPARE(text(number(a).bitOr(number(b))), QString::number(a | b));
            QCOMPARE(text(number(a).bitXor(number(b))), QString::number(a ^ b));
            QCOMPARE(text(number(a).complement()), QString::number(~a));
            QCOMPARE(text(number(a).shiftedRight(number(shift))), QString::number(a >> shift));
            QCOMPARE(text(number(a).shiftedLeft(number(shift))), QString::number(a * (qint64{1} << shift)));
            QCOMPARE(number(a) < number(b), a < b);
            QCOMPARE(number(a) == number(b), a == b);
        }
    }
};

SOCKEYE_TEST(StructNumberTest, QCoreApplication)
#include "tst_structnumber.moc"
