#include "decode/NodeShape.h"

#include "decode/JsonNodes.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class NodeShapeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsKindsApart_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *name, const char *one, const char *other, bool same) {
            QTest::newRow(name) << QByteArray(one) << QByteArray(other) << same;
        };
        row("values", R"({"price":1,"id":"a"})", R"({"price":25,"id":"bc"})", true);
        row("a type", R"({"type":"trade","p":1})", R"({"type":"quote","p":1})", false);
        row("the same type", R"({"type":"trade","p":1})", R"({"type":"trade","p":9})", true);
        row("a member more", R"({"p":1})", R"({"p":1,"q":2})", false);
        row("number for string", R"({"p":1})", R"({"p":"1"})", false);
        row("elements", R"({"a":[{"x":1},{"x":2}]})", R"({"a":[{"x":1},{"x":2},{"x":3}]})", true);
        row("other elements", R"({"a":[1,2]})", R"({"a":["x"]})", false);
        row("long text of a type", R"({"topic":"a long story that is no topic at all, of more than sixty characters"})",
            R"({"topic":"another long story that is no topic at all, of more than sixty characters"})", true);
    }
    void tellsKindsApart()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QTEST(shapeOf(*jsonNodes(one)) == shapeOf(*jsonNodes(other)), "same");
    }

    void isShortForWhatIsLong()
    {
        QByteArray json = "{";
        for (int i = 0; i < 10'000; ++i)
            json += "\"key" + QByteArray::number(i) + "\":1,";
        QVERIFY(shapeOf(*jsonNodes(json + "\"last\":1}")).size() < 3000);
    }
};

SOCKEYE_TEST(NodeShapeTest, QCoreApplication)
#include "tst_nodeshape.moc"
