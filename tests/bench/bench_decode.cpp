// What decoding costs: JSON of 16 MB into nodes, beside a parser that keeps none (simdjson), and a conversation of a
// million MQTT packets cut into messages anyhow, beside a walk over the same entries that decodes nothing.
//
//     bench_decode [PACKETS]

#include "base/Units.h"
#include "capture/CaptureWriter.h"
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

#include <simdjson.h>

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

qint64 writeMqtt(const QString &path, qint64 packets)
{
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    ConnectionRecord record;
    record.id = writer.value()->newConnectionId();
    record.subprotocol = u"mqtt"_s;
    writer.value()->put(record);
    qint64 entries = 0;
    const auto add = [&](const QByteArray &payload) {
        NewEntry entry;
        entry.connection = record.id;
        entry.kind = EntryKind::Binary;
        entry.payload = payload;
        writer.value()->append(std::move(entry));
        ++entries;
    };
    // Every eighth packet goes over two messages.
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
    if (const Result<> finished = writer.value()->finish(); !finished)
        qFatal("%s", qUtf8Printable(finished.message()));
    return entries;
}

void followMqtt(qint64 packets)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mqtt.sockeye"_s);
    const EntryId last(writeMqtt(path, packets));
    const auto capture = CaptureReader::open(path);
    if (!capture)
        qFatal("%s", qUtf8Printable(capture.message()));
    const Decoder *format = conversationFormat(u"mqtt");
    QElapsedTimer timer;
    timer.start();
    qint64 walked = 0;
    const Result<> done = capture.value()->scanner().forEach(EntryId(1), last, {}, [&walked](const Entry &) {
        ++walked;
        return true;
    });
    if (!done)
        qFatal("%s", qUtf8Printable(done.message()));
    const qint64 walkNs = timer.nsecsElapsed();
    const qint64 before = residentBytes();
    timer.start();
    ConversationReader first(*capture.value(), ConnectionId(1), *format, u"mqtt"_s);
    if (!first.before(last, last.value()).value())
        qFatal("The conversation was not followed");
    const qint64 passNs = timer.nsecsElapsed();
    const qint64 memory = residentBytes() - before;
    timer.start();
    ConversationReader again(*capture.value(), ConnectionId(1), *format, u"mqtt"_s);
    const auto conversation = again.before(last - 1, ConversationReader::Few);
    const Result<Entry> entry = capture.value()->entry(last - 1);
    const auto decoded = decodeMessage({entry.value().head, false, Direction::In, u"mqtt"_s, conversation.value()});
    const qint64 openNs = timer.nsecsElapsed();
    out()
        << u"%1 MQTT packets in %2 messages: followed in %3 s, %4 of it walking; %5 beside; then entry %6 in %7 ms: %8\n"_s
               .arg(packets)
               .arg(walked)
               .arg(double(passNs) / 1e9, 0, 'f', 2)
               .arg(double(walkNs) / double(passNs), 0, 'f', 2)
               .arg(sizeText(std::max<qint64>(memory, 0)))
               .arg(last.value() - 1)
               .arg(double(openNs) / 1e6, 0, 'f', 1)
               .arg(decoded ? decoded->tree->summary : u"nothing"_s);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    constexpr qint64 Packets = 1'000'000;
    decodeJson();
    followMqtt(argc > 1 ? QByteArray(argv[1]).toLongLong() : Packets);
    return 0;
}
