#include "conversation/ConversationChoice.h"

#include "formats/FormatSet.h"
#include "formats/Formats.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Begin = 1'700'000'000'000'000'000;

ConnectionRecord record(ConnectionId id, const QString &url, const QString &subprotocol = {})
{
    ConnectionRecord record;
    record.id = id;
    record.url = url;
    record.subprotocol = subprotocol;
    record.started = Timestamp(Nanoseconds(Begin));
    return record;
}

NewEntry message(ConnectionId connection, const QByteArray &payload, Direction direction = Direction::In,
                 EntryKind kind = EntryKind::Text)
{
    NewEntry entry = samples::text(payload, Begin + 1);
    entry.connection = connection;
    entry.direction = direction;
    entry.kind = kind;
    return entry;
}

/// A record of msgpackr: {a: 1} as record 0x40.
QByteArray definition()
{
    return QByteArray::fromHex("d4724091a16101");
}

ConnectionFacts said(const QString &url, const QList<QByteArray> &texts)
{
    ConnectionFacts facts{{}, url};
    for (const QByteArray &text : texts)
        facts.first.append({text, true, Direction::In});
    return facts;
}

QString chosenBy(const ConnectionFacts &facts)
{
    const Decoder *format = conversationFormat(facts);
    return format ? format->id() : QString();
}

} // namespace

/// Which connections have a state over their messages is found out once.
class ConversationChoiceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsDecide()
    {
        QCOMPARE(chosenBy(ConnectionFacts{}), QString());
        QCOMPARE(chosenBy(ConnectionFacts{u"mqtt"_s}), u"mqtt"_s);
        QCOMPARE(chosenBy(ConnectionFacts{u"chat"_s}), QString());
        QCOMPARE(chosenBy(ConnectionFacts{u"v12.stomp"_s}), u"stomp"_s);
        const QString socketIo = u"ws://h/socket.io/?EIO=4&transport=websocket"_s;
        QCOMPARE(chosenBy(said(socketIo, {})), u"socketio"_s);
        QCOMPARE(chosenBy(said(u"ws://h/socket.io/?transport=websocket"_s, {})), QString());
        QCOMPARE(chosenBy(said(u"ws://h/socket.io?a=EIO=4"_s, {})), QString());
        // Another path: Engine.IO alone, until a packet of Socket.IO comes.
        const QString other = u"ws://h/live?EIO=4&transport=websocket"_s;
        const QByteArray open = "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000}";
        QCOMPARE(chosenBy(said(other, {})), QString());
        QCOMPARE(chosenBy(said(other, {open, "4hello"})), QString());
        QCOMPARE(chosenBy(said(other, {open, "40"})), u"socketio"_s);
        QCOMPARE(chosenBy(said(other, {"2probe", "42[\"a\"]"})), u"socketio"_s);
        QCOMPARE(chosenBy(said({}, {open, "40/admin,"})), u"socketio"_s);
        QCOMPARE(chosenBy(said({}, {"40"})), QString());
        QCOMPARE(chosenBy(said({}, {"40", "42[\"a\"]"})), QString());
        QCOMPARE(chosenBy(said({}, {"CONNECT\naccept-version:1.2\n\n\0"_ba})), u"stomp"_s);
        ConnectionFacts records;
        records.first.append({definition(), false, Direction::Out});
        QCOMPARE(chosenBy(records), u"msgpack"_s);
        records.first.first().isText = true;
        QCOMPARE(chosenBy(records), QString());
        records.first.first() = {QByteArray::fromHex("d9dfff8319e000816161"
                                                     "01"),
                                 false, Direction::Out};
        QCOMPARE(chosenBy(records), u"cbor"_s);
    }

    void whatHasNotComeIsNotDecided()
    {
        const QString path = m_directory.filePath(u"live.sockeye"_s);
        const auto writer = samples::writer(path);
        const ConnectionId one = writer->newConnectionId();
        writer->put(record(one, u"ws://h/feed"_s));
        const samples::WriterSignals signs(*writer);
        QSignalSpy advanced(&signs, &samples::WriterSignals::advanced);
        QSignalSpy connections(&signs, &samples::WriterSignals::connectionsChanged);
        const auto append = [&](const NewEntry &entry) {
            advanced.clear();
            writer->append(NewEntry(entry));
            return !advanced.isEmpty() || advanced.wait();
        };
        QVERIFY(!connections.isEmpty() || connections.wait());
        auto reader = samples::reader(path);
        QVERIFY(!ConversationChoice::of(*reader, one, *FormatSet::standard()).format);
        QVERIFY(append(message(one, "hello")));
        reader = samples::reader(path);
        QVERIFY(!ConversationChoice::of(*reader, one, *FormatSet::standard()).format);
        QVERIFY(append(message(one, definition(), Direction::Out, EntryKind::Binary)));
        QVERIFY(ConversationChoice::of(*reader, one, *FormatSet::standard()).format == formatOf(u"msgpack"));
        VERIFY_RESULT(writer->finish());
    }

    /// It agreed on nothing, but all its answers are those of one protocol.
    void whatIsSpokenIsKnown()
    {
        const QString path = m_directory.filePath(u"spoken.sockeye"_s);
        const auto writer = samples::writer(path);
        const ConnectionId bare = writer->newConnectionId();
        writer->put(record(bare, u"ws://h/devtools/page/1"_s));
        const ConnectionId agreed = writer->newConnectionId();
        writer->put(record(agreed, u"ws://h/devtools/page/1"_s, u"chat"_s));
        for (const ConnectionId connection : {bare, agreed}) {
            writer->append(message(connection, "{\"id\":1,\"result\":{}}"));
            writer->append(message(connection, "{\"id\":2,\"method\":\"Page.enable\"}", Direction::Out));
        }
        VERIFY_RESULT(writer->finish());
        const auto reader = samples::reader(path);
        QCOMPARE(ConversationChoice::of(*reader, bare, *FormatSet::standard()).subprotocol, u"cdp"_s);
        QCOMPARE(ConversationChoice::of(*reader, bare, *FormatSet::standard()).subprotocol, u"cdp"_s);
        QVERIFY(!ConversationChoice::of(*reader, bare, *FormatSet::standard()).format);
        QCOMPARE(ConversationChoice::of(*reader, agreed, *FormatSet::standard()).subprotocol, u"chat"_s);
    }

    void firstMessagesAreFew()
    {
        const QString path = m_directory.filePath(u"few.sockeye"_s);
        const auto writer = samples::writer(path);
        const ConnectionId late = writer->newConnectionId();
        const ConnectionId early = writer->newConnectionId();
        const ConnectionId long_ = writer->newConnectionId();
        writer->put(record(late, u"ws://h/"_s));
        writer->put(record(early, u"ws://h/"_s, u"chat"_s));
        writer->put(record(long_, u"ws://h/"_s));
        for (qsizetype i = 0; i < ConnectionFacts::MaxFirst; ++i) {
            writer->append(message(late, "x", Direction::Out));
            writer->append(message(late, "x"));
            if (i + 1 < ConnectionFacts::MaxFirst)
                writer->append(message(early, "x", Direction::Out));
        }
        writer->append(message(late, definition(), Direction::Out, EntryKind::Binary));
        writer->append(message(early, definition(), Direction::Out, EntryKind::Binary));
        // A definition that is not wholly among the bytes that are kept beside an entry.
        const QByteArray key(200, 'k');
        writer->append(message(long_, QByteArray::fromHex("d4724092d9c8") + key + "\xd9\xc8" + key + "\1\2",
                               Direction::In, EntryKind::Binary));
        VERIFY_RESULT(writer->finish());
        const auto reader = samples::reader(path);
        QVERIFY(!ConversationChoice::of(*reader, late, *FormatSet::standard()).format);
        const ConversationChoice choice = ConversationChoice::of(*reader, early, *FormatSet::standard());
        QVERIFY(choice.format);
        QCOMPARE(choice.format->id(), u"msgpack"_s);
        QCOMPARE(choice.subprotocol, u"chat"_s);
        QVERIFY(ConversationChoice::of(*reader, long_, *FormatSet::standard()).format == choice.format);
    }

    /// A user knows better than the connection tells.
    void rulesComeFirst_data()
    {
        using About = DecodeRule::About;
        QTest::addColumn<QList<DecodeRule>>("rules");
        QTest::addColumn<QString>("format");
        const auto rule = [](const QString &format, About about = About::Any, Direction direction = Direction::None,
                             const QString &topic = {}) {
            return DecodeRule{about, direction, topic, format};
        };
        QTest::newRow("none") << QList<DecodeRule>() << u"mqtt"_s;
        QTest::newRow("a stream") << QList{rule(u"zlib-stream"_s)} << u"zlib-stream"_s;
        QTest::newRow("a chain") << QList{rule(u"zlib-stream > json"_s, About::Binary)} << u"zlib-stream"_s;
        QTest::newRow("records") << QList{rule(u"cbor"_s, About::Binary, Direction::In)} << u"cbor"_s;
        QTest::newRow("the first one") << QList{rule(u"hex"_s, About::Text), rule(u"stomp"_s), rule(u"msgpack"_s)}
                                       << u"stomp"_s;
        QTest::newRow("one that depends on nothing") << QList{rule(u"json"_s)} << u"mqtt"_s;
        QTest::newRow("behind one for all") << QList{rule(u"auto"_s), rule(u"stomp"_s)} << u"mqtt"_s;
        QTest::newRow("what messages carry")
            << QList{rule(u"socketio"_s, About::Any, Direction::None, u"a/#"_s)} << u"mqtt"_s;
        QTest::newRow("inside of a chain") << QList{rule(u"hex > stomp"_s)} << u"mqtt"_s;
        QTest::newRow("no format") << QList{rule(u"nothing"_s)} << u"mqtt"_s;
    }

    void rulesComeFirst()
    {
        QFETCH(QList<DecodeRule>, rules);
        QFETCH(QString, format);
        const QString path = m_directory.filePath(QString::fromLatin1(QTest::currentDataTag()) + u".sockeye"_s);
        const auto writer = samples::writer(path);
        const ConnectionId one = writer->newConnectionId();
        writer->put(record(one, u"ws://h/"_s, u"mqtt"_s));
        writer->append(message(one, "x"));
        VERIFY_RESULT(writer->finish());
        const auto reader = samples::reader(path);
        const auto formats = FormatSet::make({rules, {}, {}});
        const ConversationChoice choice = ConversationChoice::of(*reader, one, *formats);
        QVERIFY(choice.format);
        QCOMPARE(choice.format->id(), format);
        QCOMPARE(choice.subprotocol, u"mqtt"_s);
        // And the next set of rules likewise.
        QCOMPARE(ConversationChoice::of(*reader, one, *FormatSet::standard()).format->id(), u"mqtt"_s);
    }

private:
    QTemporaryDir m_directory;
};

SOCKEYE_TEST(ConversationChoiceTest, QCoreApplication)
#include "tst_conversationchoice.moc"
