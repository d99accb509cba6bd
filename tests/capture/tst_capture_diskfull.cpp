#include "capture/AnnotationWriter.h"
#include "capture/Samples.h"
#include "capture/SmallDisk.h"
#include "support/TestProgram.h"

#include <QFileInfo>
#include <QStorageInfo>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

/// A disk without room: recording stops and says so, what was recorded stays readable, and nothing else changes.
class CaptureDiskFullTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsOnASmallDisk_data();
    void stopsOnASmallDisk();
    void cannotBeginOnAFullDisk();
    void cannotCopyToAFullDisk();
    void stopsAtAFileSizeLimit();
    void stopsAtTheReserveAndGoesOn();
    void stopsAtItsSizeAndGoesOn();
    void goesOnAfterAFullDisk();
    void tellsThatAnnotationsAreNotKept();

private:
    void recordUntilItStops(const QString &path, int payloadSize, const QString &words);
};

void CaptureDiskFullTest::recordUntilItStops(const QString &path, int payloadSize, const QString &words)
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    const samples::WriterSignals told(*writer);
    QSignalSpy failed(&told, &samples::WriterSignals::failed);
    writer->put(samples::connection(writer->newConnectionId()));
    qint64 appended = 0;
    const auto numbered = [payloadSize](qint64 number) {
        return QByteArray::number(number) + QByteArray(payloadSize, '.');
    };
    while (writer->state() && appended < 1'000'000) {
        ++appended;
        writer->append(samples::text(numbered(appended)));
        writer->flush();
    }
    QVERIFY(!writer->state());
    const QString message = writer->state().message();
    QVERIFY2(message.contains(words), qPrintable(message));
    const qint64 committed = writer->committed().value();
    QVERIFY(committed > 0);

    // It goes on taking entries, counts them, and says nothing more.
    QVERIFY(writer->hasRoom());
    const qint64 dropped = writer->dropped();
    QCOMPARE(dropped, appended - committed);
    writer->append(samples::text("more"));
    QCOMPARE(writer->dropped(), dropped + 1);
    QVERIFY(!writer->annotate({{EntryId(1), {true, 0, {}}}}));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.constFirst().constFirst().toString(), message);
    QCOMPARE(samples::reader(path)->lastEntry().value(), EntryId(committed));
    QVERIFY(!writer->finish());

    const Result<samples::Contents> contents = samples::readAll(path);
    VERIFY_RESULT(contents);
    QCOMPARE(contents->connections.size(), 1);
    QCOMPARE(contents->payloads.size(), committed);
    for (qint64 i = 0; i < committed; ++i)
        QVERIFY(contents->payloads[i] == numbered(i + 1));
    QCOMPARE(failed.size(), 1);
}

void CaptureDiskFullTest::stopsOnASmallDisk_data()
{
    QTest::addColumn<int>("payloadSize");
    QTest::newRow("small messages") << 100;
    QTest::newRow("messages of 10 kB") << 10'000;
    QTest::newRow("messages of 500 kB") << 500'000;
}

void CaptureDiskFullTest::stopsOnASmallDisk()
{
    QFETCH(int, payloadSize);
    const samples::SmallDisk disk(u"size=4m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    recordUntilItStops(disk.filePath(u"a.sockeye"_s), payloadSize, u"no room left"_s);
}

void CaptureDiskFullTest::cannotBeginOnAFullDisk()
{
    const samples::SmallDisk disk(u"size=1m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    disk.fill();
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(disk.filePath(u"a.sockeye"_s));
    QVERIFY(!writer);
    QVERIFY2(writer.message().contains(u"no room left"_s), qPrintable(writer.message()));
    QVERIFY(!QFileInfo::exists(disk.filePath(u"a.sockeye"_s)));
}

void CaptureDiskFullTest::cannotCopyToAFullDisk()
{
    const samples::SmallDisk disk(u"size=1m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    const QTemporaryDir directory;
    samples::makeCapture(directory.filePath(u"a.sockeye"_s), 20'000);
    const QString target = disk.filePath(u"kept.sockeye"_s);
    samples::makeCapture(target, 5);
    const Result<> saved = samples::reader(directory.filePath(u"a.sockeye"_s))->saveCopy(target, CancelToken(), {});
    QVERIFY(!saved);
    QVERIFY2(saved.message().contains(u"no room left"_s) && saved.message().contains(u"kept.sockeye"_s),
             qPrintable(saved.message()));
    QCOMPARE(QDir(QFileInfo(target).path()).entryList(QDir::Files | QDir::Hidden), QStringList({u"kept.sockeye"_s}));
    QCOMPARE(samples::reader(target)->lastEntry().value(), EntryId(5));
}

void CaptureDiskFullTest::stopsAtAFileSizeLimit()
{
#ifdef Q_OS_UNIX
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 3'000'000;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const QTemporaryDir directory;
    recordUntilItStops(directory.filePath(u"a.sockeye"_s), 1000, u"Check the disk"_s);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
#else
    QSKIP("There are no such limits here");
#endif
}

void CaptureDiskFullTest::tellsThatAnnotationsAreNotKept()
{
    const samples::SmallDisk disk(u"size=2m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    const QString path = disk.filePath(u"a.sockeye"_s);
    samples::makeCapture(path, 100);
    VERIFY_RESULT(writeAnnotations(path, {{EntryId(1), {true, 0, {}}}}));
    disk.fill();
    const Result<> written = writeAnnotations(path, {{EntryId(2), {false, 0, QString(50'000, u'x')}}});
    QVERIFY(!written);
    QVERIFY2(written.message().contains(u"no room left"_s) && written.message().contains(u"could not be saved"_s),
             qPrintable(written.message()));
    QCOMPARE(samples::reader(path)->annotations().value(), (AnnotationMap{{EntryId(1), {true, 0, {}}}}));
    QCOMPARE(samples::readAll(path)->entries.size(), 100);
}

namespace {

std::unique_ptr<CaptureWriter> limitedWriter(const QString &path, const DiskLimits &disk)
{
    CaptureWriter::Limits limits;
    limits.disk = disk;
    auto made = CaptureWriter::create(path, limits);
    if (!made)
        qFatal("%s", qPrintable(made.message()));
    std::unique_ptr<CaptureWriter> writer = std::move(made).value();
    writer->put(samples::connection(writer->newConnectionId()));
    return writer;
}

void appendUntilItStops(CaptureWriter &writer, const QByteArray &payload)
{
    for (int n = 0; n < 100'000 && writer.state(); ++n) {
        writer.append(samples::text(payload));
        writer.flush();
    }
}

/// The capture's rows: payloads as they are.
QList<QByteArray> payloadsOf(const QString &path)
{
    const Result<samples::Contents> contents = samples::readAll(path);
    return contents ? contents->payloads : QList<QByteArray>();
}

} // namespace

void CaptureDiskFullTest::stopsAtTheReserveAndGoesOn()
{
    const samples::SmallDisk disk(u"size=32m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    const QString path = disk.filePath(u"a.sockeye"_s);
    constexpr qint64 Reserve = 12'000'000;
    const std::unique_ptr<CaptureWriter> writer = limitedWriter(path, {Reserve, 0});
    appendUntilItStops(*writer, QByteArray(100'000, 'x'));
    QVERIFY(!writer->state());
    QVERIFY2(writer->state().message().contains(u"Sockeye leaves 12.0 MB"_s), qPrintable(writer->state().message()));
    QVERIFY(!writer->hasReachedMaxSize());
    // It looks twice a second, and after a few megabytes.
    QVERIFY(QStorageInfo(QFileInfo(path).path()).bytesAvailable() > Reserve / 4);

    const qint64 committed = writer->committed().value();
    for (int n = 0; n < 7; ++n)
        writer->append(samples::text("lost"));
    const QByteArray lost = QByteArray::number(writer->dropped());
    // With the same limits it comes to nothing again.
    QVERIFY(writer->resume({Reserve, 0}, samples::text({}).time));
    for (int n = 0; n < 200 && writer->state(); ++n) {
        writer->append(samples::text(QByteArray(100'000, 'y')));
        writer->flush();
    }
    QVERIFY(!writer->state());
    // With room it goes on.
    QVERIFY(writer->resume({0, 0}, samples::text({}).time));
    writer->append(samples::text("after"));
    writer->flush();
    QVERIFY(writer->state());
    VERIFY_RESULT(writer->finish());
    const QList<QByteArray> payloads = payloadsOf(path);
    QCOMPARE(payloads.constLast(), "after"_ba);
    QVERIFY2(payloads.value(committed).startsWith("Recording goes on. " + lost + " entries are missing"),
             payloads.value(committed).constData());
}

void CaptureDiskFullTest::stopsAtItsSizeAndGoesOn()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a.sockeye"_s);
    constexpr qint64 Most = 2'000'000;
    const std::unique_ptr<CaptureWriter> writer = limitedWriter(path, {0, Most});
    appendUntilItStops(*writer, QByteArray(10'000, 'x'));
    QVERIFY(!writer->state());
    QVERIFY(writer->hasReachedMaxSize());
    QVERIFY2(writer->state().message().contains(u"limit of 2.0 MB"_s), qPrintable(writer->state().message()));
    const qint64 committed = writer->committed().value();
    QVERIFY(writer->resume({0, 0}, samples::text({}).time));
    writer->append(samples::text("after"));
    writer->flush();
    QVERIFY(!writer->hasReachedMaxSize());
    VERIFY_RESULT(writer->finish());
    QVERIFY(QFileInfo(path).size() < Most + Most / 4);
    const QList<QByteArray> payloads = payloadsOf(path);
    QCOMPARE(payloads.size(), committed + 2);
    QVERIFY2(payloads.value(committed).startsWith("Recording goes on. "), payloads.value(committed).constData());
}

/// What a transaction that was rolled back had counted does not stand in the sums.
void CaptureDiskFullTest::goesOnAfterAFullDisk()
{
    const samples::SmallDisk disk(u"size=4m"_s);
    if (!disk.isMounted())
        QSKIP("No small disk can be mounted here");
    const QString path = disk.filePath(u"a.sockeye"_s);
    const std::unique_ptr<CaptureWriter> writer = limitedWriter(path, {0, 0});
    // Makes room later.
    QFile ballast(disk.filePath(u"ballast"_s));
    QVERIFY(ballast.open(QIODevice::WriteOnly));
    ballast.write(QByteArray(1'500'000, 'x'));
    ballast.close();
    appendUntilItStops(*writer, QByteArray(900, 'x'));
    QVERIFY(!writer->state());
    const qint64 committed = writer->committed().value();
    QVERIFY(ballast.remove());
    QVERIFY(writer->resume({0, 0}, samples::text({}).time));
    for (int n = 0; n < 10; ++n)
        writer->append(samples::text("after"));
    writer->flush();
    VERIFY_RESULT(writer->state());
    VERIFY_RESULT(writer->finish());
    QCOMPARE(payloadsOf(path).size(), committed + 11);
    const auto reader = samples::reader(path);
    const auto span = reader->timeline().timeSpan();
    VERIFY_RESULT(span);
    const auto buckets = reader->timeline().buckets(span->value().first, span->value().last + std::chrono::hours(1),
                                                    std::chrono::hours(1), CancelToken());
    VERIFY_RESULT(buckets);
    qint64 counted = 0;
    for (const TimelineBucket &bucket : buckets.value())
        counted += bucket.inCount;
    QCOMPARE(counted, committed + 10);
}

SOCKEYE_TEST(CaptureDiskFullTest, QCoreApplication)
#include "tst_capture_diskfull.moc"
