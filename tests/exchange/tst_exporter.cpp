#include "exchange/Exporter.h"

#include "exchange/SampleCapture.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTest>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestExporter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersEachOnce();
    void writesAFile();
    void replacesAFile();
    void comesToTheEndOfClaimedIds();
    void cancelledLeavesTheTarget();
    void refusesTheCaptureItself();
    void missingFolderIsNamed();
    void folderAsTargetIsAnError();
    void missingCaptureLeavesTheTarget();
    void notACaptureLeavesTheTarget();
    void noRoomLeavesTheTarget();
    void writesIntoAPipe();
    void cancelledWithoutAReader();
    void tellsADeviceThatIsFull();

private:
    static QByteArray contents(const QString &path);
    static void writeFile(const QString &path, const QByteArray &bytes);
    static Result<> exportJsonLines(const QString &path, const QString &target, const CancelToken &cancel = {});
};

QByteArray TestExporter::contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void TestExporter::writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

Result<> TestExporter::exportJsonLines(const QString &path, const QString &target, const CancelToken &cancel)
{
    return exportToFile(path, target, *findExporter(u"jsonl"_s), {}, cancel, {});
}

void TestExporter::offersEachOnce()
{
    QSet<QString> names;
    for (const Exporter *exporter : exporters()) {
        QCOMPARE(findExporter(exporter->name()), exporter);
        names.insert(exporter->name());
    }
    QCOMPARE(names, QSet<QString>({u"jsonl"_s, u"har"_s, u"text"_s, u"csv"_s}));
    QCOMPARE(exporters().size(), names.size());
    QVERIFY(!findExporter(u"JSONL"_s));
    QVERIFY(!findExporter(QString()));
}

void TestExporter::writesAFile()
{
    SampleCapture capture;
    capture.addEverything();
    const QString target = capture.directory() + u"/out.jsonl"_s;
    qint64 done = 0;
    const auto written = exportToFile(capture.path(), target, *findExporter(u"jsonl"_s), {}, {},
                                      [&done](qint64 now, qint64) { done = now; });
    QVERIFY2(written.ok(), qPrintable(written.message()));
    QCOMPARE(contents(target).count('\n'), SampleCapture::EntriesOfEverything);
    QCOMPARE(done, SampleCapture::EntriesOfEverything);
}

void TestExporter::replacesAFile()
{
    SampleCapture capture;
    const QString target = capture.directory() + u"/out.jsonl"_s;
    writeFile(target, "before");
    const auto written = exportJsonLines(capture.path(), target);
    QVERIFY2(written.ok(), qPrintable(written.message()));
    QCOMPARE(contents(target), QByteArray());
}

/// A walk by ids would take years.
void TestExporter::comesToTheEndOfClaimedIds()
{
    SampleCapture capture;
    capture.addEverything();
    const QString path = capture.path();
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "UPDATE entry SET id = 70368744177663 WHERE id = (SELECT max(id) FROM entry)",
                          nullptr, nullptr, nullptr),
             SQLITE_OK);
    sqlite3_close(database);
    const QString target = capture.directory() + u"/out"_s;
    for (const Exporter *exporter : exporters()) {
        const auto written = exportToFile(path, target, *exporter, {}, {}, {});
        QVERIFY2(written.ok(), qPrintable(exporter->name() + u": "_s + written.message()));
    }
    QVERIFY(exportJsonLines(path, target).ok());
    QCOMPARE(contents(target).count('\n'), SampleCapture::EntriesOfEverything);
    QVERIFY(contents(target).contains("{\"entry\":70368744177663,"));
}

void TestExporter::cancelledLeavesTheTarget()
{
    SampleCapture capture;
    capture.addEverything();
    const QString target = capture.directory() + u"/out.jsonl"_s;
    writeFile(target, "before");
    CancelToken cancel;
    const auto written = exportToFile(capture.path(), target, *findExporter(u"jsonl"_s), {}, cancel,
                                      [&](qint64, qint64) { cancel.cancel(); });
    QVERIFY(!written.ok());
    QCOMPARE(written.message(), u"The export was cancelled."_s);
    QCOMPARE(contents(target), QByteArray("before"));
    QCOMPARE(QDir(capture.directory()).entryList({u"out*"_s}, QDir::Files | QDir::Hidden), QStringList{u"out.jsonl"_s});
}

void TestExporter::refusesTheCaptureItself()
{
    SampleCapture capture;
    capture.addEverything();
    const QString path = capture.path();
    const QByteArray before = contents(path);
    const QString link = capture.directory() + u"/link.sockeye"_s;
    QVERIFY(QFile::link(path, link));
    for (const QString &target : {path, capture.directory() + u"/./sample.sockeye"_s, link, path + u"-wal"_s}) {
        const auto written = exportJsonLines(path, target);
        QVERIFY(!written.ok());
        QVERIFY2(written.message().contains(u"is the capture itself"_s), qPrintable(written.message()));
    }
    QVERIFY(contents(path) == before);
}

void TestExporter::missingFolderIsNamed()
{
    SampleCapture capture;
    const auto written = exportJsonLines(capture.path(), capture.directory() + u"/not/there/out.jsonl"_s);
    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"there does not exist"_s), qPrintable(written.message()));
}

void TestExporter::folderAsTargetIsAnError()
{
    SampleCapture capture;
    const auto written = exportJsonLines(capture.path(), capture.directory());
    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"could not be written to"_s), qPrintable(written.message()));
}

void TestExporter::missingCaptureLeavesTheTarget()
{
    const QTemporaryDir directory;
    const QString target = directory.filePath(u"out.jsonl"_s);
    writeFile(target, "before");
    const auto written = exportJsonLines(directory.filePath(u"none.sockeye"_s), target);
    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"none.sockeye"_s), qPrintable(written.message()));
    QCOMPARE(contents(target), QByteArray("before"));
}

void TestExporter::notACaptureLeavesTheTarget()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"notes.sockeye"_s);
    const QString target = directory.filePath(u"out.jsonl"_s);
    writeFile(path, "these are notes, not SQLite");
    writeFile(target, "before");
    QVERIFY(!exportJsonLines(path, target).ok());
    QCOMPARE(contents(target), QByteArray("before"));
    QCOMPARE(contents(path), QByteArray("these are notes, not SQLite"));
}

void TestExporter::noRoomLeavesTheTarget()
{
#ifdef Q_OS_UNIX
    SampleCapture capture;
    capture.addMessage(capture.addConnection({}), Direction::In, Opcode::Binary, QByteArray(2 * 1024 * 1024, '\xff'));
    const QString path = capture.path();
    const QString target = capture.directory() + u"/out.jsonl"_s;
    writeFile(target, "before");

    // No file of this process may grow beyond 100 kB: the nearest thing to a full disk that needs no disk.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100'000, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = exportJsonLines(path, target);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);

    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"could not be written to"_s), qPrintable(written.message()));
    QCOMPARE(contents(target), QByteArray("before"));
    QCOMPARE(QDir(capture.directory()).entryList({u"out*"_s}, QDir::Files | QDir::Hidden), QStringList{u"out.jsonl"_s});
#else
    QSKIP("needs a limit on the size of files");
#endif
}

void TestExporter::writesIntoAPipe()
{
#ifdef Q_OS_UNIX
    SampleCapture capture;
    capture.addEverything();
    const QString target = capture.directory() + u"/pipe"_s;
    QCOMPARE(::mkfifo(QFile::encodeName(target).constData(), 0600), 0);
    // Reached by a link, which stays one.
    const QString link = capture.directory() + u"/link"_s;
    QVERIFY(QFile::link(target, link));
    QByteArray read;
    std::thread reader([&] { read = contents(target); });
    const auto written = exportJsonLines(capture.path(), link);
    reader.join();
    QVERIFY2(written.ok(), qPrintable(written.message()));
    QCOMPARE(read.count('\n'), SampleCapture::EntriesOfEverything);
    struct stat status
    {
    };
    QCOMPARE(::stat(QFile::encodeName(target).constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
    QVERIFY(QFileInfo(link).isSymLink());
#else
    QSKIP("There are no pipes with names here");
#endif
}

void TestExporter::cancelledWithoutAReader()
{
#ifdef Q_OS_UNIX
    SampleCapture capture;
    const QString target = capture.directory() + u"/pipe"_s;
    QCOMPARE(::mkfifo(QFile::encodeName(target).constData(), 0600), 0);
    const CancelToken cancel;
    Result<> written;
    std::thread exporting([&] { written = exportJsonLines(capture.path(), target, cancel); });
    cancel.cancel();
    exporting.join();
    QCOMPARE(written.message(), u"The export was cancelled."_s);
#else
    QSKIP("There are no pipes with names here");
#endif
}

void TestExporter::tellsADeviceThatIsFull()
{
    if (!QFileInfo::exists(u"/dev/full"_s))
        QSKIP("There is no /dev/full here");
    SampleCapture capture;
    capture.addEverything();
    const auto written = exportJsonLines(capture.path(), u"/dev/full"_s);
    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"could not be written"_s), qPrintable(written.message()));
    QVERIFY(!QFileInfo(u"/dev/full"_s).isFile());
}

SOCKEYE_TEST(TestExporter, QCoreApplication)
#include "tst_exporter.moc"
