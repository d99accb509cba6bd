#include "document/CaptureWatch.h"

#include "capture/AnnotationWriter.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"
#include "sqlite/Sqlite.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/SampleCapture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Change = CaptureWatch::Change;

namespace {

void makeCapture(const QString &path, int entries)
{
    auto writer = CaptureWriter::create(path);
    QVERIFY2(writer.ok(), qPrintable(writer.message()));
    for (int i = 0; i < entries; ++i)
        writer.value()->append(NewEntry::fromEvent(ConnectionId(1), timestampFromNs(i + 1), EventKind::Notice, u"a"_s));
    QVERIFY(writer.value()->finish().ok());
}

/// As an editor or a sync tool puts a new file in an old one's place, at once.
bool putInPlace(const QString &from, const QString &to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

qint64 entriesBy(CaptureReaders &readers)
{
    const auto reader = readers.lend();
    const auto last = reader ? reader.value()->lastEntry() : Result<EntryId>(reader.error());
    return last ? last->value() : -1;
}

} // namespace

/// Another program changes the file of a capture that is open.
class CaptureWatchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeCapture(path(), 3);
        makeCapture(other(), 5);
        m_readers = CaptureReaders::of(path());
        QVERIFY(m_readers->identity().isUnknown());
        QCOMPARE(entriesBy(*m_readers), 3);
        QVERIFY(!m_readers->identity().created.isEmpty());
        begin();
    }
    void cleanup()
    {
        m_readers.reset();
        m_changed.reset();
        m_restored.reset();
        m_looked.reset();
        m_watch.reset();
        m_folder.reset();
    }

#ifdef Q_OS_UNIX
    void anotherFileInItsPlaceIsNoticed()
    {
        QVERIFY(putInPlace(other(), path()));
        QTRY_COMPARE_WITH_TIMEOUT(m_changed->size(), 1, Patience);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Replaced);
    }

    void oneThatIsTakenAwayAndComesBackIsNoticed()
    {
        const QString elsewhere = m_folder->filePath(u"elsewhere.sockeye"_s);
        QVERIFY(putInPlace(path(), elsewhere));
        QTRY_COMPARE_WITH_TIMEOUT(m_changed->size(), 1, Patience);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Removed);
        QVERIFY(putInPlace(elsewhere, path()));
        QTRY_COMPARE_WITH_TIMEOUT(m_restored->size(), 1, Patience);
        QCOMPARE(m_changed->size(), 1);
    }

    /// Between opening and the first look.
    void oneThatCameBeforeTheWatchIsNoticed()
    {
        QVERIFY(putInPlace(other(), path()));
        begin();
        QCOMPARE(m_changed->size(), 1);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Replaced);
    }

    /// What is open goes on reading the former file, and what is opened later does not read the new one instead.
    void readersStayWithTheFileThatWasOpened()
    {
        QVERIFY(putInPlace(other(), path()));
        QCOMPARE(entriesBy(*m_readers), 3);
        const auto held = m_readers->lend();
        QVERIFY(held.ok());
        const auto another = m_readers->open();
        QVERIFY(!another.ok());
        QVERIFY2(another.message().contains(u"replaced"), qPrintable(another.message()));
        CaptureReaders::forget(path());
        QCOMPARE(entriesBy(*CaptureReaders::of(path())), 5);
        QVERIFY(CaptureReaders::of(path())->identity() != m_readers->identity());
    }
#endif

    void anotherCaptureWrittenIntoItIsNoticed()
    {
        write(contents(other()));
        QTRY_COMPARE_WITH_TIMEOUT(m_changed->size(), 1, Patience);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Overwritten);
    }

    void oneThatDoesNotSayWhenItWasBegunIsNoticed()
    {
        {
            const auto database = SqliteDatabase::open(other(), SqliteDatabase::Mode::ReadWrite);
            QVERIFY(database.ok());
            QVERIFY(database->run("DELETE FROM meta WHERE key = 'created'").ok());
        }
        write(contents(other()));
        QTRY_COMPARE_WITH_TIMEOUT(m_changed->size(), 1, Patience);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Overwritten);
    }

    /// A file that cannot be read says neither that it is another capture nor that it is the one that was open.
    void whatCannotBeReadTellsNothing()
    {
        const QByteArray own = contents(path());
        writeAndLook("no capture");
        QVERIFY(m_changed->isEmpty());
        writeAndLook(contents(other()));
        QTRY_COMPARE_WITH_TIMEOUT(m_changed->size(), 1, Patience);
        writeAndLook("no capture");
        QCOMPARE(m_restored->size(), 0);
        write(own);
        QTRY_COMPARE_WITH_TIMEOUT(m_restored->size(), 1, Patience);
        QCOMPARE(m_changed->size(), 1);
    }

    /// A bookmark changes the file as well, and a neighbour's coming the folder.
    void whatIsOursIsNoChange()
    {
        qsizetype looks = m_looked->size();
        QVERIFY(writeAnnotations(path(), {{EntryId(1), {true, 0, {}}}}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(m_looked->size() > looks, Patience);
        QVERIFY(m_changed->isEmpty());
        looks = m_looked->size();
        makeCapture(m_folder->filePath(u"neighbour.sockeye"_s), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_looked->size() > looks, Patience);
        QVERIFY(m_changed->isEmpty());
        // Told after these two, in their order.
        QVERIFY(QFile::remove(path()));
        QTRY_VERIFY_WITH_TIMEOUT(!m_changed->isEmpty(), Patience);
        QCOMPARE(m_changed->size(), 1);
        QCOMPARE(m_changed->first().first().value<Change>(), Change::Removed);
    }

private:
    /// And waits for the first look.
    void begin()
    {
        m_watch = std::make_unique<CaptureWatch>(path(), m_readers->identity());
        m_changed = std::make_unique<QSignalSpy>(m_watch.get(), &CaptureWatch::changed);
        m_restored = std::make_unique<QSignalSpy>(m_watch.get(), &CaptureWatch::restored);
        m_looked = std::make_unique<QSignalSpy>(m_watch.get(), &CaptureWatch::looked);
        QTRY_VERIFY_WITH_TIMEOUT(!m_looked->isEmpty(), Patience);
    }

    [[nodiscard]] static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Into the file that is open.
    void write(const QByteArray &bytes)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void writeAndLook(const QByteArray &bytes)
    {
        const qsizetype looks = m_looked->size();
        write(bytes);
        QTRY_VERIFY_WITH_TIMEOUT(m_looked->size() > looks, Patience);
    }

    [[nodiscard]] QString path() const
    {
        return m_folder->filePath(u"a.sockeye"_s);
    }
    [[nodiscard]] QString other() const
    {
        return m_folder->filePath(u"b.sockeye"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CaptureWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_changed;
    std::unique_ptr<QSignalSpy> m_restored;
    std::unique_ptr<QSignalSpy> m_looked;
    std::shared_ptr<CaptureReaders> m_readers;
};

SOCKEYE_TEST(CaptureWatchTest, QCoreApplication)
#include "tst_capturewatch.moc"
