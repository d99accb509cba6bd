#include "tls/TlsFile.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TlsFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsThere();
    void leavesOutTheByteOrderMark();
    void refusesWhatIsNotThere();
    void refusesAnEndlessFile();
    void listsLabels_data();
    void listsLabels();

private:
    OpenSslFiles m_files;
};

void TlsFileTest::readsWhatIsThere()
{
    const QByteArray content("\x30\x00\xff", 3);
    QVERIFY(m_files.write(u"a"_s, content));
    const auto file = TlsFile::read(m_files.path(u"a"_s));
    QVERIFY2(file.ok(), qPrintable(file.message()));
    QCOMPARE(file->content, content);
    QCOMPARE(file->path, m_files.path(u"a"_s));
    QVERIFY(!file->isPem());
}

void TlsFileTest::leavesOutTheByteOrderMark()
{
    QVERIFY(m_files.write(u"bom"_s, "\xef\xbb\xbf-----BEGIN CERTIFICATE-----\n"));
    QCOMPARE(TlsFile::read(m_files.path(u"bom"_s))->content, "-----BEGIN CERTIFICATE-----\n");
}

void TlsFileTest::refusesWhatIsNotThere()
{
    QVERIFY(TlsFile::read(u"/no/such.pem"_s).message().contains(u"The file /no/such.pem could not be read: "));
    // A directory.
    QVERIFY(TlsFile::read(m_files.directory()).message().contains(u"could not be read: "));
}

void TlsFileTest::refusesAnEndlessFile()
{
#ifdef Q_OS_UNIX
    QVERIFY(TlsFile::read(u"/dev/zero"_s).message().contains(u"larger than 16 MiB"));
#else
    QSKIP("There is no endless file here");
#endif
}

void TlsFileTest::listsLabels_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("none") << QByteArray("hello") << QStringList();
    QTest::newRow("each once") << QByteArray(
                                      "-----BEGIN A-----\n-----END A-----\n-----BEGIN B C-----\n-----BEGIN A-----")
                               << QStringList{u"A"_s, u"B C"_s};
    QTest::newRow("unfinished") << QByteArray("-----BEGIN A") << QStringList();
    QTest::newRow("endless") << "-----BEGIN " + QByteArray(1000, 'x') + "-----" << QStringList();
}

void TlsFileTest::listsLabels()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, labels);
    QCOMPARE((TlsFile{u"f"_s, content}.pemLabels()), labels);
}

SOCKEYE_TEST(TlsFileTest, QCoreApplication)
#include "tst_tlsfile.moc"
