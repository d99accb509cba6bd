#include "encodings/KnownRecords.h"
#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

#include <map>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Records that an earlier message defines, as msgpackr and cbor-x send them.
class MessageRecordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTraffic()
    {
        std::map<QString, QList<Vector>> connections;
        for (const Vector &vector : read(u"records.jsonl"_s))
            connections[vector.from] += vector;
        QCOMPARE(connections.size(), 3U);
        const QStringList expected{u"{t=\"price\" s=\"AAPL\" v=100}"_s,    u"{t=\"price\" s=\"MSFT\" v=64.5}"_s,
                                   u"{n=[{a=1 b=\"x\"} {a=2 b=\"y\"}]}"_s, u"{a=3 b=\"z\"}"_s,
                                   u"[1 {t=\"p\" s=\"G\" v=127}]"_s,       u"{t=\"q\" s=\"H\" v=64}"_s};
        for (const auto &[from, vectors] : connections) {
            const QString format = from.startsWith(u"cbor") ? u"cbor"_s : u"msgpack"_s;
            ConnectionFacts facts;
            facts.first.append({vectors.first().input.payload, false, Direction::Out});
            QVERIFY2(conversationFormat(facts) == formatOf(format), qPrintable(from));
            Session session(format);
            QStringList said;
            for (const Vector &vector : vectors) {
                DecodeInput input = vector.input;
                input.before = session.conversation;
                const FormatChoice choice = chooseFormat(input);
                QVERIFY2(choice.format == formatOf(format), qPrintable(from));
                said += session.say(vector.input);
                QVERIFY(!session.tree->error);
            }
            QCOMPARE(said, expected);
        }
    }

    void aRecordThatIsKnownIsSure()
    {
        Session session(u"msgpack");
        session.binary(QByteArray::fromHex("d4724092a161a16201a178"));
        const DecodeInput input{QByteArray::fromHex("4003a17a"), false, Direction::In, {}, session.conversation};
        QCOMPARE(chooseFormat(input).certainty, Certainty::Sure);
        // The other side has defined none, and a number of one byte is a number.
        QCOMPARE(session.binary(QByteArray::fromHex("92014003"), Direction::Out), u"-"_s);
        // Bytes are missing, or left.
        QVERIFY(session.binary(QByteArray::fromHex("4003")) != u"{a=3 b=\"z\"}"_s);
        const NodeTree tree = treeOf(u"msgpack", input);
        QCOMPARE(linesOf(tree), u"- (record 64 of msgpackr)\n a=3\n b=z"_s);
        QCOMPARE(tree.at(0).value, (Node::Range{0, 4}));
        QCOMPARE(tree.at(1).value, (Node::Range{1, 1}));
        QCOMPARE(tree.at(2).value, (Node::Range{2, 2}));
        QVERIFY(!tree.at(1).name.size);
    }

    void whatIsDefinedAnewCounts()
    {
        Session session(u"msgpack");
        session.binary(QByteArray::fromHex("d4724091a16101"));
        session.binary(QByteArray::fromHex("d4724091a17801"));
        QCOMPARE(session.binary(QByteArray::fromHex("4005")), u"{x=5}"_s);
        // Two bytes: another record.
        session.binary(QByteArray::fromHex("d572600591a17901"));
        QCOMPARE(session.binary(QByteArray::fromHex("600507")), u"{y=7}"_s);
        QCOMPARE(session.conversation.in.records.size(), 2);
        // What is broken off behind a definition has defined it.
        session.binary(QByteArray::fromHex("d4724191a17a"));
        QCOMPARE(session.binary(QByteArray::fromHex("4105")), u"{z=5}"_s);
    }

    void memoryIsBounded()
    {
        KnownRecords records;
        for (quint32 i = 0; i < 5'000; ++i)
            records.define(i, {u"key"_s});
        QCOMPARE(records.records().size(), KnownRecords::MaxRecords);
        records.define(1, QStringList(1'000, u"a long key"_s));
        QVERIFY(!records.has(1));
        records.define(2, {u"a"_s, {}, u"ü"_s});
        QCOMPARE(records.keys(2), (QStringList{u"a"_s, {}, u"ü"_s}));
        records.define(3, {});
        QCOMPARE(records.keys(3), QStringList());
        QVERIFY(!records.keys(1));
    }
};

SOCKEYE_TEST(MessageRecordsTest, QCoreApplication)
#include "tst_messagerecords.moc"
