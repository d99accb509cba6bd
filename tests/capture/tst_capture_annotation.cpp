#include "capture/AnnotationWriter.h"
#include "capture/Samples.h"
#include "support/TestProgram.h"
#include "support/Unprivileged.h"

#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

AnnotationMap someAnnotations()
{
    return {{EntryId(2), {true, 0, {}}}, {EntryId(3), {false, 4, u"naïve “note”"_s}}, {EntryId(9), {true, 6, u"x"_s}}};
}

QList<qint64> found(const CaptureReader &reader, const EntryQuery &query)
{
    QList<qint64> ids;
    const Result<> done = reader.scanner().forEach(EntryId(1), EntryId(1000), query, [&ids](const Entry &entry) {
        ids.append(entry.id.value());
        return true;
    });
    if (!done)
        qWarning("%s", qPrintable(done.message()));
    return done ? ids : QList<qint64>{-1};
}

EntryQuery bookmarked()
{
    return EntryQuery::of(filter::HasFeature{{FilterFeature::Bookmark}});
}

} // namespace

/// Bookmarks, colours and notes: kept in a live capture, in a closed one, and in a copy.
class CaptureAnnotationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void keepsThoseOfALiveCapture();
    void keepsThoseThatCameAfterTheLastEntry();
    void changesAClosedCapture();
    void changesWhileOthersRead();
    void addsTheTableToAnOldCapture();
    void finds();
    void goesIntoCopies();
    void refusesWhatIsNoCapture();
    void tellsWhereItCannotWrite_data();
    void tellsWhereItCannotWrite();
    void runsNothingOfTheFile();
    void readsWhatOthersWrote();

private:
    [[nodiscard]] QString path(const QString &name = u"a.sockeye"_s) const { return m_directory->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void CaptureAnnotationTest::keepsThoseOfALiveCapture()
{
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QVERIFY(reader->annotations()->isEmpty());
    for (int i = 0; i < 10; ++i)
        writer->append(samples::text("entry"));
    writer->annotate(someAnnotations());
    writer->flush();
    QCOMPARE(reader->annotations().value(), someAnnotations());

    // Of several changes in a batch the last one holds, and an empty one removes.
    writer->annotate({{EntryId(2), {false, 1, {}}}, {EntryId(5), {true, 0, {}}}});
    writer->annotate({{EntryId(2), {false, 2, {}}}, {EntryId(3), {}}, {EntryId(5), {}}});
    writer->flush();
    AnnotationMap expected = someAnnotations();
    expected[EntryId(2)] = {false, 2, {}};
    expected.remove(EntryId(3));
    QCOMPARE(reader->annotations().value(), expected);
    VERIFY_RESULT(writer->finish());
    QCOMPARE(reader->annotations().value(), expected);
    writer->annotate({{EntryId(1), {true, 0, {}}}});
    QCOMPARE(samples::reader(path())->annotations().value(), expected);
}

void CaptureAnnotationTest::keepsThoseThatCameAfterTheLastEntry()
{
    std::unique_ptr<CaptureWriter> writer = samples::writer(path());
    writer->append(samples::text("entry"));
    writer->flush();
    writer->annotate(someAnnotations());
    writer.reset();
    QCOMPARE(samples::reader(path())->annotations().value(), someAnnotations());
}

void CaptureAnnotationTest::changesAClosedCapture()
{
    samples::makeCapture(path(), 10);
    VERIFY_RESULT(writeAnnotations(path(), someAnnotations()));
    VERIFY_RESULT(writeAnnotations(path(), {{EntryId(3), {}}, {EntryId(4), {true, 0, {}}}, {EntryId(7), {}}}));
    AnnotationMap expected = someAnnotations();
    expected.remove(EntryId(3));
    expected[EntryId(4)] = {true, 0, {}};
    QCOMPARE(samples::reader(path())->annotations().value(), expected);
    QCOMPARE(samples::readAll(path())->entries.size(), 10);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden), QStringList({u"a.sockeye"_s}));
}

void CaptureAnnotationTest::changesWhileOthersRead()
{
    samples::makeCapture(path(), 3000);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QVERIFY(reader->annotations()->isEmpty());
    bool written = true;
    int visited = 0;
    VERIFY_RESULT(reader->scanner().forEach(EntryId(1), EntryId(3000), {}, [&](const Entry &) {
        ++visited;
        return true;
    }));
    QCOMPARE(visited, 3000);
    std::atomic<bool> stop = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        for (int i = 1; i <= 20; ++i)
            written = written && writeAnnotations(path(), {{EntryId(i), {true, 0, {}}}});
        stop = true;
    }));
    thread->start();
    while (!stop)
        VERIFY_RESULT(reader->scanner().match(EntryQuery::of(filter::NumberIn{FilterKey::Size, {{51, 1'000'000}}}),
                                              EntryId(1), EntryId(3000), CancelToken(), [](const auto &) {}));
    QVERIFY(thread->wait());
    QVERIFY(written);
    QCOMPARE(reader->annotations()->size(), 20);
}

void CaptureAnnotationTest::addsTheTableToAnOldCapture()
{
    samples::makeCapture(path(), 10);
    samples::runSql(path(), "DROP TABLE annotation; DROP TABLE bucket; DROP TABLE proxy_step");
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    // What else such a capture lacks is not missed either.
    QVERIFY(reader->connections().ok());
    const Result<AnnotationMap> none = reader->annotations();
    VERIFY_RESULT(none);
    QVERIFY(none->isEmpty());
    QCOMPARE(found(*reader, bookmarked()), QList<qint64>());
    VERIFY_RESULT(writeAnnotations(path(), someAnnotations()));
    QCOMPARE(reader->annotations().value(), someAnnotations());
    QCOMPARE(found(*reader, bookmarked()), QList<qint64>({2, 9}));
}

void CaptureAnnotationTest::finds()
{
    samples::makeCapture(path(), 10);
    VERIFY_RESULT(writeAnnotations(path(), someAnnotations()));
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    QCOMPARE(found(*reader, bookmarked()), QList<qint64>({2, 9}));
    const EntryQuery noted{
        filter::Condition::allOf({filter::Condition::of(filter::HasFeature{{FilterFeature::Note}}),
                                  filter::Condition::of(filter::NumberIn{FilterKey::Size, {{0, 99}}})})};
    QCOMPARE(found(*reader, noted), QList<qint64>({3, 9}));
}

void CaptureAnnotationTest::goesIntoCopies()
{
    samples::makeCapture(path(), 10);
    VERIFY_RESULT(writeAnnotations(path(), someAnnotations()));
    const std::unique_ptr<CaptureReader> original = samples::reader(path());
    VERIFY_RESULT(original->saveCopy(path(u"copy.sockeye"_s), CancelToken(), {}));
    const std::unique_ptr<CaptureReader> copy = samples::reader(path(u"copy.sockeye"_s));
    QCOMPARE(copy->annotations().value(), someAnnotations());
    const auto second = [](const CaptureReader &reader) {
        return reader.timeline()
            .buckets(Timestamp::min(), Timestamp::max(), std::chrono::seconds(1), CancelToken())
            .value();
    };
    QCOMPARE(second(*copy).size(), 1);
    QCOMPARE(second(*copy), second(*original));
}

void CaptureAnnotationTest::refusesWhatIsNoCapture()
{
    QFile file(path(u"text"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QVERIFY(writeAnnotations(path(u"text"_s), someAnnotations()).message().contains(u"not a Sockeye capture"_s));
    QVERIFY(writeAnnotations(path(u"none"_s), someAnnotations()).message().contains(u"does not exist"_s));
    QVERIFY(!QFileInfo::exists(path(u"none"_s)));
    QVERIFY(writeAnnotations(m_directory->path(), someAnnotations()).message().contains(u"is a folder"_s));
    samples::runSql(path(u"other"_s), "CREATE TABLE entry(id)");
    QVERIFY(!writeAnnotations(path(u"other"_s), someAnnotations()));
}

void CaptureAnnotationTest::tellsWhereItCannotWrite_data()
{
    QTest::addColumn<int>("folderMode");
    QTest::addColumn<int>("fileMode");
    QTest::newRow("a file that cannot be written") << 0777 << 0444;
    QTest::newRow("a folder that cannot be written") << 0555 << 0666;
    QTest::newRow("neither") << 0555 << 0444;
}

void CaptureAnnotationTest::tellsWhereItCannotWrite()
{
#ifdef Q_OS_UNIX
    QFETCH(int, folderMode);
    QFETCH(int, fileMode);
    samples::makeCapture(path(), 10);
    QCOMPARE(::chmod(path().toUtf8().constData(), static_cast<mode_t>(fileMode)), 0);
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), static_cast<mode_t>(folderMode)), 0);
    {
        const test::Unprivileged user;
        const Result<> written = writeAnnotations(path(), someAnnotations());
        QVERIFY(!written);
        QVERIFY2(written.message().contains(u"cannot be changed"_s), qPrintable(written.message()));
        QVERIFY2(written.message().contains(u"a.sockeye"_s), qPrintable(written.message()));
    }
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), 0777), 0);
    QVERIFY(samples::reader(path())->annotations()->isEmpty());
#else
    QSKIP("There are no such rights here");
#endif
}

/// A file from elsewhere may hold triggers, and a view in the table's place.
void CaptureAnnotationTest::runsNothingOfTheFile()
{
    samples::makeCapture(path(), 10);
    samples::runSql(path(), "CREATE TRIGGER t AFTER INSERT ON annotation BEGIN DELETE FROM entry; END");
    VERIFY_RESULT(writeAnnotations(path(), someAnnotations()));
    QCOMPARE(samples::reader(path())->lastEntry().value(), EntryId(10));
    samples::runSql(path(),
                    "DROP TABLE annotation; CREATE VIEW annotation AS SELECT id AS entry, 1 AS bookmark, 1 AS colour, "
                    "'' AS note FROM entry");
    QVERIFY(!writeAnnotations(path(), someAnnotations()));
    QVERIFY(samples::reader(path())->annotations()->isEmpty());
}

void CaptureAnnotationTest::readsWhatOthersWrote()
{
    samples::makeCapture(path(), 10);
    samples::runSql(path(),
                    "INSERT INTO annotation VALUES(1, 5, -7, 'a'), (2, 0, 99999999999, x'ff'), (3, 'x', 0, ''), "
                    "(-9223372036854775808, 1, 1, ''), (7, 1, 1, zeroblob(1000000))");
    const Result<AnnotationMap> read = samples::reader(path())->annotations();
    VERIFY_RESULT(read);
    QCOMPARE(read->value(EntryId(1)), (Annotation{true, 0, u"a"_s}));
    QCOMPARE(read->value(EntryId(2)).colour, 0);
    QVERIFY(!read->contains(EntryId(3)));
    QVERIFY(read->value(EntryId(7)).note.size() <= 64 * 1024);
}

SOCKEYE_TEST(CaptureAnnotationTest, QCoreApplication)
#include "tst_capture_annotation.moc"
