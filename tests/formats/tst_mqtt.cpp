#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <QRegularExpression>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

DecodeInput binary(const QByteArray &hex, const QString &subprotocol = {})
{
    return {QByteArray::fromHex(hex), false, Direction::In, subprotocol};
}

NodeTree mqttTree(const QByteArray &hex, const QString &subprotocol = {})
{
    return treeOf(u"mqtt", binary(hex, subprotocol));
}

qint32 childNamed(const NodeTree &tree, qint32 parent, const QString &name)
{
    for (const qint32 child : tree.children(parent)) {
        if (tree.name(child) == name)
            return child;
    }
    return Node::None;
}

/// The node at "properties/topic alias" of a packet; None if there is none.
qint32 nodeOf(const NodeTree &tree, qint32 packet, const QString &path)
{
    qint32 node = packet;
    for (const QString &name : path.split(u'/')) {
        node = childNamed(tree, node, name);
        if (node == Node::None)
            return node;
    }
    return node;
}

QString valueOf(const NodeTree &tree, qint32 packet, const QString &path)
{
    const qint32 node = nodeOf(tree, packet, path);
    return node == Node::None ? u"<none>"_s : tree.text(node);
}

/// "sessionExpiryInterval" as the specification writes it.
QString spoken(QString name)
{
    static const QRegularExpression capital(u"([A-Z])"_s);
    return name.replace(capital, u" \\1"_s).toLower();
}

QString jsonText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"1"_s : u"0"_s;
    return value.isDouble() ? QString::number(value.toInt()) : value.toString();
}

/// "topic alias [12,15)" for each leaf of the payload that has bytes.
QStringList leafRangesOf(const NodeTree &tree)
{
    QStringList ranges;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        if (!node.isContainer() && node.source == 0 && node.value.size > 0)
            ranges += u"%1 [%2,%3)"_s.arg(tree.name(i)).arg(node.value.begin).arg(node.value.end());
    }
    return ranges;
}

} // namespace

class MqttTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldOfEveryPacket_data()
    {
        QTest::addColumn<QByteArray>("connect");
        QTest::addColumn<QByteArray>("packet");
        QTest::addColumn<QJsonObject>("meaning");
        for (const QString &file : {u"mqtt311.jsonl"_s, u"mqtt5.jsonl"_s}) {
            const QList<Vector> vectors = read(file);
            for (qsizetype i = 0; i < vectors.size(); ++i) {
                QTest::addRow("%s %lld", qPrintable(file), qint64(i))
                    << vectors[0].input.payload << vectors[i].input.payload << vectors[i].meaning;
            }
        }
    }
    /// What CONNECT says holds for the packets behind it in the same message.
    void everyFieldOfEveryPacket()
    {
        QFETCH(QByteArray, connect);
        QFETCH(QByteArray, packet);
        QFETCH(QJsonObject, meaning);
        const NodeTree tree = treeOf(u"mqtt", {connect + packet, false, Direction::In, {}});
        QVERIFY(!tree.error);
        QCOMPARE(tree.rootCount, 2);
        const qint32 root = tree.children(Node::None)[1];
        const QString name = meaning.value(u"cmd").toString().toUpper();
        QCOMPARE(tree.name(root), name);
        QVERIFY(tree.note(root).isEmpty());
        QCOMPARE(tree.valueBytes(tree.at(root)), QByteArrayView(packet));
        const auto has = [&](const QString &path, const QJsonValue &value) {
            if (!value.isUndefined())
                QCOMPARE(valueOf(tree, root, path), jsonText(value));
        };
        has(u"remaining length"_s, meaning.value(u"length"));
        has(u"topic"_s, meaning.value(u"topic"));
        has(u"packet id"_s, meaning.value(u"messageId"));
        has(u"protocol name"_s, meaning.value(u"protocolId"));
        has(u"protocol version"_s, meaning.value(u"protocolVersion"));
        has(u"client id"_s, meaning.value(u"clientId"));
        has(u"keep alive"_s, meaning.value(u"keepalive"));
        has(u"reason code"_s, packet.size() == 4 ? QJsonValue(QJsonValue::Undefined) : meaning.value(u"reasonCode"));
        has(u"return code"_s, meaning.value(u"returnCode"));
        has(u"acknowledge flags/session present"_s, meaning.value(u"sessionPresent"));
        if (name == u"PUBLISH") {
            has(u"control byte/DUP"_s, meaning.value(u"dup"));
            has(u"control byte/QoS"_s, meaning.value(u"qos"));
            has(u"control byte/RETAIN"_s, meaning.value(u"retain"));
            hasPayload(tree, nodeOf(tree, root, u"payload"_s), meaning.value(u"payload").toObject());
        }
        hasProperties(tree, nodeOf(tree, root, u"properties"_s), meaning.value(u"properties").toObject());
        if (const QJsonObject will = meaning.value(u"will").toObject(); !will.isEmpty()) {
            has(u"connect flags/will flag"_s, true);
            has(u"connect flags/will QoS"_s, will.value(u"qos"));
            has(u"connect flags/will retain"_s, will.value(u"retain"));
            has(u"will topic"_s, will.value(u"topic"));
            hasPayload(tree, nodeOf(tree, root, u"will payload"_s), will.value(u"payload").toObject());
            hasProperties(tree, nodeOf(tree, root, u"will properties"_s), will.value(u"properties").toObject());
        }
        const bool is5 = connect.at(8) == 5;
        const QJsonArray subscriptions = meaning.value(u"subscriptions").toArray();
        for (qsizetype i = 0; i < subscriptions.size(); ++i) {
            const QJsonObject one = subscriptions[i].toObject();
            const qint32 node = tree.children(nodeOf(tree, root, u"subscriptions"_s))[size_t(i)];
            const QString options = is5 ? u"subscription options/"_s : QString();
            QCOMPARE(valueOf(tree, node, u"topic filter"_s), one.value(u"topic").toString());
            QCOMPARE(valueOf(tree, node, options + u"QoS"_s), jsonText(one.value(u"qos")));
            if (is5) {
                QCOMPARE(valueOf(tree, node, options + u"no local"_s), jsonText(one.value(u"nl")));
                QCOMPARE(valueOf(tree, node, options + u"retain as published"_s), jsonText(one.value(u"rap")));
                QCOMPARE(valueOf(tree, node, options + u"retain handling"_s), jsonText(one.value(u"rh")));
            }
        }
        const QJsonArray granted = meaning.value(u"granted").toArray();
        for (qsizetype i = 0; i < granted.size(); ++i) {
            const qint32 codes = nodeOf(tree, root, is5 ? u"reason codes"_s : u"return codes"_s);
            QCOMPARE(qsizetype(tree.children(codes).size()), granted.size());
            QCOMPARE(tree.text(tree.children(codes)[size_t(i)]), jsonText(granted[i]));
        }
    }

    void eachAloneIsMqtt_data() { everyFieldOfEveryPacket_data(); }
    void eachAloneIsMqtt()
    {
        QFETCH(QByteArray, packet);
        const FormatChoice choice = chooseFormat({packet, false, Direction::In, {}});
        QVERIFY(choice.format);
        QCOMPARE(choice.format->id(), u"mqtt"_s);
        const NodeTree tree = treeOf(u"mqtt", {packet, false, Direction::In, {}});
        QVERIFY(!tree.error);
        QCOMPARE(tree.rootCount, 1);
    }

    void partsOfAPacketAreTold()
    {
        const QList<Vector> parts = read(u"mqtt-split.jsonl"_s);
        QByteArray joined;
        for (const Vector &part : parts.first(13)) {
            joined += part.input.payload;
            QVERIFY(chooseFormat(part.input).certainty < Certainty::Sure);
            const NodeTree tree = treeOf(u"mqtt", {joined, false, Direction::Out, u"mqtt"_s});
            if (joined.size() == 30) {
                QVERIFY(!tree.error);
                QCOMPARE(tree.summary, u"CONNECT c4 v3.1.1 keepalive 1 will will/x"_s);
            } else {
                QVERIFY(tree.error);
                QCOMPARE(tree.error->offset, joined.size());
                QVERIFY2(tree.error->rule.contains(u"next message"), qPrintable(tree.error->rule));
                QCOMPARE(tree.name(0), u"CONNECT"_s);
            }
        }
        QCOMPARE(linesOf(treeOf(u"mqtt", {parts[20].input.payload, false, Direction::In, {}})),
                 u"SUBACK\n control byte\n  packet type=9 (SUBACK)\n  flags=0\n remaining length=3\n packet id=39503\n"
                 " return codes\n  -=2 (Granted QoS 2)"_s);
    }

    void leavesAreTheirBytes()
    {
        const NodeTree connect = mqttTree("1026 0004 4d515454 05 c2 003c 0c 11 00000001 26 0001 6b 0001 76 "
                                          "0002 6964 0004 75736572 0003 707764");
        QVERIFY2(!connect.error, connect.error ? qPrintable(connect.error->rule) : "");
        QCOMPARE(
            leafRangesOf(connect),
            (QStringList{u"remaining length [1,2)"_s, u"protocol name [2,8)"_s, u"protocol version [8,9)"_s,
                         u"keep alive [10,12)"_s, u"property length [12,13)"_s, u"session expiry interval [13,18)"_s,
                         u"k [22,25)"_s, u"client id [25,29)"_s, u"user name [29,35)"_s, u"password [35,40)"_s}));
        QCOMPARE(leafRangesOf(mqttTree("3210 0003 612f62 0007 05 0101 230003 0a0a0a")),
                 (QStringList{u"remaining length [1,2)"_s, u"topic [2,7)"_s, u"packet id [7,9)"_s,
                              u"property length [9,10)"_s, u"payload format indicator [10,12)"_s,
                              u"topic alias [12,15)"_s}) +
                     QStringList{u"payload [15,18)"_s});
        QCOMPARE(leafRangesOf(mqttTree("a208 0005 0001 61 0001 62")),
                 (QStringList{u"remaining length [1,2)"_s, u"packet id [2,4)"_s, u" [4,7)"_s, u" [7,10)"_s}));
    }

    void aPayloadIsDecodedByItsContent()
    {
        const NodeTree tree = mqttTree("3215 0007 612f622f632f64 0007 7b2261223a312e30307d");
        QVERIFY(!tree.error);
        QCOMPARE(tree.summary, u"PUBLISH a/b/c/d q1 · {\"a\":1.00}"_s);
        const qint32 payload = nodeOf(tree, 0, u"payload"_s);
        QCOMPARE(tree.at(payload).childCount, 1);
        QCOMPARE(valueOf(tree, payload + 1, u"a"_s), u"1.00"_s);
    }

    void anAliasStandsForATopic()
    {
        const NodeTree tree = mqttTree("3008 0000 03 230003 6869");
        QCOMPARE(tree.summary, u"PUBLISH (topic alias 3) · hi"_s);
        QCOMPARE(valueOf(tree, 0, u"properties/topic alias"_s), u"3"_s);
        // Without one it is no packet at all.
        const NodeTree none = mqttTree("3005 0000 00 6869", u"mqtt"_s);
        QVERIFY(none.error);
    }

    void severalPacketsAreSeveralRoots()
    {
        const NodeTree tree = mqttTree("c000 40020007 e000");
        QVERIFY(!tree.error);
        QCOMPARE(tree.rootCount, 3);
        QCOMPARE(tree.summary, u"PINGREQ; PUBACK 7; DISCONNECT"_s);
    }

    void theVersionIsThatWhichReads_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("summary");
        QTest::newRow("CONNACK 3.1.1") << QByteArray("20020105") << u"return code"_s << u"5"_s
                                       << u"CONNACK Connection Refused, not authorized"_s;
        QTest::newRow("CONNACK 5") << QByteArray("2003008700") << u"reason code"_s << u"135"_s
                                   << u"CONNACK 0x87 Not authorized"_s;
        QTest::newRow("a reason without properties")
            << QByteArray("4003000710") << u"reason code"_s << u"16"_s << u"PUBACK 7 No matching subscribers"_s;
        QTest::newRow("a reason with a text")
            << QByteArray("400a 0007 87 06 1f0003 6e6f21") << u"properties/reason string"_s << u"no!"_s
            << u"PUBACK 7 0x87 Not authorized"_s;
        QTest::newRow("UNSUBACK 5") << QByteArray("b005 0007 00 0011") << u"packet id"_s << u"7"_s
                                    << u"UNSUBACK 7 Success, No subscription existed"_s;
        QTest::newRow("UNSUBACK 3.1.1") << QByteArray("b0020007") << u"packet id"_s << u"7"_s << u"UNSUBACK 7"_s;
        QTest::newRow("DISCONNECT 5") << QByteArray("e0018e") << u"reason code"_s << u"142"_s
                                      << u"DISCONNECT 0x8e Session taken over"_s;
        QTest::newRow("AUTH") << QByteArray("f00818 06 15 0003 616263") << u"properties/authentication method"_s
                              << u"abc"_s << u"AUTH Continue authentication"_s;
        QTest::newRow("SUBACK 3.1.1") << QByteArray("9004 0007 0180") << u"packet id"_s << u"7"_s
                                      << u"SUBACK 7 q1, 0x80 Failure"_s;
        QTest::newRow("SUBSCRIBE 3.1.1") << QByteArray("820d 0007 0003612f62 01 0002632f 00") << u"packet id"_s
                                         << u"7"_s << u"SUBSCRIBE a/b q1, c/"_s;
        QTest::newRow("MQTT 3.1") << QByteArray("1010 0006 4d5149736470 03 02 003c 0002 6964") << u"protocol version"_s
                                  << u"3"_s << u"CONNECT id v3.1 keepalive 60"_s;
        QTest::newRow("a bridge") << QByteArray("100e 0004 4d515454 84 02 003c 0002 6964") << u"protocol version"_s
                                  << u"132"_s << u"CONNECT id v3.1.1 keepalive 60"_s;
        QTest::newRow("a retained message is forgotten")
            << QByteArray("3105 0003612f62") << u"control byte/RETAIN"_s << u"1"_s << u"PUBLISH a/b retain"_s;
        QTest::newRow("sent again, MQTT 3.1")
            << QByteArray("8a06 0007 000161 00") << u"packet id"_s << u"7"_s << u"SUBSCRIBE a"_s;
    }
    void theVersionIsThatWhichReads()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, summary);
        const NodeTree tree = mqttTree(hex);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(valueOf(tree, 0, path), value);
        QCOMPARE(tree.summary, summary);
    }

    void whatIsBrokenIsTold_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const char *hex, qsizetype offset, const QString &rule) {
            QTest::newRow(name) << QByteArray(hex) << offset << rule;
        };
        row("reserved", "0000", 0, u"reserved"_s);
        row("reserved, later", "c0000000", 2, u"reserved"_s);
        row("flags", "41020007", 0, u"flags of PUBACK are always 0"_s);
        row("QoS 3", "36050001610007", 0, u"QoS 3"_s);
        row("DUP of QoS 0", "380400016162", 0, u"DUP"_s);
        row("length of five bytes", "c08080808001", 1, u"longer than four bytes"_s);
        row("id 0", "40020000", 2, u"never 0"_s);
        row("too short", "400107", 2, u"\"packet id\""_s);
        row("too long", "d00100", 2, u"behind the last field"_s);
        row("wildcard", "3005 0003 612f23", 2, u"wildcards"_s);
        row("topic in no UTF-8", "3004 0002 ffff", 2, u"no text"_s);
        row("property that is none", "100f 00044d515454 05 02 003c 02 7f00 0000", 13, u"no property 127"_s);
        row("property of others", "1010 00044d515454 05 02 003c 03 230001 0000", 13, u"may not stand here"_s);
        row("property twice", "1013 00044d515454 05 02 003c 06 210001 210001 0000", 16, u"second time"_s);
        row("properties beyond the packet", "100d 00044d515454 05 02 003c 10 0000", 12, u"longer than the packet"_s);
        row("version 6", "100c 00044d515454 06 02 003c 0000", 8, u"no version 6"_s);
        row("reserved flag", "100c 00044d515454 04 03 003c 0000", 9, u"reserved"_s);
        row("will without a will", "100c 00044d515454 04 0a 003c 0000", 9, u"will that there is not"_s);
        row("other protocol", "100c 00044d515458 04 02 003c 0000", 2, u"name is MQTT"_s);
        row("payload goes on", "3020 0003 612f62 6869", 9, u"25 B before its end"_s);
        row("topic goes on", "3020 0007 612f", 6, u"next message"_s);
        row("header goes on", "30ff", 2, u"next message"_s);
    }
    void whatIsBrokenIsTold()
    {
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = mqttTree(hex);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
    }

    void howSure_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("subprotocol");
        QTest::addColumn<Certainty>("certainty");
        QTest::newRow("CONNECT") << QByteArray("100e00044d5154540402003c00026964") << QString() << Certainty::Sure;
        QTest::newRow("CONNECT goes on") << QByteArray("100e00044d5154540402") << QString() << Certainty::Sure;
        QTest::newRow("a long topic") << QByteArray("3017 0011 73656e736f72732f372f74656d702f6e77 3231 2e35")
                                      << QString() << Certainty::Sure;
        QTest::newRow("PUBACK") << QByteArray("40020007") << QString() << Certainty::Likely;
        QTest::newRow("PUBACK goes on") << QByteArray("400200") << QString() << Certainty::None;
        QTest::newRow("whatever it is") << QByteArray("6334") << u"mqtt"_s << Certainty::Sure;
        QTest::newRow("the older name") << QByteArray("40020007") << u"mqttv3.1"_s << Certainty::Sure;
        QTest::newRow("nothing") << QByteArray() << u"mqtt"_s << Certainty::None;
    }
    void howSure()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, subprotocol);
        QFETCH(Certainty, certainty);
        QCOMPARE(formatOf(u"mqtt")->probe(binary(hex, subprotocol)), certainty);
        DecodeInput text = binary(hex, subprotocol);
        text.isText = true;
        QCOMPARE(formatOf(u"mqtt")->probe(text), Certainty::None);
    }

private:
    static void hasPayload(const NodeTree &tree, qint32 node, const QJsonObject &payload)
    {
        QVERIFY(node != Node::None);
        const QByteArrayView bytes = tree.textBytes(tree.at(node));
        if (payload.contains(u"hex"))
            QCOMPARE(bytes, QByteArrayView(QByteArray::fromHex(payload.value(u"hex").toString().toLatin1())));
        else
            QCOMPARE(bytes.size(), payload.value(u"bytes").toInt());
    }

    static void hasProperties(const NodeTree &tree, qint32 node, const QJsonObject &properties)
    {
        for (auto it = properties.begin(); it != properties.end(); ++it) {
            QVERIFY(node != Node::None);
            if (it.key() == u"userProperties") {
                hasUserProperties(tree, node, it.value().toObject());
            } else if (it.value().isObject()) {
                const qint32 found = childNamed(tree, node, spoken(it.key()));
                QVERIFY(found != Node::None);
                hasPayload(tree, found, it.value().toObject());
            } else {
                QCOMPARE(valueOf(tree, node, spoken(it.key())), jsonText(it.value()));
            }
        }
    }

    static void hasUserProperties(const NodeTree &tree, qint32 node, const QJsonObject &expected)
    {
        QMap<QString, QJsonArray> found;
        for (const qint32 child : tree.children(node)) {
            if (tree.name(child) != u"user property")
                continue;
            const qint32 pair = tree.children(child)[0];
            found[tree.name(pair)].append(tree.text(pair));
        }
        QCOMPARE(found.size(), expected.size());
        for (auto it = expected.begin(); it != expected.end(); ++it)
            QCOMPARE(found[it.key()], it.value().isArray() ? it.value().toArray() : QJsonArray{it.value()});
    }
};

SOCKEYE_TEST(MqttTest, QCoreApplication)
#include "tst_mqtt.moc"
