#include "integration/Program.h"
#include "library/CaptureSummary.h"
#include "server/EchoServer.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QtTest>

#include <csignal>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int ManyTabsPatience = 120'000;
constexpr int Tabs = 200;
/// Each of them, beside what a window with one tab has.
constexpr double FilesOfATab = 11;
constexpr double ThreadsOfATab = 2;

qsizetype entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

} // namespace

/// The real program with many live tabs, and with fewer files than it could open.
class ManyTabsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
#ifndef Q_OS_LINUX
        QSKIP("files and threads are counted in /proc");
#endif
    }

    void init()
    {
        m_server = std::make_unique<EchoServer>();
        m_clients = 0;
        connect(m_server.get(), &EchoServer::clientCountChanged, this, [this](int count) { m_clients = count; });
        const Result<> started = m_server->start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        m_program = std::make_unique<Program>();
        m_program->showOffscreen();
    }

    void cleanup()
    {
        m_program.reset();
        m_server.reset();
    }

    void twoHundredLiveTabs();
    void aTabTooManyIsRefused();
    void noLimitEndsTheProgram_data();
    void noLimitEndsTheProgram();
    void noLimitEndsARecording_data();
    void noLimitEndsARecording();

private:
    [[nodiscard]] QStringList urls(int count) const
    {
        QStringList urls;
        for (int i = 0; i < count; ++i)
            urls += m_server->url().toString() + QString::number(i);
        return urls;
    }
    [[nodiscard]] QString processFolder(const QString &name) const
    {
        return u"/proc/%1/%2"_s.arg(m_program->processId()).arg(name);
    }
    [[nodiscard]] QStringList captures() const
    {
        const QDir folder(m_program->home(u"data/sockeye/captures"_s));
        QStringList paths;
        for (const QString &name : folder.entryList({u"*.sockeye"_s}, QDir::Files))
            paths += folder.filePath(name);
        return paths;
    }
    void endWell();

    std::unique_ptr<EchoServer> m_server;
    int m_clients = 0;
    std::unique_ptr<Program> m_program;
};

/// SIGTERM, and what it leaves.
void ManyTabsTest::endWell()
{
    QVERIFY2(m_program->isRunning(), m_program->errors().constData());
    ::kill(static_cast<pid_t>(m_program->processId()), SIGTERM);
    QVERIFY2(m_program->wait(ManyTabsPatience), m_program->errors().constData());
    QCOMPARE(m_program->exitCode(), 0);
    for (const QString &path : captures()) {
        const CaptureSummary summary = CaptureSummary::read(path);
        QVERIFY2(summary.problem.isEmpty(), qPrintable(summary.problem));
        QVERIFY(!summary.isLeftByCrash);
        QVERIFY(!QFile::exists(path + u"-wal"_s));
    }
}

void ManyTabsTest::twoHundredLiveTabs()
{
    m_program->start(urls(1));
    QTRY_COMPARE_WITH_TIMEOUT(m_clients, 1, ManyTabsPatience);
    QTRY_COMPARE_WITH_TIMEOUT(captures().size(), 1, ManyTabsPatience);
    const qsizetype files = entriesOf(processFolder(u"fd"_s));
    const qsizetype threads = entriesOf(processFolder(u"task"_s));
    endWell();
    QTRY_COMPARE_WITH_TIMEOUT(m_clients, 0, ManyTabsPatience);

    m_program = std::make_unique<Program>();
    m_program->showOffscreen();
    m_program->start(urls(Tabs));
    QTRY_VERIFY2_WITH_TIMEOUT(m_clients == Tabs || !m_program->isRunning(), qPrintable(QString::number(m_clients)),
                              ManyTabsPatience);
    QTRY_COMPARE_WITH_TIMEOUT(captures().size(), Tabs, ManyTabsPatience);
    const auto perTab = [](qsizetype all, qsizetype one) { return static_cast<double>(all - one) / (Tabs - 1); };
    const double filesOfATab = perTab(entriesOf(processFolder(u"fd"_s)), files);
    const double threadsOfATab = perTab(entriesOf(processFolder(u"task"_s)), threads);
    qInfo("a tab has %.1f files and %.1f threads", filesOfATab, threadsOfATab);
    QVERIFY(filesOfATab <= FilesOfATab);
    QVERIFY(threadsOfATab <= ThreadsOfATab);
    endWell();
}

void ManyTabsTest::aTabTooManyIsRefused()
{
    m_program->limitOpenFiles(200);
    m_program->start(urls(30));
    QTRY_VERIFY_WITH_TIMEOUT(m_clients >= 5, ManyTabsPatience);
    // The last of the tabs have been refused when the first of the captures are there; what was opened stays open.
    QTRY_VERIFY_WITH_TIMEOUT(captures().size() == m_clients, ManyTabsPatience);
    QVERIFY(m_clients < 30);
    QVERIFY(m_program->isRunning());
    endWell();
}

void ManyTabsTest::noLimitEndsTheProgram_data()
{
    QTest::addColumn<int>("files");
    for (const int files : {8, 16, 24, 32, 40, 48, 56, 64, 80, 100, 128})
        QTest::addRow("%d", files) << files;
}

/// Either there is a window, or it says why there is none.
void ManyTabsTest::noLimitEndsTheProgram()
{
    QFETCH(const int, files);
    m_program->limitOpenFiles(quint64(files));
    m_program->start(urls(20));
    const auto isThere = [this] { return QFile::exists(m_program->home(u"config/sockeye/session.json"_s)); };
    QTRY_VERIFY_WITH_TIMEOUT(isThere() || !m_program->isRunning(), ManyTabsPatience);
    if (m_program->isRunning())
        return endWell();
    QVERIFY(m_program->wait(ManyTabsPatience));
    QCOMPARE(m_program->exitCode(), 4);
    const QByteArray errors = m_program->errors();
    QVERIFY2(errors.contains("ulimit -n"), errors.constData());
}

void ManyTabsTest::noLimitEndsARecording_data()
{
    QTest::addColumn<int>("files");
    for (int files = 5; files < 80; files += 3)
        QTest::addRow("%d", files) << files;
}

void ManyTabsTest::noLimitEndsARecording()
{
    QFETCH(const int, files);
    m_program->limitOpenFiles(quint64(files));
    m_program->start({u"record"_s, m_server->url().toString(), u"--send"_s, u"a"_s, u"--count"_s, u"1"_s, u"--echo"_s});
    QVERIFY(m_program->wait(ManyTabsPatience));
    const QByteArray errors = m_program->errors();
    if (m_program->exitCode() != 0) {
        QCOMPARE(m_program->exitCode(), 4);
        QVERIFY2(errors.contains("ulimit -n"), errors.constData());
    }
    QVERIFY(files >= 20 || m_program->exitCode() == 4);
    QVERIFY(files < 64 || m_program->exitCode() == 0);
}

SOCKEYE_TEST(ManyTabsTest, QCoreApplication)
#include "tst_manytabs.moc"
