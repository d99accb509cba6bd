#include "base/Units.h"

#include "support/TestProgram.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace sockeye;

class TestUnits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_data();
    void sizes();
    void countsAreGroupedByLocale();
};

void TestUnits::sizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 bytes, const QString &text) {
        QTest::addRow("%lld", static_cast<long long>(bytes)) << bytes << text;
    };
    row(0, QStringLiteral("0 B"));
    row(84, QStringLiteral("84 B"));
    row(999, QStringLiteral("999 B"));
    row(1'000, QStringLiteral("1.0 kB"));
    row(1'234, QStringLiteral("1.2 kB"));
    row(99'949, QStringLiteral("99.9 kB"));
    row(99'950, QStringLiteral("100 kB"));
    row(999'499, QStringLiteral("999 kB"));
    row(999'500, QStringLiteral("1.0 MB"));
    row(3'100'000, QStringLiteral("3.1 MB"));
    row(999'700'000, QStringLiteral("1.0 GB"));
    row(5'000'000'000'000, QStringLiteral("5.0 TB"));
    row(std::numeric_limits<qint64>::max(), QStringLiteral("9.2 EB"));
}

void TestUnits::sizes()
{
    QFETCH(qint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(sizeText(bytes), text);
}

void TestUnits::countsAreGroupedByLocale()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(countText(1'204), QStringLiteral("1,204"));
    QCOMPARE(countText(-10'000'000), QStringLiteral("-10,000,000"));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(countText(1'204), QStringLiteral("1.204"));
    QLocale::setDefault(QLocale::c());
}

SOCKEYE_TEST(TestUnits, NoApplication)
#include "tst_units.moc"
