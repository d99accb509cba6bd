// What decoding costs: JSON of 16 MB into nodes, beside a parser that keeps none (simdjson), and conversations: a
// million MQTT packets, some cut in two, and a zlib stream over a million messages, beside a walk over the same entries
// that decodes nothing; and what opening one of the last messages costs then, and after a restart.
//
//     bench_decode [PACKETS]

#include "base/Units.h"
#include "capture/CaptureWriter.h"
#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"
#include "decode/JsonNodes.h"
#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "reading/CaptureReader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>

#include <functional>

#include <simdjson.h>
#include <zlib.h>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype JsonSize = 16 * 1024 * 1024;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

double megabytesPerSecond(qsizetype bytes, qint64 ns)
{
    return double(bytes) * 1e3 / double(std::max<qint64>(ns, 1));
}

qint64 residentBytes()
{
    constexpr qint64 PageSize = 4096;
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * PageSize : 0;
}

QByteArray sampleJson()
{
    QByteArray json = "[";
    for (int i = 0; json.size() < JsonSize - 300; ++i) {
        json += R"({"type":"trade","symbol":"AAPL","price":143.86,"size":)" + QByteArray::number(i) +
                R"(,"venue":"XNAS","conditions":["@","F","T"],"nested":{"bid":143.85,"ask":143.87,"open":true}},)";
    }
    json.back() = ']';
    return json;
}

void decodeJson()
{
    const QByteArray json = sampleJson();
    QElapsedTimer timer;
    qint64 best = std::numeric_limits<qint64>::max();
    qint64 parsed = best;
    qint32 nodes = 0;
    for (int run = 0; run < 5; ++run) {
        timer.start();
        const auto tree = jsonNodes(json);
        best = std::min(best, timer.nsecsElapsed());
        nodes = tree ? tree->size() : 0;
        timer.start();
        simdjson::dom::parser parser;
        const auto document = parser.parse(json.constData(), size_t(json.size()), true);
        parsed = std::min(parsed, timer.nsecsElapsed());
        if (document.error() != simdjson::SUCCESS)
            qFatal("The sample is no JSON");
    }
    out() << u"JSON of %1 to %2 nodes: %3 MB/s, simdjson %4 MB/s\n"_s.arg(sizeText(json.size()))
                 .arg(nodes)
                 .arg(megabytesPerSecond(json.size(), best), 0, 'f', 0)
                 .arg(megabytesPerSecond(json.size(), parsed), 0, 'f', 0);
}

/// A session whose messages depend on those before them.
struct Session
{
    QString name;
    QString subprotocol;
    QString url;
    QStringView format;
};

/// Writes it; `add` is called until it has nothing to add any more.
using AddMessage = std::function<void(const QByteArray &)>;

EntryId writeSession(const QString &path, const Session &session, const std::function<void(const AddMessage &)> &fill)
{
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    ConnectionRecord record;
    record.id = writer.value()->newConnectionId();
    record.subprotocol = session.subprotocol;
    record.url = session.url;
    writer.value()->put(record);
    qint64 entries = 0;
    fill([&](const QByteArray &payload) {
        NewEntry entry;
        entry.connection = record.id;
        entry.kind = EntryKind::Binary;
        entry.payload = payload;
        writer.value()->append(std::move(entry));
        ++entries;
    });
    if (const Result<> finished = writer.value()->finish(); !finished)
        qFatal("%s", qUtf8Printable(finished.message()));
    return EntryId(entries);
}

/// Every eighth packet goes over two messages.
void addMqtt(qint64 packets, const AddMessage &add)
{
    for (qint64 n = 0; n < packets; ++n) {
        const QByteArray topic = "sensors/" + QByteArray::number(n % 100) + "/temp";
        const QByteArray payload = R"({"t":21.5,"n":)" + QByteArray::number(n) + '}';
        const QByteArray packet = char(0x30) + QByteArray(1, char(2 + topic.size() + payload.size())) + char(0) +
                                  char(topic.size()) + topic + payload;
        if (n % 8 == 0) {
            add(packet.first(9));
            add(packet.sliced(9));
        } else {
            add(packet);
        }
    }
}

/// One zlib context over all messages.
void addZlibStream(qint64 messages, const AddMessage &add)
{
    z_stream stream{};
    deflateInit(&stream, Z_DEFAULT_COMPRESSION);
    for (qint64 n = 0; n < messages; ++n) {
        QByteArray text = R"({"op":0,"t":"MESSAGE_CREATE","d":{"author":"user","n":)" + QByteArray::number(n) + "}}";
        QByteArray packed(text.size() + 64, Qt::Uninitialized);
        stream.next_in = reinterpret_cast<Bytef *>(text.data());
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef *>(packed.data());
        stream.avail_out = static_cast<uInt>(packed.size());
        ::deflate(&stream, Z_SYNC_FLUSH);
        packed.chop(stream.avail_out);
        add(packed);
    }
    deflateEnd(&stream);
}

std::unique_ptr<CaptureReader> opened(const QString &path)
{
    auto capture = CaptureReader::open(path);
    if (!capture)
        qFatal("%s", qUtf8Printable(capture.message()));
    return std::move(capture).value();
}

/// What the last message but one says, as the inspector finds it out; nothing if too much would have to be followed.
QString lastButOne(const CaptureReader &capture, EntryId last, double &milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    QString said;
    const ConversationChoice choice = ConversationChoice::of(capture, ConnectionId(1), *FormatSet::standard());
    ConversationReader reader(capture, ConnectionId(1), *choice.format, choice.subprotocol);
    const auto before = reader.before(last - 1, ConversationReader::Few);
    const Result<Entry> entry = capture.entry(last - 1);
    if (before && before.value()) {
        const auto decoded =
            decodeMessage({entry.value().head, false, Direction::In, choice.subprotocol, before.value()});
        said = decoded ? decoded->tree->summary : QString();
    }
    milliseconds = double(timer.nsecsElapsed()) / 1e6;
    return said.isEmpty() ? u"nothing"_s : said;
}

/// Follows the session, and opens its last message but one after that, and as after a restart: with what the cache has
/// kept, and without.
void followSession(const Session &session, const std::function<void(const AddMessage &)> &fill)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"session.sockeye"_s);
    const EntryId last = writeSession(path, session, fill);
    const auto capture = opened(path);
    const Decoder &format = *formatOf(session.format);
    ConversationIndex::setCacheFolder(folder.filePath(u"cache"_s));
    QElapsedTimer timer;
    timer.start();
    const Result<> done = capture->scanner().forEach(EntryId(1), last, {}, [](const Entry &) { return true; });
    if (!done)
        qFatal("%s", qUtf8Printable(done.message()));
    const qint64 walkNs = timer.nsecsElapsed();
    const qint64 before = residentBytes();
    timer.start();
    ConversationReader first(*capture, ConnectionId(1), format, session.subprotocol);
    if (!first.before(last, last.value()).value())
        qFatal("The conversation was not followed");
    const qint64 passNs = timer.nsecsElapsed();
    const qint64 memory = residentBytes() - before;
    double openMs = 0;
    const QString said = lastButOne(*capture, last, openMs);
    // Another path is another capture to whoever remembers them: as after a restart.
    const auto restarted = [&](const QString &name, double &milliseconds) {
        const QString link = folder.filePath(name);
        QFile::link(path, link);
        return lastButOne(*opened(link), last, milliseconds);
    };
    double cachedMs = 0;
    const QString cached = restarted(u"cached.sockeye"_s, cachedMs);
    ConversationIndex::setCacheFolder({});
    double freshMs = 0;
    const QString fresh = restarted(u"fresh.sockeye"_s, freshMs);
    out() << u"%1 in %2 messages: followed in %3 s, %4 of it walking; %5 beside; then entry %6 in %7 ms: %8\n"_s
                 .arg(session.name)
                 .arg(last.value())
                 .arg(double(passNs) / 1e9, 0, 'f', 2)
                 .arg(double(walkNs) / double(passNs), 0, 'f', 2)
                 .arg(sizeText(std::max<qint64>(memory, 0)))
                 .arg(last.value() - 1)
                 .arg(openMs, 0, 'f', 1)
                 .arg(said);
    out() << u"  after a restart: %1 ms with the cache (%2), %3 ms without (%4: it is followed in the background)\n"_s
                 .arg(cachedMs, 0, 'f', 1)
                 .arg(cached == said ? u"the same"_s : cached)
                 .arg(freshMs, 0, 'f', 1)
                 .arg(fresh);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    constexpr qint64 Packets = 1'000'000;
    decodeJson();
    const qint64 packets = argc > 1 ? QByteArray(argv[1]).toLongLong() : Packets;
    followSession({u"%1 MQTT packets"_s.arg(packets), u"mqtt"_s, {}, u"mqtt"},
                  [packets](const AddMessage &add) { addMqtt(packets, add); });
    followSession(
        {u"%1 messages of a zlib stream"_s.arg(packets), {}, u"wss://h/?compress=zlib-stream"_s, u"zlib-stream"},
        [packets](const AddMessage &add) { addZlibStream(packets, add); });
    return 0;
}
