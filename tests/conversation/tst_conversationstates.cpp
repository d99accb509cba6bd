#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Whatever earlier messages decided, a message is decoded to a tree that holds together.
class ConversationStatesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyMessageInAnyState()
    {
        QList<Vector> messages;
        for (const QString &file : {u"socketio.jsonl"_s, u"stomp.jsonl"_s, u"records.jsonl"_s, u"mqtt5.jsonl"_s,
                                    u"compressed-chains.jsonl"_s, u"jsonrpc.jsonl"_s, u"signalr-json.jsonl"_s,
                                    u"signalr-msgpack.jsonl"_s, u"phoenix.jsonl"_s, u"wamp.jsonl"_s})
            messages += read(file);
        for (const QStringView id : {u"socketio", u"stomp", u"msgpack", u"cbor", u"mqtt", u"zlib-stream", u"jsonrpc",
                                     u"signalr", u"signalr-msgpack", u"phoenix", u"wamp"}) {
            const Decoder *format = formatOf(id);
            Conversation conversation;
            for (const Vector &vector : messages) {
                // Broken off, so that all kinds of things are left open.
                for (const qsizetype size : {vector.input.payload.size(), vector.input.payload.size() / 2}) {
                    DecodeInput input = vector.input;
                    input.payload.truncate(size);
                    for (const Decoder *reader : {format, static_cast<const Decoder *>(nullptr)}) {
                        input.before = conversation;
                        const auto decoded = decodeMessage(input, {}, reader);
                        const QString broken = decoded ? fault(*decoded->tree) : QString();
                        QVERIFY2(broken.isEmpty(),
                                 qPrintable(id.toString() + u": "_s + vector.from + u": "_s + broken));
                    }
                    format->follow(input, conversation);
                    static_cast<void>(format->dependence(input));
                    for (const Conversation::Side &side : {conversation.in, conversation.out})
                        QVERIFY(side.begun.size() <= Conversation::Side::MaxBegun && side.awaited >= 0);
                }
            }
        }
    }

    /// What can be shown at once where nobody knows yet what came before.
    void whatDependsOnEarlierMessages_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("dependence");
        const auto row = [](const char *format, const char *name, bool isText, const QByteArray &payload,
                            Dependence dependence) {
            QTest::addRow("%s: %s", format, name)
                << QString::fromLatin1(format) << isText << payload << int(dependence);
        };
        const auto hex = [](const char *digits) { return QByteArray::fromHex(digits); };
        using enum Dependence;
        row("socketio", "an event", true, "42[\"price\",1]", None);
        row("socketio", "an answer", true, "430[1]", Details);
        row("socketio", "an attachment", false, "\1\2", All);
        const QByteArray topic = "sensors/building/7/temperature";
        const QByteArray publish = hex("302b001e") + topic + "{\"t\":21.50}";
        row("mqtt", "a packet with a topic", false, publish, Details);
        row("mqtt", "a packet with another's beginning", false, publish + "0", All);
        row("mqtt", "a short packet", false, hex("c000"), All);
        row("mqtt", "the middle of one", false, publish.mid(5), All);
        row("mqtt", "no packet", true, "hello", None);
        row("stomp", "a frame", true, "SEND\ndestination:/q\n\nhello\0"_ba, None);
        row("stomp", "a beginning", true, "SEND\ndestination:/q\n\nhel", All);
        row("stomp", "an end", true, "lo\0"_ba, All);
        row("zlib-stream", "a piece", false, hex("789c"), All);
        row("zlib-stream", "a text", true, "{}", None);
        row("msgpack", "a map", false, hex("82a161c3a16203"), None);
        row("msgpack", "a record", false, hex("40c303"), All);
        row("msgpack", "a record in an array", false, hex("92a34041424001"), All);
        row("msgpack", "text with its number in it", false, hex("91a3404142"), None);
        row("cbor", "a map", false, hex("a16161f5"), None);
        row("cbor", "a record", false, hex("d9e0008101"), All);
        row("jsonrpc", "a call", true, R"({"jsonrpc":"2.0","method":"a","id":1})", None);
        row("jsonrpc", "an answer", true, R"({"jsonrpc":"2.0","result":1,"id":1})", Details);
        row("signalr", "an answer", true, "{\"type\":3,\"invocationId\":\"1\"}\x1e", Details);
        row("signalr", "a call", true, "{\"type\":1,\"target\":\"a\",\"arguments\":[]}\x1e", None);
        row("phoenix", "an answer", true, R"(["1","2","room:1","phx_reply",{"status":"ok"}])", Details);
        row("phoenix", "a push", true, R"(["1","2","room:1","new_msg",{}])", None);
        row("wamp", "an answer", true, R"([50,7,{},[1]])", Details);
        row("wamp", "an event", true, R"([36,1,2,{},[1]])", None);
        row("json", "anything", true, "{}", None);
    }

    void whatDependsOnEarlierMessages()
    {
        QFETCH(QString, format);
        QFETCH(bool, isText);
        QFETCH(QByteArray, payload);
        QFETCH(int, dependence);
        QCOMPARE(int(formatOf(format)->dependence({payload, isText, Direction::In})), dependence);
    }
};

SOCKEYE_TEST(ConversationStatesTest, QCoreApplication)
#include "tst_conversationstates.moc"
