#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Form data: names, values and their escapes.
class FormTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreNodes()
    {
        const NodeTree tree =
            treeOf(u"form", {"a=1&b%5B0%5D=x+y%26z&c&d=&e=%C3%BC&f=%ff&&a=2==", true, Direction::Out, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"a=1\nb[0]=x y&z\nc=\nd=\ne=ü\nf=\ufffd (no UTF-8)\na=2=="_s);
        QCOMPARE(tree.summary, u"a=1 b[0]=x y&z c= d= e=ü f=\ufffd a=2=="_s);
        QCOMPARE(rangesOf(tree), (QStringList{u"a 2 1"_s, u"b[0] 13 7"_s, u"c 22 0"_s, u"d 25 0"_s, u"e 28 6"_s,
                                              u"f 37 3"_s, u"a 44 3"_s}));
        QCOMPARE(tree.nameBytes(tree.at(1)), QByteArrayView("b%5B0%5D"));
    }

    void bytesOfEachValue()
    {
        const QByteArray bytes("id=42&name=Ann&mail=ann%40a.b&tags%5B%5D=x&tags%5B%5D=y&q=a+b&n=&lat=52.5&lng=13.4&"
                               "zoom=7&from=2024-01-01&to=2024-12-31&page=3&dir=asc&k=%2B");
        QCOMPARE(rangesOf(treeOf(u"form", {bytes, true, Direction::Out, {}})),
                 (QStringList{u"id 3 2"_s, u"name 11 3"_s, u"mail 20 9"_s, u"tags[] 41 1"_s, u"tags[] 54 1"_s,
                              u"q 58 3"_s, u"n 64 0"_s, u"lat 69 4"_s, u"lng 78 4"_s, u"zoom 88 1"_s, u"from 95 10"_s,
                              u"to 109 10"_s, u"page 125 1"_s, u"dir 131 3"_s, u"k 137 3"_s}));
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::newRow("escape") << QByteArray("a=1&b=%4") << qsizetype(6) << u"Two hex digits"_s;
        QTest::newRow("no digits") << QByteArray("a=%zz") << qsizetype(2) << u"Two hex digits"_s;
        QTest::newRow("space") << QByteArray("a=1&b=c d") << qsizetype(7) << u"no spaces"_s;
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"form", {bytes, true, Direction::Out, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, offset);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
    }

    void howSure()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"form")->probe({bytes, true, Direction::Out, {}});
        };
        QVERIFY(certainty("a=1&b=2") == Certainty::Likely);
        QVERIFY(certainty("a[]=1&a[]=%C3%BC&url=https://a.b/c") == Certainty::Likely);
        QVERIFY(certainty("a=1") == Certainty::None);
        QVERIFY(certainty("a=1&b") == Certainty::None);
        QVERIFY(certainty("a=1&b=%4") == Certainty::None);
        QVERIFY(certainty("a=1 & b=2") == Certainty::None);
        QVERIFY(certainty("x == 1 && y == 2") == Certainty::None);
        QVERIFY(certainty("c2Vuc29ycw==") == Certainty::None);
        QVERIFY(certainty({}) == Certainty::None);
        QCOMPARE(chooseFormat({"a=1&b=2", true, Direction::Out, {}}).format->id(), u"form"_s);
    }
};

SOCKEYE_TEST(FormTest, QCoreApplication)
#include "tst_form.moc"
