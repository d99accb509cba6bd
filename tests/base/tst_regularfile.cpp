#include "base/RegularFile.h"

#include "support/TestProgram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestRegularFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAFileAndALinkToOne();
    void refusesAFolder();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void tellsWhatIsMissing();
};

void TestRegularFile::opensAFileAndALinkToOne()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a"_s);
    QFile written(path);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write("content");
    written.close();
    const QString link = directory.filePath(u"link"_s);
    QVERIFY(QFile::link(path, link));
    for (const QString &name : {path, link}) {
        QCOMPARE(RegularFile::refusal(name), QString());
        QFile file(name);
        QVERIFY(RegularFile::open(file).ok());
        QCOMPARE(file.size(), 7);
        QCOMPARE(file.readAll(), QByteArray("content"));
    }
}

void TestRegularFile::refusesAFolder()
{
    const QTemporaryDir directory;
    QFile file(directory.path());
    QCOMPARE(RegularFile::open(file).message(), u"it is a folder"_s);
}

void TestRegularFile::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("words");
    QTest::newRow("a pipe that nobody writes into") << QString() << u"it is a pipe, not a file"_s;
    QTest::newRow("a device without end") << u"/dev/zero"_s << u"it is a device, not a file"_s;
}

/// Reading either would not come back.
void TestRegularFile::refusesWhatIsNoFile()
{
#ifdef Q_OS_UNIX
    QFETCH(QString, target);
    QFETCH(QString, words);
    const QTemporaryDir directory;
    const QString pipe = directory.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString link = directory.filePath(u"link"_s);
    QVERIFY(QFile::link(target.isEmpty() ? pipe : target, link));
    for (const QString &name : {target.isEmpty() ? pipe : target, link}) {
        QCOMPARE(RegularFile::refusal(name), words);
        QFile file(name);
        QCOMPARE(RegularFile::open(file).message(), words);
        QVERIFY(!file.isOpen());
    }
#else
    QSKIP("There are no such files here");
#endif
}

void TestRegularFile::tellsWhatIsMissing()
{
    QFile file(u"/nowhere/at/all"_s);
    QCOMPARE(RegularFile::refusal(file.fileName()), QString());
    const Result<> opened = RegularFile::open(file);
    QVERIFY(!opened.ok());
    QVERIFY(!opened.message().isEmpty());
}

SOCKEYE_TEST(TestRegularFile, QCoreApplication)
#include "tst_regularfile.moc"
