#include "decode/NodePath.h"

#include "decode/JsonNodes.h"
#include "filter/Filter.h"
#include "filter/JsonMatcher.h"
#include "search/JsonPath.h"
#include "search/JsonReader.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class NodePathTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsAndFilters_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<qint32>("node");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("filter");
        const QByteArray trade =
            "{\"data\":[{\"price\":12.50},{\"a key\":\"x \\\"y\\\" \\\\\"}],\"ok\":true,\"no\":null}";
        QTest::newRow("root") << trade << 0 << u"$"_s << u"json:$"_s;
        QTest::newRow("array") << trade << 1 << u"$.data"_s << u"json:$.data"_s;
        QTest::newRow("number") << trade << 3 << u"$.data[0].price"_s << u"json:$.data[0].price=12.50"_s;
        QTest::newRow("string") << trade << 5 << u"$.data[1][\"a key\"]"_s
                                << u"json:$.data[1][\"a key\"]=\"x \\\"y\\\" \\\\\""_s;
        QTest::newRow("true") << trade << 6 << u"$.ok"_s << u"json:$.ok=true"_s;
        QTest::newRow("null") << trade << 7 << u"$.no"_s << QString();
        QTest::newRow("odd names") << QByteArray("{\"a.b\":{\"\":{\"\\u00fc\\\"]\":1}}}") << 3
                                   << u"$[\"a.b\"][\"\"][\"\\u00fc\\\"]\"]"_s
                                   << u"json:$[\"a.b\"][\"\"][\"\\u00fc\\\"]\"]=1"_s;
        QTest::newRow("letters") << QByteArray("{\"größe\":1}") << 1 << u"$.größe"_s << u"json:$.größe=1"_s;
        QTest::newRow("in an envelope") << QByteArray("42[\"e\",{\"p\":1}]") << 3 << u"$[1].p"_s << u"json:$[1].p=1"_s;
        QTest::newRow("line break") << QByteArray("{\"a\":\"x\\ny\"}") << 1 << u"$.a"_s << QString();
        QTest::newRow("long") << QByteArray("{\"a\":\"" + QByteArray(600, 'x') + "\"}") << 1 << u"$.a"_s << QString();
    }
    void pathsAndFilters()
    {
        QFETCH(QByteArray, payload);
        QFETCH(qint32, node);
        QFETCH(QString, path);
        const auto tree = jsonNodes(payload);
        QVERIFY(tree);
        QCOMPARE(nodePath(*tree, node), path);
        QTEST(nodeFilter(*tree, node), "filter");
        QVERIFY(JsonPath::parse(path).ok());
    }

    /// Whatever is offered finds the message that it comes from.
    void eachFilterFindsItsOwnMessage()
    {
        const QByteArray payload =
            "{\"a\":[1,-2.5e3,\"x y\",\"\\\"q\\\"\",\"\\\\\",true,false,null,{\"deep\":[[7]]}],\"b c\":\"(or) "
            "x\",\"-d\":\"AND\",\"e\":18446744073709551617}";
        const auto tree = jsonNodes(payload);
        QVERIFY(tree);
        for (qint32 i = 0; i < tree->size(); ++i) {
            const QString filter = nodeFilter(*tree, i);
            if (tree->at(i).kind == Node::Kind::Null) {
                QCOMPARE(filter, QString());
                continue;
            }
            const auto parsed = parseFilter(filter);
            QVERIFY2(std::holds_alternative<EntryQuery>(parsed), qPrintable(filter));
            const filter::Condition &condition = std::get<EntryQuery>(parsed).condition;
            const bool isNegated = condition.type == filter::Condition::Type::Not;
            const filter::Condition &leaf = isNegated ? condition.parts.first() : condition;
            const auto *term = std::get_if<filter::JsonValueIs>(&leaf.term);
            QVERIFY2(term, qPrintable(filter));
            QCOMPARE(term->path, nodePath(*tree, i));
            Result<filter::JsonMatcher> matcher = filter::JsonMatcher::of(*term);
            QVERIFY(matcher.ok());
            JsonReader reader;
            QVERIFY2(matcher.value().matches(payload, reader) != isNegated, qPrintable(filter));
        }
    }
};

SOCKEYE_TEST(NodePathTest, QCoreApplication)
#include "tst_nodepath.moc"
