// What it costs to ask what messages say: a filter by a field over a million MessagePack messages of 200 bytes, then
// over as many of JSON, beside a walk over the same entries that decodes nothing, and beside a filter for bytes.
//
//     bench_fields [MESSAGES]

#include "base/Units.h"
#include "capture/CaptureWriter.h"
#include "fields/FieldDecoding.h"
#include "fields/FieldFinder.h"
#include "fields/MessageWalk.h"
#include "filter/Filter.h"
#include "formats/FormatSet.h"
#include "reading/CaptureReader.h"
#include "shapes/ShapeTable.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

void appendWord(QByteArray &pack, const QByteArray &word)
{
    pack += char(0xa0 | word.size());
    pack += word;
}

/// A trade of about 200 bytes: {"type": "trade", "id": i, "price": ..., ...}
QByteArray sampleMessage(int i)
{
    QByteArray pack;
    pack += char(0x80 | 10);
    appendWord(pack, "type");
    appendWord(pack, "trade");
    appendWord(pack, "id");
    pack += char(0xce);
    for (int shift = 24; shift >= 0; shift -= 8)
        pack += char((i >> shift) & 0xff);
    for (const char *name : {"symbol", "venue", "currency", "account", "strategy", "comment"}) {
        appendWord(pack, name);
        appendWord(pack, QByteArray(name).toUpper().repeated(3).left(16) + QByteArray::number(i % 10));
    }
    appendWord(pack, "price");
    pack += QByteArray::fromHex("cb4061db851eb851ec");
    appendWord(pack, "levels");
    pack += char(0x93);
    for (int level = 0; level < 3; ++level)
        pack += char(level + i % 100);
    return pack;
}

QByteArray sampleJson(int i)
{
    const QByteArray number = QByteArray::number(i);
    const QByteArray digit = QByteArray::number(i % 10);
    return R"({"type":"trade","id":)" + number + R"(,"symbol":"SYMBOLSYMBOL)" + digit + R"(","venue":"VENUEVENUE)" +
           digit + R"(","currency":"CURRENCY","account":"ACCOUNT)" + digit +
           R"(","comment":"COMMENT","price":142.86,"levels":[)" + QByteArray::number(i % 100) + R"(,1,2]})";
}

void record(const QString &path, int messages, bool isJson)
{
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qPrintable(writer.message()));
    for (int i = 0; i < messages; ++i) {
        NewEntry entry;
        entry.connection = ConnectionId(1);
        entry.time = timestampFromNs(1'700'000'000'000'000'000 + i * 50'000LL);
        entry.direction = Direction::In;
        entry.kind = isJson ? EntryKind::Text : EntryKind::Binary;
        entry.payload = isJson ? sampleJson(i) : sampleMessage(i);
        while (!writer.value()->hasRoom())
            writer.value()->flush();
        writer.value()->append(std::move(entry));
    }
    if (const auto finished = writer.value()->finish(); !finished)
        qFatal("%s", qPrintable(finished.message()));
}

void tell(const char *what, qint64 ns, qint64 count, qint64 messages, qint64 firstNs = -1)
{
    out() << QString::fromLatin1(what).leftJustified(44) << QString::number(double(ns) / 1e6, 'f', 1).rightJustified(10)
          << " ms  " << QString::number(double(ns) / double(messages), 'f', 0).rightJustified(6) << " ns each  "
          << count << " found";
    if (firstNs >= 0)
        out() << ", first after " << QString::number(double(firstNs) / 1e6, 'f', 1) << " ms";
    out() << Qt::endl;
}

void search(const CaptureReader &capture, const QString &text, qint64 messages)
{
    const auto parsed = parseFilter(text);
    const EntryQuery query = withFormats(std::get<EntryQuery>(parsed), FormatSet::standard());
    qint64 count = 0;
    qint64 first = -1;
    QElapsedTimer timer;
    timer.start();
    // The first span as short as the window's.
    for (qint64 from = 1, span = 256; from <= messages; from += span, span = std::min<qint64>(span * 4, 1'000'000)) {
        const auto done = capture.scanner().match(query, EntryId(from), EntryId(std::min(messages, from + span - 1)),
                                                  CancelToken(), [&](const Matches &some) {
                                                      count += some.ids.size();
                                                      if (first < 0 && count > 0)
                                                          first = timer.nsecsElapsed();
                                                  });
        if (!done)
            qFatal("%s", qPrintable(done.message()));
    }
    tell(qPrintable(text), timer.nsecsElapsed(), count, messages, first);
}

void measure(const QString &path, qint64 messages)
{
    auto opened = CaptureReader::open(path);
    if (!opened)
        qFatal("%s", qPrintable(opened.message()));
    const CaptureReader &capture = *opened.value();

    QElapsedTimer timer;
    timer.start();
    qint64 count = 0;
    auto done = capture.scanner().forEachPassed(EntryId(1), EntryId(messages), CancelToken(),
                                                [&count](const filter::PassedEntry &entry, Timestamp) {
                                                    count += entry.head.size() > 0 ? 1 : 0;
                                                    return true;
                                                });
    tell("a walk that decodes nothing", timer.nsecsElapsed(), count, messages);

    timer.start();
    count = 0;
    MessageWalk walk(capture, FormatSet::standard());
    FieldFinder price(FieldPath::parse(u"$.price").value());
    double sum = 0;
    done = walk.forEach(EntryId(1), EntryId(messages), CancelToken(), [&](const WalkedMessage &message) {
        const qint32 node = message.tree ? price.firstIn(*message.tree) : Node::None;
        if (node != Node::None) {
            sum += numberAt(*message.tree, node).value_or(0);
            ++count;
        }
        return true;
    });
    tell("a walk that sums a field up", timer.nsecsElapsed(), count, messages);
    if (!done || sum <= 0)
        qFatal("The field was not found");

    timer.start();
    ShapeTable shapes;
    MessageWalk again(capture, FormatSet::standard());
    done = again.forEach(EntryId(1), EntryId(messages), CancelToken(), [&shapes](const WalkedMessage &message) {
        shapes.add(
            {message.id, message.time, message.direction, message.isText, message.size, message.tree, message.format});
        return true;
    });
    tell("a walk that counts shapes", timer.nsecsElapsed(), qint64(shapes.shapes().size()), messages);
    if (!done || shapes.sums().count != messages)
        qFatal("Not all messages were counted");

    search(capture, u"hex:ffffffff"_s, messages);
    search(capture, u"field:$.id=500"_s, messages);
    search(capture, u"field:levels[*]=101"_s, messages);
    search(capture, u"proto:msgpack,json"_s, messages);
    search(capture, u"shape:"_s + shapeIdText(shapes.shapes().front().ids.keys), messages);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const qint64 messages = argc > 1 ? QByteArray(argv[1]).toLongLong() : 1'000'000;
    const QTemporaryDir directory;
    for (const bool isJson : {false, true}) {
        const QString path = directory.filePath(isJson ? u"json.sockeye"_s : u"msgpack.sockeye"_s);
        record(path, int(messages), isJson);
        out() << messages << (isJson ? " messages of JSON of " : " messages of MessagePack of ")
              << (isJson ? sampleJson(0) : sampleMessage(0)).size() << " bytes" << Qt::endl;
        measure(path, messages);
    }
    return 0;
}
