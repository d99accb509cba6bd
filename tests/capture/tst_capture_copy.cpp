#include "capture/Samples.h"

#include "support/TestProgram.h"

#include <QFileInfo>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Save As: a complete closed copy, or nothing.
class CaptureCopyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copiesEverything();
    void copiesALiveCapture();
    void replacesAFile();
    void replacesAnotherCaptureAndWhatACrashLeft();
    void leavesALiveCaptureAlone();
    void leavesItselfAlone();
    void stopsWhenCancelled();
    void tellsWhereItCannotGo();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QStringList files() const { return QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden); }
    [[nodiscard]] Result<> save(const QString &target) const
    {
        return samples::reader(path(u"a.sockeye"_s))->saveCopy(target, CancelToken(), {});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void CaptureCopyTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    samples::makeCapture(path(u"a.sockeye"_s), 20'000);
}

void CaptureCopyTest::copiesEverything()
{
    QList<std::pair<qint64, qint64>> progress;
    VERIFY_RESULT(samples::reader(path(u"a.sockeye"_s))
                      ->saveCopy(path(u"b.sockeye"_s), CancelToken(), [&progress](qint64 done, qint64 total) {
                          progress.append({done, total});
                      }));
    QCOMPARE(files(), QStringList({u"a.sockeye"_s, u"b.sockeye"_s}));
    QVERIFY(!progress.isEmpty());
    QCOMPARE(progress.constLast().first, progress.constLast().second);
    QVERIFY(std::is_sorted(progress.cbegin(), progress.cend()));
    const Result<samples::Contents> original = samples::readAll(path(u"a.sockeye"_s));
    const Result<samples::Contents> copy = samples::readAll(path(u"b.sockeye"_s));
    VERIFY_RESULT(copy);
    QVERIFY(copy->entries == original->entries);
    QVERIFY(copy->payloads == original->payloads);
    QVERIFY(copy->connections == original->connections);
    QCOMPARE(QFileInfo(path(u"b.sockeye"_s)).permissions(), QFileInfo(path(u"a.sockeye"_s)).permissions());
}

void CaptureCopyTest::copiesALiveCapture()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path(u"live.sockeye"_s));
    for (int i = 0; i < 5000; ++i)
        writer->append(samples::text(samples::pattern(2000)));
    writer->flush();
    const std::unique_ptr<CaptureReader> reader = samples::reader(path(u"live.sockeye"_s));
    // It grows while it is copied.
    VERIFY_RESULT(reader->saveCopy(path(u"copy.sockeye"_s), CancelToken(), [&writer](qint64, qint64) {
        writer->append(samples::text("later"));
        writer->flush();
    }));
    QVERIFY(writer->committed() > EntryId(5000));
    const std::unique_ptr<CaptureReader> copy = samples::reader(path(u"copy.sockeye"_s));
    QCOMPARE(copy->lastEntry().value(), EntryId(5000));
    QCOMPARE(copy->payload(EntryId(5000)).value(), samples::pattern(2000));
    QVERIFY(!QFileInfo::exists(path(u"copy.sockeye-wal"_s)));
    VERIFY_RESULT(writer->finish());
}

void CaptureCopyTest::replacesAFile()
{
    QFile file(path(u"b.sockeye"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("something else");
    file.close();
    VERIFY_RESULT(save(path(u"b.sockeye"_s)));
    QCOMPARE(samples::reader(path(u"b.sockeye"_s))->lastEntry().value(), EntryId(20'000));
    QCOMPARE(files(), QStringList({u"a.sockeye"_s, u"b.sockeye"_s}));
}

void CaptureCopyTest::replacesAnotherCaptureAndWhatACrashLeft()
{
    // A WAL that stayed beside another capture must not be taken for the new file's own.
    {
        const std::unique_ptr<CaptureWriter> writer = samples::writer(path(u"live.sockeye"_s));
        writer->append(samples::text("of the old one"));
        writer->flush();
        for (const QString &ending : {QString(), u"-wal"_s})
            QVERIFY(QFile::copy(path(u"live.sockeye"_s) + ending, path(u"b.sockeye"_s) + ending));
    }
    QVERIFY(QFile::remove(path(u"live.sockeye"_s)));
    QVERIFY(QFileInfo(path(u"b.sockeye-wal"_s)).size() > 0);
    VERIFY_RESULT(save(path(u"b.sockeye"_s)));
    QCOMPARE(files(), QStringList({u"a.sockeye"_s, u"b.sockeye"_s}));
    QCOMPARE(samples::reader(path(u"b.sockeye"_s))->lastEntry().value(), EntryId(20'000));
}

void CaptureCopyTest::leavesALiveCaptureAlone()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path(u"live.sockeye"_s));
    writer->append(samples::text("one"));
    writer->flush();
    const Result<> saved = save(path(u"live.sockeye"_s));
    QVERIFY(!saved);
    QVERIFY2(saved.message().contains(u"in use"_s), qPrintable(saved.message()));
    writer->append(samples::text("two"));
    VERIFY_RESULT(writer->finish());
    QCOMPARE(samples::reader(path(u"live.sockeye"_s))->lastEntry().value(), EntryId(2));
}

void CaptureCopyTest::leavesItselfAlone()
{
    QVERIFY(save(path(u"a.sockeye"_s)).message().contains(u"own file"_s));
    QVERIFY(QFile::link(path(u"a.sockeye"_s), path(u"link.sockeye"_s)));
    QVERIFY(save(path(u"link.sockeye"_s)).message().contains(u"own file"_s));
    QCOMPARE(samples::reader(path(u"a.sockeye"_s))->lastEntry().value(), EntryId(20'000));
}

void CaptureCopyTest::stopsWhenCancelled()
{
    QFile file(path(u"b.sockeye"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("kept");
    file.close();
    samples::makeCapture(path(u"large.sockeye"_s), {samples::text(samples::pattern(40'000'000))});
    const std::unique_ptr<CaptureReader> reader = samples::reader(path(u"large.sockeye"_s));
    const CancelToken cancel;
    int steps = 0;
    const Result<> saved = reader->saveCopy(path(u"b.sockeye"_s), cancel, [&](qint64 done, qint64 total) {
        ++steps;
        QVERIFY(done < total);
        cancel.cancel();
    });
    QVERIFY(!saved);
    QVERIFY2(saved.message().contains(u"cancelled"_s), qPrintable(saved.message()));
    QCOMPARE(steps, 1);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("kept"));
    QCOMPARE(files(), QStringList({u"a.sockeye"_s, u"b.sockeye"_s, u"large.sockeye"_s}));
    VERIFY_RESULT(reader->saveCopy(path(u"b.sockeye"_s), CancelToken(), {}));
}

void CaptureCopyTest::tellsWhereItCannotGo()
{
    QVERIFY(save(m_directory->path()).message().contains(u"is a folder"_s));
    QVERIFY(save(path(u"no/such/b.sockeye"_s)).message().contains(u"does not exist"_s));
    QVERIFY(save(path(u"a.sockeye/b.sockeye"_s)).message().contains(u"does not exist"_s));
    QCOMPARE(files(), QStringList({u"a.sockeye"_s}));
}

SOCKEYE_TEST(CaptureCopyTest, QCoreApplication)
#include "tst_capture_copy.moc"
