#include "shapes/ShapeTable.h"

#include "decode/JsonNodes.h"
#include "formats/Formats.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ShapeTableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = {};
        m_entries = 0;
    }

    void countsEachShape()
    {
        add(R"({"type":"trade","p":1})");
        add(R"({"type":"trade","p":25})");
        add(R"({"type":"quote","bid":1})");
        add(R"({"type":"trade","p":1})", Direction::Out);
        QCOMPARE(lines(), (QStringList{u"in type=trade {type, p} 2"_s, u"in type=quote {type, bid} 1"_s,
                                       u"out type=trade {type, p} 1"_s}));
        QCOMPARE(m_table.groupCount(), 3);
        QCOMPARE(m_table.sums().count, 4);
        const Shape &trades = m_table.shapes().front();
        QCOMPARE(trades.formatId, u"json"_s);
        QCOMPARE(trades.sums.bytes, 22 + 23);
        QCOMPARE(trades.sums.smallest, 22);
        QCOMPARE(trades.sums.largest, 23);
        QCOMPARE(trades.sums.first, EntryId(1));
        QCOMPARE(trades.sums.firstTime, timestampFromNs(1'000));
        QCOMPARE(trades.sums.last, EntryId(2));
        QCOMPARE(trades.sums.lastTime, timestampFromNs(2'000));
        QCOMPARE(trades.sums.example, EntryId(2));
    }

    /// A kind is one group, whatever its keys are.
    void keysOfOneKindShareAGroup()
    {
        add(R"({"type":"trade","p":1})");
        add(R"({"type":"trade","p":1,"note":"x"})");
        add(R"({"note":"x","p":1,"type":"trade"})");
        add(R"({"p":1})");
        QCOMPARE(lines(),
                 (QStringList{u"in type=trade {type, p} 1"_s, u"in type=trade {type, p, note} 2"_s, u"in  {p} 1"_s}));
        QCOMPARE(m_table.shapes()[0].group, 0);
        QCOMPARE(m_table.shapes()[1].group, 0);
        QCOMPARE(m_table.shapes()[2].group, 1);
        QCOMPARE(m_table.shapes()[0].ids.kind, m_table.shapes()[1].ids.kind);
    }

    void whatNoFormatFitsIsCounted()
    {
        add({}, Direction::In, true);
        add({}, Direction::In, false);
        add({}, Direction::In, true);
        QCOMPARE(m_table.shapes().size(), size_t(2));
        QCOMPARE(m_table.shapes()[0].what, Shape::What::Text);
        QCOMPARE(m_table.shapes()[0].sums.count, 2);
        QCOMPARE(m_table.shapes()[1].what, Shape::What::Binary);
    }

    /// The protocol's words come before what members say.
    void factsNameTheKind()
    {
        NodeTree tree = *jsonNodes(R"({"type":"x"})");
        tree.facts = {.kind = "PUBLISH", .name = {}, .topic = "sensors/7/temp", .exchanges = {}};
        addTree(tree);
        tree.facts.topic = "sensors/12345/temp";
        addTree(tree);
        tree.facts.topic = "sensors/12345/light";
        addTree(tree);
        tree.facts = {.kind = "PUB", .name = "a.b", .topic = "a.b", .exchanges = {}};
        addTree(tree);
        tree.facts = {.kind = "emit", .name = "price", .topic = "/", .exchanges = {}};
        addTree(tree);
        QCOMPARE(lines(),
                 (QStringList{u"in PUBLISH sensors/+/temp {type} 2"_s, u"in PUBLISH sensors/+/light {type} 1"_s,
                              u"in PUB a.b {type} 1"_s, u"in emit price {type} 1"_s}));
    }

    /// Of a kind with ever new keys the count stays right.
    void manySetsOfKeysAreCountedTogether()
    {
        const int count = ShapeTable::MaxKeySets + 50;
        for (int i = 0; i < count; ++i)
            add(R"({"type":"trade",")" + word(i) + R"(":1})");
        add(R"({"type":"quote"})");
        qint64 trades = 0;
        for (const Shape &shape : m_table.shapes()) {
            if (shape.group == 0)
                trades += shape.sums.count;
        }
        QCOMPARE(trades, count);
        QCOMPARE(m_table.groupCount(), 2);
        QCOMPARE(m_table.shapes().size(), size_t(ShapeTable::MaxKeySets + 2));
        const Shape &rest = m_table.shapes()[size_t(ShapeTable::MaxKeySets)];
        QCOMPARE(rest.what, Shape::What::OtherKeys);
        QCOMPARE(rest.sums.count, 50);
        QCOMPARE(rest.ids.kind, m_table.shapes()[0].ids.kind);
    }

    void moreShapesThanAreToldApart()
    {
        const int count = int(ShapeTable::MaxShapes) + 1'000;
        for (int i = 0; i < count; ++i)
            add("{\"" + word(i) + "\":1}");
        add("{\"" + word(3) + "\":1}");
        QCOMPARE(m_table.shapes().size(), ShapeTable::MaxShapes + 1);
        QCOMPARE(m_table.shapes().back().what, Shape::What::Other);
        QCOMPARE(m_table.shapes().back().sums.count, 1'000);
        QCOMPARE(m_table.shapes()[3].sums.count, 2);
        QCOMPARE(m_table.sums().count, count + 1);
    }

    /// Names that are ids make no shapes of their own.
    void idsAsKeysAreOneKey()
    {
        for (int i = 0; i < 1'000; ++i)
            add("{\"orders\":{\"" + QByteArray::number(100'000 + i) + "\":{\"p\":1}}}");
        QCOMPARE(lines(), QStringList{u"in  {orders{*{p}}} 1000"_s});
    }

    void sumsAreAddedUp()
    {
        ShapeSums one;
        one.add(EntryId(5), timestampFromNs(50), 10);
        one.add(EntryId(7), timestampFromNs(70), 30);
        ShapeSums other;
        other.add(EntryId(3), timestampFromNs(30), 30);
        other.add(EntryId(6), timestampFromNs(60), 2);
        ShapeSums both = one;
        both.add(other);
        both.add(ShapeSums());
        QCOMPARE(both.count, 4);
        QCOMPARE(both.bytes, 72);
        QCOMPARE(both.smallest, 2);
        QCOMPARE(both.largest, 30);
        QCOMPARE(both.first, EntryId(3));
        QCOMPARE(both.firstTime, timestampFromNs(30));
        QCOMPARE(both.last, EntryId(7));
        QCOMPARE(both.lastTime, timestampFromNs(70));
        QCOMPARE(both.example, EntryId(3));
        ShapeSums reversed = other;
        reversed.add(one);
        QCOMPARE(reversed, both);
    }

private:
    /// A name of letters alone.
    static QByteArray word(int number)
    {
        QByteArray word = "k";
        for (; number > 0; number /= 26)
            word.append(char('a' + number % 26));
        return word;
    }

    void add(const QByteArray &json, Direction direction = Direction::In, bool isText = true)
    {
        const auto tree = json.isEmpty() ? std::nullopt : jsonNodes(json);
        ++m_entries;
        m_table.add({EntryId(m_entries), timestampFromNs(m_entries * 1'000), direction, isText, json.size(),
                     tree ? &*tree : nullptr, tree ? formatOf(u"json") : nullptr});
    }

    void addTree(const NodeTree &tree)
    {
        ++m_entries;
        m_table.add({EntryId(m_entries), timestampFromNs(m_entries * 1'000), Direction::In, true, 10, &tree,
                     formatOf(u"json")});
    }

    [[nodiscard]] QStringList lines() const
    {
        QStringList lines;
        for (const Shape &shape : m_table.shapes()) {
            lines += u"%1 %2 %3 %4"_s.arg(shape.direction == Direction::In ? u"in"_s : u"out"_s, shape.kind, shape.keys,
                                          QString::number(shape.sums.count));
        }
        return lines;
    }

    ShapeTable m_table;
    qint64 m_entries = 0;
};

SOCKEYE_TEST(ShapeTableTest, QCoreApplication)
#include "tst_shapetable.moc"
