#include "integration/LibraryTalk.h"
#include "integration/Spoken.h"
#include "requests/RequestTable.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// A talk that was recorded whole.
struct Talk
{
    Recorded recorded;
    Spoken spoken;
    QStringList got;
    QList<LibraryTalk::Request> requests;
    QString problem;
};

[[nodiscard]] Talk talkOf(const PeerCommand &command, const QStringList &arguments = {})
{
    Talk talk;
    LibraryTalk library;
    if (!library.run(command, arguments)) {
        talk.problem = library.problem();
        return talk;
    }
    talk.got = library.got();
    talk.requests = library.requests();
    const Result<Recorded> recorded = library.finish();
    const Result<Spoken> spoken = recorded.ok() ? readSpoken(library.path()) : recorded.error();
    talk.problem = !spoken ? spoken.message() : headerProblem(recorded.value());
    if (talk.problem.isEmpty()) {
        talk.recorded = recorded.value();
        talk.spoken = spoken.value();
    }
    return talk;
}

/// Without what differs from run to run: ids of sessions and of packets.
[[nodiscard]] QStringList alike(QStringList lines)
{
    static const QRegularExpression session(u"(?<![-\\w])[-\\w]{20}(?= ·|$)"_s);
    static const QRegularExpression packet(u"^((?:PUB|SUB|UNSUB)[A-Z]+) \\d+"_s);
    lines.replaceInStrings(session, u"SESSION"_s);
    lines.replaceInStrings(packet, u"\\1 ID"_s);
    lines.removeIf([](const QString &line) { return line.startsWith("part of"_L1); });
    return lines;
}

/// Without the names of the calls that answers have: those are compared where they are known by a library.
[[nodiscard]] QStringList withoutCalls(QStringList lines)
{
    static const QRegularExpression call(u" of (?!\\d)\\w+(?=( |$))"_s);
    for (QString &line : lines)
        line.remove(call);
    return lines;
}

/// A client that was slow joins a second time, and counts on.
[[nodiscard]] QStringList withoutRefs(QStringList lines)
{
    static const QRegularExpression ref(u"ref \\d+"_s);
    return lines.replaceInStrings(ref, u"ref N"_s);
}

/// Likewise; for what several answers on their way decide the order of.
[[nodiscard]] QStringList inAnyOrder(QStringList lines)
{
    lines = alike(lines);
    lines.sort();
    return lines;
}

/// By whom something was asked, the library or its peer, and what.
using Asked = std::pair<bool, QString>;

/// The requests of a talk, by who asked and what.
struct Requests
{
    /// Nanoseconds to the first answer, the shortest first.
    std::map<Asked, QList<qint64>> answered;
    std::map<Asked, int> unanswered;
};

/// As the peer itself saw them.
[[nodiscard]] Requests measured(const Talk &talk)
{
    Requests requests;
    for (const LibraryTalk::Request &request : talk.requests) {
        const Asked asked(request.isOurs, request.method);
        if (request.took)
            requests.answered[asked] += request.took->count();
        else
            ++requests.unanswered[asked];
    }
    for (auto &[asked, times] : requests.answered)
        std::ranges::sort(times);
    return requests;
}

/// As they are joined from what was recorded of one connection.
[[nodiscard]] Requests joined(const Talk &talk, ConnectionId connection)
{
    RequestTable table;
    std::map<EntryId, bool> isOurs;
    for (const SpokenMessage &message : talk.spoken.messages) {
        if (message.connection != connection)
            continue;
        isOurs[message.id] = message.direction == Direction::Out;
        table.add({message.id, connection, message.time, message.direction}, message.tree.facts.exchanges);
    }
    Requests requests;
    // The slowest ten are all there are.
    const std::vector<Request> answered = table.slowest();
    if (table.count() - table.unansweredCount() != static_cast<qint64>(answered.size()))
        qFatal("A talk has too many requests");
    for (const Request &request : answered)
        requests.answered[{isOurs[request.asked], QString::fromUtf8(request.method)}] += request.latency.count();
    for (auto &[asked, times] : requests.answered)
        std::ranges::sort(times);
    for (const Request &request : table.unanswered(RequestTable::SlowestCount))
        ++requests.unanswered[{isOurs[request.asked], QString::fromUtf8(request.method)}];
    return requests;
}

/// Those of all connections that the peer measured.
[[nodiscard]] Requests joined(const Talk &talk, const QList<ConnectionId> &connections)
{
    Requests requests;
    for (const ConnectionId connection : connections) {
        const Requests more = joined(talk, connection);
        for (const auto &[asked, times] : more.answered)
            requests.answered[asked] += times;
        for (const auto &[asked, count] : more.unanswered)
            requests.unanswered[asked] += count;
    }
    for (auto &[asked, times] : requests.answered)
        std::ranges::sort(times);
    return requests;
}

[[nodiscard]] QString textOf(const std::map<Asked, int> &counts)
{
    QStringList texts;
    for (const auto &[asked, count] : counts)
        texts += u"%1%2 ×%3"_s.arg(asked.first ? u"> "_s : u"< "_s, asked.second).arg(count);
    return texts.join(u", "_s);
}

[[nodiscard]] std::map<Asked, int> countsOf(const std::map<Asked, QList<qint64>> &times)
{
    std::map<Asked, int> counts;
    for (const auto &[asked, of] : times)
        counts[asked] = static_cast<int>(of.size());
    return counts;
}

} // namespace

/// What clients of protocols send, and what they get: each talk is held by the protocol's own client library over a
/// session of Sockeye's, so that the recorded bytes are those of real traffic.
class LibrariesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void socketIo();
    void graphQl();
    void signalR();
    void stomp();
    void phoenix();
    void jsonRpc();
    void msgpackr();
    void mqtt();
    void cdp();
    void answersAreJoined_data();
    void answersAreJoined();

private:
    /// Of the last time; held now if it was not yet.
    [[nodiscard]] const Talk &talk(const QString &name);
    [[nodiscard]] Talk hold(const QString &name) const;

    QTemporaryDir m_directory;
    PeerProcess m_broker;
    std::map<QString, Talk> m_talks;
};

void LibrariesTest::initTestCase()
{
    if (!libraryPeer(u"socketio"_s).isAvailable()) {
        QVERIFY2(!npmIsRequired(), "What tests/peers/package.json names is not there, though it is required here");
        QSKIP("What tests/peers/package.json names is not there (scripts/test fetches it)");
    }
    const PeerCommand broker = mosquittoPeer(m_directory.path());
    if (broker.isAvailable())
        QVERIFY2(m_broker.start(broker), qPrintable(m_broker.errorText()));
    else
        QVERIFY2(!peersAreRequired(), "mosquitto is not installed, though it is required here");
}

const Talk &LibrariesTest::talk(const QString &name)
{
    const auto found = m_talks.find(name);
    return found != m_talks.end() ? found->second : m_talks.emplace(name, hold(name)).first->second;
}

Talk LibrariesTest::hold(const QString &name) const
{
    const bool needsBroker = name == "mqtt"_L1;
    return talkOf(libraryPeer(name), needsBroker ? QStringList{m_broker.url() + u"mqtt"_s} : QStringList());
}

void LibrariesTest::socketIo()
{
    const Talk &talk = this->talk(u"socketio"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    // Beside the packets of Socket.IO there is the one by which Engine.IO opens.
    QCOMPARE(talk.spoken.messages.constFirst().format, u"engineio"_s);
    QCOMPARE(talk.spoken.problem({u"engineio"_s, u"socketio"_s}), QString());
    const QStringList sent{
        u"connect"_s,
        u"emit \"hello\" wörld {n=1.5 exact=12345678901}"_s,
        u"emit \"price\" AAPL · ack 0"_s,
        u"emit \"price\" MSFT · ack 1"_s,
        u"emit \"price\" NVDA · ack 2"_s,
        u"emit \"lost\" · ack 3"_s,
        u"emit \"file\" a.bin <attachment 0> · ack 4"_s,
        u"attachment 1 of 1 of \"file\" · 3 B"_s,
        u"connect · /chat"_s,
        u"emit \"join\" lobby · ack 0 · /chat"_s,
        u"emit \"ready\" · /chat"_s,
        u"ack 0 of \"question\" 43 <attachment 0> · /chat"_s,
        u"attachment 1 of 1 of \"ack 0 of question\" · 1 B"_s,
        u"connect · /no"_s,
        u"disconnect · /chat"_s,
        u"disconnect"_s,
    };
    QCOMPARE(talk.spoken.lines(Direction::Out), sent);
    QStringList received{
        u"open · SESSION"_s,
        u"connect SESSION"_s,
        u"ack 2 of \"price\" {symbol=NVDA bid=143.86}"_s,
        u"ack 1 of \"price\" {symbol=MSFT bid=143.86}"_s,
        u"ack 0 of \"price\" {symbol=AAPL bid=143.86}"_s,
        u"ack 4 of \"file\" a.bin <attachment 0> {size=3}"_s,
        u"attachment 1 of 1 of \"ack 4 of file\" · 2 B"_s,
        u"connect SESSION · /chat"_s,
        u"ack 0 of \"join\" null \"in lobby\" · /chat"_s,
        u"emit \"question\" 42 · ack 0 · /chat"_s,
        u"emit \"unheard\" · ack 1 · /chat"_s,
        u"connect error not for you · /no"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::In)), inAnyOrder(received));

    const SpokenMessage *hello = talk.spoken.find(u"emit \"hello\"");
    QCOMPARE(hello->at(u"$[0]"_s), QStringList{u"hello"_s});
    QCOMPARE(hello->at(u"$[1]"_s), QStringList{u"wörld"_s});
    QCOMPARE(hello->at(u"$[2].exact"_s), QStringList{u"12345678901"_s});
    const SpokenMessage *answer = talk.spoken.find(u"ack 4");
    QCOMPARE(answer->at(u"ack id"_s), QStringList{u"4"_s});
    QCOMPARE(answer->at(u"attachments"_s), QStringList{u"1"_s});
    QCOMPARE(talk.spoken.find(u"attachment 1 of 1 of \"ack 4")->tree.text(0), u"02 fa"_s);
    QCOMPARE(talk.spoken.find(u"connect · /chat")->at(u"$.token"_s), QStringList{u"t"_s});
    QCOMPARE(talk.spoken.find(u"connect error")->at(u"$.data.code"_s), QStringList{u"7"_s});
}

void LibrariesTest::graphQl()
{
    const Talk &talk = this->talk(u"graphql"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"graphql-ws"_s}), QString());
    const QStringList sent{
        u"connection_init · {token=secret}"_s,
        u"subscribe op-1 · query Slow($n: Int) { hello(n: $n) }"_s,
        u"subscribe op-2 · query Quick($n: Int) { hello(n: $n) }"_s,
        u"subscribe op-3 · { boom }"_s,
        u"subscribe op-4 · { nope }"_s,
        u"subscribe op-5 · subscription { count(to: 3) }"_s,
        u"subscribe op-6 · query Never { never }"_s,
    };
    QCOMPARE(talk.spoken.lines(Direction::Out), sent);
    const QStringList received{
        u"connection_ack · {welcome=secret}"_s,
        u"next op-1 · {hello=\"hi 25\"}"_s,
        u"complete op-1"_s,
        u"next op-2 · {hello=\"hi 5\"}"_s,
        u"complete op-2"_s,
        u"next op-3 · {boom=null} · errors boom"_s,
        u"complete op-3"_s,
        u"error op-4 · Cannot query field \"nope\" on type \"Query\"."_s,
        u"next op-5 · {count=1}"_s,
        u"next op-5 · {count=2}"_s,
        u"next op-5 · {count=3}"_s,
        u"complete op-5"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::In)), inAnyOrder(received));

    const SpokenMessage *slow = talk.spoken.find(u"subscribe op-1");
    QCOMPARE(slow->at(u"$.payload.variables.n"_s), QStringList{u"25"_s});
    QCOMPARE(slow->at(u"$.payload.operationName"_s), QStringList{u"Slow"_s});
    const SpokenMessage *boom = talk.spoken.find(u"next op-3");
    QCOMPARE(boom->at(u"$.payload.errors[0].path[0]"_s), QStringList{u"boom"_s});
    QCOMPARE(boom->at(u"$.payload.errors[0].locations[*].column"_s), QStringList{u"3"_s});
    QCOMPARE(talk.recorded.connections.constFirst().closeCode, 4499);
}

void LibrariesTest::signalR()
{
    const Talk &talk = this->talk(u"signalr"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"signalr"_s, u"signalr-msgpack"_s}), QString());
    QCOMPARE(talk.recorded.connections.size(), 2);
    for (const auto &connection : talk.recorded.connections) {
        const bool isJson = connection.id == ConnectionId(1);
        const QStringList sent{
            isJson ? u"Handshake json 1"_s : u"Handshake messagepack 1"_s,
            u"Ping"_s,
            u"Invocation Notify {a=null text=grüß} [true, -7] + 8 more"_s,
            u"StreamItem 2 · one"_s,
            u"Completion 2"_s,
            u"Completion s1 · me"_s,
            u"Close"_s,
        };
        QCOMPARE(withoutCalls(talk.spoken.lines(Direction::Out, connection.id)), sent);
        const QStringList received{
            u"Handshake"_s,         u"Invocation Welcome x 1.5"_s,
            u"StreamItem 1 · 0"_s,  u"StreamItem 1 · 1"_s,
            u"StreamItem 1 · 2"_s,  u"Completion 1"_s,
            u"Completion 3 · 26"_s, u"Completion 4 · 7"_s,
            u"Completion 5"_s,      u"Completion 6 · error \"no such thing\""_s,
            u"Completion 7"_s,      isJson ? u"Invocation GetName who · id s1"_s : u"Invocation s1 GetName who"_s,
        };
        QCOMPARE(inAnyOrder(withoutCalls(talk.spoken.lines(Direction::In, connection.id))), inAnyOrder(received));
        // Nine records in one message.
        const auto many = std::ranges::find_if(talk.spoken.messages, [&connection](const SpokenMessage &message) {
            return message.connection == connection.id && message.tree.summary.contains("Notify"_L1);
        });
        QCOMPARE(many->format, isJson ? u"signalr"_s : u"signalr-msgpack"_s);
        const QStringList targets{u"Notify"_s, u"Never"_s, u"Counter"_s, u"Upload"_s, u"Add"_s,
                                  u"Add"_s,    u"Void"_s,  u"Fail"_s,    u"Ask"_s};
        QCOMPARE(many->at(u"target"_s), targets);
        QCOMPARE(many->at(u"arguments[1][1]"_s), QStringList{u"-7"_s});
        QCOMPARE(many->at(u"streamIds[0]"_s), QStringList{u"2"_s});
    }
}

void LibrariesTest::stomp()
{
    const Talk &talk = this->talk(u"stomp"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"stomp"_s}), QString());
    const QStringList sent{
        u"CONNECT 1.2,1.1,1.0"_s, u"SUBSCRIBE /topic/sensors sub-0"_s, u"ACK a-1"_s,    u"SEND /queue/slow · grüß"_s,
        u"SEND /queue/quick"_s,   u"SEND /queue/lost · {\"n\":1}"_s,   u"BEGIN tx-1"_s, u"SEND /queue/quick · in it"_s,
        u"COMMIT tx-1"_s,         u"SEND /queue/denied · x"_s,
    };
    QCOMPARE(talk.spoken.lines(Direction::Out), sent);
    const QStringList received{
        u"CONNECTED 1.2"_s,        u"MESSAGE /topic/sensors · {\"t\":21.5}"_s,
        u"RECEIPT r-subscribed"_s, u"RECEIPT r-quick"_s,
        u"RECEIPT r-slow"_s,       u"ERROR access refused · not for you"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::In)), inAnyOrder(received));

    const SpokenMessage *slow = talk.spoken.find(u"SEND /queue/slow");
    QCOMPARE(slow->at(u"headers.note"_s), QStringList{u"a:b\nc"_s});
    QCOMPARE(slow->at(u"headers.receipt"_s), QStringList{u"r-slow"_s});
    QCOMPARE(talk.spoken.find(u"SEND /queue/quick")->at(u"body"_s), QStringList{u"00 ff 0a"_s});
    const SpokenMessage *message = talk.spoken.find(u"MESSAGE");
    QCOMPARE(message->at(u"headers[\"message-id\"]"_s), QStringList{u"m:1"_s});
    QCOMPARE(message->at(u"t"_s), QStringList{u"21.5"_s});
    QCOMPARE(talk.recorded.connections.constFirst().closeCode, 1002);
}

void LibrariesTest::phoenix()
{
    const Talk &talk = this->talk(u"phoenix"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"phoenix"_s}), QString());
    const QStringList sent{
        u"room:lobby phx_join · {nick=a} · ref N"_s,
        u"room:lobby lost · ref N"_s,
        u"room:lobby price · {symbol=AAPL wait=25} · ref N"_s,
        u"room:lobby price · {symbol=MSFT wait=5} · ref N"_s,
        u"push room:lobby upload · 3 B · ref N"_s,
        u"room:no phx_join · ref N"_s,
        u"room:no phx_leave · ref N"_s,
        u"room:lobby phx_leave · ref N"_s,
    };
    QCOMPARE(withoutRefs(talk.spoken.lines(Direction::Out)), sent);
    QStringList received{
        u"room:lobby phx_reply · ok · ref N"_s,
        u"room:lobby presence_state · {me={metas=[{phx_ref=F1}]}}"_s,
        u"room:lobby news · {body=grüß}"_s,
        u"broadcast room:lobby image · 3 B"_s,
        u"reply room:lobby ok · 2 B · ref N"_s,
        u"room:lobby phx_reply · ok {bid=143.86 of=MSFT} · ref N"_s,
        u"room:lobby phx_reply · ok {bid=143.86 of=AAPL} · ref N"_s,
        u"room:no phx_reply · error {reason=unauthorized} · ref N"_s,
        u"room:no phx_reply · ok · ref N"_s,
        u"room:lobby phx_reply · ok · ref N"_s,
    };
    QCOMPARE(inAnyOrder(withoutRefs(withoutCalls(talk.spoken.lines(Direction::In)))), inAnyOrder(received));

    const SpokenMessage *upload = talk.spoken.find(u"push room:lobby");
    QCOMPARE(upload->at(u"payload"_s), QStringList{u"09 08 07"_s});
    QCOMPARE(talk.spoken.find(u"broadcast")->at(u"payload"_s), QStringList{u"01 02 fa"_s});
    QCOMPARE(talk.spoken.find(u"room:no phx_reply")->at(u"response.reason"_s), QStringList{u"unauthorized"_s});
}

void LibrariesTest::jsonRpc()
{
    const Talk &talk = this->talk(u"jsonrpc"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"jsonrpc"_s}), QString());
    const QStringList sent{
        u"price {symbol=AAPL wait=20} · id 1"_s,
        u"batch of 4: price {symbol=MSFT wait=12} · id a"_s,
        u"lost · id 4"_s,
        u"ready"_s,
        u"result me · id 1"_s,
    };
    QCOMPARE(withoutCalls(talk.spoken.lines(Direction::Out)), sent);
    const QStringList received{
        u"whoAreYou · id 1"_s,
        u"batch of 2: error -32601 Method not found · id 2"_s,
        u"result {bid=143.86 of=AAPL} · id 1"_s,
    };
    QCOMPARE(inAnyOrder(withoutCalls(talk.spoken.lines(Direction::In))), inAnyOrder(received));
    const QStringList ids{u"a"_s, u"2"_s, u"3"_s};
    QCOMPARE(talk.spoken.find(u"batch of 4")->at(u"$[*].id"_s), ids);
    QCOMPARE(talk.spoken.find(u"batch of 2")->at(u"$[1].result.of"_s), QStringList{u"MSFT"_s});
}

void LibrariesTest::msgpackr()
{
    const Talk &talk = this->talk(u"msgpackr"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"msgpack"_s}), QString());
    const QString first = u"{symbol=\"AAPL\" bid=143.86 sizes=[100 70000 -1]}"_s;
    // Its names stand in the message before.
    const QString second = u"{symbol=\"MSFT\" bid=1e+300 sizes=[]}"_s;
    const QString third = u"{at=2026-01-02T03:04:05Z big=1152921504606846976 text=\"grüß\" bytes=h'01fa'}"_s;
    QCOMPARE(talk.spoken.lines(Direction::Out), (QStringList{first, second, third}));
    const QString echo = u"{ok=true echo=%1}"_s;
    QCOMPARE(talk.spoken.lines(Direction::In), (QStringList{echo.arg(first), echo.arg(second), echo.arg(third)}));
    QCOMPARE(talk.got,
             (QStringList{u"[\"AAPL\",143.86]"_s, u"[\"MSFT\",1e+300]"_s, u"[\"grüß\",\"1152921504606846976\"]"_s}));
    QCOMPARE(talk.spoken.messages.at(2).at(u"$.bid"_s), QStringList{u"1e+300"_s});
    QVERIFY(talk.recorded.of(EntryKind::Binary, Direction::In).constFirst().entry.compressed);
}

void LibrariesTest::mqtt()
{
    if (m_broker.port() == 0)
        QSKIP("mosquitto is not installed");
    const Talk &talk = this->talk(u"mqtt"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"mqtt"_s}), QString());

    // mosquitto, by MQTT 5. Each packet is in many messages, and the last one tells what it says.
    const ConnectionId five(1);
    const QStringList sent{
        u"CONNECT sockeye-five v5 keepalive 0 will gone"_s,
        u"SUBSCRIBE sensors/+/temp q2, plain/#"_s,
        u"PUBLISH sensors/7/temp q2 · {\"t\":21.5}"_s,
        u"PUBREL ID"_s,
        u"PUBREC ID"_s,
        u"PUBCOMP ID"_s,
        u"PUBLISH sensors/8/temp q1 · {\"t\":-3}"_s,
        u"PUBACK ID"_s,
        u"PUBLISH plain/text · grüß"_s,
        u"PUBLISH nobody/listens q1 · x"_s,
        u"UNSUBSCRIBE plain/#"_s,
        u"DISCONNECT Disconnect with Will Message"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::Out, five)), inAnyOrder(sent));
    const QStringList received{
        u"CONNACK Success"_s,
        u"SUBACK ID q2, q0"_s,
        u"PUBREC ID"_s,
        u"PUBLISH sensors/7/temp q2 · {\"t\":21.5}"_s,
        u"PUBCOMP ID"_s,
        u"PUBREL ID"_s,
        u"PUBLISH sensors/8/temp q1 · {\"t\":-3}"_s,
        u"PUBACK ID"_s,
        u"PUBLISH plain/text · grüß"_s,
        u"PUBACK ID No matching subscribers"_s,
        u"UNSUBACK ID Success"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::In, five)), inAnyOrder(received));
    const SpokenMessage *published = talk.spoken.find(u"PUBLISH sensors/7/temp");
    QCOMPARE(published->at(u"content type"_s), QStringList{u"application/json"_s});

    // The small broker, by MQTT 3.1.1.
    const ConnectionId four(2);
    const QStringList answered{
        u"CONNACK Connection Accepted"_s,
        u"SUBACK ID q2, 0x80 Failure"_s,
        u"PUBLISH from/once q1 · x"_s,
        u"PUBLISH from/twice q2 · x"_s,
        u"PUBREL ID"_s,
        u"PUBACK ID"_s,
        u"PUBACK ID"_s,
        u"PUBREC ID"_s,
        u"PUBCOMP ID"_s,
    };
    QCOMPARE(inAnyOrder(talk.spoken.lines(Direction::In, four)), inAnyOrder(answered));
    QVERIFY(talk.spoken.lines(Direction::Out, four).contains(u"CONNECT sockeye-four v3.1.1 keepalive 0"_s));
}

/// Of Node's inspector: a connection with neither a subprotocol nor sessions.
void LibrariesTest::cdp()
{
    const Talk &talk = this->talk(u"cdp"_s);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    QCOMPARE(talk.spoken.problem({u"cdp"_s}), QString());
    QCOMPARE(talk.got, QStringList{u"[\"waited 25\",\"waited 12\",\"waited 4\",-32601]"_s});
    const SpokenMessage *slow = talk.spoken.find(u"Runtime.evaluate {expression=run(25)");
    QVERIFY(slow);
    QCOMPARE(slow->at(u"$.id"_s), QStringList{u"3"_s});
    QCOMPARE(slow->at(u"$.params.awaitPromise"_s), QStringList{u"true"_s});
    const SpokenMessage *error = talk.spoken.find(u"error -32601");
    QVERIFY(error);
    QCOMPARE(error->at(u"$.id"_s), QStringList{u"6"_s});
}

void LibrariesTest::answersAreJoined_data()
{
    QTest::addColumn<QList<ConnectionId>>("connections");
    // What libraries and peers settle by themselves, without anybody who would measure it.
    QTest::addColumn<QStringList>("unmeasured");
    const QList<ConnectionId> one{ConnectionId(1)};
    const QList<ConnectionId> two{ConnectionId(1), ConnectionId(2)};
    QTest::newRow("socketio") << one << QStringList{u"connect"_s};
    QTest::newRow("graphql") << one << QStringList{u"connection_init"_s};
    QTest::newRow("signalr") << two << QStringList{u"handshake"_s};
    QTest::newRow("stomp") << one << QStringList();
    QTest::newRow("phoenix") << one << QStringList();
    QTest::newRow("jsonrpc") << one << QStringList();
    QTest::newRow("cdp") << one << QStringList{u"Runtime.enable"_s, u"Runtime.nothing"_s};
    // The connection before is that to mosquitto.
    QTest::newRow("mqtt") << QList<ConnectionId>{ConnectionId(2)} << QStringList{u"CONNECT"_s};
}

/// What asks and what answers is joined as the peer joins it, and what the peer left out is what has no answer.
void LibrariesTest::answersAreJoined()
{
    QFETCH(QList<ConnectionId>, connections);
    QFETCH(QStringList, unmeasured);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    if (name == "mqtt"_L1 && m_broker.port() == 0)
        QSKIP("mosquitto is not installed");
    const Talk &talk = this->talk(name);
    QVERIFY2(talk.problem.isEmpty(), qPrintable(talk.problem));
    const Requests told = measured(talk);
    Requests seen = joined(talk, connections);
    std::erase_if(seen.answered, [&](const auto &of) { return unmeasured.contains(of.first.second); });
    QCOMPARE(textOf(seen.unanswered), textOf(told.unanswered));
    QCOMPARE(textOf(countsOf(seen.answered)), textOf(countsOf(told.answered)));
    // How far both are apart hangs on how busy the machine is: it is told, for who wants to know.
    qint64 furthest = 0;
    for (const auto &[asked, times] : told.answered) {
        for (qsizetype i = 0; i < times.size(); ++i)
            furthest = std::max(furthest, std::abs(seen.answered[asked].at(i) - times.at(i)));
    }
    qInfo("Latencies are at most %lld us from what the peer measured", furthest / 1000);
}

SOCKEYE_TEST(LibrariesTest, QCoreApplication)
#include "tst_libraries.moc"
