#include "capture/Samples.h"

#include "support/TestProgram.h"

#include <QFileInfo>
#include <QProcess>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

qint64 steadyNs()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A recording program, killed after some time.
struct Killed
{
    /// Of what it said: the last entry that was appended before a time.
    [[nodiscard]] qint64 lastBefore(qint64 ns) const
    {
        qint64 last = 0;
        for (const QByteArray &line : output.split('\n')) {
            const QList<QByteArray> fields = line.split(' ');
            if (fields.size() == 2 && fields[1].toLongLong() < ns)
                last = std::max(last, fields[0].toLongLong());
        }
        return last;
    }

    qint64 atNs = 0;
    QByteArray output;
};

std::optional<Killed> recordAndKill(const QString &path, int payloadSize, int afterMs)
{
    QProcess program;
    program.start(QStringLiteral(CAPTURE_KILLER), {path, QString::number(payloadSize)});
    Killed killed;
    QElapsedTimer timer;
    while (!timer.isValid() || timer.elapsed() < afterMs) {
        if (!program.waitForReadyRead(30'000))
            return std::nullopt;
        killed.output += program.readAllStandardOutput();
        if (!timer.isValid())
            timer.start();
    }
    killed.atNs = steadyNs();
    program.kill();
    program.waitForFinished();
    // A line that was cut in two by the kill is left out.
    killed.output += program.readAllStandardOutput();
    killed.output.truncate(killed.output.lastIndexOf('\n') + 1);
    return killed;
}

} // namespace

/// A program that is killed while it records loses at most the last moment, and its capture opens.
class CaptureCrashTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesAtMostTheLastMoment_data();
    void losesAtMostTheLastMoment();
};

void CaptureCrashTest::losesAtMostTheLastMoment_data()
{
    QTest::addColumn<int>("payloadSize");
    QTest::newRow("100 B") << 90;
    QTest::newRow("1 MB") << 1'000'000;
}

void CaptureCrashTest::losesAtMostTheLastMoment()
{
    QFETCH(int, payloadSize);
    constexpr qint64 Allowed = 100'000'000;
    // A busy machine may keep a thread waiting for longer than that; it will not do so each time.
    constexpr int Attempts = 8;
    bool inTime = false;
    for (int attempt = 1; attempt <= Attempts && !inTime; ++attempt) {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"killed.sockeye"_s);
        const std::optional<Killed> killed = recordAndKill(path, payloadSize, 150 * attempt);
        QVERIFY(killed);
        QVERIFY(QFileInfo(path + u"-wal"_s).size() > 0);

        const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
        VERIFY_RESULT(reader);
        const qint64 last = reader.value()->lastEntry().value().value();
        inTime = last >= killed->lastBefore(killed->atNs - Allowed);
        QVERIFY2(last >= killed->lastBefore(killed->atNs - 20 * Allowed), "More than two seconds were lost");

        qint64 next = 1;
        VERIFY_RESULT(reader.value()->scanner().forEach(EntryId(1), EntryId(last), {}, [&](const Entry &entry) {
            const bool isNext = entry.id == EntryId(next) && entry.head.startsWith(QByteArray::number(next) + '.');
            next += isNext ? 1 : 0;
            return isNext;
        }));
        QCOMPARE(next, last + 1);
        // The sums by second are of these entries and of no other.
        const auto buckets = reader.value()->timeline().buckets(Timestamp::min(), Timestamp::max(),
                                                                std::chrono::seconds(1), CancelToken());
        VERIFY_RESULT(buckets);
        qint64 counted = 0;
        for (const TimelineBucket &bucket : buckets.value())
            counted += bucket.inCount;
        QCOMPARE(counted, last);
        QCOMPARE(buckets->constLast().last, EntryId(last));
        QCOMPARE(reader.value()->payload(EntryId(last))->size(), QByteArray::number(last).size() + payloadSize);
        qInfo("%lld entries kept, %lld appended before the kill, %lld of them 100 ms before", last,
              killed->lastBefore(killed->atNs), killed->lastBefore(killed->atNs - Allowed));
        VERIFY_RESULT(reader.value()->checkComplete());
        VERIFY_RESULT(samples::reader(path)->checkComplete());
        // Opening has recovered it: one file is left.
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files | QDir::Hidden), QStringList({u"killed.sockeye"_s}));
    }
    QVERIFY2(inTime, "More than the last 100 ms were lost each time");
}

SOCKEYE_TEST(CaptureCrashTest, QCoreApplication)
#include "tst_capture_crash.moc"
