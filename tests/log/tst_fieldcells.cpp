#include "log/FieldCells.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using Kind = FieldText::Kind;

class FieldCellsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void titlesAreTheEndsOfPaths_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("title");
        QTest::newRow("name") << u"price"_s << u"price"_s;
        QTest::newRow("member") << u"$.data[0].price"_s << u"price"_s;
        QTest::newRow("element") << u"$.bids[0][1]"_s << u"bids[0][1]"_s;
        QTest::newRow("each") << u"$.bids[*].id"_s << u"id"_s;
        QTest::newRow("quoted") << u"$[\"a.b\"]"_s << u"a.b"_s;
        QTest::newRow("no name") << u"$[3]"_s << u"$[3]"_s;
        QTest::newRow("whole") << u"$"_s << u"$"_s;
        QTest::newRow("no path") << u"$..a"_s << u"$..a"_s;
    }

    void titlesAreTheEndsOfPaths()
    {
        QFETCH(QString, path);
        QFETCH(QString, title);
        FieldCells cells;
        cells.setColumns({{.path = path}, {.path = path, .title = u"Mine"_s}});
        QCOMPARE(cells.header(0, Qt::DisplayRole).toString(), title);
        QCOMPARE(cells.header(1, Qt::DisplayRole).toString(), u"Mine"_s);
        QVERIFY(cells.header(1, Qt::ToolTipRole).toString().contains(path));
        QVERIFY(!cells.header(1, Qt::DecorationRole).isValid());
    }

    void numbersStandToTheRight()
    {
        FieldCells cells;
        cells.setColumns({{.path = u"a"_s}, {.path = u"b"_s}});
        QVERIFY(!isRight(cells, 0) && !isRight(cells, 1));
        QVERIFY(cells.learn({{Kind::Number, u"1"_s}, {Kind::Words, u"x"_s}}));
        QVERIFY(isRight(cells, 0) && !isRight(cells, 1));
        QVERIFY(!cells.learn({{Kind::Null, u"null"_s}, {Kind::Number, u"1"_s}}));
        QVERIFY(!cells.learn({}));
        QVERIFY(isRight(cells, 0) && !isRight(cells, 1));
        // What stays is still known.
        cells.setColumns({{.path = u"a"_s}, {.path = u"c"_s}});
        QVERIFY(isRight(cells, 0) && !isRight(cells, 1));
        QVERIFY(cells.learn({{Kind::Words, u"n/a"_s}, {Kind::Number, u"1"_s}}));
        QVERIFY(!isRight(cells, 0) && isRight(cells, 1));
        cells.forget();
        QVERIFY(!isRight(cells, 1));
    }

    void cellsSayWhatIsThere()
    {
        QCOMPARE(FieldCells::value({Kind::Number, u"1.10"_s}, Qt::DisplayRole).toString(), u"1.10"_s);
        QVERIFY(!FieldCells::value({}, Qt::ToolTipRole).isValid());
        QVERIFY(FieldCells::value({Kind::Unread, u"…"_s}, Qt::ToolTipRole).toString().contains(u"too long"));
        QCOMPARE(FieldCells::value({Kind::Unread, u"…"_s}, Qt::AccessibleTextRole).toString(), u"not read"_s);
    }

private:
    static bool isRight(const FieldCells &cells, int place)
    {
        return cells.header(place, Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight);
    }
};

SOCKEYE_TEST(FieldCellsTest, QCoreApplication)
#include "tst_fieldcells.moc"
