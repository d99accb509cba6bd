#include "plot/PlotField.h"
#include "plot/PlotScene.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What can be drawn, and what its values are called.
class PlotFieldTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsLeadBack()
    {
        using Kind = PlotField::Kind;
        for (const Kind kind : {Kind::Size, Kind::WireSize, Kind::Rate, Kind::Latency, Kind::Delta}) {
            const PlotField field{kind};
            QCOMPARE(PlotField::fromId(field.id()), std::optional(field));
            QVERIFY(!field.name().isEmpty() && !field.needsDecoding());
            QVERIFY(field.unit() != PlotUnit::None);
        }
        const PlotField price = PlotField::ofPath(u" $.data[0].price "_s).value();
        QCOMPARE(price.path, u"$.data[0].price"_s);
        QCOMPARE(PlotField::fromId(price.id()), std::optional(price));
        QVERIFY(price.needsDecoding());
        QCOMPARE(price.unit(), PlotUnit::None);
        QVERIFY(!PlotField::fromId(u"something"_s));
        QVERIFY(!PlotField::fromId(u"field:$.["_s));
        QVERIFY(!PlotField::ofPath(u"$.["_s).message().isEmpty());
        QVERIFY(!PlotField::ofPath({}).ok());
    }

    void valuesHaveTheirUnits()
    {
        QCOMPARE(plotunit::text(1'234, PlotUnit::Bytes), u"1.2 kB"_s);
        QCOMPARE(plotunit::text(0.0842, PlotUnit::Seconds), u"84.2 ms"_s);
        QCOMPARE(plotunit::text(12, PlotUnit::PerSecond), u"12/s"_s);
        QCOMPARE(plotunit::text(143.86, PlotUnit::None), u"143.86"_s);
        QCOMPARE(plotunit::text(1'700'000'000'123.0, PlotUnit::None), u"1700000000123"_s);
        for (const double value : {-1e308, 1e308})
            QVERIFY(!plotunit::text(value, PlotUnit::Seconds).isEmpty());
    }

    void aColumnSaysWhatIsInIt()
    {
        PlotColumn column;
        QCOMPARE(PlotScene::valueText(column, PlotUnit::None), QString());
        column.add(PlotPoint{EntryId(1), {}, 5});
        QCOMPARE(PlotScene::valueText(column, PlotUnit::None), u"5"_s);
        column.add(PlotPoint{EntryId(2), {}, 5});
        QCOMPARE(PlotScene::valueText(column, PlotUnit::None), u"5 (2 values)"_s);
        column.add(PlotPoint{EntryId(3), {}, 7});
        QCOMPARE(PlotScene::valueText(column, PlotUnit::None), u"5 to 7 (3 values)"_s);
    }
};

SOCKEYE_TEST(PlotFieldTest, QCoreApplication)
#include "tst_plotfield.moc"
