#include "decode/NodeDiff.h"

#include "decode/JsonNodes.h"
#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// "a~ b+ -c": members changed, added and gone.
QString summaryOf(const NodeTree &before, const NodeTree &now, const NodeDiff &diff)
{
    QStringList words;
    for (qint32 i = 0; i < now.size(); ++i) {
        const bool isOutermost =
            now.at(i).parent == Node::None || diff.change(now.at(i).parent) != NodeDiff::Change::Added;
        const QString name = NodeTree::isNamed(now.at(i)) ? now.name(i) : QString::number(now.at(i).row);
        if (diff.change(i) == NodeDiff::Change::Changed)
            words += name + u'~';
        else if (diff.change(i) == NodeDiff::Change::Added && isOutermost)
            words += name + u'+';
    }
    for (const qint32 gone : diff.gone)
        words += u'-' + (NodeTree::isNamed(before.at(gone)) ? before.name(gone) : QString::number(before.at(gone).row));
    return words.join(u' ');
}

QJsonValue randomValue(QRandomGenerator &random, int depth)
{
    const quint32 kind = random.bounded(depth > 3 ? 3U : 5U);
    if (kind == 0)
        return int(random.bounded(3));
    if (kind == 1)
        return QString(QChar(u'a' + random.bounded(3)));
    if (kind == 2)
        return random.bounded(2) == 0;
    QJsonObject object;
    QJsonArray array;
    const int count = int(random.bounded(4));
    for (int i = 0; i < count; ++i) {
        object.insert(QString(QChar(u'k' + random.bounded(5))), randomValue(random, depth + 1));
        array.append(randomValue(random, depth + 1));
    }
    return kind == 3 ? QJsonValue(object) : QJsonValue(array);
}

QByteArray jsonOf(const QJsonValue &value)
{
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

} // namespace

class NodeDiffTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatDiffers_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QString>("differs");
        const auto row = [](const char *name, const char *before, const char *now, const char *differs) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(now) << QString::fromLatin1(differs);
        };
        row("nothing", R"({"a":1,"b":[1,2]})", R"({"a":1,"b":[1,2]})", "");
        row("order and blanks", R"({"a":1,"b":2})", R"({ "b": 2, "a": 1 })", "");
        row("a value", R"({"a":1,"b":2})", R"({"a":1,"b":3})", "b~");
        row("its kind", R"({"a":1})", R"({"a":"1"})", "a~");
        row("a member more", R"({"a":1})", R"({"a":1,"b":{"c":1}})", "b+");
        row("a member less", R"({"a":1,"b":{"c":1}})", R"({"a":1})", "-b");
        row("deep", R"({"a":{"b":{"c":1}}})", R"({"a":{"b":{"c":2}}})", "c~");
        row("an element", "[1,2,3]", "[1,5,3]", "1~");
        row("one in front", "[[1],[2],[3]]", "[[0],[1],[2],[3]]", "0+");
        row("one gone in the middle", "[[1],[2],[3]]", "[[1],[3]]", "-1");
        row("the same name twice", R"({"a":1,"a":2})", R"({"a":1,"a":3,"a":4})", "a~ a+");
        row("emptied", R"({"a":{"b":1}})", R"({"a":{}})", "-b");
        row("filled", R"({"a":[]})", R"({"a":[1,2]})", "0+ 1+");
        row("object for array", R"({"a":[]})", R"({"a":{}})", "a~");
    }
    void tellsWhatDiffers()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, now);
        const auto was = jsonNodes(before);
        const auto is = jsonNodes(now);
        const NodeDiff diff = compareNodes(*was, *is);
        QTEST(summaryOf(*was, *is, diff), "differs");
        QCOMPARE(diff.isSame(), summaryOf(*was, *is, diff).isEmpty());
    }

    void namesWhatHoldsTheDifference()
    {
        const auto was = jsonNodes(R"({"a":{"b":1},"c":{"d":1}})");
        const auto is = jsonNodes(R"({"a":{"b":2},"c":{}})");
        const NodeDiff diff = compareNodes(*was, *is);
        QCOMPARE(diff.change(0), NodeDiff::Change::Inside);
        QCOMPARE(diff.change(1), NodeDiff::Change::Inside);
        QCOMPARE(diff.change(2), NodeDiff::Change::Changed);
        QCOMPARE(was->text(diff.former[2]), u"1"_s);
        QCOMPARE(diff.change(3), NodeDiff::Change::Inside);
    }

    /// Same if and only if the JSON is the same; what is paired stands under the same name.
    void holdsForRandomMessages()
    {
        QRandomGenerator random(7);
        int same = 0;
        for (int round = 0; round < 3000; ++round) {
            const QJsonValue first = randomValue(random, 0);
            const QJsonValue second = random.bounded(4) == 0 ? first : randomValue(random, 0);
            const auto was = jsonNodes(jsonOf(first));
            const auto is = jsonNodes(jsonOf(second));
            const NodeDiff diff = compareNodes(*was, *is);
            QCOMPARE(diff.isSame(), first == second);
            same += diff.isSame() ? 1 : 0;
            std::vector<bool> taken(was->nodes.size());
            for (qint32 i = 0; i < is->size(); ++i) {
                const qint32 former = diff.former[static_cast<size_t>(i)];
                QCOMPARE(former == Node::None, diff.change(i) == NodeDiff::Change::Added ||
                                                   (is->at(i).parent != Node::None &&
                                                    (diff.change(is->at(i).parent) == NodeDiff::Change::Changed ||
                                                     diff.former[static_cast<size_t>(is->at(i).parent)] == Node::None ||
                                                     diff.change(is->at(i).parent) == NodeDiff::Change::Same)));
                if (former == Node::None)
                    continue;
                QVERIFY(!taken[static_cast<size_t>(former)]);
                taken[static_cast<size_t>(former)] = true;
                QCOMPARE(was->name(former), is->name(i));
            }
        }
        QVERIFY(same > 100);
    }

    /// Nesting is no recursion, and a wide message takes no time to speak of.
    void deepAndWide()
    {
        const QByteArray deep = QByteArray("[").repeated(900) + '1' + QByteArray("]").repeated(900);
        QByteArray other = deep;
        other[900] = '2';
        QCOMPARE(compareNodes(*jsonNodes(deep), *jsonNodes(other)).changedCount, 1);
        QByteArray wide = "{";
        for (int i = 0; i < 100'000; ++i)
            wide += "\"k" + QByteArray::number(i) + "\":" + QByteArray::number(i) + ',';
        const auto was = jsonNodes(wide + "\"last\":1}");
        const auto is = jsonNodes(wide + "\"last\":2}");
        QCOMPARE(compareNodes(*was, *is).changedCount, 1);
    }
};

SOCKEYE_TEST(NodeDiffTest, QCoreApplication)
#include "tst_nodediff.moc"
