#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <array>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

/// "emit price @/admin; asks /admin 12 (emit price)"
QString factsLine(const MessageFacts &facts)
{
    static constexpr std::array roles{"asks", "answers", "fails", "continues"};
    QByteArrayList words{facts.kind};
    if (!facts.name.isEmpty())
        words += facts.name;
    if (!facts.topic.isEmpty())
        words += '@' + facts.topic;
    QByteArray line = words.join(' ');
    for (const MessageFacts::Exchange &exchange : facts.exchanges) {
        line += QByteArray("; ") + roles[static_cast<size_t>(exchange.role)] + ' ' + exchange.id;
        if (!exchange.method.isEmpty())
            line += " (" + exchange.method + ')';
    }
    return QString::fromUtf8(line);
}

QByteArray binaryPhoenix(std::initializer_list<QByteArray> fields, char kind, const QByteArray &payload)
{
    QByteArray bytes(1, kind);
    for (const QByteArray &field : fields)
        bytes += static_cast<char>(field.size());
    for (const QByteArray &field : fields)
        bytes += field;
    return bytes + payload;
}

} // namespace

/// What messages are in the words of their protocols, and what they have to do with those of the other side.
class MessageFactsTest final : public QObject
{
    Q_OBJECT

private:
    static void addRow(const char *format, const QByteArray &bytes, const QString &facts, bool isText = true,
                       Direction direction = Direction::Out, const QString &subprotocol = {})
    {
        QTest::addRow("%s %s", format, bytes.toPercentEncoding(" {}[]\",:/;=<>").constData())
            << QString::fromLatin1(format) << bytes << isText << int(direction) << subprotocol << facts;
    }
    static void addHex(const char *format, const char *hex, const QString &facts, const QString &subprotocol = {})
    {
        addRow(format, QByteArray::fromHex(hex), facts, false, Direction::Out, subprotocol);
    }

    /// The facts of each vector of a file, a line each.
    static QStringList factsOf(const QString &format, const QString &file)
    {
        QStringList lines;
        for (const Vector &vector : read(file)) {
            DecodeInput input = vector.input;
            input.subprotocol = vector.meaning.value(u"subprotocol").toString();
            lines += factsLine(treeOf(format, input).facts);
        }
        return lines;
    }

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<int>("direction");
        QTest::addColumn<QString>("subprotocol");
        QTest::addColumn<QString>("facts");

        // MQTT 3.1.1: CONNECT, CONNACK, refused
        addHex("mqtt", "100d00044d5154540402003c000161", u"CONNECT; asks connect (CONNECT)"_s);
        addHex("mqtt", "20020000", u"CONNACK; answers connect"_s);
        addHex("mqtt", "20020005", u"CONNACK; fails connect"_s);
        // PUBLISH of QoS 0, 1 and 2, and what answers them
        addHex("mqtt", "3005000374 2f61", u"PUBLISH @t/a"_s);
        addHex("mqtt", "3207000374 2f610007", u"PUBLISH @t/a; asks publish 7 (PUBLISH)"_s);
        addHex("mqtt", "3407000374 2f610102", u"PUBLISH @t/a; asks publish 258 (PUBLISH)"_s);
        addHex("mqtt", "40020007", u"PUBACK; answers publish 7"_s);
        addHex("mqtt", "50020102", u"PUBREC"_s);
        addHex("mqtt", "62020102", u"PUBREL"_s);
        addHex("mqtt", "70020102", u"PUBCOMP; answers publish 258"_s);
        // Subscriptions
        addHex("mqtt", "820800070003742f2301", u"SUBSCRIBE @t/#; asks subscribe 7 (SUBSCRIBE)"_s);
        addHex("mqtt", "9003000701", u"SUBACK; answers subscribe 7"_s);
        addHex("mqtt", "90040007 0180", u"SUBACK; fails subscribe 7"_s);
        addHex("mqtt", "a20700080003742f23", u"UNSUBSCRIBE @t/#; asks unsubscribe 8 (UNSUBSCRIBE)"_s);
        addHex("mqtt", "b0020008", u"UNSUBACK; answers unsubscribe 8"_s);
        addHex("mqtt", "c000", u"PINGREQ; asks ping (PINGREQ)"_s);
        addHex("mqtt", "d000", u"PINGRESP; answers ping"_s);
        addHex("mqtt", "e000", u"DISCONNECT"_s);
        // Several packets: the first one says what it is.
        addHex("mqtt", "4002000740020008c000", u"PUBACK; answers publish 7; answers publish 8; asks ping (PINGREQ)"_s);
        // MQTT 5: errors end what was asked for.
        addHex("mqtt", "100e00044d5154540502003c0000016140030007 10 50030009 97 70030009 92",
               u"CONNECT; asks connect (CONNECT); answers publish 7; fails publish 9; fails publish 9"_s);
        // What a message carries does not speak for it.
        const QByteArray carried = "{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":1}";
        addRow("mqtt", '0' + QByteArray(1, static_cast<char>(5 + carried.size())) + QByteArray("\0\3t/a", 5) + carried,
               u"PUBLISH @t/a"_s, false);

        addRow("stomp", "CONNECT\naccept-version:1.2\n\n" + QByteArray(1, '\0'), u"CONNECT; asks connect (CONNECT)"_s);
        addRow("stomp", "CONNECTED\nversion:1.2\n\n" + QByteArray(1, '\0'), u"CONNECTED; answers connect"_s);
        addRow("stomp", "SEND\ndestination:/queue/a\nreceipt:m-1\n\nhi" + QByteArray(1, '\0'),
               u"SEND @/queue/a; asks receipt m-1 (SEND)"_s);
        addRow("stomp", "SEND\ndestination:/queue/a\n\nhi" + QByteArray(1, '\0'), u"SEND @/queue/a"_s);
        addRow("stomp", "RECEIPT\nreceipt-id:m-1\n\n" + QByteArray(1, '\0'), u"RECEIPT; answers receipt m-1"_s);
        addRow("stomp", "ERROR\nreceipt-id:m-1\nmessage:no\n\n" + QByteArray(1, '\0'), u"ERROR; fails receipt m-1"_s);
        addRow("stomp", "ERROR\nmessage:no\n\n" + QByteArray(1, '\0'), u"ERROR; fails connect"_s);
        addRow("stomp", "DISCONNECT\nreceipt:77\n\n" + QByteArray(1, '\0'),
               u"DISCONNECT; asks receipt 77 (DISCONNECT)"_s);

        addRow("nats", "PUB help _INBOX.1 2\r\nhi\r\n",
               u"PUB help @help; answers reply-to help; asks reply-to _INBOX.1 (PUB help)"_s);
        addRow("nats", "MSG _INBOX.1 9 2\r\nok\r\n", u"MSG _INBOX.1 @_INBOX.1; answers reply-to _INBOX.1"_s);
        addRow("nats", "HMSG _INBOX.1 9 16 16\r\nNATS/1.0 503\r\n\r\n\r\n",
               u"HMSG _INBOX.1 @_INBOX.1; fails reply-to _INBOX.1"_s);
        addRow("nats", "SUB a.* 1\r\nPING\r\n", u"SUB a.* @a.*; asks ping (PING)"_s);
        addRow("nats", "PONG\r\n", u"PONG; answers ping"_s);

        addRow("socketio", "40", u"connect @/; asks connect / (connect)"_s);
        addRow("socketio", "40/chat,{\"token\":\"t\"}", u"connect @/chat; asks connect /chat (connect)"_s);
        addRow("socketio", "40/chat?a=1,", u"connect @/chat; asks connect /chat (connect)"_s);
        addRow("socketio", "40/chat,{\"sid\":\"x\"}", u"connect @/chat; answers connect /chat"_s, true, Direction::In);
        addRow("socketio", "40/chat,", u"connect @/chat; answers connect /chat"_s, true, Direction::In);
        addRow("socketio", "44/chat,{\"message\":\"no\"}", u"connect_error @/chat; fails connect /chat"_s, true,
               Direction::In);
        addRow("socketio", "41/chat,", u"disconnect @/chat"_s);
        addRow("socketio", "42[\"price\",1]", u"emit price @/"_s);
        addRow("socketio", "4212[\"price\",1]", u"emit price @/; asks / 12 (emit price)"_s);
        addRow("socketio", "42/chat,12[7,1]", u"emit 7 @/chat; asks /chat 12 (emit 7)"_s);
        addRow("socketio", "451-/chat,3[\"f\",{\"_placeholder\":true,\"num\":0}]",
               u"emit f @/chat; asks /chat 3 (emit f)"_s);
        addRow("socketio", "43/chat,12[1]", u"ack @/chat; answers /chat 12"_s, true, Direction::In);
        addRow("socketio", "461-0[{\"_placeholder\":true,\"num\":0}]", u"ack @/; answers / 0"_s, true, Direction::In);
        addRow("engineio", "2", u"ping; asks ping (ping)"_s);
        addRow("engineio", "3", u"pong; answers ping"_s);
        addRow("engineio", "0{\"sid\":\"x\",\"pingInterval\":1}", u"open"_s);
        addRow("engineio", "4{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":1}", u"request sum; asks 1 (sum)"_s);
        addRow("sockjs", "o", u"open"_s);
        addRow("sockjs", "h", u"heartbeat"_s);
        addRow("sockjs", "c[3000,\"Go away!\"]", u"close"_s);
        addRow("sockjs",
               "a[\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1,\\\"result\\\":2}\","
               "\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":2,\\\"result\\\":2}\"]",
               u"response; answers 1; answers 2"_s);

        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"params\":[1],\"id\":1}",
               u"request sum; asks 1 (sum)"_s);
        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":\"1\\\"\"}",
               u"request sum; asks \"1\"\" (sum)"_s);
        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":null}", u"request x; asks null (x)"_s);
        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"method\":\"log\"}", u"notification log"_s);
        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":1}", u"response; answers 1"_s);
        addRow("jsonrpc", "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"m\"},\"id\":1}",
               u"response; fails 1"_s);
        addRow("jsonrpc",
               "[{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":2},{\"jsonrpc\":\"2.0\",\"method\":\"n\"},"
               "{\"jsonrpc\":\"2.0\",\"method\":\"b\",\"id\":3}]",
               u"request a; asks 2 (a); asks 3 (b)"_s);
        addRow("jsonrpc",
               "[{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":3},{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1},\"id\":2}]",
               u"response; answers 3; fails 2"_s);

        addRow("cdp", "{\"id\":5,\"method\":\"Network.enable\",\"params\":{}}",
               u"command Network.enable; asks 5 (Network.enable)"_s);
        addRow("cdp", "{\"id\":5,\"method\":\"Network.enable\",\"sessionId\":\"S\"}",
               u"command Network.enable; asks S 5 (Network.enable)"_s);
        addRow("cdp", "{\"method\":\"Page.loaded\",\"params\":{}}", u"event Page.loaded"_s);
        addRow("cdp", "{\"id\":5,\"result\":{},\"sessionId\":\"S\"}", u"result; answers S 5"_s);
        addRow("cdp", "{\"id\":5,\"error\":{\"code\":-32601,\"message\":\"m\"}}", u"error; fails 5"_s);

        addRow("graphql-ws",
               "{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription Ticks { t }\"}}",
               u"subscribe Ticks; asks operation 2 (Ticks)"_s);
        addRow("graphql-ws", "{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
               u"subscribe; asks operation 2 (subscribe)"_s);
        addRow("graphql-ws",
               "{\"id\":\"2\",\"type\":\"start\",\"payload\":{\"query\":\"fragment F on A {b} query X{a}\"}}",
               u"start X; asks operation 2 (X)"_s);
        addRow("graphql-ws", "{\"id\":\"2\",\"type\":\"data\",\"payload\":{\"data\":{}}}",
               u"data; continues operation 2"_s);

        addRow("signalr", "{\"protocol\":\"json\",\"version\":1}\x1e", u"handshake; asks handshake (handshake)"_s);
        addRow("signalr", "{}\x1e", u"handshake; answers handshake"_s);
        addRow("signalr", "{\"error\":\"no\"}\x1e", u"handshake; fails handshake"_s);
        addRow("signalr", "{\"type\":1,\"target\":\"Send\",\"arguments\":[]}\x1e", u"Invocation Send"_s);
        addRow("signalr",
               "{\"type\":1,\"target\":\"Send\",\"arguments\":[],\"invocationId\":\"0\"}\x1e{\"type\":6}\x1e",
               u"Invocation Send; asks 0 (Send)"_s);
        addRow("signalr", "{\"type\":4,\"target\":\"Count\",\"arguments\":[],\"invocationId\":\"1\"}\x1e",
               u"StreamInvocation Count; asks 1 (Count)"_s);
        addRow("signalr", "{\"type\":2,\"invocationId\":\"1\",\"item\":1}\x1e", u"StreamItem; continues 1"_s);
        addRow("signalr",
               "{\"type\":3,\"invocationId\":\"1\"}\x1e{\"type\":3,\"invocationId\":\"2\",\"error\":\"e\"}\x1e",
               u"Completion; answers 1; fails 2"_s);
        addRow("signalr", "{\"type\":5,\"invocationId\":\"1\"}\x1e", u"CancelInvocation"_s);
        addRow("signalr", "{\"type\":6}\x1e", u"Ping"_s);

        addRow("wamp", "[1,\"realm1\",{\"roles\":{}}]", u"HELLO realm1; asks hello (HELLO)"_s);
        addRow("wamp", "[2,9129137332,{\"roles\":{}}]", u"WELCOME; answers hello"_s);
        addRow("wamp", "[3,{},\"wamp.error.no_such_realm\"]", u"ABORT wamp.error.no_such_realm; fails hello"_s);
        addRow("wamp", "[6,{},\"wamp.close.close_realm\"]",
               u"GOODBYE wamp.close.close_realm; asks goodbye (GOODBYE)"_s);
        addRow("wamp", "[6,{},\"wamp.close.goodbye_and_out\"]",
               u"GOODBYE wamp.close.goodbye_and_out; answers goodbye"_s);
        addRow("wamp", "[32,1,{},\"com.topic\"]", u"SUBSCRIBE com.topic @com.topic; asks 32 1 (SUBSCRIBE com.topic)"_s);
        addRow("wamp", "[33,1,5512315355]", u"SUBSCRIBED; answers 32 1"_s);
        addRow("wamp", "[34,2,5512315355]", u"UNSUBSCRIBE; asks 34 2 (UNSUBSCRIBE)"_s);
        addRow("wamp", "[35,2]", u"UNSUBSCRIBED; answers 34 2"_s);
        addRow("wamp", "[36,5512315355,4429313566,{}]", u"EVENT"_s);
        addRow("wamp", "[16,2,{},\"com.topic\",[\"hi\"]]", u"PUBLISH com.topic @com.topic"_s);
        addRow("wamp", "[16,3,{\"acknowledge\":true},\"com.topic\"]",
               u"PUBLISH com.topic @com.topic; asks 16 3 (PUBLISH com.topic)"_s);
        addRow("wamp", "[17,3,4429313568]", u"PUBLISHED; answers 16 3"_s);
        addRow("wamp", "[48,4,{},\"com.add\",[1,2]]", u"CALL com.add; asks 48 4 (CALL com.add)"_s);
        addRow("wamp", "[50,4,{\"progress\":true},[3]]", u"RESULT; continues 48 4"_s);
        addRow("wamp", "[50,4,{},[3]]", u"RESULT; answers 48 4"_s);
        addRow("wamp", "[8,48,5,{},\"com.myapp.error\"]", u"ERROR com.myapp.error; fails 48 5"_s);
        addRow("wamp", "[64,6,{},\"com.add\"]", u"REGISTER com.add; asks 64 6 (REGISTER com.add)"_s);
        addRow("wamp", "[65,6,11]", u"REGISTERED; answers 64 6"_s);
        addRow("wamp", "[66,7,11]", u"UNREGISTER; asks 66 7 (UNREGISTER)"_s);
        addRow("wamp", "[67,7]", u"UNREGISTERED; answers 66 7"_s);
        addRow("wamp", "[68,1,11,{}]", u"INVOCATION; asks 68 1 (INVOCATION)"_s);
        addRow("wamp", "[70,1,{},[3]]", u"YIELD; answers 68 1"_s);
        addRow("wamp", QByteArray::fromHex("94300480a7636f6d2e616464"), u"CALL com.add; asks 48 4 (CALL com.add)"_s,
               false, Direction::Out, u"wamp.2.msgpack"_s);

        addRow("phoenix", "[\"3\",\"3\",\"room:lobby\",\"phx_join\",{}]", u"phx_join @room:lobby; asks 3 (phx_join)"_s);
        addRow("phoenix", "[\"3\",\"4\",\"room:lobby\",\"new_msg\",{}]", u"new_msg @room:lobby; asks 4 (new_msg)"_s);
        addRow("phoenix", "[\"3\",\"4\",\"room:lobby\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]",
               u"phx_reply @room:lobby; answers 4"_s);
        addRow("phoenix", "[\"3\",\"4\",\"room:lobby\",\"phx_reply\",{\"status\":\"error\",\"response\":{}}]",
               u"phx_reply @room:lobby; fails 4"_s);
        addRow("phoenix", "[\"3\",\"3\",\"room:lobby\",\"phx_error\",{}]", u"phx_error @room:lobby; fails 3"_s);
        addRow("phoenix", "[\"3\",\"3\",\"room:lobby\",\"phx_close\",{}]", u"phx_close @room:lobby"_s);
        addRow("phoenix", "[null,null,\"room:lobby\",\"new_msg\",{}]", u"new_msg @room:lobby"_s);
        addRow("phoenix", "{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"5\"}",
               u"heartbeat @phoenix; asks 5 (heartbeat)"_s);
        addRow("phoenix", binaryPhoenix({"3", "5", "room:lobby", "upload"}, 0, "\1\2"),
               u"upload @room:lobby; asks 5 (upload)"_s, false);
        addRow("phoenix", binaryPhoenix({"3", "5", "room:lobby", "ok"}, 1, "\1\2"),
               u"phx_reply @room:lobby; answers 5"_s, false, Direction::In);
        addRow("phoenix", binaryPhoenix({"room:lobby", "image"}, 2, "\1\2"), u"image @room:lobby"_s, false,
               Direction::In);

        const QByteArray channel = "\"identifier\":\"{\\\"channel\\\":\\\"Chat\\\"}\"";
        addRow("actioncable", "{\"command\":\"subscribe\"," + channel + '}',
               u"subscribe @Chat; asks subscribe {\"channel\":\"Chat\"} (subscribe)"_s);
        addRow("actioncable", '{' + channel + ",\"type\":\"confirm_subscription\"}",
               u"confirm_subscription @Chat; answers subscribe {\"channel\":\"Chat\"}"_s);
        addRow("actioncable", '{' + channel + ",\"type\":\"reject_subscription\"}",
               u"reject_subscription @Chat; fails subscribe {\"channel\":\"Chat\"}"_s);
        addRow("actioncable", "{\"command\":\"message\"," + channel + ",\"data\":\"{\\\"action\\\":\\\"speak\\\"}\"}",
               u"message speak @Chat"_s);
        addRow("actioncable", '{' + channel + ",\"message\":{}}", u"message @Chat"_s);
        addRow("actioncable", "{\"type\":\"ping\",\"message\":1}", u"ping"_s);

        addRow("ocpp", "[2,\"19\",\"BootNotification\",{}]", u"CALL BootNotification; asks 19 (BootNotification)"_s);
        addRow("ocpp", "[3,\"19\",{}]", u"CALLRESULT; answers 19"_s);
        addRow("ocpp", "[4,\"19\",\"NotSupported\",\"\",{}]", u"CALLERROR; fails 19"_s);
        addRow("ocpp", "[6,\"1\",\"NotifyPeriodicEventStream\",{}]", u"SEND NotifyPeriodicEventStream"_s);

        addRow("jupyter",
               "{\"channel\":\"shell\",\"header\":{\"msg_id\":\"a1\",\"msg_type\":\"execute_request\"},"
               "\"parent_header\":{},\"metadata\":{},\"content\":{\"code\":\"1\"}}",
               u"execute_request @shell; asks a1 (execute_request)"_s);
        addRow("jupyter",
               "{\"channel\":\"shell\",\"header\":{\"msg_id\":\"b1\",\"msg_type\":\"execute_reply\"},"
               "\"parent_header\":{\"msg_id\":\"a1\"},\"metadata\":{},\"content\":{\"status\":\"ok\"}}",
               u"execute_reply @shell; answers a1"_s);
        addRow("jupyter",
               "{\"channel\":\"shell\",\"header\":{\"msg_id\":\"b1\",\"msg_type\":\"execute_reply\"},"
               "\"parent_header\":{\"msg_id\":\"a1\"},\"metadata\":{},\"content\":{\"status\":\"error\"}}",
               u"execute_reply @shell; fails a1"_s);
        addRow("jupyter",
               "{\"channel\":\"iopub\",\"header\":{\"msg_id\":\"b1\",\"msg_type\":\"status\"},"
               "\"parent_header\":{\"msg_id\":\"a1\"},\"metadata\":{},\"content\":{}}",
               u"status @iopub"_s);

        addRow("xmpp", "<iq xmlns='jabber:client' type='get' id='7'><ping xmlns='urn:xmpp:ping'/></iq>",
               u"iq ping; asks iq 7 (iq ping)"_s);
        addRow("xmpp", "<iq xmlns='jabber:client' type='result' id='7'/>", u"iq; answers iq 7"_s);
        addRow("xmpp", "<iq xmlns='jabber:client' type='error' id='7'><error/></iq>", u"iq; fails iq 7"_s);
        addRow("xmpp", "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>AA==</auth>", u"auth; asks auth (auth)"_s);
        addRow("xmpp", "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", u"success; answers auth"_s);
        addRow("xmpp", "<message xmlns='jabber:client'><body>hi</body></message>", u"message body"_s);

        addRow("kubernetes", QByteArray("\1hi"), u"stdout"_s, false, Direction::In, u"v5.channel.k8s.io"_s);
        addRow("kubernetes", QByteArray::fromHex("ff00"), u"close"_s, false, Direction::Out, u"v5.channel.k8s.io"_s);
        addRow("kubernetes", QByteArray("\7x"), u"channel 7"_s, false, Direction::In, u"v4.channel.k8s.io"_s);

        // Plain JSON knows no kinds.
        addRow("json", "{\"id\":1,\"method\":\"x\"}", QString());
    }
    void messages()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isText);
        QFETCH(int, direction);
        QFETCH(QString, subprotocol);
        QFETCH(QString, facts);
        const DecodeInput input{bytes, isText, static_cast<Direction>(direction), subprotocol};
        const NodeTree tree = treeOf(format, input);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(factsLine(tree.facts), facts);
    }

    /// Those of a connection that spoke graphql-transport-ws.
    void graphQlOfRealTraffic()
    {
        const QStringList lines = factsOf(u"graphql-ws"_s, u"graphql-ws.jsonl"_s).first(10);
        QCOMPARE(lines,
                 QStringList({u"connection_init; asks connection_init (connection_init)"_s,
                              u"connection_ack; answers connection_init"_s, u"subscribe Q; asks operation op-1 (Q)"_s,
                              u"next; continues operation op-1"_s, u"complete; answers operation op-1"_s,
                              u"subscribe; asks operation op-2 (subscribe)"_s, u"next; continues operation op-2"_s,
                              u"complete; answers operation op-2"_s, u"subscribe; asks operation op-3 (subscribe)"_s,
                              u"error; fails operation op-3"_s}));
    }

    /// MessagePack says what JSON says.
    void signalROfRealTraffic()
    {
        const QStringList json = factsOf(u"signalr"_s, u"signalr-json.jsonl"_s).first(8);
        QCOMPARE(json, QStringList({u"handshake; asks handshake (handshake)"_s, u"handshake; answers handshake"_s,
                                    u"Invocation Welcome"_s, u"Invocation Send; asks 0 (Send)"_s,
                                    u"Completion; answers 0"_s, u"Invocation Notify"_s,
                                    u"Invocation Void; asks 1 (Void)"_s, u"Completion; answers 1"_s}));
        QStringList pack = factsOf(u"signalr-msgpack"_s, u"signalr-msgpack.jsonl"_s);
        QCOMPARE(pack.takeAt(3), u"Ping"_s);
        QCOMPARE(pack.first(8), json);
        QCOMPARE(pack.at(9), u"Completion; fails 2"_s);
        QCOMPARE(pack.at(11), u"Invocation GetName; asks s1 (GetName); answers 3"_s);
    }

    /// Each packet says what its fields are known to say.
    void mqttOfRealTraffic_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("3.1.1") << u"mqtt311.jsonl"_s;
        QTest::newRow("5") << u"mqtt5.jsonl"_s;
    }
    void mqttOfRealTraffic()
    {
        QFETCH(QString, file);
        const QList<Vector> vectors = read(file);
        const Decoder *mqtt = formatOf(u"mqtt");
        Conversation before;
        for (const Vector &vector : vectors) {
            DecodeInput input = vector.input;
            input.before = before;
            const MessageFacts facts = decodeMessage(input, {}, mqtt)->tree->facts;
            mqtt->follow(vector.input, before);
            const QString command = vector.meaning.value(u"cmd").toString();
            QCOMPARE(QString::fromUtf8(facts.kind), command.toUpper());
            const QByteArray id = QByteArray::number(vector.meaning.value(u"messageId").toInt());
            const bool asks = command == "subscribe"_L1 || command == "unsubscribe"_L1 ||
                              (command == "publish"_L1 && vector.meaning.value(u"qos").toInt() > 0);
            if (command == "publish"_L1 && !vector.meaning.value(u"topic").toString().isEmpty())
                QCOMPARE(QString::fromUtf8(facts.topic), vector.meaning.value(u"topic").toString());
            if (asks) {
                QCOMPARE(facts.exchanges.size(), size_t(1));
                QCOMPARE(facts.exchanges[0].role, MessageFacts::Exchange::Role::Asks);
                QCOMPARE(facts.exchanges[0].id, command.toUtf8() + ' ' + id);
            } else if (command == "suback"_L1 || command == "unsuback"_L1 || command == "puback"_L1 ||
                       command == "pubcomp"_L1) {
                QCOMPARE(facts.exchanges.size(), size_t(1));
                QVERIFY(facts.exchanges[0].id.endsWith(' ' + id));
                QVERIFY(facts.exchanges[0].role != MessageFacts::Exchange::Role::Asks);
            } else if (command == "pubrel"_L1 || command == "publish"_L1 || command == "disconnect"_L1) {
                QVERIFY(facts.exchanges.empty());
            }
        }
    }

    /// An id that stands behind more than what is kept of a message is found all the same.
    void anIdBehindALongResult()
    {
        QByteArray result = "{\"jsonrpc\":\"2.0\",\"result\":[0";
        for (int i = 0; i < 2000; ++i)
            result += ",1";
        result += "],\"id\":\"a\\u00e4\"}";
        NodeBuilder::Limits limits;
        limits.nodes = 100;
        const auto message = decodeMessage({result, true, Direction::In, {}}, {}, formatOf(u"jsonrpc"), limits);
        QVERIFY(message->tree->isCut);
        QCOMPARE(factsLine(message->tree->facts), u"response; answers \"aä\""_s);
    }
};

SOCKEYE_TEST(MessageFactsTest, QCoreApplication)
#include "tst_messagefacts.moc"
