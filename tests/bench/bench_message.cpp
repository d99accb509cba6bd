// From choosing an entry to its first painting in the inspector, and how long the window stands still until all is
// there: a message of 1 MB as a tree with its bytes, a line of JSON of 100 MB, a binary message of 256 MB.
//
//     bench_message [--scale FACTOR]

#include "base/Paths.h"
#include "base/Units.h"
#include "bench/Heartbeat.h"
#include "bench/Waiting.h"
#include "capture/CaptureWriter.h"
#include "reading/CaptureLoader.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/NodeView.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTextStream>

#include <functional>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

/// An array of so many bytes, as a feed sends it.
QByteArray jsonLine(qsizetype size)
{
    QByteArray json;
    json.reserve(size + 100);
    json += '[';
    for (int i = 0; json.size() < size; ++i)
        json += R"({"symbol":"AAPL","price":143.)" + QByteArray::number(10 + i % 90) + R"(,"size":)" +
                QByteArray::number(i) + R"(,"ok":true},)";
    json.back() = ']';
    return json;
}

/// MessagePack: an array of maps.
QByteArray packed(qsizetype size)
{
    QByteArray one;
    one += '\x83';
    one += "\xa6symbol\xa4";
    one += "AAPL\xa5price\xcb@a\xf2\xb8Q\xeb\x85\x1f\xa4size\xcd";
    const auto count = static_cast<quint32>(size / (one.size() + 2));
    QByteArray bytes =
        QByteArray::fromHex("dd") + QByteArray::fromHex(QByteArray::number(count, 16).rightJustified(8, '0'));
    for (quint32 i = 0; i < count; ++i)
        bytes += one + static_cast<char>(i >> 8) + static_cast<char>(i);
    return bytes;
}

struct Shown
{
    double firstMs = 0;
    double wholeMs = 0;
    double stallMs = 0;
    int longStalls = 0;
};

class MessageBench final
{
public:
    explicit MessageBench(const QString &path)
        : m_loader(path)
    {
        m_inspector.resize(640, 900);
        m_inspector.setLoader(&m_loader);
        m_inspector.show();
    }

    /// `isFirst`: something of the entry is there to be painted; `isWhole`: all that comes is.
    Shown show(EntryId entry, const std::function<bool()> &isFirst, const std::function<bool()> &isWhole)
    {
        // What is there of another message is not taken for it.
        m_inspector.showEntry(EntryId());
        QElapsedTimer timer;
        timer.start();
        static_cast<void>(untilTrue(timer, [&timer, &isFirst] { return !isFirst() && timer.elapsed() > 200; }));
        const Heartbeat heartbeat;
        timer.start();
        m_inspector.showEntry(entry);
        Shown shown;
        static_cast<void>(untilTrue(timer, isFirst));
        m_inspector.repaint();
        shown.firstMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        shown.wholeMs = untilTrue(timer, isWhole);
        m_inspector.repaint();
        QElapsedTimer rest;
        rest.start();
        static_cast<void>(untilTrue(rest, [&rest] { return rest.elapsed() > 300; }));
        shown.stallMs = heartbeat.longestStallMs();
        shown.longStalls = heartbeat.longStalls();
        return shown;
    }

    [[nodiscard]] Inspector &inspector() { return m_inspector; }

private:
    CaptureLoader m_loader;
    Inspector m_inspector;
};

EntryId add(CaptureWriter &writer, EntryKind kind, const QByteArray &payload)
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.kind = kind;
    entry.payload = payload;
    return writer.append(std::move(entry));
}

void print(const QString &name, const Shown &shown)
{
    QTextStream(stdout) << u"%1 first painting %2 ms, whole after %3 ms, longest stall %4 ms (%5 over 50 ms)"_s
                               .arg(name, -34)
                               .arg(shown.firstMs, 0, 'f', 1)
                               .arg(shown.wholeMs, 0, 'f', 1)
                               .arg(shown.stallMs, 0, 'f', 1)
                               .arg(shown.longStalls)
                        << Qt::endl;
}

} // namespace

int main(int argc, char *argv[])
{
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.filePath(u"data"_s).toUtf8());
    qputenv("XDG_CONFIG_HOME", home.filePath(u"config"_s).toUtf8());
    qputenv("XDG_CACHE_HOME", home.filePath(u"cache"_s).toUtf8());
    paths::setApplicationNames();
    QApplication app(argc, argv);
    theme::apply(app, theme::Scheme::Light);
    const double scale = argc > 2 && qstrcmp(argv[1], "--scale") == 0 ? QByteArray(argv[2]).toDouble() : 1;
    const auto scaled = [scale](double bytes) { return static_cast<qsizetype>(bytes * scale); };

    const QString path = home.filePath(u"messages.sockeye"_s);
    EntryId small;
    EntryId decoded;
    EntryId tree;
    EntryId line;
    EntryId binary;
    {
        auto writer = CaptureWriter::create(path);
        if (!writer)
            qFatal("%s", qUtf8Printable(writer.message()));
        small = add(*writer.value(), EntryKind::Binary, QByteArray::fromHex("81a16101"));
        decoded = add(*writer.value(), EntryKind::Binary, packed(1'000'000));
        tree = add(*writer.value(), EntryKind::Text, jsonLine(1'000'000));
        line = add(*writer.value(), EntryKind::Text, jsonLine(scaled(100e6)));
        binary = add(*writer.value(), EntryKind::Binary, QByteArray(scaled(256e6), '\xc1'));
        if (const Result<> finished = writer.value()->finish(); !finished)
            qFatal("%s", qUtf8Printable(finished.message()));
    }
    MessageBench bench(path);
    Inspector &inspector = bench.inspector();
    auto *view = inspector.findChild<DecodedView *>();
    auto *text = inspector.findChild<PayloadText *>();
    auto *hex = inspector.findChild<HexPage *>()->findChild<HexView *>();
    const auto hasTree = [view](qsizetype size) {
        return [view, size] {
            const NodeTree *shown = view->nodes()->tree();
            return shown && view->isVisible() && shown->sources.front().bytes.size() > size;
        };
    };
    const auto hasText = [text](qsizetype size) {
        return [text, size] { return text->isVisible() && text->document()->characterCount() > size; };
    };
    print(u"A small one:"_s, bench.show(small, hasTree(1), hasTree(1)));
    print(u"MessagePack of 1 MB as a tree:"_s, bench.show(decoded, hasTree(900'000), hasTree(900'000)));
    print(u"JSON of 1 MB, indented:"_s, bench.show(tree, hasText(1000), hasText(1'000'000)));
    print(u"A line of JSON of %1:"_s.arg(sizeText(scaled(100e6))), bench.show(line, hasText(1000), hasText(1'000'000)));
    const auto hasBytes = [hex, size = scaled(256e6)] {
        return hex->isVisible() && hex->source()->size() == size && hex->source()->at(ByteOffset(0)).value;
    };
    print(u"A binary message of %1:"_s.arg(sizeText(scaled(256e6))), bench.show(binary, hasBytes, hasBytes));
    return 0;
}
