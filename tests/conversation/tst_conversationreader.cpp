#include "conversation/ConversationReader.h"

#include "conversation/PackedConversation.h"
#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

constexpr ConnectionId Mqtt(1);
constexpr ConnectionId Other(2);

/// PUBLISH, QoS 0, without properties.
QByteArray publish(const QByteArray &topic, const QByteArray &payload)
{
    const QByteArray body = char(0) + QByteArray(1, char(topic.size())) + topic + payload;
    return QByteArray(1, char(0x30)) + char(body.size()) + body;
}

} // namespace

/// What earlier messages decide is found out from the nearest checkpoint, whatever is asked for first.
class ConversationReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // The packets of one stream, cut into messages of one to seven bytes that have nothing to do with them, beside
        // another connection's messages.
        QByteArray stream = QByteArray::fromHex("101000044d5154540402003c000474657374");
        for (int i = 0; i < 2'000; ++i)
            stream += publish("sensors/" + QByteArray::number(i % 10), "value " + QByteArray::number(i));
        QList<NewEntry> entries;
        for (qsizetype at = 0, size = 1; at < stream.size(); at += size, size = size % 7 + 1) {
            entries.append(samples::text(stream.mid(at, size)));
            entries.last().kind = EntryKind::Binary;
            entries.last().direction = Direction::Out;
            entries.last().connection = Mqtt;
            if (at % 3 == 0) {
                entries.append(samples::text("noise"));
                entries.last().connection = Other;
            }
        }
        m_count = entries.size();
        m_path = m_directory.filePath(u"mqtt.sockeye"_s);
        samples::makeCapture(m_path, entries);
        m_capture = samples::reader(m_path);
        m_format = conversationFormat(u"mqtt");
        QVERIFY(m_format);
        QVERIFY(!conversationFormat(u"chat"));
        QVERIFY(!conversationFormat(ConnectionFacts{}));
    }

    void packetsAreWholeAgain()
    {
        ConversationReader reader(*m_capture, Mqtt, *m_format, u"mqtt"_s);
        QStringList said;
        const Result<> visited =
            m_capture->scanner().forEach(EntryId(1), EntryId(m_count), {}, [&](const Entry &entry) {
                if (entry.connection != Mqtt)
                    return true;
                const auto before = reader.before(entry.id, m_count);
                DecodeInput input{entry.head, false, entry.direction, u"mqtt"_s, before.value()};
                const auto decoded = decodeMessage(input);
                const QString broken = fault(*decoded->tree);
                if (!broken.isEmpty() || decoded->tree->error)
                    said += u"broken: "_s + broken;
                for (const QString &part : decoded->tree->summary.split(u"; "_s)) {
                    if (!part.startsWith(u"part of"))
                        said += part;
                }
                return true;
            });
        VERIFY_RESULT(visited);
        QCOMPARE(said.size(), 2'001);
        QCOMPARE(said.constFirst(), u"CONNECT test v3.1.1 keepalive 60"_s);
        QCOMPARE(said.at(2), u"PUBLISH sensors/1 · value 1"_s);
        QCOMPARE(said.constLast(), u"PUBLISH sensors/9 · value 1999"_s);
    }

    void anyOrderComesToTheSame()
    {
        ConversationReader inOrder(*m_capture, Mqtt, *m_format, u"mqtt"_s);
        for (const qint64 at : {qint64(1), qint64(2), m_count / 2, m_count / 2 - 1, m_count, qint64(17), m_count - 1}) {
            const auto there = inOrder.before(EntryId(at), m_count);
            VERIFY_RESULT(there);
            // From the beginning, without a checkpoint.
            const QString copy = m_directory.filePath(u"copy%1.sockeye"_s.arg(at));
            QVERIFY(QFile::copy(m_path, copy));
            const auto capture = samples::reader(copy);
            ConversationReader fresh(*capture, Mqtt, *m_format, u"mqtt"_s);
            const auto anew = fresh.before(EntryId(at), m_count);
            VERIFY_RESULT(anew);
            QVERIFY(there.value() && anew.value());
            QVERIFY(*there.value() == *anew.value());
        }
    }

    void farFromACheckpointItSaysSo()
    {
        const QString copy = m_directory.filePath(u"far.sockeye"_s);
        QVERIFY(QFile::copy(m_path, copy));
        const auto capture = samples::reader(copy);
        ConversationReader reader(*capture, Mqtt, *m_format, u"mqtt"_s);
        QVERIFY(!reader.before(EntryId(m_count), 100).value());
        QVERIFY(reader.before(EntryId(m_count), m_count).value());
        // Now there are checkpoints, which another reader of the capture finds.
        const auto other = samples::reader(copy);
        ConversationReader near(*other, Mqtt, *m_format, u"mqtt"_s);
        QVERIFY(near.before(EntryId(m_count - 1), 5'000).value());
        CancelToken cancelled;
        cancelled.cancel();
        ConversationReader late(*other, Mqtt, *m_format, u"mqtt"_s);
        QVERIFY(!late.before(EntryId(m_count - 2), m_count, cancelled).value());
    }

    /// What mqtt.js sends on Node: one packet in thirteen messages.
    void aClientSendsFieldByField()
    {
        Conversation conversation;
        QStringList said;
        for (Vector &vector : read(u"mqtt-split.jsonl"_s)) {
            vector.input.subprotocol = u"mqtt"_s;
            vector.input.before = conversation;
            const auto decoded = decodeMessage(vector.input);
            QVERIFY(decoded && decoded->format == m_format && !decoded->tree->error);
            const QString broken = fault(*decoded->tree);
            QVERIFY2(broken.isEmpty(), qPrintable(broken));
            said += decoded->tree->summary;
            m_format->follow(vector.input, conversation);
        }
        QCOMPARE(said.size(), 21);
        QCOMPARE(said.first(), u"part of CONNECT"_s);
        QCOMPARE(said.at(11), u"part of CONNECT"_s);
        QVERIFY2(said.at(12).startsWith(u"CONNECT c4 v3.1.1 keepalive 1"), qPrintable(said.at(12)));
        QVERIFY2(said.at(13).startsWith(u"CONNACK"), qPrintable(said.at(13)));
        QVERIFY2(said.at(19).startsWith(u"SUBSCRIBE t/# q2"), qPrintable(said.at(19)));
        QCOMPARE(conversation.version, 4);
        QVERIFY(conversation.out.begun.isEmpty() && conversation.in.begun.isEmpty());
    }

    void whatIsTooLongIsSkipped()
    {
        Conversation conversation;
        const auto follow = [&](const QByteArray &payload) {
            m_format->follow({payload, false, Direction::In, u"mqtt"_s}, conversation);
        };
        // Remaining length 600,000.
        const QByteArray head = QByteArray::fromHex("30c0cf24") + QByteArray("\0\1t", 3);
        follow(head + QByteArray(300'000 - 3, 'x'));
        QVERIFY(conversation.in.begun.isEmpty());
        QCOMPARE(conversation.in.skipped, 300'000);
        follow(QByteArray(200'000, 'x'));
        QCOMPARE(conversation.in.skipped, 100'000);
        DecodeInput last{QByteArray(100'000, 'x') + publish("t", "v"), false, Direction::In, u"mqtt"_s, conversation};
        const auto decoded = decodeMessage(last);
        QCOMPARE(decoded->tree->summary, u"part of packet; PUBLISH t · v"_s);
        follow(last.payload);
        QCOMPARE(conversation.in, Conversation::Side());
    }

    void aTopicsAliasIsKnown()
    {
        Conversation conversation;
        conversation.version = 5;
        // PUBLISH "a/b" alias 7; then an empty topic with that alias.
        const DecodeInput named{QByteArray::fromHex("300a0003612f620323000778"), false, Direction::In, u"mqtt"_s};
        m_format->follow(named, conversation);
        QCOMPARE(conversation.in.names.value(7), QByteArray("a/b"));
        const DecodeInput numbered{QByteArray::fromHex("30070000032300"
                                                       "0779"),
                                   false, Direction::In, u"mqtt"_s, conversation};
        QCOMPARE(decodeMessage(numbered)->tree->summary, u"PUBLISH a/b · y"_s);
    }

    void checkpointsAreBounded()
    {
        ConversationIndex index;
        const ConversationLaneId lane{Mqtt, u"mqtt"_s};
        constexpr qint64 Many = 200'000'000;
        for (qint64 at = 1; at < Many; at += 1000)
            index.add(lane, {EntryId(at), {}});
        QVERIFY(index.stride(lane) >= Many / qint64(ConversationIndex::MaxCheckpoints));
        const ConversationIndex::Checkpoint last = index.before(lane, EntryId(Many));
        QVERIFY(Many - last.next.value() <= 2 * index.stride(lane));
        QCOMPARE(index.before({Other, u"mqtt"_s}, EntryId(5)).next, EntryId(1));
    }

    /// Over all connections of a capture, and if nothing can be written.
    void memoryIsBounded()
    {
        ConversationIndex index;
        QRandomGenerator random(3);
        Conversation conversation;
        // Nothing that could be packed.
        conversation.in.window.resize(256 * 1024);
        std::ranges::generate(conversation.in.window, [&random] { return static_cast<char>(random.generate()); });
        constexpr int Connections = 80;
        for (int at = 0; at < 2; ++at) {
            for (int i = 1; i <= Connections; ++i)
                index.add({ConnectionId(i), u"zlib-stream"_s}, {EntryId(at * 1000 + 1), conversation});
            QVERIFY(index.bytes() <= ConversationIndex::MaxUnwritten);
        }
        // What the user has left goes first: of a connection that is followed by another format now.
        const ConversationLaneId now{ConnectionId(500), u"mqtt"_s};
        const ConversationLaneId former{ConnectionId(500), u"stomp"_s};
        index.add(former, {EntryId(1000), {}});
        index.add(now, {EntryId(1000), {}});
        QCOMPARE(index.lastBefore(former, EntryId(5000)), EntryId(1000));
        for (int at = 5; at < 6; ++at) {
            for (int i = 1; i <= Connections; ++i)
                index.add({ConnectionId(i), u"zlib-stream"_s}, {EntryId(at * 1000 + 1), conversation});
        }
        QVERIFY(index.bytes() <= ConversationIndex::MaxUnwritten);
        QCOMPARE(index.lastBefore(former, EntryId(5000)), EntryId(1));
        QCOMPARE(index.lastBefore(now, EntryId(5000)), EntryId(1000));
    }

    /// Where somebody waits no more than a few entries are looked at, however far checkpoints are from each other. Once
    /// an entry has been asked for in the background, those before it are near.
    void nearAnEntryCheckpointsAreFiner()
    {
        const QString copy = m_directory.filePath(u"near.sockeye"_s);
        QVERIFY(QFile::copy(m_path, copy));
        const auto capture = samples::reader(copy);
        const ConversationLaneId lane{Mqtt, m_format->id()};
        // As in a session that is so long that they are.
        const QString folder = m_directory.filePath(u"near"_s);
        const QByteArray packed = packConversation({});
        ConversationLanes lanes{
            {lane, {10 * m_count, {{EntryId(1), KeptCheckpoint{packed, static_cast<qint32>(packed.size()), 0}}}}}};
        QVERIFY(ConversationCache(folder).write(capture->created().value(), lanes));
        ConversationIndex::setCacheFolder(folder);
        const auto index = ConversationIndex::of(*capture);
        ConversationIndex::setCacheFolder({});
        QCOMPARE(index->stride(lane), 10 * m_count);
        const EntryId far(m_count - 1);
        const auto near = [&](EntryId entry) {
            ConversationReader reader(*capture, Mqtt, *m_format, u"mqtt"_s);
            return reader.before(entry, ConversationReader::Few).value();
        };
        QVERIFY(2 * m_count > 5 * ConversationReader::Few + 100);
        QVERIFY(!near(far));
        ConversationReader reader(*capture, Mqtt, *m_format, u"mqtt"_s);
        const auto there = reader.before(far, m_count);
        QVERIFY(there.value());
        QCOMPARE(near(far), *there.value());
        for (const qint64 back : {1, 100, 700, 3000}) {
            QVERIFY(far - index->lastBefore(lane, far - back) <= back + ConversationReader::Few / 5);
            QVERIFY(near(far - back));
        }
        QVERIFY(!near(far - 3 * ConversationReader::Few / 2));
    }

    void checkpointsNearAnEntryGo()
    {
        NearCheckpoints near;
        const ConversationLaneId lane{Mqtt, u"mqtt"_s};
        for (int i = 1; i <= 2 * int(NearCheckpoints::MaxCount); ++i)
            near.add(lane, EntryId(i), "state " + QByteArray::number(i));
        QCOMPARE(near.lastBefore(lane, EntryId(5)), EntryId());
        QCOMPARE(near.lastBefore(lane, EntryId(2'000)), EntryId(2'000));
        QCOMPARE(near.packed(lane, EntryId(2'000)), "state 2000"_ba);
        QCOMPARE(near.packed(lane, EntryId(5)), QByteArray());
        QCOMPARE(near.lastBefore({Mqtt, u"stomp"_s}, EntryId(2'000)), EntryId());
        QCOMPARE(near.lastBefore({Other, u"mqtt"_s}, EntryId(2'000)), EntryId());
        near.add(lane, EntryId(1), QByteArray(NearCheckpoints::MaxBytes + 1, 'x'));
        QCOMPARE(near.lastBefore(lane, EntryId(5'000)), EntryId());
    }

private:
    QTemporaryDir m_directory;
    QString m_path;
    std::unique_ptr<CaptureReader> m_capture;
    const Decoder *m_format = nullptr;
    qint64 m_count = 0;
};

SOCKEYE_TEST(ConversationReaderTest, QCoreApplication)
#include "tst_conversationreader.moc"
