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

    void idsTellKindsApart_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("sameKind");
        QTest::addColumn<bool>("sameKeys");
        const auto row = [](const char *name, const char *one, const char *other, bool kind, bool keys) {
            QTest::newRow(name) << QByteArray(one) << QByteArray(other) << kind << keys;
        };
        row("values", R"({"price":1,"id":"a"})", R"({"price":25,"id":"bc"})", true, true);
        row("order of members", R"({"a":1,"b":{"c":2,"d":3}})", R"({"b":{"d":3,"c":2},"a":1})", true, true);
        row("a member elsewhere", R"({"a":1,"b":{"c":2}})", R"({"a":1,"c":2,"b":{}})", false, false);
        row("a member more", R"({"p":1})", R"({"p":1,"q":2})", false, false);
        row("a member more of a type", R"({"type":"t","p":1})", R"({"type":"t","p":1,"q":2})", true, false);
        row("another type", R"({"type":"t","p":1})", R"({"type":"u","p":1})", false, false);
        row("a type below", R"({"d":{"type":"t","p":1}})", R"({"d":{"type":"u","p":1}})", false, false);
        row("types of elements", R"({"d":[{"type":"t"}]})", R"({"d":[{"type":"u"}]})", true, true);
        row("number for string", R"({"p":1})", R"({"p":"1"})", false, false);
        row("more elements", R"({"a":[{"x":1},{"x":2}]})", R"({"a":[{"x":3}]})", true, true);
        row("ids as names", R"({"1001":{"p":1},"1002":{"p":2}})", R"({"77":{"p":3}})", true, true);
        row("ids in a type", R"({"type":"user/12345"})", R"({"type":"user/6"})", true, true);
        row("codes", R"({"op":10})", R"({"op":11})", false, false);
        row("sentences", R"({"msg":"what is said here"})", R"({"msg":"what else is said"})", true, true);
        row("a first word", R"(["EVENT",{"id":1}])", R"(["EOSE",{"id":1}])", false, false);
    }
    void idsTellKindsApart()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QFETCH(bool, sameKind);
        QFETCH(bool, sameKeys);
        const ShapeIds a = shapeIds(*jsonNodes(one));
        const ShapeIds b = shapeIds(*jsonNodes(other));
        QCOMPARE(a.kind == b.kind, sameKind);
        QCOMPARE(a.keys == b.keys, sameKeys);
        QVERIFY(a.contains(a.kind) && a.contains(a.keys) && !a.contains(a.keys + 1));
    }

    void kindsHaveNames_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QString>("keys");
        const auto row = [](const char *json, const char *kind, const QString &keys) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(kind) << keys;
        };
        row(R"({"type":"trade","p":1,"op":"+"})", "type=trade op=+", QStringLiteral("{type, p, op}"));
        row(R"({"a":{"b":[{"c":1},{"c":2},3]},"d":null})", "", QStringLiteral("{a{b[{c}, number]}, d}"));
        row(R"([1,"x",true,null,[2]])", "", QStringLiteral("[number, text, true/false, null, [number]]"));
        row(R"(["EVENT",{"id":"x"}])", "EVENT", QStringLiteral("[text, {id}]"));
        row(R"(["a text"])", "", QStringLiteral("[text]"));
        row(R"({"channel":"room-123456","1":2,"2":3})", "channel=room-+", QStringLiteral("{channel, *}"));
        row(R"({"event":"a/550e8400-e29b-41d4-a716-446655440000/b"})", "event=a/+/b", QStringLiteral("{event}"));
    }
    void kindsHaveNames()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, kind);
        QFETCH(QString, keys);
        const auto tree = jsonNodes(json);
        QCOMPARE(shapeKind(*tree), kind);
        QCOMPARE(shapeKeys(*tree), keys);
    }

    void idsAreWrittenAndRead()
    {
        for (const quint32 id : {0U, 1U, 0x00ab12cdU, 0xffffffffU}) {
            QCOMPARE(shapeIdText(id).size(), 8);
            QCOMPARE(shapeIdFromText(shapeIdText(id)), std::optional(id));
            QCOMPARE(shapeIdFromText(shapeIdText(id).toUpper()), std::optional(id));
        }
        for (const char16_t *wrong : {u"", u"1", u"0x1234ab", u"+1234567", u"123456789", u"1234567g", u"1234567\u0661"})
            QVERIFY(!shapeIdFromText(wrong));
    }

    /// Written into filters that people keep.
    void idsStayTheSame()
    {
        const ShapeIds ids = shapeIds(*jsonNodes(R"({"type":"trade","p":1})"));
        QCOMPARE(shapeIdText(ids.kind), QStringLiteral("7e4fe613"));
        QCOMPARE(shapeIdText(ids.keys), QStringLiteral("2f1e8537"));
    }

    void isShortForWhatIsLong()
    {
        QByteArray json = "{";
        for (int i = 0; i < 10'000; ++i)
            json += "\"key" + QByteArray::number(i) + "\":1,";
        const auto tree = jsonNodes(json + "\"last\":1}");
        QVERIFY(shapeOf(*tree).size() < 3000);
        QVERIFY(shapeKeys(*tree).size() < 1000);
        QVERIFY(shapeKeys(*jsonNodes("{\"" + QByteArray(100'000, 'x') + "\":1}")).size() < 1000);
    }
};

SOCKEYE_TEST(NodeShapeTest, QCoreApplication)
#include "tst_nodeshape.moc"
