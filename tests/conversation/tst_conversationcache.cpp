#include "base/Paths.h"
#include "conversation/ConversationIndex.h"
#include "conversation/ConversationReader.h"
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

ConversationLanes lanesOf(int count)
{
    ConversationLanes lanes;
    ConversationLane &lane = lanes[ConnectionId(3)];
    lane.format = u"mqtt"_s;
    lane.stride = 2000;
    for (int i = 1; i <= count; ++i)
        lane.checkpoints.emplace(EntryId(i * 2000), conversationOf(i));
    lanes[ConnectionId(4)] = {u"stomp"_s, 1000, {{EntryId(9), conversationOf(1)}}};
    return lanes;
}

bool isSame(const ConversationLanes &a, const ConversationLanes &b)
{
    return std::ranges::equal(a, b, [](const auto &one, const auto &other) {
        return one.first == other.first && one.second.format == other.second.format &&
               one.second.stride == other.second.stride && one.second.checkpoints == other.second.checkpoints;
    });
}

} // namespace

/// What was found out about a long session is there after a restart, and nothing else is taken for it.
class ConversationCacheTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWent()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a/conversations"_s);
        const ConversationCache cache(path);
        cache.write("capture", lanesOf(20));
        QVERIFY(isSame(cache.read("capture", EntryId(1'000'000)), lanesOf(20)));
        QVERIFY(cache.read("another", EntryId(1'000'000)).empty());
        // Nobody else may read pieces of messages.
        QCOMPARE(QFileInfo(cache.pathOf("capture")).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        QCOMPARE(QFileInfo(path).permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
        // It may go at any time.
        QVERIFY(QFile::remove(cache.pathOf("capture")));
        QVERIFY(cache.read("capture", EntryId(1'000'000)).empty());
    }

    void anEmptyFolderKeepsNothing()
    {
        const ConversationCache cache({});
        cache.write("capture", lanesOf(2));
        QVERIFY(cache.read("capture", EntryId(1'000'000)).empty());
    }

    /// A capture that was cut off meanwhile.
    void nothingIsKnownBehindTheEnd()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        cache.write("capture", lanesOf(20));
        const ConversationLanes lanes = cache.read("capture", EntryId(6000));
        QCOMPARE(lanes.at(ConnectionId(3)).checkpoints.size(), size_t(3));
        QVERIFY(cache.read("capture", EntryId(3)).empty());
    }

    void whatIsDamagedIsNotUsed()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        cache.write("capture", lanesOf(3));
        QFile file(cache.pathOf("capture"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        file.close();
        const auto readsAs = [&](const QByteArray &content) {
            QFile broken(cache.pathOf("capture"));
            return broken.open(QIODevice::WriteOnly) && broken.write(content) == content.size() && broken.flush() &&
                   !cache.read("capture", EntryId(1'000'000)).empty();
        };
        QVERIFY(readsAs(whole));
        QRandomGenerator random(11);
        for (int i = 0; i < 400; ++i) {
            QByteArray flipped = whole;
            const qsizetype at = random.bounded(static_cast<quint32>(whole.size()));
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << random.bounded(8)));
            QVERIFY(!readsAs(flipped));
            QVERIFY(!readsAs(whole.first(at)));
            QByteArray noise(static_cast<qsizetype>(random.bounded(2000)), Qt::Uninitialized);
            std::ranges::generate(noise, [&random] { return static_cast<char>(random.generate()); });
            QVERIFY(!readsAs(noise));
        }
        QVERIFY(!readsAs({}));
    }

    void theOldestGo()
    {
        const QTemporaryDir folder;
        const ConversationCache cache(folder.path());
        for (int i = 0; i < ConversationCache::MaxFiles + 10; ++i)
            cache.write("capture " + QByteArray::number(i), lanesOf(1));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), qsizetype(ConversationCache::MaxFiles));
        QVERIFY(!cache.read("capture " + QByteArray::number(ConversationCache::MaxFiles + 9), EntryId(9)).empty());
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
        const ConversationIndex::Checkpoint known = restarted.before(ConnectionId(1), u"mqtt"_s, EntryId(Count));
        QVERIFY2(EntryId(Count) - known.next < 5000, qPrintable(QString::number(known.next.value())));
        // Not for another format.
        QCOMPARE(restarted.before(ConnectionId(1), u"stomp"_s, EntryId(Count)).next, EntryId(1));
    }
};

SOCKEYE_TEST(ConversationCacheTest, QCoreApplication)
#include "tst_conversationcache.moc"
