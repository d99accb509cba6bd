#include "capture/AnnotationWriter.h"
#include "library/CaptureSummary.h"
#include "sqlite/Sqlite.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

#include <QCryptographicHash>
#include <QProcess>

#include <sqlite3.h>

#include <atomic>
#include <thread>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// What stands in the file and in its WAL.
QByteArray contentOf(const QString &path)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const QString &name : {path, path + u"-wal"_s}) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(&file);
    }
    return hash.result();
}

ConnectionRecord ended(ConnectionId id)
{
    ConnectionRecord record = samples::connection(id);
    record.endKind = EndKind::Clean;
    return record;
}

} // namespace

class CaptureSummaryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void tellsOfAClosedCapture();
    void tellsOfAnEmptyOne();
    void tellsOfALiveOneAndHoldsNobodyUp();
    void isNotLiveOnceTheRecordingHasEnded();
    void closesTheFormThatNobodyCouldClose();
    void tellsOfOneLeftByACrashAndLeavesItSo();
    void lookingDoesNotKeepOneLeftByACrashLive();
    void anAnnotationCounts();
    void whatIsDamagedSaysSo_data();
    void whatIsDamagedSaysSo();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"a.sockeye"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void CaptureSummaryTest::tellsOfAClosedCapture()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const ConnectionRecord record = ended(writer->newConnectionId());
    writer->put(record);
    for (const qint64 second : {100, 101, 160})
        writer->append(samples::text("x", second * 1'000'000'000));
    VERIFY_RESULT(writer->finish());
    const QByteArray before = contentOf(path());

    const CaptureSummary summary = CaptureSummary::read(path());
    QCOMPARE(summary.problem, QString());
    QCOMPARE(summary.url, record.url);
    QCOMPARE(summary.entries, 3);
    QCOMPARE(summary.connections, 1);
    QCOMPARE(toNs(summary.started), 100'000'000'000);
    QCOMPARE(summary.duration, std::chrono::seconds(60));
    QVERIFY(!summary.isAnnotated && !summary.isLive && !summary.isCutShort && !summary.isLeftByCrash);
    QCOMPARE(contentOf(path()), before);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files).size(), 1);
}

void CaptureSummaryTest::tellsOfAnEmptyOne()
{
    samples::makeCapture(path(), 0);
    const CaptureSummary summary = CaptureSummary::read(path());
    QCOMPARE(summary.problem, QString());
    QCOMPARE(summary.entries, 0);
    QCOMPARE(toNs(summary.started), 0);
    QCOMPARE(summary.duration.count(), 0);
}

void CaptureSummaryTest::tellsOfALiveOneAndHoldsNobodyUp()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    ConnectionRecord record = samples::connection(writer->newConnectionId());
    record.endKind = EndKind::Live;
    writer->put(record);
    for (int i = 1; i <= 50; ++i) {
        writer->append(samples::text("x"));
        writer->flush();
        const CaptureSummary summary = CaptureSummary::read(path());
        QCOMPARE(summary.problem, QString());
        QCOMPARE(summary.entries, i);
        QVERIFY(summary.isLive && !summary.isCutShort && !summary.isLeftByCrash);
    }
    VERIFY_RESULT(writer->finish());
    QVERIFY(!CaptureSummary::read(path()).isLive);
    QVERIFY(!QFile::exists(path() + u"-wal"_s));
}

/// A tab that looks on keeps the file in its live form, but nobody records.
void CaptureSummaryTest::isNotLiveOnceTheRecordingHasEnded()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    writer->append(samples::text("x"));
    writer->flush();
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QCOMPARE(reader->lastEntry().value(), EntryId(1));
    QVERIFY(CaptureSummary::read(path()).isLive);
    VERIFY_RESULT(writer->finish());
    QVERIFY(reader->isLive());
    QVERIFY(!CaptureSummary::read(path()).isLive);
}

/// As a writer leaves it that finished while another program had the file, which has gone since.
void CaptureSummaryTest::closesTheFormThatNobodyCouldClose()
{
    {
        const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
        writer->put(ended(writer->newConnectionId()));
        writer->append(samples::text("x"));
        writer->flush();
        const auto other = SqliteDatabase::open(path(), SqliteDatabase::Mode::ReadWrite);
        VERIFY_RESULT(other);
        sqlite3_db_config(other->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        QCOMPARE(other->value("SELECT count(*) FROM entry").value().toInt(), 1);
        VERIFY_RESULT(writer->finish());
    }
    QVERIFY(QFile::exists(path() + u"-wal"_s));
    const CaptureSummary summary = CaptureSummary::read(path());
    QVERIFY(!summary.isLive && !summary.isCutShort);
    QCOMPARE(summary.entries, 1);
    QVERIFY(!QFile::exists(path() + u"-wal"_s));
    QVERIFY(!QFile::exists(path() + u"-shm"_s));
}

void CaptureSummaryTest::tellsOfOneLeftByACrashAndLeavesItSo()
{
    QProcess program;
    program.start(QStringLiteral(CAPTURE_KILLER), {path(), u"90"_s});
    QVERIFY(program.waitForReadyRead(30'000));
    QTRY_VERIFY(CaptureSummary::read(path()).entries > 1000);
    QVERIFY(CaptureSummary::read(path()).isLive);
    program.kill();
    QVERIFY(program.waitForFinished());
    QVERIFY(QFileInfo(path() + u"-wal"_s).size() > 0);
    const QByteArray before = contentOf(path());

    const CaptureSummary summary = CaptureSummary::read(path());
    QCOMPARE(summary.problem, QString());
    QVERIFY(summary.entries > 1000);
    QVERIFY(summary.isLeftByCrash && summary.isCutShort && !summary.isLive);
    QCOMPARE(contentOf(path()), before);
    QCOMPARE(CaptureSummary::read(path()), summary);

    // Opening it recovers it; that the connection has no end stays to be seen.
    QCOMPARE(samples::reader(path())->lastEntry().value(), EntryId(summary.entries));
    const CaptureSummary opened = CaptureSummary::read(path());
    QCOMPARE(opened.entries, summary.entries);
    QVERIFY(!opened.isLeftByCrash && opened.isCutShort);
}

void CaptureSummaryTest::lookingDoesNotKeepOneLeftByACrashLive()
{
    QProcess program;
    program.start(QStringLiteral(CAPTURE_KILLER), {path(), u"90"_s});
    QVERIFY(program.waitForReadyRead(30'000));
    QTRY_VERIFY(CaptureSummary::read(path()).entries > 1000);
    program.kill();
    QVERIFY(program.waitForFinished());

    std::atomic<int> looks = 0;
    std::atomic<bool> enough = false;
    std::thread looking([this, &looks, &enough] {
        while (!enough) {
            static_cast<void>(CaptureSummary::read(path()));
            ++looks;
        }
    });
    const auto end = qScopeGuard([&] {
        enough = true;
        looking.join();
    });
    QTRY_VERIFY(looks > 2);
    // Nobody records into it any more, so that it can be told that the end is unknown.
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QVERIFY(!reader->isLive());
    QVERIFY(!reader->connections().value().constLast().endText.isEmpty());
}

void CaptureSummaryTest::anAnnotationCounts()
{
    samples::makeCapture(path(), 2);
    QVERIFY(!CaptureSummary::read(path()).isAnnotated);
    VERIFY_RESULT(writeAnnotations(path(), {{EntryId(1), {true, 0, {}}}}));
    QVERIFY(CaptureSummary::read(path()).isAnnotated);
}

void CaptureSummaryTest::whatIsDamagedSaysSo_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no capture") << QByteArray(5000, 'x');
    const QTemporaryDir directory;
    samples::makeCapture(directory.filePath(u"whole.sockeye"_s), 500);
    QFile file(directory.filePath(u"whole.sockeye"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QTest::newRow("cut off") << whole.first(whole.size() / 2);
    QByteArray damaged = whole;
    std::fill(damaged.begin() + 32'768, damaged.end(), '\xff');
    QTest::newRow("overwritten") << damaged;
}

void CaptureSummaryTest::whatIsDamagedSaysSo()
{
    QFETCH(QByteArray, content);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const CaptureSummary summary = CaptureSummary::read(path());
    QVERIFY(!summary.problem.isEmpty());
    QVERIFY(!summary.isLeftByCrash);
    QCOMPARE(CaptureSummary::read(m_directory->filePath(u"none.sockeye"_s)).problem.isEmpty(), false);
}

SOCKEYE_TEST(CaptureSummaryTest, QCoreApplication)
#include "tst_capture_summary.moc"
