#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Out = Direction::Out;
constexpr auto In = Direction::In;

/// A record of SignalR's MessagePack with its length before it.
QByteArray hubRecord(const char *hex)
{
    const QByteArray record = QByteArray::fromHex(hex);
    return char(record.size()) + record;
}

QString followedBy(const QList<ConnectionFacts::Message> &first, const QString &subprotocol = {})
{
    const Decoder *format = conversationFormat(ConnectionFacts{subprotocol, {}, first});
    return format ? format->id() : QString();
}

} // namespace

/// An answer that names a call by its id says what was called.
class AskedCallsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonRpc()
    {
        Session session(u"jsonrpc");
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","result":3,"id":1})"), u"result 3 · id 1"_s);
        session.text(R"({"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1})", Out);
        // Of the same side, and of another type.
        session.text(R"({"jsonrpc":"2.0","method":"other","id":1})");
        session.text(R"({"jsonrpc":"2.0","method":"text","id":"1"})", Out);
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","result":3,"id":1})"), u"result of sum 3 · id 1"_s);
        QVERIFY(linesOf(*session.tree).contains(u"result of “sum”"));
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":"1"})"),
                 u"error of text -32601 no · id \"1\""_s);
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","result":null,"id":1})", Out), u"result of other null · id 1"_s);
        QCOMPARE(session.conversation.in, Conversation::Side());
        QCOMPARE(session.conversation.out, Conversation::Side());
        // Batches, and a notification, which nobody answers.
        session.text(R"([{"jsonrpc":"2.0","method":"a","id":5},{"jsonrpc":"2.0","method":"b","id":6},)"
                     R"({"jsonrpc":"2.0","method":"c"},7])",
                     Out);
        QCOMPARE(session.conversation.out.asked.size(), 2);
        QCOMPARE(session.text(R"([{"jsonrpc":"2.0","result":1,"id":6},{"jsonrpc":"2.0","result":2,"id":5}])"),
                 u"batch of 2: result of b 1 · id 6"_s);
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void signalR()
    {
        Session session(u"signalr");
        QStringList said;
        for (const Vector &vector : read(u"signalr-json.jsonl"_s))
            said += session.say(vector.input);
        QVERIFY2(said.contains(u"Completion 0 of Send · 1"_s), qPrintable(said.join(u'\n')));
        session.text("{\"type\":4,\"invocationId\":\"s\",\"target\":\"Counter\",\"arguments\":[]}\x1e", Out);
        const QByteArray item = "{\"type\":2,\"invocationId\":\"s\",\"item\":7}\x1e";
        QCOMPARE(session.text(item), u"StreamItem s of Counter · 7"_s);
        QCOMPARE(session.text(item), u"StreamItem s of Counter · 7"_s);
        session.text("{\"type\":3,\"invocationId\":\"s\"}\x1e");
        QCOMPARE(session.text(item), u"StreamItem s · 7"_s);
    }

    void signalRInMessagePack()
    {
        Session session(u"signalr-msgpack");
        // [1, {}, "7", "Sum", [1]]
        session.binary(hubRecord("9501 80 a137 a353756d 9101"), Out);
        // [2, {}, "7", 5]
        QCOMPARE(session.binary(hubRecord("9402 80 a137 05")), u"StreamItem 7 of Sum · 5"_s);
        // [3, {}, "7", 3, 42]
        QCOMPARE(session.binary(hubRecord("9503 80 a137 03 2a")), u"Completion 7 of Sum · 42"_s);
        QCOMPARE(session.binary(hubRecord("9503 80 a137 03 2a")), u"Completion 7 · 42"_s);
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void phoenix()
    {
        Session session(u"phoenix");
        session.text(R"(["1","1","room:1","phx_join",{}])", Out);
        session.text(R"(["1","2","room:1","new_msg",{"b":"hi"}])", Out);
        QCOMPARE(session.text(R"(["1","2","room:1","phx_reply",{"status":"ok","response":{}}])"),
                 u"room:1 phx_reply of new_msg · ok · ref 2"_s);
        // Version 1.
        QCOMPARE(
            session.text(R"({"topic":"room:1","event":"phx_reply","payload":{"status":"ok","response":{}},"ref":"1"})"),
            u"room:1 phx_reply of phx_join · ok · ref 1"_s);
        QCOMPARE(session.conversation.out, Conversation::Side());
        // Binary: a push with ref 3 and its reply.
        session.binary(QByteArray::fromHex("0001010604") + "13room:1file" + "\1\2", Out);
        const QString reply = session.binary(QByteArray::fromHex("0101010602") + "13room:1ok" + "\3");
        QVERIFY2(reply.startsWith(u"reply of file room:1 ok"), qPrintable(reply));
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void wamp()
    {
        Session session(u"wamp");
        session.subprotocol = u"wamp.2.json"_s;
        session.text(R"([48,7,{"receive_progress":true},"com.app.sum",[1,2]])", Out);
        session.text(R"([32,8,{},"com.app.topic"])", Out);
        session.text(R"([48,9,{},"com.app.bad"])", Out);
        QCOMPARE(session.text(R"([50,7,{"progress":true},[1]])"), u"RESULT of com.app.sum 1 · request 7"_s);
        QCOMPARE(session.text(R"([50,7,{},[3]])"), u"RESULT of com.app.sum 3 · request 7"_s);
        QCOMPARE(session.text(R"([50,7,{},[3]])"), u"RESULT 3 · request 7"_s);
        QVERIFY(session.text(R"([33,8,55])").startsWith(u"SUBSCRIBED of com.app.topic"));
        // The error of a call, not of a subscription with the same number.
        QVERIFY(!session.text(R"([8,32,9,{},"wamp.error.no"])").contains(u"com.app.bad"));
        QVERIFY(session.text(R"([8,48,9,{},"wamp.error.no"])").startsWith(u"ERROR of com.app.bad"));
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void wampInMessagePack()
    {
        Session session(u"wamp");
        session.subprotocol = u"wamp.2.msgpack"_s;
        // [48, 7, {}, "a.b", [1]], and [50, 7, {}, [2]]
        session.binary(QByteArray::fromHex("95300780a3612e629101"), Out);
        QCOMPARE(session.binary(QByteArray::fromHex("943207809102")), u"RESULT of a.b 2 · request 7"_s);
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void connectionsThatHaveIt()
    {
        QCOMPARE(followedBy({{R"({"jsonrpc":"2.0","method":"a","id":1})", true, Out}}), u"jsonrpc"_s);
        QCOMPARE(followedBy({{R"({"method":"a","id":1})", true, Out}}), QString());
        const QByteArray json = "{\"protocol\":\"json\",\"version\":1}\x1e";
        const QByteArray packed = "{\"protocol\":\"messagepack\",\"version\":1}\x1e";
        QCOMPARE(followedBy({{json, true, Out}}), u"signalr"_s);
        QCOMPARE(followedBy({{packed, true, Out}, {"{}\x1e", true, In}}), u"signalr-msgpack"_s);
        QCOMPARE(followedBy({{R"(["1","1","room:1","phx_join",{}])", true, Out}}), u"phoenix"_s);
        QCOMPARE(followedBy({}, u"wamp.2.json"_s), u"wamp"_s);
        QCOMPARE(followedBy({}, u"wamp.2.cbor"_s), u"wamp"_s);
        QCOMPARE(followedBy({{R"([1,"realm1",{"roles":{}}])", true, Out}}), u"wamp"_s);
        QCOMPARE(followedBy({{R"({"a":1})", true, In}, {"[1,2,3]", true, In}}), QString());
    }

    void memoryIsBounded()
    {
        Session session(u"jsonrpc");
        const Decoder *format = sockeye::formatOf(u"jsonrpc");
        for (int i = 0; i < 1'500; ++i) {
            const QByteArray id = QByteArray::number(i);
            format->follow({R"({"jsonrpc":"2.0","method":"m)" + id + R"(","id":)" + id + '}', true, Out},
                           session.conversation);
        }
        QCOMPARE(session.conversation.out.asked.size(), Conversation::Side::MaxAsked);
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","result":0,"id":1})"), u"result 0 · id 1"_s);
        QCOMPARE(session.text(R"({"jsonrpc":"2.0","result":0,"id":1499})"), u"result of m1499 0 · id 1499"_s);
        const QByteArray long_(5'000, 'x');
        format->follow({R"({"jsonrpc":"2.0","method":")" + long_ + R"(","id":1})", true, Out}, session.conversation);
        QVERIFY(session.conversation.out.asked.constLast().second.size() <= 200);
        const qsizetype known = session.conversation.out.asked.size();
        format->follow({R"({"jsonrpc":"2.0","method":"m","id":")" + long_ + R"("})", true, Out}, session.conversation);
        QCOMPARE(session.conversation.out.asked.size(), known);
        // An id that is used again is the later call's, once.
        format->follow({R"({"jsonrpc":"2.0","method":"again","id":1498})", true, Out}, session.conversation);
        QCOMPARE(session.conversation.out.asked.size(), known);
    }
};

SOCKEYE_TEST(AskedCallsTest, QCoreApplication)
#include "tst_askedcalls.moc"
