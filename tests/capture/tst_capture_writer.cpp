#include "capture/CaptureFile.h"
#include "capture/Samples.h"
#include "support/TestProgram.h"

#include <QFileInfo>
#include <QProcess>

#include <sqlite3.h>

#include <thread>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Recording: what a live reader sees, the queue's bounds, the closed form, and what stops it.
class CaptureWriterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLiveBeforeTheFirstEntry();
    void refusesAnExistingFile();
    void refusesAFolderThatIsNotThere();
    void takesAnyFileName_data();
    void takesAnyFileName();
    void commitsSoon();
    void tellsAtMostSixtyTimesASecond();
    void isReadWhileItIsWritten();
    void keepsOrderAcrossThreads();
    void boundsEntries();
    void boundsBytes();
    void flushesAtOnce();
    void closesIntoASingleFile();
    void keepsLargePayloadsBeside();
    void bringsPayloadsInWhenTheLastReaderGoes();
    void closesWhenTheLastReaderGoes();
    void finishesOnDestruction();
    void stopsWhenTheFileIsDeleted();
    void stopsWhenAnotherHoldsTheFile();

private:
    [[nodiscard]] QString path(const QString &name = u"a.sockeye"_s) const { return m_directory->path() + u'/' + name; }
    [[nodiscard]] static QByteArray headerOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.read(100) : QByteArray();
    }
    [[nodiscard]] QStringList files() const { return QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_directory;

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
};

void CaptureWriterTest::refusesAnExistingFile()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path());
    QVERIFY(!writer);
    QVERIFY2(writer.message().contains(u"already exists"_s), qPrintable(writer.message()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
}

void CaptureWriterTest::refusesAFolderThatIsNotThere()
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path(u"no/such/a.sockeye"_s));
    QVERIFY(!writer);
    QVERIFY2(writer.message().contains(u"cannot be created"_s), qPrintable(writer.message()));
    QCOMPARE(files(), QStringList());
}

void CaptureWriterTest::takesAnyFileName_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : {u"#1 100%.sockeye"_s, u"a?b=c&d.sockeye"_s, u"%20%00.sockeye"_s, u"日本 ü 🐟.sockeye"_s,
                                u"file:x"_s, u":memory:"_s, u"'\";--.sockeye"_s, u" "_s})
        QTest::newRow(qPrintable(name)) << name;
}

void CaptureWriterTest::takesAnyFileName()
{
    QFETCH(QString, name);
#ifdef Q_OS_WIN
    if (name.contains(QRegularExpression(u"[?:\"]|^ $"_s)))
        QSKIP("Not a file name here");
#endif
    samples::makeCapture(path(name), 20);
    QCOMPARE(files(), QStringList({name}));
    const Result<samples::Contents> contents = samples::readAll(path(name));
    VERIFY_RESULT(contents);
    QCOMPARE(contents->entries.size(), 20);
    VERIFY_RESULT(samples::reader(path(name))->saveCopy(path(u"copy of "_s + name), CancelToken(), {}));
    QCOMPARE(samples::reader(path(u"copy of "_s + name))->lastEntry().value(), EntryId(20));
}

void CaptureWriterTest::commitsSoon()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const samples::WriterSignals told(*writer);
    QSignalSpy advanced(&told, &samples::WriterSignals::advanced);
    QCOMPARE(writer->append(samples::text("one")), EntryId(1));
    QVERIFY(advanced.wait());
    QCOMPARE(advanced.constFirst().constFirst().value<EntryId>(), EntryId(1));
    QCOMPARE(writer->committed(), EntryId(1));
    QCOMPARE(writer->append(samples::text("two")), EntryId(2));
    QVERIFY(advanced.wait());
    QCOMPARE(writer->committed(), EntryId(2));

    QSignalSpy connectionsChanged(&told, &samples::WriterSignals::connectionsChanged);
    writer->put(samples::connection(writer->newConnectionId()));
    QVERIFY(connectionsChanged.wait());
    QCOMPARE(advanced.size(), 2);
}

void CaptureWriterTest::tellsAtMostSixtyTimesASecond()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const samples::WriterSignals told(*writer);
    QSignalSpy advanced(&told, &samples::WriterSignals::advanced);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 500) {
        if (writer->hasRoom())
            writer->append(samples::text("x"));
        else
            std::this_thread::yield();
    }
    VERIFY_RESULT(writer->finish());
    const qint64 took = timer.elapsed();
    QCoreApplication::processEvents();
    QVERIFY(advanced.size() > 1);
    // One more for the commit at the end.
    QVERIFY2(advanced.size() <= took / 16 + 2, qPrintable(u"%1 in %2 ms"_s.arg(advanced.size()).arg(took)));
}

void CaptureWriterTest::isReadWhileItIsWritten()
{
    constexpr int Count = 50'000;
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    std::thread producer([&writer] {
        for (int i = 1; i <= Count;) {
            if (writer->hasRoom())
                writer->append(samples::text("entry " + QByteArray::number(i++)));
            else
                std::this_thread::yield();
        }
    });
    qint64 seen = 0;
    QString problem;
    while (seen < Count && problem.isEmpty()) {
        const EntryId committed = writer->committed();
        const Result<EntryId> last = reader->lastEntry();
        if (!last || last.value() < committed)
            problem = u"committed %1, seen %2 %3"_s.arg(committed.value())
                          .arg(last ? last.value().value() : 0)
                          .arg(last.message());
        else if (committed.value() > 0) {
            const Result<Entry> entry = reader->entry(committed);
            if (!entry || entry->head != "entry " + QByteArray::number(committed.value()))
                problem = u"entry %1 is wrong %2"_s.arg(committed.value()).arg(entry.message());
        }
        seen = committed.value();
    }
    producer.join();
    QCOMPARE(problem, QString());
    VERIFY_RESULT(writer->finish());
}

void CaptureWriterTest::keepsOrderAcrossThreads()
{
    constexpr int PerThread = 5'000;
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    std::vector<std::thread> producers;
    std::vector<std::vector<EntryId>> ids(3);
    for (size_t t = 0; t < ids.size(); ++t) {
        producers.emplace_back([&writer, &mine = ids[t], t] {
            for (int i = 0; i < PerThread; ++i)
                mine.push_back(
                    writer->append(samples::text(QByteArray::number(qint64(t)) + ' ' + QByteArray::number(i))));
        });
    }
    for (std::thread &producer : producers)
        producer.join();
    VERIFY_RESULT(writer->finish());
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QCOMPARE(reader->lastEntry().value(), EntryId(3 * PerThread));
    for (size_t t = 0; t < ids.size(); ++t) {
        for (int i = 0; i < PerThread; i += 97) {
            const QByteArray expected = QByteArray::number(qint64(t)) + ' ' + QByteArray::number(i);
            QCOMPARE(reader->entry(ids[t][static_cast<size_t>(i)])->head, expected);
        }
    }
}

void CaptureWriterTest::boundsEntries()
{
    CaptureWriter::Limits limits;
    limits.maxQueuedEntries = 100;
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path(), limits);
    const samples::WriterSignals told(*writer);
    QSignalSpy roomAvailable(&told, &samples::WriterSignals::roomAvailable);
    QVERIFY(writer->hasRoom());
    for (int i = 0; i < 100'000 && writer->hasRoom(); ++i)
        writer->append(samples::text("x"));
    QVERIFY(!writer->hasRoom());
    QVERIFY(roomAvailable.wait());
    QVERIFY(writer->hasRoom());
    QCOMPARE(roomAvailable.size(), 1);
    // It takes what comes without room all the same.
    while (writer->hasRoom())
        writer->append(samples::text("y"));
    const EntryId beyond = writer->append(samples::text("beyond"));
    VERIFY_RESULT(writer->finish());
    QCOMPARE(samples::reader(path())->entry(beyond)->head, QByteArray("beyond"));
}

void CaptureWriterTest::boundsBytes()
{
    CaptureWriter::Limits limits;
    limits.maxQueuedBytes = 1000;
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path(), limits);
    const samples::WriterSignals told(*writer);
    QSignalSpy roomAvailable(&told, &samples::WriterSignals::roomAvailable);
    writer->append(samples::text(samples::pattern(10'000'000)));
    QVERIFY(!writer->hasRoom());
    QVERIFY(roomAvailable.wait());
    QVERIFY(writer->hasRoom());
}

void CaptureWriterTest::flushesAtOnce()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    writer->flush();
    QCOMPARE(writer->committed(), EntryId(0));
    for (int i = 1; i <= 100; ++i) {
        writer->append(samples::text("x"));
        writer->flush();
        QCOMPARE(writer->committed(), EntryId(i));
    }
    VERIFY_RESULT(writer->finish());
    writer->flush();
    VERIFY_RESULT(writer->finish());
    QCOMPARE(writer->append(samples::text("late")), EntryId(101));
    QCOMPARE(writer->dropped(), 1);
}

void CaptureWriterTest::closesIntoASingleFile()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    writer->append(samples::text(samples::pattern(3'000'000)));
    writer->flush();
    QVERIFY(files().size() > 1);
    VERIFY_RESULT(writer->finish());
    QCOMPARE(files(), QStringList({u"a.sockeye"_s}));
    const QByteArray header = headerOf(path());
    QCOMPARE(header.mid(18, 2), QByteArray("\1\1"));
    QCOMPARE(header.mid(68, 4), QByteArray("SOCK"));
    QCOMPARE(header.mid(60, 4), QByteArray("\0\0\0\1", 4));
}

/// While it is live: written once, for the owner alone, and refused by programs that know nothing of that file.
void CaptureWriterTest::keepsLargePayloadsBeside()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const QByteArray large = samples::pattern(3'000'000);
    writer->append(samples::text("small"));
    writer->append(samples::text(large));
    writer->append(samples::text(samples::pattern(1025)));
    writer->append(samples::text(samples::pattern(1024)));
    writer->flush();
    const QFileInfo beside(path(u"a.sockeye-payload"_s));
    QCOMPARE(beside.size(), large.size() + 1025);
#ifdef Q_OS_UNIX
    QCOMPARE(beside.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
#endif
    QVERIFY(QFileInfo(path(u"a.sockeye-wal"_s)).size() < 1'000'000);
    {
        const std::unique_ptr<CaptureReader> reader = samples::reader(path());
        QCOMPARE(reader->payload(EntryId(2)).value(), large);
        QCOMPARE(reader->payload(EntryId(2), 2'000'000, 10).value(), large.mid(2'000'000, 10));
        QCOMPARE(reader->payload(EntryId(3)).value(), samples::pattern(1025));
        QCOMPARE(reader->payload(EntryId(4)).value(), samples::pattern(1024));
        VERIFY_RESULT(reader->saveCopy(path(u"copy.sockeye"_s), CancelToken(), {}));
    }
    QCOMPARE(samples::reader(path(u"copy.sockeye"_s))->payload(EntryId(2)).value(), large);
    QCOMPARE(headerOf(path(u"copy.sockeye"_s)).mid(60, 4), QByteArray("\0\0\0\1", 4));
    // A copy without that file says what it lacks. (Another process copies it: closing a file drops the locks on it.)
    QCOMPARE(QProcess::execute(u"cp"_s, {path(), path(u"part.sockeye"_s)}), 0);
    QCOMPARE(headerOf(path(u"part.sockeye"_s)).mid(60, 4), QByteArray("\0\0\0\2", 4));
    QVERIFY(QFile::copy(path(u"a.sockeye-wal"_s), path(u"part.sockeye-wal"_s)));
    const Result<QByteArray> lacking = samples::reader(path(u"part.sockeye"_s))->payload(EntryId(2));
    QVERIFY2(lacking.message().contains(u"part.sockeye-payload"_s), qPrintable(lacking.message()));
    QCOMPARE(samples::reader(path(u"part.sockeye"_s))->payload(EntryId(4)).value(), samples::pattern(1024));

    VERIFY_RESULT(writer->finish());
    QCOMPARE(files(), QStringList({u"a.sockeye"_s, u"copy.sockeye"_s, u"part.sockeye"_s}));
    QCOMPARE(headerOf(path()).mid(60, 4), QByteArray("\0\0\0\1", 4));
    QCOMPARE(samples::reader(path())->payload(EntryId(2)).value(), large);
    QCOMPARE(samples::reader(path())->payload(EntryId(3)).value(), samples::pattern(1025));
}

void CaptureWriterTest::bringsPayloadsInWhenTheLastReaderGoes()
{
    const QByteArray large = samples::pattern(3'000'000);
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    std::unique_ptr<CaptureReader> reader = samples::reader(path());
    writer->append(samples::text(large));
    writer->flush();
    QCOMPARE(reader->payload(EntryId(1)).value(), large);
    VERIFY_RESULT(writer->finish());
    QVERIFY(QFileInfo::exists(path(u"a.sockeye-payload"_s)));
    QCOMPARE(reader->payload(EntryId(1)).value(), large);
    reader.reset();
    QCOMPARE(files(), QStringList({u"a.sockeye"_s}));
    QCOMPARE(samples::reader(path())->payload(EntryId(1)).value(), large);
}

void CaptureWriterTest::closesWhenTheLastReaderGoes()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    std::unique_ptr<CaptureReader> first = samples::reader(path());
    std::unique_ptr<CaptureReader> second = samples::reader(path());
    writer->append(samples::text("x"));
    writer->flush();
    QCOMPARE(first->lastEntry().value(), EntryId(1));
    VERIFY_RESULT(writer->finish());
    QCOMPARE(first->lastEntry().value(), EntryId(1));
    first.reset();
    QCOMPARE(second->lastEntry().value(), EntryId(1));
    second.reset();
    QCOMPARE(files(), QStringList({u"a.sockeye"_s}));
}

void CaptureWriterTest::finishesOnDestruction()
{
    {
        const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
        for (int i = 0; i < 1000; ++i)
            writer->append(samples::text("x"));
    }
    QCOMPARE(files(), QStringList({u"a.sockeye"_s}));
    QCOMPARE(samples::reader(path())->lastEntry().value(), EntryId(1000));
}

void CaptureWriterTest::stopsWhenTheFileIsDeleted()
{
#ifdef Q_OS_WIN
    QSKIP("An open file cannot be deleted here");
#endif
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const samples::WriterSignals told(*writer);
    QSignalSpy failed(&told, &samples::WriterSignals::failed);
    writer->append(samples::text("x"));
    writer->flush();
    VERIFY_RESULT(writer->state());
    QVERIFY(QFile::remove(path()));
    writer->append(samples::text("y"));
    QVERIFY(failed.wait());
    const QString message = failed.constFirst().constFirst().toString();
    QVERIFY2(message.contains(u"moved or deleted"_s), qPrintable(message));
    QCOMPARE(writer->state().message(), message);
    QCOMPARE(writer->committed(), EntryId(1));
    QVERIFY(writer->hasRoom());
    QCOMPARE(writer->append(samples::text("z")), EntryId(3));
    writer->put(samples::connection(writer->newConnectionId()));
    writer->flush();
    QCOMPARE(writer->dropped(), 2);
    QVERIFY(!writer->finish());
    QCOMPARE(failed.size(), 1);
}

void CaptureWriterTest::stopsWhenAnotherHoldsTheFile()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const samples::WriterSignals told(*writer);
    QSignalSpy failed(&told, &samples::WriterSignals::failed);
    writer->append(samples::text("x"));
    writer->flush();
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(path().toUtf8().constData(), &other), SQLITE_OK);
    QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    writer->append(samples::text("y"));
    QVERIFY(failed.wait(20'000));
    const QString message = failed.constFirst().constFirst().toString();
    QVERIFY2(message.contains(u"locked by another program"_s), qPrintable(message));
    sqlite3_close(other);
    QVERIFY(!writer->finish());
    QCOMPARE(samples::reader(path())->lastEntry().value(), EntryId(1));
}

void CaptureWriterTest::isLiveBeforeTheFirstEntry()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    QCOMPARE(CaptureFile::closeForm(path()), CaptureFile::Closing::InUse);
}

SOCKEYE_TEST(CaptureWriterTest, QCoreApplication)
#include "tst_capture_writer.moc"
