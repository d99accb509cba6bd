// The hex view of a large message: from choosing the entry to the first painting with its bytes, and how long each step
// of scrolling takes to paint.
//
//     bench_hex [BYTES]

#include "base/Units.h"
#include "bench/Heartbeat.h"
#include "bench/Waiting.h"
#include "capture/CaptureWriter.h"
#include "reading/CaptureLoader.h"
#include "widgets/hex/HexView.h"
#include "widgets/hex/PagedBytes.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

void makeCapture(const QString &path, qsizetype size)
{
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.kind = EntryKind::Binary;
    entry.payload.resize(size);
    for (qsizetype i = 0; i < size; ++i)
        entry.payload[i] = static_cast<char>(i * 31 >> 3);
    writer.value()->append(std::move(entry));
    if (const Result<> finished = writer.value()->finish(); !finished)
        qFatal("%s", qUtf8Printable(finished.message()));
}

/// A view of the capture's one entry, as the inspector shows it.
class Viewer final
{
public:
    Viewer(CaptureLoader &loader, const Entry &entry)
        : m_loader(loader)
        , m_entry(entry)
    {
        m_view.setSource(&m_bytes);
        m_view.resize(700, 900);
        m_view.show();
    }

    [[nodiscard]] double showMs()
    {
        QElapsedTimer timer;
        timer.start();
        m_bytes.reset(&m_loader, m_entry.id, m_entry.size, m_entry.head);
        return untilTrue(timer, [this] { return areBytesHere(); }) + paintMs();
    }

    /// What a step costs, and whether its bytes were there at the next frame.
    struct Step
    {
        double paint = 0;
        double bytes = 0;
    };
    [[nodiscard]] Step scrollTo(int value)
    {
        m_view.verticalScrollBar()->setValue(value);
        QElapsedTimer timer;
        timer.start();
        Step step;
        step.paint = paintMs();
        step.bytes = untilTrue(timer, [this] { return areBytesHere(); });
        return step;
    }
    [[nodiscard]] int rows() const { return m_view.verticalScrollBar()->maximum(); }

private:
    [[nodiscard]] bool areBytesHere() const
    {
        const HexLayout &layout = m_view.hexLayout();
        const qint64 first = m_view.topRow();
        const qint64 last = std::min(first + m_view.verticalScrollBar()->pageStep(), layout.rowCount() - 1);
        return m_bytes.at(layout.offsetAt(first, 0)).value && m_bytes.at(layout.offsetAt(last, 0)).value;
    }
    [[nodiscard]] double paintMs()
    {
        QElapsedTimer timer;
        timer.start();
        m_view.viewport()->repaint();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    CaptureLoader &m_loader;
    Entry m_entry;
    PagedBytes m_bytes;
    HexView m_view;
};

void printSteps(const QString &name, QList<Viewer::Step> steps)
{
    const auto byPaint = [](const Viewer::Step &a, const Viewer::Step &b) { return a.paint < b.paint; };
    const auto byBytes = [](const Viewer::Step &a, const Viewer::Step &b) { return a.bytes < b.bytes; };
    std::sort(steps.begin(), steps.end(), byPaint);
    const double median = steps.at(steps.size() / 2).paint;
    const double slowest = steps.constLast().paint;
    std::sort(steps.begin(), steps.end(), byBytes);
    QTextStream(stdout) << u"  %1 painting %2 ms, slowest %3 ms; bytes there after %4 ms, slowest %5 ms"_s
                               .arg(name, -22)
                               .arg(median, 0, 'f', 1)
                               .arg(slowest, 0, 'f', 1)
                               .arg(steps.at(steps.size() / 2).bytes, 0, 'f', 1)
                               .arg(steps.constLast().bytes, 0, 'f', 1)
                        << Qt::endl;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const qsizetype size = argc > 1 ? QByteArray(argv[1]).toLongLong() : 256 * 1024 * 1024;
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"hex.sockeye"_s);
    makeCapture(path, size);
    const auto reader = CaptureReader::open(path);
    const Result<Entry> entry = reader ? reader.value()->entry(EntryId(1)) : Result<Entry>(reader.error());
    if (!entry)
        qFatal("%s", qUtf8Printable(entry.message()));

    CaptureLoader loader(path);
    Viewer viewer(loader, entry.value());
    QTextStream(stdout)
        << u"Hex view of %1: first painting after %2 ms"_s.arg(sizeText(size)).arg(viewer.showMs(), 0, 'f', 1)
        << Qt::endl;
    QList<Viewer::Step> lines;
    for (int i = 1; i <= 300; ++i)
        lines += viewer.scrollTo(i * 3);
    printSteps(u"by the wheel,"_s, lines);
    QList<Viewer::Step> jumps;
    for (int i = 1; i <= 100; ++i)
        jumps += viewer.scrollTo(int(qint64(viewer.rows()) * (i * 37 % 100) / 100));
    printSteps(u"by the scroll bar,"_s, jumps);
    return 0;
}
