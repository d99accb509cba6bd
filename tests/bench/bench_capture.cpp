// How fast a capture is written: small entries (producer's and committed rate), large messages against plain write() of
// the same bytes to the same disk in the same run, and how long an entry waits for its commit.
//
//     bench_capture [DIRECTORY] [ENTRIES] [LARGE_MESSAGES]

#include "bench/DiskRate.h"
#include "capture/CaptureWriter.h"
#include "reading/CaptureReader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTextStream>

#include <chrono>
#include <ctime>
#include <thread>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

using SteadyClock = std::chrono::steady_clock;

double secondsSince(SteadyClock::time_point start)
{
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

NewEntry makeEntry(const QByteArray &payload, qint64 number)
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.time = timestampFromNs(1'700'000'000'000'000'000 + number);
    entry.payload = payload;
    entry.wireSize = payload.size() + 2;
    FrameHeader header;
    header.payloadSize = static_cast<quint64>(payload.size());
    header.bytes[0] = '\x81';
    header.bytes[1] = static_cast<char>(payload.size() < 126 ? payload.size() : 127);
    header.lengthSize = payload.size() < 126 ? 1 : 9;
    header.size = payload.size() < 126 ? 2 : 10;
    entry.frames.append(header);
    return entry;
}

QByteArray smallPayload(qint64 number)
{
    return QByteArray::number(number).rightJustified(100, 'x');
}

/// Appends as a tap does: stops when there is no room and waits for the signal.
class Producer final
{
public:
    explicit Producer(CaptureWriter &writer)
        : m_writer(writer)
    {
        QObject::connect(
            &writer, &CaptureWriter::roomAvailable, &m_context, [this] { m_room.release(); }, Qt::DirectConnection);
    }

    void waitForRoom()
    {
        while (!m_writer.hasRoom())
            m_room.tryAcquire(1, 100);
    }
    void append(NewEntry &&entry)
    {
        waitForRoom();
        m_writer.append(std::move(entry));
    }

private:
    CaptureWriter &m_writer;
    QObject m_context;
    QSemaphore m_room;
};

std::unique_ptr<CaptureWriter> openWriter(const QString &path)
{
    Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qPrintable(writer.message()));
    return std::move(writer).value();
}

/// Without a bound the producer never waits: what one append() costs it.
void benchProducer(const QString &path, qint64 count)
{
    CaptureWriter::Limits limits;
    limits.maxQueuedEntries = count + 1;
    limits.maxQueuedBytes = count * 1000;
    Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path, limits);
    std::vector<NewEntry> entries;
    for (qint64 i = 0; i < count; ++i)
        entries.push_back(makeEntry(smallPayload(i), i));
    const auto start = SteadyClock::now();
    for (NewEntry &entry : entries)
        writer.value()->append(std::move(entry));
    const double appended = secondsSince(start);
    print(u"producer: %L1 entries of 100 B appended in %2 s, %L3 entries/s"_s.arg(count)
              .arg(appended, 0, 'f', 3)
              .arg(qint64(double(count) / appended)));
    static_cast<void>(writer.value()->finish().ok());
}

void benchSmall(const QString &path, qint64 count)
{
    const std::unique_ptr<CaptureWriter> writer = openWriter(path);
    Producer producer(*writer);
    const std::clock_t cpu = std::clock();
    const auto start = SteadyClock::now();
    for (qint64 i = 0; i < count; ++i)
        producer.append(makeEntry(smallPayload(i), i));
    writer->flush();
    const double committed = secondsSince(start);
    print(u"both threads: %1 us of CPU per entry"_s.arg(
        double(std::clock() - cpu) * 1e6 / CLOCKS_PER_SEC / double(count), 0, 'f', 2));
    print(u"committed: %L1 entries of 100 B in %2 s, %L3 entries/s"_s.arg(count)
              .arg(committed, 0, 'f', 3)
              .arg(qint64(double(count) / committed)));
    const Result<> finished = writer->finish();
    print(u"finish: %1 s more, file %L2 B%3"_s.arg(secondsSince(start) - committed, 0, 'f', 3)
              .arg(QFile(path).size())
              .arg(finished ? QString() : u", "_s + finished.message()));
}

/// How long entries wait for their commit at full rate: what a kill -9 would lose.
void benchDelay(const QString &path, qint64 count)
{
    const std::unique_ptr<CaptureWriter> writer = openWriter(path);
    std::vector<SteadyClock::time_point> appended(static_cast<size_t>(count) + 1);
    double longest = 0;
    qint64 seen = 0;
    std::atomic<qint64> commits = 0;
    QObject context;
    QObject::connect(
        writer.get(), &CaptureWriter::advanced, &context,
        [&](EntryId last) {
            longest = std::max(longest, secondsSince(appended[static_cast<size_t>(seen + 1)]));
            seen = last.value();
            ++commits;
        },
        Qt::DirectConnection);
    Producer producer(*writer);
    const auto start = SteadyClock::now();
    for (qint64 i = 1; i <= count; ++i) {
        NewEntry entry = makeEntry(smallPayload(i), i);
        producer.waitForRoom();
        appended[static_cast<size_t>(i)] = SteadyClock::now();
        writer->append(std::move(entry));
    }
    static_cast<void>(writer->finish().ok());
    print(u"longest wait for a commit at full rate: %1 ms, %2 commits/s"_s.arg(longest * 1000, 0, 'f', 1)
              .arg(double(commits) / secondsSince(start), 0, 'f', 0));
}

void benchLarge(const QString &path, qint64 count)
{
    QByteArray message(1'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < message.size(); ++i)
        message[i] = static_cast<char>(i * 2654435761U >> 13);
    const DiskRate plain = diskRate(QFileInfo(path).path(), message.size(), count);
    const std::unique_ptr<CaptureWriter> writer = openWriter(path);
    Producer producer(*writer);
    const auto start = SteadyClock::now();
    for (qint64 i = 0; i < count; ++i)
        producer.append(makeEntry(message, i));
    writer->flush();
    const double captured = double(message.size() * count) / 1e6 / secondsSince(start);
    static_cast<void>(writer->finish().ok());
    const double closed = double(message.size() * count) / 1e6 / secondsSince(start);
    print(
        u"large: %L1 messages of 1 MB: %L2 MB/s committed, %L3 MB/s until closed; plain write() %L4 MB/s, with sync %L5 MB/s; ratio %6"_s
            .arg(count)
            .arg(captured, 0, 'f', 0)
            .arg(closed, 0, 'f', 0)
            .arg(plain.written / 1e6, 0, 'f', 0)
            .arg(plain.synced / 1e6, 0, 'f', 0)
            .arg(captured * 1e6 / plain.written, 0, 'f', 2));
}

void benchFilter(const QString &path, const QString &title, const EntryQuery &query)
{
    const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
    if (!reader)
        qFatal("%s", qPrintable(reader.message()));
    const auto start = SteadyClock::now();
    qint64 found = 0;
    const Result<> matched =
        reader.value()->scanner().match(query, EntryId(1), reader.value()->lastEntry().value(), CancelToken(),
                                        [&](const Matches &some) { found += some.ids.size(); });
    print(u"filter %1: %L2 found in %3 s%4"_s.arg(title)
              .arg(found)
              .arg(secondsSince(start), 0, 'f', 3)
              .arg(matched ? QString() : u", "_s + matched.message()));
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QTemporaryDir directory(arguments.value(1, u"."_s) + u"/bench-capture-XXXXXX"_s);
    const qint64 entries = arguments.value(2, u"1000000"_s).toLongLong();
    const qint64 large = arguments.value(3, u"2000"_s).toLongLong();
    benchProducer(directory.filePath(u"producer.sockeye"_s), entries);
    benchSmall(directory.filePath(u"small.sockeye"_s), entries);
    benchDelay(directory.filePath(u"delay.sockeye"_s), entries);
    benchFilter(directory.filePath(u"small.sockeye"_s), u"by size"_s,
                EntryQuery::of(filter::NumberIn{FilterKey::Size, {{1001, filter::Range::Highest}}}));
    benchFilter(directory.filePath(u"small.sockeye"_s), u"by text"_s, EntryQuery::of(filter::Contains{"X77777"}));
    benchLarge(directory.filePath(u"large.sockeye"_s), large);
    benchFilter(directory.filePath(u"large.sockeye"_s), u"by text, 1 MB each"_s,
                EntryQuery::of(filter::Contains{"not in there"}));
    return 0;
}
