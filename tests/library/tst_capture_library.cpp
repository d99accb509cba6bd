#include "capture/AnnotationWriter.h"
#include "library/CaptureLibrary.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

class CaptureLibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void namesCaptures_data();
    void namesCaptures();
    void neverGivesAPathTwice();
    void keepsNamesShortInBytes();
    void listsNewestFirst();
    void removesWhatStandsBeside();
    void tellsWhatItCannotDo();
    void renames_data();
    void renames();
    void renamesNothingThatIsInTheWayOrInUse();
    void countsWhatStandsBeside();

private:
    [[nodiscard]] QString folder() const { return m_directory->filePath(u"new/captures"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
    const QDateTime m_now{{2026, 11, 22}, {15, 20, 0}};
};

void CaptureLibraryTest::namesCaptures_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("title");
    QTest::newRow("port and path") << u"ws://localhost:9001/echo"_s << u"localhost_9001_echo"_s
                                   << u"localhost:9001/echo"_s;
    QTest::newRow("host only") << u"wss://example.com"_s << u"example.com"_s << u"example.com"_s;
    QTest::newRow("root") << u"wss://example.com/"_s << u"example.com"_s << u"example.com"_s;
    QTest::newRow("deep path") << u"wss://api.example.com/v1/feed"_s << u"api.example.com_v1_feed"_s
                               << u"api.example.com/v1/feed"_s;
    QTest::newRow("no secrets") << u"wss://me:pw@h/x?token=abc#f"_s << u"h_x"_s << u"h/x"_s;
    QTest::newRow("IPv6") << u"ws://[::1]:80/"_s << u"1_80"_s << u"1:80"_s;
    QTest::newRow("escapes") << u"ws://h/%41/a%2fb"_s << u"h_%41_a%2fb"_s << u"h/%41/a%2fb"_s;
    QTest::newRow("broken password") << u"ws://me:p/w@h/x"_s << u"h_x"_s << u"h/x"_s;
    QTest::newRow("umlauts") << u"ws://h.example/ä b"_s << u"h.example_ä_b"_s << u"h.example/ä/b"_s;
    QTest::newRow("up and away") << u"ws://h/../../etc"_s << u"h_.._.._etc"_s << u"h/../../etc"_s;
    QTest::newRow("no URL") << u""_s << u"capture"_s << u"capture"_s;
}

void CaptureLibraryTest::namesCaptures()
{
    QFETCH(QString, url);
    QFETCH(QString, name);
    QFETCH(QString, title);
    const CaptureLibrary library(folder());
    const Result<QString> path = library.newPath(url, m_now);
    VERIFY_RESULT(path);
    QCOMPARE(path.value(), folder() + u"/2026-11-22 152000 "_s + name + u".sockeye"_s);
    samples::makeCapture(path.value(), 1);
    QCOMPARE(library.items().size(), 1);
    QCOMPARE(library.items().constFirst().title, title);
    QCOMPARE(library.items().constFirst().path, path.value());
    QCOMPARE(library.items().constFirst().fileSize, QFileInfo(path.value()).size());
}

void CaptureLibraryTest::neverGivesAPathTwice()
{
    const CaptureLibrary library(folder());
    QSet<QString> paths;
    for (int i = 0; i < 5; ++i) {
        const Result<QString> path = library.newPath(u"ws://h/"_s + QString(500, u'x'), m_now);
        VERIFY_RESULT(path);
        paths.insert(path.value());
        samples::makeCapture(path.value(), 1);
    }
    QCOMPARE(paths.size(), 5);
    QCOMPARE(library.items().size(), 5);
}

/// 255 bytes are what file systems allow, and SQLite's endings come to it.
void CaptureLibraryTest::keepsNamesShortInBytes()
{
    const CaptureLibrary library(folder());
    const QString wide = QString(120, QChar(0x754c));
    const Result<QString> path = library.newPath(u"ws://h/"_s + wide, m_now);
    VERIFY_RESULT(path);
    samples::makeCapture(path.value(), 1);
    VERIFY_RESULT(writeAnnotations(path.value(), {{EntryId(1), {true, 0, {}}}}));
    for (const QString &name : {wide, u"abc"_s + QString(60, QChar(0x754c)) + QString(40, u'x')}) {
        const Result<QString> renamed = CaptureLibrary::rename(library.items().constFirst().path, name);
        VERIFY_RESULT(renamed);
        VERIFY_RESULT(writeAnnotations(renamed.value(), {{EntryId(1), {false, 1, {}}}}));
        QVERIFY(QFileInfo(renamed.value()).fileName().toUtf8().size() + 8 <= 255);
        QVERIFY(name.startsWith(QFileInfo(renamed.value()).completeBaseName()));
    }
}

void CaptureLibraryTest::listsNewestFirst()
{
    const CaptureLibrary library(folder());
    QVERIFY(library.items().isEmpty());
    QVERIFY(QDir().mkpath(folder()));
    for (const int day : {3, 1, 2}) {
        QFile file(folder() + u"/%1.sockeye"_s.arg(day));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setFileTime(QDateTime({2026, 1, day}, {12, 0}), QFileDevice::FileModificationTime));
    }
    QFile other(folder() + u"/notes.txt"_s);
    QVERIFY(other.open(QIODevice::WriteOnly));
    const QList<CaptureLibrary::Item> items = library.items();
    QCOMPARE(items.size(), 3);
    QCOMPARE(items[0].title, u"3"_s);
    QCOMPARE(items[1].title, u"2"_s);
    QCOMPARE(items[2].title, u"1"_s);
    QCOMPARE(items[2].modified, QDateTime({2026, 1, 1}, {12, 0}));
}

void CaptureLibraryTest::removesWhatStandsBeside()
{
    const CaptureLibrary library(folder());
    const Result<QString> path = library.newPath(u"ws://h"_s, m_now);
    VERIFY_RESULT(path);
    for (const QString &ending : {QString(), u"-wal"_s, u"-shm"_s}) {
        QFile file(path.value() + ending);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    VERIFY_RESULT(library.remove(path.value()));
    QVERIFY(QDir(folder()).isEmpty());
    VERIFY_RESULT(library.remove(path.value()));
}

void CaptureLibraryTest::tellsWhatItCannotDo()
{
    QFile file(m_directory->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Result<QString> path = CaptureLibrary(file.fileName() + u"/captures"_s).newPath(u"ws://h"_s, m_now);
    QVERIFY(!path);
    QVERIFY2(path.message().contains(u"cannot be created"_s), qPrintable(path.message()));
    // A folder is no capture.
    QVERIFY(QDir().mkpath(folder()));
    QVERIFY(!CaptureLibrary(m_directory->path()).remove(folder()));
}

void CaptureLibraryTest::renames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("title");
    QTest::newRow("words") << u"Log-in fails"_s << u"Log-in fails"_s;
    QTest::newRow("underscore") << u"a_b"_s << u"a_b"_s;
    QTest::newRow("spaces around") << u"  x "_s << u"x"_s;
    QTest::newRow("what files cannot have") << u"a/b: c?"_s << u"a-b- c-"_s;
    QTest::newRow("up and away") << u"../../etc"_s << u"-..-etc"_s;
    QTest::newRow("nothing left") << u" ./ "_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void CaptureLibraryTest::renames()
{
    QFETCH(QString, name);
    QFETCH(QString, title);
    const CaptureLibrary library(folder());
    const QString path = library.newPath(u"ws://h/"_s, m_now).value();
    samples::makeCapture(path, 3);
    QVERIFY(!library.items().constFirst().isNamed);
    const Result<QString> renamed = CaptureLibrary::rename(path, name);
    QCOMPARE(renamed.ok(), !title.isEmpty());
    QCOMPARE(QFile::exists(path), title.isEmpty());
    QCOMPARE(library.items().size(), 1);
    if (!renamed)
        return;
    QCOMPARE(library.items().constFirst().path, renamed.value());
    QCOMPARE(library.items().constFirst().title, title);
    QVERIFY(library.items().constFirst().isNamed);
    QCOMPARE(samples::reader(renamed.value())->lastEntry().value(), EntryId(3));
    // To what it is called already.
    QCOMPARE(CaptureLibrary::rename(renamed.value(), title).value(), renamed.value());
}

void CaptureLibraryTest::renamesNothingThatIsInTheWayOrInUse()
{
    const CaptureLibrary library(folder());
    const QString path = library.newPath(u"ws://h/"_s, m_now).value();
    samples::makeCapture(path, 1);
    samples::makeCapture(folder() + u"/taken.sockeye"_s, 2);
    QVERIFY(!CaptureLibrary::rename(path, u"taken"_s));
    QCOMPARE(samples::reader(folder() + u"/taken.sockeye"_s)->lastEntry().value(), EntryId(2));

    const QString live = library.newPath(u"ws://live/"_s, m_now).value();
    const std::unique_ptr<CaptureWriter> writer = samples::writer(live);
    const Result<QString> renamed = CaptureLibrary::rename(live, u"other"_s);
    QVERIFY(!renamed);
    QVERIFY2(renamed.message().contains(u"being recorded"_s), qPrintable(renamed.message()));
    QVERIFY(!CaptureLibrary::moveToTrash(live));
    QVERIFY(QFile::exists(live));
}

void CaptureLibraryTest::countsWhatStandsBeside()
{
    const CaptureLibrary library(folder());
    const QString path = library.newPath(u"ws://h/"_s, m_now).value();
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    writer->append(samples::text(QByteArray(1'000'000, 'x')));
    writer->flush();
    QVERIFY(library.items().constFirst().fileSize > 1'000'000);
}

SOCKEYE_TEST(CaptureLibraryTest, QCoreApplication)
#include "tst_capture_library.moc"
