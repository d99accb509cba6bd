#include "decode/JsonNodes.h"

#include "support/TestProgram.h"

#include <QTest>

#include <simdjson.h>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// "depth kind name=value", a line each.
QString linesOf(const NodeTree &tree)
{
    static constexpr std::array kinds{"object", "array", "string", "number", "bool", "null"};
    QStringList lines;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        lines += u"%1 %2 %3=%4"_s.arg(QString::number(node.depth), QLatin1String(kinds.at(size_t(node.kind))),
                                      tree.name(i), tree.text(i));
    }
    return lines.join(u'\n');
}

/// What each node says of the others.
bool holdsTogether(const NodeTree &tree)
{
    qint32 roots = 0;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        roots += node.parent == Node::None ? 1 : 0;
        const std::vector<qint32> children = tree.children(i);
        if (qint32(children.size()) != node.childCount || node.end <= i || node.end > tree.size())
            return false;
        for (size_t row = 0; row < children.size(); ++row) {
            const Node &child = tree.at(children[row]);
            if (child.parent != i || child.row != qint32(row) || child.depth != node.depth + 1)
                return false;
        }
    }
    return roots == tree.rootCount && qint32(tree.children(Node::None).size()) == roots;
}

} // namespace

class JsonNodesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trees_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("lines");
        QTest::newRow("object") << QByteArray(R"({"a": 1, "b": [true, null, "x"]})")
                                << u"0 object ={\"a\": 1, \"b\": [true, null, \"x\"]}\n1 number a=1\n"
                                   "1 array b=[true, null, \"x\"]\n2 bool =true\n2 null =null\n2 string =x"_s;
        QTest::newRow("the same name twice, in order")
            << QByteArray(R"({"b":1,"a":2,"b":3})")
            << u"0 object ={\"b\":1,\"a\":2,\"b\":3}\n1 number b=1\n1 number a=2\n1 number b=3"_s;
        QTest::newRow("exact numbers")
            << QByteArray("[18446744073709551617,1.10,-0,1e400,1E+2]")
            << u"0 array =[18446744073709551617,1.10,-0,1e400,1E+2]\n1 number =18446744073709551617\n1 number =1.10\n"
               "1 number =-0\n1 number =1e400\n1 number =1E+2"_s;
        QTest::newRow("escapes") << QByteArray(R"({"\u00e4\"":"a\n\ud83d\udc26"})")
                                 << u"0 object ={\"\\u00e4\\\"\":\"a\\n\\ud83d\\udc26\"}\n1 string ä\"=a\n\U0001F426"_s;
        QTest::newRow("empty containers")
            << QByteArray("[{},[ ],\"\"]") << u"0 array =[{},[ ],\"\"]\n1 object ={}\n1 array =[ ]\n1 string ="_s;
        QTest::newRow("an envelope") << QByteArray(R"(42["price",{"p":1}])")
                                     << u"0 array =[\"price\",{\"p\":1}]\n1 string =price\n1 object ={\"p\":1}\n"
                                        "2 number p=1"_s;
        QTest::newRow("lines") << QByteArray("{\"n\":1}\n{\"n\":2}\n")
                               << u"0 object ={\"n\":1}\n1 number n=1\n0 object ={\"n\":2}\n1 number n=2"_s;
    }
    void trees()
    {
        QFETCH(QByteArray, payload);
        const auto tree = jsonNodes(payload);
        QVERIFY(tree);
        QTEST(linesOf(*tree), "lines");
        QVERIFY(holdsTogether(*tree));
        QVERIFY(!tree->isCut);
    }

    void whatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("payload");
        const QList<QByteArray> payloads{"",
                                         "{",
                                         "[1",
                                         "]",
                                         "{]",
                                         "[1,]",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{\"a\":1,}",
                                         "{a:1}",
                                         "[01]",
                                         "[1.]",
                                         "[.5]",
                                         "[+1]",
                                         "[1e]",
                                         "[-]",
                                         "[tru]",
                                         "[nul",
                                         "[\"a]",
                                         "[\"\\x\"]",
                                         "[\"\\u12\"]",
                                         "[\"\t\"]",
                                         "[1 2]",
                                         "[1]x",
                                         "{\"a\" 1}",
                                         "[\"\xff\"]",
                                         "[1],",
                                         "plain text",
                                         "12",
                                         "\"a\"",
                                         "null",
                                         "[NaN]",
                                         "['a']",
                                         "{\"a\":1 \"b\":2}"};
        for (const QByteArray &payload : payloads)
            QTest::addRow("%s", payload.toPercentEncoding().constData()) << payload;
    }
    void whatIsNoJson()
    {
        QFETCH(QByteArray, payload);
        QVERIFY(!jsonNodes(payload));
    }

    /// The two agree on what is JSON.
    void asAnotherReaderHasIt()
    {
        simdjson::dom::parser parser;
        const QByteArray valid = R"({"a":[1,-2.5e3,"\u00e4x",true,false,null,{}],"b":{"c":[[]]}})";
        int agreed = 0;
        for (qsizetype at = 0; at < valid.size(); ++at) {
            for (const char c : QByteArrayView("\"{}[],:1-.etnu\\ x")) {
                QByteArray mutant = valid;
                mutant[at] = c;
                // An envelope may explain what stands before or after a value.
                if (at == 0 || at == valid.size() - 1)
                    continue;
                const simdjson::padded_string text(mutant.constData(), size_t(mutant.size()));
                QVERIFY2(jsonNodes(mutant).has_value() == (parser.parse(text).error() == simdjson::SUCCESS),
                         mutant.constData());
                ++agreed;
            }
        }
        QVERIFY(agreed > 500);
    }

    /// Recursion would run out of stack.
    void deepNesting()
    {
        constexpr qsizetype Depth = 500'000;
        const auto tree = jsonNodes(QByteArray(Depth, '[') + QByteArray(Depth, ']'));
        QVERIFY(tree);
        QCOMPARE(tree->size(), qint32(Depth));
        QCOMPARE(tree->nodes.back().depth, qint32(Depth) - 1);
        QVERIFY(!jsonNodes(QByteArray(Depth, '[') + QByteArray(Depth - 1, ']')));
    }

    void nodesBeyondTheLimitAreNotKept()
    {
        const QByteArray payload = R"({"a":[1,2,[3,4]],"b":{"c":5},"d":6})";
        constexpr qint32 Nodes = 10;
        for (qint32 limit = 1; limit <= Nodes; ++limit) {
            const auto tree = jsonNodes(payload, limit);
            QVERIFY(tree);
            QCOMPARE(tree->size(), limit);
            QVERIFY(holdsTogether(*tree));
            QCOMPARE(tree->isCut, limit < Nodes);
            // What holds others ends where it ends, whatever of it is kept.
            QCOMPARE(tree->text(0), QString::fromUtf8(payload));
        }
        // What is not kept must be JSON too.
        QVERIFY(!jsonNodes("[1,2,3,x]", 1));
    }

    void readingCanBeEnded()
    {
        const QByteArray payload = '[' + QByteArray("1,").repeated(500'000) + "1]";
        QList<qsizetype> seen;
        QVERIFY(jsonNodes(payload, 10, [&seen](qsizetype done) {
            seen += done;
            return true;
        }));
        QVERIFY(seen.size() > 10);
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QVERIFY(!jsonNodes(payload, 10, [](qsizetype done) { return done < 200'000; }));
    }

    void tooLongIsNotRead()
    {
        QByteArray payload(MaxJsonPayload + 1, ' ');
        payload[0] = '[';
        payload[1] = ']';
        QVERIFY(!jsonNodes(payload));
        QVERIFY(jsonNodes(payload.first(MaxJsonPayload)));
    }
};

SOCKEYE_TEST(JsonNodesTest, NoApplication)
#include "tst_jsonnodes.moc"
