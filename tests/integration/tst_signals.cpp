#include "integration/Program.h"
#include "integration/Recorded.h"
#include "library/CaptureSummary.h"
#include "peers/PeerProcess.h"
#include "peers/RawServer.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QtTest>

#include <csignal>
#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// A flood that ends when nobody listens any more.
const QStringList Endless{u"--count"_s, u"1000000000"_s, u"--size"_s, u"100"_s, u"--rate"_s};

#ifdef Q_OS_UNIX
/// The reading end of a pipe that a program prints into.
class Reader final
{
public:
    explicit Reader(const QString &path)
    {
        if (::mkfifo(QFile::encodeName(path).constData(), 0600) == 0)
            m_end = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    }
    ~Reader() { leave(); }
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    [[nodiscard]] QByteArray read() const
    {
        QByteArray bytes(4096, Qt::Uninitialized);
        bytes.resize(std::max<ssize_t>(::read(m_end, bytes.data(), static_cast<size_t>(bytes.size())), 0));
        return bytes;
    }
    void leave()
    {
        if (m_end >= 0)
            ::close(std::exchange(m_end, -1));
    }

private:
    int m_end = -1;
};
#endif

} // namespace

/// Whatever asks the program to end, the captures are complete in their one file each.
class SignalsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
#ifdef Q_OS_UNIX
    void endsARecord_data();
    void endsARecord();
    void respectsNohup();
    void endsWithItsReader_data();
    void endsWithItsReader();
    void completesBeforeASlowReader();
    void hurriesForTheSecond();
    void endsAWindow_data();
    void endsAWindow();
    void hurriesAWindowForTheSecond();
#endif

private:
    void startFlood(int rate);
    [[nodiscard]] QStringList record() const
    {
        return {u"record"_s, m_peer->url(), u"-o"_s, m_capture};
    }
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QDir windowsCaptures() const
    {
        return QDir(m_program->home(u"data/sockeye/captures"_s));
    }
    [[nodiscard]] qsizetype recordedInWindow() const;
    void endWindowBesideASilentPeer(Nanoseconds *waited);
    void verifyWindowsCaptures(qsizetype count);
    void send(int signal)
    {
        ::kill(static_cast<pid_t>(m_program->processId()), signal);
    }

    std::unique_ptr<PeerProcess> m_peer;
    std::unique_ptr<Program> m_program;
    QString m_capture;
};

void SignalsTest::initTestCase()
{
    if (!floodServer().isAvailable())
        QSKIP("The flood server is not built here");
#ifndef Q_OS_UNIX
    QSKIP("There are no signals here");
#endif
}

void SignalsTest::init()
{
    m_program = std::make_unique<Program>();
    m_capture = m_program->home(u"a.sockeye"_s);
}

void SignalsTest::startFlood(int rate)
{
    m_peer = std::make_unique<PeerProcess>();
    QVERIFY2(m_peer->start(floodServer(), Endless + QStringList{QString::number(rate)}),
             qPrintable(m_peer->errorText()));
}

/// In its closed form, with nothing of SQLite's beside it.
bool SignalsTest::isComplete() const
{
    const CaptureSummary summary = CaptureSummary::read(m_capture);
    return summary.problem.isEmpty() && !summary.isLeftByCrash && summary.entries > 2 &&
           !QFile::exists(m_capture + u"-wal"_s) && !QFile::exists(m_capture + u"-shm"_s);
}

#ifdef Q_OS_UNIX

void SignalsTest::endsARecord_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("quiet");
    QTest::newRow("SIGINT") << SIGINT << false;
    QTest::newRow("SIGTERM") << SIGTERM << false;
    QTest::newRow("SIGHUP") << SIGHUP << false;
    QTest::newRow("SIGHUP, quiet") << SIGHUP << true;
}

void SignalsTest::endsARecord()
{
    QFETCH(int, signal);
    QFETCH(bool, quiet);
    startFlood(1000);
    m_program->start(record() + (quiet ? QStringList{u"-q"_s} : QStringList()));
    QTRY_VERIFY_WITH_TIMEOUT(CaptureSummary::read(m_capture).entries > 100, LongPatience);
    send(signal);
    QVERIFY(m_program->wait());
    QCOMPARE(m_program->exitCode(), 0);
    QVERIFY(isComplete());
    QCOMPARE(m_program->output().contains(" entries recorded in "), !quiet);
    QCOMPARE(m_program->errors(), QByteArray());
}

void SignalsTest::respectsNohup()
{
    startFlood(1000);
    // What is ignored stays so in a program that is started.
    const auto before = std::signal(SIGHUP, SIG_IGN);
    m_program->start(record());
    std::signal(SIGHUP, before);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->output().count('\n') > 100, LongPatience);
    send(SIGHUP);
    const auto sofar = m_program->output().count('\n');
    QTRY_VERIFY_WITH_TIMEOUT(m_program->output().count('\n') > sofar + 1000, LongPatience);
    QVERIFY(m_program->isRunning());
    send(SIGTERM);
    QVERIFY(m_program->wait());
    QVERIFY(isComplete());
}

void SignalsTest::endsWithItsReader_data()
{
    QTest::addColumn<int>("rate");
    QTest::newRow("as fast as they come") << 0;
    QTest::newRow("now and then") << 10;
    // Nothing more comes after the reader has left, and nothing is written.
    QTest::newRow("silence") << -1;
}

void SignalsTest::endsWithItsReader()
{
    QFETCH(int, rate);
    const QString pipe = m_program->home(u"pipe"_s);
    Reader reader(pipe);
    QStringList arguments;
    if (rate >= 0) {
        startFlood(rate);
        arguments = record();
    } else {
        const PeerCommand command = echoPeer(u"websocketpp"_s);
        if (!command.isAvailable())
            QSKIP("websocket++ is not installed");
        m_peer = std::make_unique<PeerProcess>();
        QVERIFY2(m_peer->start(command), qPrintable(m_peer->errorText()));
        arguments = record() + QStringList{u"--send"_s, u"hello"_s};
    }
    m_program->printInto(pipe);
    m_program->start(arguments);
    QByteArray printed;
    const auto comes = [&] { return (printed += reader.read()).count('\n') >= 4; };
    QTRY_VERIFY_WITH_TIMEOUT(comes(), LongPatience);
    reader.leave();
    QVERIFY(m_program->wait());
    QCOMPARE(m_program->exitCode(), 0);
    QVERIFY(isComplete());
    QCOMPARE(m_program->errors(), QByteArray());
}

/// One that is there but takes nothing holds up neither the capture nor whoever asks twice.
void SignalsTest::completesBeforeASlowReader()
{
    startFlood(0);
    const QString pipe = m_program->home(u"pipe"_s);
    const Reader reader(pipe);
    m_program->printInto(pipe);
    m_program->start(record());
    QTRY_VERIFY_WITH_TIMEOUT(CaptureSummary::read(m_capture).entries > 50'000, LongPatience);
    send(SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(), LongPatience);
    QVERIFY(m_program->isRunning());
    send(SIGTERM);
    QVERIFY(m_program->wait());
    QCOMPARE(m_program->exitCode(), 0);
    QVERIFY(isComplete());
}

/// Nothing is waited for any more, and the capture is complete all the same.
void SignalsTest::hurriesForTheSecond()
{
    startFlood(1000);
    m_program->start(record());
    QTRY_VERIFY_WITH_TIMEOUT(CaptureSummary::read(m_capture).entries > 100, LongPatience);
    // While it is held it hears nothing, and then all at once. Two alike would come as one.
    send(SIGSTOP);
    send(SIGINT);
    send(SIGTERM);
    send(SIGCONT);
    QTRY_VERIFY_WITH_TIMEOUT(!m_program->isRunning(), LongPatience);
    QVERIFY(isComplete());
}

void SignalsTest::endsAWindow_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("tabs");
    QTest::addColumn<int>("rate");
    QTest::newRow("SIGINT") << SIGINT << 2 << 1000;
    QTest::newRow("SIGHUP") << SIGHUP << 2 << 1000;
    QTest::newRow("SIGTERM, 60 tabs") << SIGTERM << 60 << 100;
}

void SignalsTest::endsAWindow()
{
    QFETCH(int, signal);
    QFETCH(int, tabs);
    QFETCH(int, rate);
    startFlood(rate);
    m_program->showOffscreen();
    m_program->start(QStringList(tabs, m_peer->url()));
    QTRY_VERIFY_WITH_TIMEOUT(recordedInWindow() == tabs, 2 * LongPatience);
    send(signal);
    QVERIFY2(m_program->wait(LongPatience), m_program->errors().constData());
    QCOMPARE(m_program->exitCode(), 0);
    verifyWindowsCaptures(tabs);
}

/// Closing handshakes are not waited for any more, and the captures are complete all the same.
void SignalsTest::hurriesAWindowForTheSecond()
{
    // A window that asks nobody twice waits half a second for the peer; a busy machine may make a hurried one late.
    constexpr Nanoseconds Hurried = std::chrono::milliseconds(250);
    constexpr int Attempts = 5;
    Nanoseconds waited = Nanoseconds::max();
    for (int i = 0; i < Attempts && waited >= Hurried; ++i) {
        m_program = std::make_unique<Program>();
        endWindowBesideASilentPeer(&waited);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(waited < Hurried, qPrintable(durationText(waited)));
}

/// The peer never answers the close frame; the second signal comes once it has that. Tells how long the capture says
/// that the answer was waited for.
void SignalsTest::endWindowBesideASilentPeer(Nanoseconds *waited)
{
    RawServer server;
    server.setReply(
        [](const QByteArray &head) { return RawServer::acceptReply(head) + QByteArray("\x81\x01x", 3).repeated(20); });
    m_program->showOffscreen();
    m_program->start({server.url()});
    QTRY_VERIFY_WITH_TIMEOUT(recordedInWindow() == 1, 2 * LongPatience);
    send(SIGINT);
    QTRY_VERIFY_WITH_TIMEOUT(server.received().startsWith('\x88'), LongPatience);
    send(SIGTERM);
    QVERIFY2(m_program->wait(LongPatience), m_program->errors().constData());
    QCOMPARE(m_program->exitCode(), 0);
    verifyWindowsCaptures(1);
    const auto capture = readCapture(m_capture);
    QVERIFY2(capture.ok(), qPrintable(capture.message()));
    const QList<RecordedEntry> closes = capture.value().of(EntryKind::Close, Direction::Out);
    QCOMPARE(closes.size(), 1);
    QVERIFY(capture.value().of(EntryKind::Close, Direction::In).isEmpty());
    *waited = capture.value().entries.last().entry.time - closes.first().entry.time;
}

/// How many captures of the window have more than a few entries.
qsizetype SignalsTest::recordedInWindow() const
{
    qsizetype count = 0;
    const QFileInfoList files = windowsCaptures().entryInfoList({u"*.sockeye"_s}, QDir::Files);
    for (const QFileInfo &file : files)
        count += CaptureSummary::read(file.filePath()).entries > 10 ? 1 : 0;
    return count;
}

void SignalsTest::verifyWindowsCaptures(qsizetype count)
{
    const QStringList files = windowsCaptures().entryList(QDir::Files);
    QCOMPARE(files.size(), count);
    for (const QString &file : files) {
        m_capture = windowsCaptures().filePath(file);
        QVERIFY2(isComplete(), qPrintable(file));
    }
}

#endif

SOCKEYE_TEST(SignalsTest, QCoreApplication)
#include "tst_signals.moc"
