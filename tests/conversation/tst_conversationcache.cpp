#include "base/Paths.h"
#include "conversation/ConversationIndex.h"
#include "conversation/ConversationReader.h"
#include "conversation/PackedConversation.h"
#include "formats/Formats.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

Conversation conversationOf(int number)
{
    Conversation conversation;
    conversation.in.begun = QByteArray(number % 50, 'b');
    conversation.in.messages = number;
    conversation.in.names = {{1, "topic"}, {quint32(number), "other"}};
    conversation.in.asked = {{"1", "price"}};
    conversation.out.records = {{7, "a\xff"}};
    conversation.out.skipped = 5;
    conversation.out.awaited = 2;
    conversation.out.announced = 3;
    conversation.out.event = "e";
    conversation.out.window = QByteArray(300, char(number));
    conversation.version = 5;
    conversation.format = "mqtt";
    conversation.out.isStream = true;
    return conversation;
}

const ConversationLaneId KeptLane{ConnectionId(3), u"mqtt"_s};

KeptCheckpoint checkpointOf(int number)
{
    const QByteArray packed = packConversation(conversationOf(number));
    return {packed, static_cast<qint32>(packed.size()), 0};
}

ConversationLanes lanesOf(int count)
{
    ConversationLanes lanes;
    ConversationLane &lane = lanes[KeptLane];
    lane.stride = 2000;
    for (int i = 1; i <= count; ++i)
        lane.checkpoints.emplace(EntryId(i * 2000), checkpointOf(i));
    // One connection may be followed by several formats, one after the other.
    lanes[{ConnectionId(3), u"stomp"_s}] = {1000, {{EntryId(9), checkpointOf(1)}}};
    return lanes;
}

/// What stands in the file, read one by one; those that cannot be read are left out.
ConversationLanes readAll(const ConversationCache &cache, const QByteArray &capture, EntryId last = EntryId(1'000'000))
{
    ConversationLanes lanes = cache.read(capture, last);
    for (auto lane = lanes.begin(); lane != lanes.end();) {
        auto &checkpoints = lane->second.checkpoints;
        for (auto one = checkpoints.begin(); one != checkpoints.end();) {
            const QByteArray packed = cache.readCheckpoint(capture, lane->first, one->first, one->second);
            one->second = {packed, static_cast<qint32>(packed.size()), 0};
            one = packed.isEmpty() ? checkpoints.erase(one) : std::next(one);
        }
        lane = checkpoints.empty() ? lanes.erase(lane) : std::next(lane);
    }
    return lanes;
}

bool isSame(const ConversationLanes &a, const ConversationLanes &b)
{
    return std::ranges::equal(a, b, [](const auto &one, const auto &other) {
        return one.first == other.first && one.second.stride == other.second.stride &&
               one.second.checkpoints == other.second.checkpoints;
    });
}

void writeLanes(const ConversationCache &cache, const QByteArray &capture, ConversationLanes lanes)
{
    cache.write(capture, lanes);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool overwrite(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

/// What was found out about a long session is there after a restart, and nothing else is taken for it.
class ConversationCacheTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStateComesBack()
    {
        QVERIFY(!unpackConversation({}));
        QCOMPARE(unpackConversation(packConversation({})), Conversation());
        Conversation long_ = conversationOf(1);
        long_.in.window = QByteArray("{\"op\":0,\"t\":\"MESSAGE_CREATE\"}").repeated(1'000);
        for (const Conversation &conversation : {conversationOf(7), long_}) {
            const QByteArray packed = packConversation(conversation);
            QCOMPARE(unpackConversation(packed), conversation);
            QVERIFY(packed.size() < 5'000);
            // Whatever the bytes are, nothing happens.
            for (qsizetype i = 0; i < packed.size(); i += 1 + i / 50)
                QVERIFY(unpackConversation(packed.first(i)) != conversation);
        }
        QVERIFY(!unpackConversation("z\xff\xff\xff\xff garbage"));
        // What is too much is not kept.
        long_.in.begun = QByteArray(10'000'000, 'x');
        QVERIFY(packConversation(long_).isEmpty());
    }

    void comesBackAsItWent()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a/conversations"_s);
        const ConversationCache cache(path);
        writeLanes(cache, "capture", lanesOf(20));
        QVERIFY(isSame(readAll(cache, "capture"), lanesOf(20)));
        QVERIFY(readAll(cache, "another").empty());
        // Nobody else may read pieces of messages.
        QCOMPARE(QFileInfo(cache.pathOf("capture")).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        QCOMPARE(QFileInfo(path).permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
        // It may go at any time.
        ConversationLanes known = cache.read("capture", EntryId(1'000'000));
        QVERIFY(QFile::remove(cache.pathOf("capture")));
        QVERIFY(cache.read("capture", EntryId(1'000'000)).empty());
        const auto &[next, place] = *known.at(KeptLane).checkpoints.begin();
        QVERIFY(cache.readCheckpoint("capture", KeptLane, next, place).isEmpty());
    }

    /// What is in the file already is taken over from there.
    void whatIsWrittenStays()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        ConversationLanes lanes = lanesOf(20);
        QVERIFY(cache.write("capture", lanes));
        QVERIFY(lanes.at(KeptLane).checkpoints.begin()->second.packed.isEmpty());
        lanes.at(KeptLane).checkpoints.erase(EntryId(4000));
        lanes.at(KeptLane).checkpoints.emplace(EntryId(42'000), checkpointOf(21));
        QVERIFY(cache.write("capture", lanes));
        ConversationLanes expected = lanesOf(21);
        expected.at(KeptLane).checkpoints.erase(EntryId(4000));
        QVERIFY(isSame(readAll(cache, "capture"), expected));
        // Places of a file that was replaced are those of others.
        const KeptCheckpoint place = lanes.at(KeptLane).checkpoints.at(EntryId(6000));
        QVERIFY(!cache.readCheckpoint("capture", KeptLane, EntryId(6000), place).isEmpty());
        QVERIFY(cache.readCheckpoint("capture", KeptLane, EntryId(8000), place).isEmpty());
        QVERIFY(cache.readCheckpoint("another", KeptLane, EntryId(6000), place).isEmpty());
        QVERIFY(cache.readCheckpoint("capture", {ConnectionId(3), u"stomp"_s}, EntryId(6000), place).isEmpty());
    }

    void anEmptyFolderKeepsNothing()
    {
        const ConversationCache cache({});
        writeLanes(cache, "capture", lanesOf(2));
        QVERIFY(cache.read("capture", EntryId(1'000'000)).empty());
    }

    /// A capture that was cut off meanwhile.
    void nothingIsKnownBehindTheEnd()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        writeLanes(cache, "capture", lanesOf(20));
        QCOMPARE(readAll(cache, "capture", EntryId(6000)).at(KeptLane).checkpoints.size(), size_t(3));
        QVERIFY(cache.read("capture", EntryId(3)).empty());
    }

    void whatIsDamagedIsNotUsed()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        writeLanes(cache, "capture", lanesOf(3));
        const ConversationLanes written = lanesOf(3);
        const QString path = cache.pathOf("capture");
        const QByteArray whole = contentOf(path);
        QVERIFY(overwrite(path, whole) && isSame(readAll(cache, "capture"), written));
        // What is there is what was there, or a part of it.
        const auto isPart = [&](const ConversationLanes &lanes) {
            return std::ranges::all_of(lanes, [&](const auto &lane) {
                const auto there = written.find(lane.first);
                return there != written.end() && std::ranges::all_of(lane.second.checkpoints, [&](const auto &one) {
                           const auto same = there->second.checkpoints.find(one.first);
                           return same != there->second.checkpoints.end() && same->second == one.second;
                       });
            });
        };
        QRandomGenerator random(11);
        for (int i = 0; i < 150; ++i) {
            QByteArray flipped = whole;
            const qsizetype at = random.bounded(static_cast<quint32>(whole.size()));
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << random.bounded(8)));
            QVERIFY(overwrite(path, flipped));
            const ConversationLanes lanes = readAll(cache, "capture");
            QVERIFY(isPart(lanes) && !isSame(lanes, written));
            QVERIFY(overwrite(path, whole.first(at)));
            QVERIFY(readAll(cache, "capture").empty());
            QByteArray noise(static_cast<qsizetype>(random.bounded(2000)), Qt::Uninitialized);
            std::ranges::generate(noise, [&random] { return static_cast<char>(random.generate()); });
            QVERIFY(overwrite(path, noise));
            QVERIFY(readAll(cache, "capture").empty());
        }
        QVERIFY(overwrite(path, {}));
        QVERIFY(readAll(cache, "capture").empty());
    }

    /// Files of another version of the program, whatever they hold, are replaced by what is found out next.
    void formerFilesAreReplaced()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        for (const QByteArray &mark :
             {"sockeye conversations 1 " SOCKEYE_VERSION "\n"_ba, "sockeye conversations 2 0.0.1\n"_ba}) {
            QVERIFY(overwrite(cache.pathOf("capture"), mark + QByteArray(5'000, '\1')));
            QVERIFY(cache.read("capture", EntryId(1'000'000)).empty());
            writeLanes(cache, "capture", lanesOf(4));
            QVERIFY(isSame(readAll(cache, "capture"), lanesOf(4)));
        }
    }

    void theOldestGo()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        for (int i = 0; i < ConversationCache::MaxFiles + 10; ++i)
            writeLanes(cache, "capture " + QByteArray::number(i), lanesOf(1));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), qsizetype(ConversationCache::MaxFiles));
        QVERIFY(!cache.read("capture " + QByteArray::number(ConversationCache::MaxFiles + 9), EntryId(9)).empty());
    }

    /// Once it is written, memory holds places only, and a file that goes takes nothing but time.
    void memoryHoldsWhatIsNotWritten()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        ConversationIndex index(folder.path(), "capture", EntryId(1'000'000));
        for (int i = 1; i <= 100; ++i)
            index.add(KeptLane, {EntryId(i * 1000), conversationOf(i)});
        QVERIFY(index.unwrittenBytes() > 0 && index.unwrittenBytes() == index.bytes());
        index.keep(ConversationIndex::Keep::IfWorthwhile);
        QCOMPARE(index.unwrittenBytes(), 0);
        QVERIFY(index.bytes() > 0);
        const auto at = [&](int i) { return index.before(KeptLane, EntryId(i * 1000 + 1)); };
        QCOMPARE(at(50).next, EntryId(50'000));
        QCOMPARE(at(50).conversation, conversationOf(50));
        // One of them is damaged: the one before it is used.
        QByteArray content = contentOf(cache.pathOf("capture"));
        const ConversationLanes lanes = cache.read("capture", EntryId(1'000'000));
        const qint64 offset = lanes.at(KeptLane).checkpoints.at(EntryId(60'000)).offset;
        content[offset + 10] = static_cast<char>(content.at(offset + 10) ^ 1);
        QVERIFY(overwrite(cache.pathOf("capture"), content));
        QCOMPARE(at(60).next, EntryId(59'000));
        QCOMPARE(at(60).conversation, conversationOf(59));
        QCOMPARE(at(61).next, EntryId(61'000));
        QVERIFY(QFile::remove(cache.pathOf("capture")));
        QCOMPARE(at(50).next, EntryId(1));
        QCOMPARE(index.bytes(), 0);
        QCOMPARE(index.lastBefore(KeptLane, EntryId(100'000)), EntryId(1));
        // And comes again.
        for (int i = 1; i <= 30; ++i)
            index.add(KeptLane, {EntryId(i * 1000), conversationOf(i)});
        index.keep(ConversationIndex::Keep::IfWorthwhile);
        QCOMPARE(index.unwrittenBytes(), 0);
        QCOMPARE(at(20).conversation, conversationOf(20));
    }

    /// A long session is followed once. What is asked for after a restart is near to what was kept.
    void aSessionIsFollowedOnce()
    {
        const QTemporaryDir folder;
        constexpr int Count = 60'000;
        QList<NewEntry> entries;
        for (int i = 0; i < Count; ++i) {
            // Halves of packets: PUBLISH, topic "t", payload of a byte.
            entries.append(samples::text(i % 2 == 0 ? QByteArray::fromHex("3004") : QByteArray::fromHex("00017478")));
            entries.last().kind = EntryKind::Binary;
            entries.last().connection = ConnectionId(1);
        }
        const QString path = folder.filePath(u"c.sockeye"_s);
        samples::makeCapture(path, entries);
        const auto capture = samples::reader(path);
        const Decoder &format = *conversationFormat(ConnectionFacts{.subprotocol = u"mqtt"_s});
        ConversationIndex::setCacheFolder(folder.filePath(u"cache"_s));
        {
            ConversationReader reader(*capture, ConnectionId(1), format, u"mqtt"_s);
            const auto before = reader.before(EntryId(Count), Count);
            QVERIFY(before && before.value());
            QCOMPARE(before.value()->in.begun, QByteArray::fromHex("3004"));
        }
        ConversationIndex::setCacheFolder({});
        const QByteArray created = capture->created().value();
        ConversationIndex restarted(folder.filePath(u"cache"_s), created, EntryId(Count));
        const ConversationLaneId lane{ConnectionId(1), u"mqtt"_s};
        const ConversationIndex::Checkpoint known = restarted.before(lane, EntryId(Count));
        QVERIFY2(EntryId(Count) - known.next < 5000, qPrintable(QString::number(known.next.value())));
        QCOMPARE(known.conversation.in.begun.size(), known.next.value() % 2 == 0 ? 2 : 0);
        // Not for another format.
        QCOMPARE(restarted.before({ConnectionId(1), u"stomp"_s}, EntryId(Count)).next, EntryId(1));
    }
};

SOCKEYE_TEST(ConversationCacheTest, QCoreApplication)
#include "tst_conversationcache.moc"
