#include "capture/CaptureFile.h"
#include "capture/Samples.h"

#include "support/TestProgram.h"

#include <QFile>
#include <QFileInfo>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// A capture that is copied while it is being recorded, in ways that take its WAL along and in those that do not.
class CaptureIncompleteTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_writer.reset(); }

    void tellsOfAMissingWal();
    void tellsItEachTime();
    void holdsTheConnectionEarly();
    void isWholeWithItsWal();
    void isWholeWhenItEnded();
    void isWholeWhileItIsRecorded();
    void isWholeWhenItWasSaved();
    void savesAPartAsAPart();
    void closesTheFormOfWhatHasEnded();
    void runsNothingOfTheFile();

private:
    [[nodiscard]] QString path(const QString &name = u"live.sockeye"_s) const { return m_directory->filePath(name); }
    /// What the file manager makes: without what stands beside it.
    [[nodiscard]] QString copied(const QString &name = u"copy.sockeye"_s) const
    {
        QFile::remove(path(name));
        return QFile::copy(path(), path(name)) ? path(name) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<CaptureWriter> m_writer;
};

void CaptureIncompleteTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_writer = samples::writer(path());
    ConnectionRecord record = samples::connection(m_writer->newConnectionId());
    record.url = u"ws://127.0.0.1:1/feed"_s;
    m_writer->put(record);
    for (int i = 1; i <= 100; ++i)
        m_writer->append(samples::text("entry " + QByteArray::number(i)));
    QTRY_COMPARE(m_writer->committed(), EntryId(100));
}

void CaptureIncompleteTest::tellsOfAMissingWal()
{
    const auto reader = samples::reader(copied());
    const Result<> complete = reader->checkComplete();
    QVERIFY(!complete);
    QVERIFY2(complete.message().contains(u"copy.sockeye-wal"_s), qPrintable(complete.message()));
    QVERIFY(!reader->isLive());
    VERIFY_RESULT(reader->lastEntry());
}

void CaptureIncompleteTest::tellsItEachTime()
{
    const QString copy = copied();
    for (int time = 0; time < 3; ++time)
        QVERIFY(!samples::reader(copy)->checkComplete());
}

/// Even a part tells whose it is.
void CaptureIncompleteTest::holdsTheConnectionEarly()
{
    QTRY_COMPARE(samples::reader(copied())->connections()->size(), 1);
    QCOMPARE(samples::reader(path(u"copy.sockeye"_s))->connections()->constFirst().url, u"ws://127.0.0.1:1/feed"_s);
}

void CaptureIncompleteTest::isWholeWithItsWal()
{
    const QString copy = copied();
    QVERIFY(QFile::copy(path() + u"-wal"_s, copy + u"-wal"_s));
    for (int time = 0; time < 2; ++time) {
        const auto reader = samples::reader(copy);
        VERIFY_RESULT(reader->checkComplete());
        QCOMPARE(reader->lastEntry().value(), EntryId(100));
    }
}

void CaptureIncompleteTest::isWholeWhenItEnded()
{
    VERIFY_RESULT(m_writer->finish());
    VERIFY_RESULT(samples::reader(path())->checkComplete());
    VERIFY_RESULT(samples::reader(copied())->checkComplete());
}

void CaptureIncompleteTest::isWholeWhileItIsRecorded()
{
    VERIFY_RESULT(samples::reader(path())->checkComplete());
}

void CaptureIncompleteTest::isWholeWhenItWasSaved()
{
    VERIFY_RESULT(samples::reader(path())->saveCopy(path(u"saved"_s), CancelToken(), {}));
    const auto saved = samples::reader(path(u"saved"_s));
    VERIFY_RESULT(saved->checkComplete());
    QCOMPARE(saved->lastEntry().value(), EntryId(100));
}

void CaptureIncompleteTest::savesAPartAsAPart()
{
    VERIFY_RESULT(samples::reader(copied())->saveCopy(path(u"saved"_s), CancelToken(), {}));
    QVERIFY(!samples::reader(path(u"saved"_s))->checkComplete());
}

/// As whoever looks at a folder of captures does.
void CaptureIncompleteTest::closesTheFormOfWhatHasEnded()
{
    // As a killed program leaves it.
    const QString left = copied();
    QVERIFY(QFile::copy(path() + u"-wal"_s, left + u"-wal"_s));
    QCOMPARE(CaptureFile::closeFinishedForm(left), CaptureFile::Closing::InUse);
    QVERIFY(QFile::exists(left + u"-wal"_s));
    // As a writer leaves it that has ended while somebody read.
    {
        const auto reader = samples::reader(path());
        QVERIFY(reader->isLive());
        VERIFY_RESULT(m_writer->finish());
    }
    QCOMPARE(CaptureFile::closeFinishedForm(path()), CaptureFile::Closing::Closed);
    QVERIFY(!QFile::exists(path() + u"-wal"_s));
}

/// Saving changes a row of the copy: what a file from elsewhere would have done then is not done.
void CaptureIncompleteTest::runsNothingOfTheFile()
{
    {
        const auto database = SqliteDatabase::open(path(), SqliteDatabase::Mode::ReadWrite);
        VERIFY_RESULT(database);
        VERIFY_RESULT(database->run("CREATE TRIGGER t AFTER DELETE ON meta BEGIN DELETE FROM entry; END"));
    }
    VERIFY_RESULT(samples::reader(path())->saveCopy(path(u"saved"_s), CancelToken(), {}));
    QCOMPARE(samples::reader(path(u"saved"_s))->lastEntry().value(), EntryId(100));
    const QString copy = copied();
    QVERIFY(QFile::copy(path() + u"-wal"_s, copy + u"-wal"_s));
    QCOMPARE(samples::reader(copy)->lastEntry().value(), EntryId(100));
    QCOMPARE(samples::reader(copy)->lastEntry().value(), EntryId(100));
}

SOCKEYE_TEST(CaptureIncompleteTest, QCoreApplication)
#include "tst_capture_incomplete.moc"
