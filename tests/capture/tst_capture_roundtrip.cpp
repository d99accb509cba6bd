#include "capture/Samples.h"

#include "support/TestProgram.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Mebibyte = 1024 * 1024;

/// Writes the entries into a capture of its own and opens it.
class Recorded final
{
public:
    explicit Recorded(const QList<NewEntry> &entries)
    {
        samples::makeCapture(path(), entries);
        m_reader = samples::reader(path());
    }
    [[nodiscard]] QString path() const { return m_directory.filePath(u"a.sockeye"_s); }
    const CaptureReader *operator->() const { return m_reader.get(); }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<CaptureReader> m_reader;
};

} // namespace

/// What is written is what is read.
class CaptureRoundtripTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesKindsAndDirections();
    void takesMessagesAndEvents();
    void keepsEveryFieldOfAnEntry();
    void keepsEveryKindAndEvent();
    void keepsPayloads_data();
    void keepsPayloads();
    void readsRanges();
    void keepsManyFrames();
    void keepsFindings();
    void keepsConnections();
    void listsUrlsByTheirConnections();
    void replacesAConnection();
    void answersForWhatIsNotThere();
};

void CaptureRoundtripTest::namesKindsAndDirections()
{
    QCOMPARE(kindName(EntryKind::Text), "text"_L1);
    QCOMPARE(kindName(EntryKind::Binary), "binary"_L1);
    QCOMPARE(kindName(EntryKind::Close), "close"_L1);
    QCOMPARE(kindName(EntryKind::Ping), "ping"_L1);
    QCOMPARE(kindName(EntryKind::Pong), "pong"_L1);
    QCOMPARE(kindName(EntryKind::Raw), "raw"_L1);
    QCOMPARE(kindName(EntryKind::Event), "event"_L1);
    QCOMPARE(directionName(Direction::In), "in"_L1);
    QCOMPARE(directionName(Direction::Out), "out"_L1);
    QCOMPARE(directionName(Direction::None), "none"_L1);
    QCOMPARE(kindOf(Opcode::Text), EntryKind::Text);
    QCOMPARE(kindOf(Opcode::Binary), EntryKind::Binary);
    QCOMPARE(kindOf(Opcode::Close), EntryKind::Close);
    QCOMPARE(kindOf(Opcode::Ping), EntryKind::Ping);
    QCOMPARE(kindOf(Opcode::Pong), EntryKind::Pong);
    QCOMPARE(kindOf(Opcode::Continuation), EntryKind::Raw);
    QCOMPARE(kindOf(static_cast<Opcode>(11)), EntryKind::Raw);
}

void CaptureRoundtripTest::takesMessagesAndEvents()
{
    Message message;
    message.direction = Direction::Out;
    message.opcode = Opcode::Ping;
    message.payload = "hear";
    message.frames.append(samples::header(Opcode::Ping, 4));
    message.time = timestampFromNs(17);
    message.wireSize = 10;
    message.compressed = true;
    message.complete = false;
    message.findings = {{Severity::Warning, u"frame.length-form"_s, u"RFC 6455 5.2"_s, u"too long"_s, 1, 0}};
    const NewEntry entry = NewEntry::fromMessage(ConnectionId(3), Message(message));
    QCOMPARE(entry.connection, ConnectionId(3));
    QCOMPARE(entry.time, message.time);
    QCOMPARE(entry.direction, Direction::Out);
    QCOMPARE(entry.kind, EntryKind::Ping);
    QCOMPARE(entry.event, EventKind::None);
    QVERIFY(entry.compressed);
    QVERIFY(!entry.complete);
    QCOMPARE(entry.payload, message.payload);
    QCOMPARE(entry.wireSize, 10);
    QCOMPARE(entry.frames, message.frames);
    QCOMPARE(entry.findings, message.findings);

    const NewEntry event = NewEntry::fromEvent(ConnectionId(2), timestampFromNs(5), EventKind::Failed, u"nö"_s);
    QCOMPARE(event.connection, ConnectionId(2));
    QCOMPARE(event.time, timestampFromNs(5));
    QCOMPARE(event.direction, Direction::None);
    QCOMPARE(event.kind, EntryKind::Event);
    QCOMPARE(event.event, EventKind::Failed);
    QCOMPARE(event.payload, QByteArray("n\xc3\xb6"));
    QCOMPARE(event.wireSize, 0);
    QVERIFY(event.frames.isEmpty());
}

void CaptureRoundtripTest::keepsEveryFieldOfAnEntry()
{
    NewEntry entry = samples::text("hello", 1'700'000'000'999'999'999);
    entry.connection = ConnectionId(7);
    entry.direction = Direction::Out;
    entry.compressed = true;
    entry.wireSize = 1'000'000'000'000;
    NewEntry incomplete = samples::text("");
    incomplete.complete = false;
    const Recorded capture({entry, incomplete});
    const Result<QList<Entry>> entries = capture->entries(EntryId(1), 10);
    VERIFY_RESULT(entries);
    QCOMPARE(entries.value(),
             QList<Entry>({samples::expected(EntryId(1), entry), samples::expected(EntryId(2), incomplete)}));
    QVERIFY(entries.value().constFirst().isWhole());
    QCOMPARE(capture->frames(EntryId(1)).value(), entry.frames);
    QCOMPARE(capture->lastEntry().value(), EntryId(2));
    QCOMPARE(capture->entry(EntryId(2)).value(), samples::expected(EntryId(2), incomplete));
}

void CaptureRoundtripTest::keepsEveryKindAndEvent()
{
    QList<NewEntry> entries;
    for (const EntryKind kind :
         {EntryKind::Text, EntryKind::Binary, EntryKind::Close, EntryKind::Ping, EntryKind::Pong, EntryKind::Raw}) {
        for (const Direction direction : {Direction::In, Direction::Out}) {
            NewEntry entry = samples::text(QByteArray(1, static_cast<char>(kind)));
            entry.kind = kind;
            entry.direction = direction;
            entries.append(entry);
        }
    }
    for (int event = 0; event <= int(EventKind::Notice); ++event)
        entries.append(
            NewEntry::fromEvent(ConnectionId(1), timestampFromNs(event), static_cast<EventKind>(event), u"told"_s));
    const Recorded capture(entries);
    const Result<QList<Entry>> read = capture->entries(EntryId(1), 1000);
    VERIFY_RESULT(read);
    QCOMPARE(read.value().size(), entries.size());
    for (qsizetype i = 0; i < entries.size(); ++i)
        QCOMPARE(read.value()[i], samples::expected(EntryId(i + 1), entries[i]));
}

void CaptureRoundtripTest::keepsPayloads_data()
{
    QTest::addColumn<qint64>("size");
    for (const qint64 size : {qint64(0), qint64(1), qint64(255), qint64(256), qint64(257), qint64(70'000), Mebibyte - 1,
                              Mebibyte, Mebibyte + 1, 2 * Mebibyte, 5 * Mebibyte, 5 * Mebibyte + 17})
        QTest::addRow("%lld bytes", size) << size;
}

void CaptureRoundtripTest::keepsPayloads()
{
    QFETCH(qint64, size);
    const QByteArray payload = samples::pattern(size);
    const Recorded capture({samples::text("before"), samples::text(payload), samples::text("after")});
    const Result<Entry> entry = capture->entry(EntryId(2));
    VERIFY_RESULT(entry);
    QCOMPARE(entry->size, size);
    QCOMPARE(entry->head, payload.left(256));
    QCOMPARE(entry->isWhole(), size <= 256);
    const Result<QByteArray> read = capture->payload(EntryId(2));
    VERIFY_RESULT(read);
    QVERIFY(read.value() == payload);
    QCOMPARE(capture->payload(EntryId(1)).value(), QByteArray("before"));
    QCOMPARE(capture->payload(EntryId(3)).value(), QByteArray("after"));
}

void CaptureRoundtripTest::readsRanges()
{
    const QByteArray payload = samples::pattern(3 * Mebibyte + 100);
    const Recorded capture({samples::text(payload), samples::text("short")});
    const std::pair<qint64, qint64> ranges[] = {{0, 0},
                                                {0, 1},
                                                {0, 256},
                                                {0, 257},
                                                {255, 2},
                                                {Mebibyte - 1, 2},
                                                {Mebibyte, 1},
                                                {Mebibyte - 1, Mebibyte + 2},
                                                {10, 3 * Mebibyte},
                                                {3 * Mebibyte, 100},
                                                {3 * Mebibyte, 1000},
                                                {payload.size(), 5},
                                                {payload.size() + 1, 5},
                                                {5, -1}};
    for (const auto &[offset, length] : ranges) {
        const Result<QByteArray> read = capture->payload(EntryId(1), offset, length);
        VERIFY_RESULT(read);
        QVERIFY2(read.value() == payload.mid(offset, length), qPrintable(u"%1 from %2"_s.arg(length).arg(offset)));
    }
    QCOMPARE(capture->payload(EntryId(2), 1, 3).value(), QByteArray("hor"));
    QCOMPARE(capture->payload(EntryId(2), 3, std::numeric_limits<qint64>::max()).value(), QByteArray("rt"));
    QCOMPARE(capture->payload(EntryId(2), -5, 2).value(), QByteArray("sh"));
}

void CaptureRoundtripTest::keepsManyFrames()
{
    NewEntry entry = samples::text(samples::pattern(1000));
    entry.frames.clear();
    entry.frames.append(samples::header(Opcode::Text, 300, false, true));
    for (int i = 0; i < 70'000; ++i)
        entry.frames.append(samples::header(Opcode::Continuation, 0, false, true));
    entry.frames.append(samples::header(Opcode::Continuation, 700, true, true));
    const Recorded capture(
        {samples::text("one"), entry, NewEntry::fromEvent(ConnectionId(1), {}, EventKind::Open, u"o"_s)});
    const Result<FrameHeaders> frames = capture->frames(EntryId(2));
    VERIFY_RESULT(frames);
    QVERIFY(frames.value() == entry.frames);
    QCOMPARE(capture->entry(EntryId(2))->frameCount, 70'002);
    QCOMPARE(capture->frames(EntryId(1))->size(), 1);
    QCOMPARE(capture->frames(EntryId(3))->size(), 0);
}

void CaptureRoundtripTest::keepsFindings()
{
    NewEntry entry = samples::text("bad");
    entry.findings = {{Severity::Note, u"a.b"_s, u"RFC 6455 5.2"_s, u"só"_s, -1, 0},
                      {Severity::Error, u"message.utf8"_s, u"RFC 6455 8.1"_s, u"not UTF-8"_s, 2, 1007},
                      {Severity::Warning, u"c"_s, {}, {}, 0, 1002}};
    const Recorded capture({samples::text("good"), entry});
    QCOMPARE(capture->findings(EntryId(2)).value(), entry.findings);
    QCOMPARE(capture->entry(EntryId(2))->findingCount, 3);
    QCOMPARE(capture->entry(EntryId(2))->severity, Severity::Error);
    QCOMPARE(capture->findings(EntryId(1)).value(), Findings());
}

void CaptureRoundtripTest::keepsConnections()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a.sockeye"_s);
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    const ConnectionRecord full = samples::connection(writer->newConnectionId());
    ConnectionRecord bare;
    bare.id = writer->newConnectionId();
    bare.url = u"ws://h"_s;
    QCOMPARE(full.id, ConnectionId(1));
    QCOMPARE(bare.id, ConnectionId(2));
    writer->put(full);
    writer->put(bare);
    VERIFY_RESULT(writer->finish());
    // Nobody records into it any more, so what has no end was left by a program that died.
    bare.endText = u"Not known: the program that recorded it died before the connection ended."_s;
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    QCOMPARE(reader->connections().value(), QList<ConnectionRecord>({full, bare}));
    QCOMPARE(reader->connection(ConnectionId(2)).value(), bare);

    ConnectionRecord end = full;
    end.proxySteps.clear();
    end.tls.chainPem.clear();
    end.checks.clear();
    end.requestHead.clear();
    end.responseHead.clear();
    end.responseBody.clear();
    QVERIFY(full.end);
    QCOMPARE(reader->connectionEnds().value(), QList<ConnectionRecord>({end}));
}

void CaptureRoundtripTest::listsUrlsByTheirConnections()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a.sockeye"_s);
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    for (const auto &url : {u"ws://first/"_s, QString(), u"ws://third/"_s, u"ws://fourth/"_s}) {
        ConnectionRecord record;
        record.id = writer->newConnectionId();
        record.url = url;
        // One that was begun and never told of leaves its number free.
        if (!url.isEmpty())
            writer->put(record);
    }
    VERIFY_RESULT(writer->finish());
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    QCOMPARE(reader->connectionUrls(3).value(), QStringList({u"ws://first/"_s, QString(), u"ws://third/"_s}));
    QCOMPARE(reader->connectionUrls(2).value(), QStringList(u"ws://first/"_s));
    QCOMPARE(reader->connectionUrls(1000).value().size(), 4);
}

void CaptureRoundtripTest::replacesAConnection()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a.sockeye"_s);
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    ConnectionRecord record;
    record.id = writer->newConnectionId();
    record.url = u"ws://h"_s;
    writer->put(record);
    writer->append(samples::text("between"));
    writer->flush();
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    QCOMPARE(reader->connections().value(), QList<ConnectionRecord>({record}));
    const ConnectionRecord ended = samples::connection(record.id);
    writer->put(ended);
    writer->flush();
    QCOMPARE(reader->connections().value(), QList<ConnectionRecord>({ended}));
}

void CaptureRoundtripTest::answersForWhatIsNotThere()
{
    const Recorded capture({samples::text("one")});
    QVERIFY(!capture->entry(EntryId(2)));
    QVERIFY(capture->entry(EntryId(2)).message().contains(u"a.sockeye"_s));
    QVERIFY(!capture->payload(EntryId(0)));
    QVERIFY(!capture->frames(EntryId(99)));
    QVERIFY(!capture->connection(ConnectionId(99)));
    QCOMPARE(capture->entries(EntryId(2), 10).value(), QList<Entry>());
    QCOMPARE(capture->entries(EntryId(1), 0).value(), QList<Entry>());
    QCOMPARE(capture->entries(EntryId(1), -1).value(), QList<Entry>());
}

SOCKEYE_TEST(CaptureRoundtripTest, QCoreApplication)
#include "tst_capture_roundtrip.moc"
