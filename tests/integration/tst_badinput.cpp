#include "base/ControlCharacters.h"
#include "integration/Program.h"
#include "integration/Recorded.h"
#include "peers/PeerProcess.h"
#include "peers/RawServer.h"
#include "peers/TestCa.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;

namespace {

enum ExitCode { Usage = 1, NoConnection = 2, NotWritten = 4 };

[[nodiscard]] quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// What the program says, and with which exit code, when the world is not as it should be. Each message names its
/// subject; each attempt that was dialled leaves a complete capture that tells the same.
class BadInputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesUsage_data();
    void refusesUsage();
    void tellsWhyNothingAnswers_data();
    void tellsWhyNothingAnswers();
    void tellsWhatAnswered_data();
    void tellsWhatAnswered();
    void commandsNoTerminal_data();
    void commandsNoTerminal();
    void keepsARefusalsBody();
    void waitsForSilenceInVain();
    void refusesCertificates_data();
    void refusesCertificates();
    void acceptsACertificateIfToldTo();
    void refusesFilesThatAreNoCaptures_data();
    void refusesFilesThatAreNoCaptures();
    void tellsWhatCannotBeWritten_data();
    void tellsWhatCannotBeWritten();
    void tellsOfAPart();
    void keepsTheTargetOfAFailedExport();

private:
    [[nodiscard]] QString capture() const { return m_directory->filePath(QStringLiteral("a.sockeye")); }
    [[nodiscard]] QStringList record(const QString &url, const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("record"), url, QStringLiteral("-o"), capture()} + more;
    }
    void expectFailure(Program &program, const QStringList &arguments, int code, const QByteArray &named);
    void expectRecordedFailure(EndKind kind);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void BadInputTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void BadInputTest::expectFailure(Program &program, const QStringList &arguments, int code, const QByteArray &named)
{
    const int actual = program.run(arguments);
    const QByteArray said = program.output() + program.errors();
    QVERIFY2(actual == code, ("exit code " + QByteArray::number(actual) + ": " + said).constData());
    QVERIFY2(program.errors().contains(named), said.constData());
    // A sentence, not a code word.
    QVERIFY2(program.errors().trimmed().count(' ') >= 5, said.constData());
}

void BadInputTest::expectRecordedFailure(EndKind kind)
{
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QCOMPARE(recorded.value().connections.size(), 1);
    QCOMPARE(recorded.value().connections.first().endKind, kind);
    QVERIFY(!recorded.value().connections.first().endText.isEmpty());
    QCOMPARE(recorded.value().lastEvent(), EventKind::Failed);
}

void BadInputTest::refusesUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    const QString url = QStringLiteral("ws://127.0.0.1:9/");
    QTest::newRow("no URL") << QStringList{QStringLiteral("record")} << QByteArray("URL");
    QTest::newRow("other scheme") << QStringList{QStringLiteral("record"), QStringLiteral("ftp://example.com/")}
                                  << QByteArray("ftp");
    QTest::newRow("malformed URL") << QStringList{QStringLiteral("record"), QStringLiteral("ws://exa mple/")}
                                   << QByteArray("space");
    QTest::newRow("impossible port") << QStringList{QStringLiteral("record"), QStringLiteral("ws://localhost:99999/")}
                                     << QByteArray("99999");
    QTest::newRow("no host") << QStringList{QStringLiteral("record"), QStringLiteral("ws:///path")}
                             << QByteArray("host");
    QTest::newRow("fragment") << QStringList{QStringLiteral("record"), QStringLiteral("ws://localhost/#top")}
                              << QByteArray("#");
    QTest::newRow("line break in a header")
        << QStringList{QStringLiteral("record"), url, QStringLiteral("--header"), QStringLiteral("X-A: 1\r\nX-B: 2")}
        << QByteArray("X-A");
    QTest::newRow("header without a colon")
        << QStringList{QStringLiteral("record"), url, QStringLiteral("--header"), QStringLiteral("nonsense")}
        << QByteArray("nonsense");
    QTest::newRow("bad hex") << QStringList{QStringLiteral("record"), url, QStringLiteral("--send-hex"),
                                            QStringLiteral("0x")}
                             << QByteArray("hex");
    QTest::newRow("file to send not there")
        << QStringList{QStringLiteral("record"), url, QStringLiteral("--send"), QStringLiteral("@/no/such/file")}
        << QByteArray("/no/such/file");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("record"), url, QStringLiteral("--frobnicate")}
                                    << QByteArray("frobnicate");
    QTest::newRow("count not a number") << QStringList{QStringLiteral("record"), url, QStringLiteral("--count"),
                                                       QStringLiteral("many")}
                                        << QByteArray("many");
    QTest::newRow("no file to export") << QStringList{QStringLiteral("export")} << QByteArray("capture file");
}

void BadInputTest::refusesUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    if (arguments.size() > 1)
        arguments += {QStringLiteral("-o"), capture()};
    Program program;
    expectFailure(program, arguments, Usage, named);
    QVERIFY2(!QFile::exists(capture()), "nothing was dialled, so nothing should have been recorded");
}

void BadInputTest::tellsWhyNothingAnswers_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("unknown host") << QStringLiteral("ws://no-such-host.invalid/") << QByteArray("no-such-host.invalid");
    const QByteArray port = QByteArray::number(freePort());
    QTest::newRow("refused port") << QStringLiteral("ws://127.0.0.1:%1/").arg(QString::fromLatin1(port)) << port;
}

void BadInputTest::tellsWhyNothingAnswers()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, named);
    Program program;
    expectFailure(program, record(url), NoConnection, named);
    expectRecordedFailure(EndKind::ConnectFailed);
}

void BadInputTest::tellsWhatAnswered_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("200") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << QByteArray("200");
    QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno") << QByteArray("403");
    QTest::newRow("301") << QByteArray("HTTP/1.1 301 Moved\r\nLocation: http://example.com/\r\n\r\n")
                         << QByteArray("301");
    QTest::newRow("garbage") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QByteArray("HTTP");
    QTest::newRow("binary garbage") << QByteArray(1000, '\xfe') << QByteArray("HTTP");
    QTest::newRow("wrong accept") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                                "Connection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n")
                                  << QByteArray("Sec-WebSocket-Accept");
    QTest::newRow("no upgrade") << QByteArray("HTTP/1.1 101 Switching Protocols\r\n\r\n") << QByteArray("Upgrade");
    QTest::newRow("cut head") << QByteArray("HTTP/1.1 101 Switching Pro") << QByteArray("127.0.0.1");
    QTest::newRow("nothing at all") << QByteArray() << QByteArray("127.0.0.1");
}

void BadInputTest::tellsWhatAnswered()
{
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, named);
    RawServer server;
    server.setReply([&reply](const QByteArray &) { return reply; });
    server.endAfterReply(RawServer::End::Fin);
    Program program;
    expectFailure(program, record(server.url()), NoConnection, named);
    expectRecordedFailure(EndKind::HandshakeFailed);
}

void BadInputTest::commandsNoTerminal_data()
{
    QTest::addColumn<QByteArray>("reply");
    const QByteArray acting = "\x1b[31mRED\x1b]0;TITLE\x07\xc2\x9b"
                              "31m\xe2\x80\xae"
                              "abc\xe2\x81\xa6x\x08\x7f";
    const QByteArray ok = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: ";
    QTest::newRow("reason") << "HTTP/1.1 403 " + acting + "\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("field and body") << "HTTP/1.1 403 No\r\nX: " + acting +
                                           "\r\nContent-Length: " + QByteArray::number(acting.size()) + "\r\n\r\n" +
                                           acting;
    QTest::newRow("no HTTP") << acting;
    QTest::newRow("location") << "HTTP/1.1 302 Found\r\nLocation: http://a.invalid/" + acting +
                                     "\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("location of no scheme")
        << "HTTP/1.1 302 Found\r\nLocation: foo:" + acting + "\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("upgrade") << ok + acting + "\r\nConnection: Upgrade\r\n\r\n";
    QTest::newRow("subprotocol") << ok + "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: " + acting +
                                        "\r\n\r\n";
    QTest::newRow("extension") << ok + "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Extensions: " + acting +
                                      "\r\n\r\n";
}

/// Whatever a peer sends, what is printed of it has nothing in it that a terminal would obey.
void BadInputTest::commandsNoTerminal()
{
    QFETCH(QByteArray, reply);
    RawServer server;
    server.setReply([&reply](const QByteArray &) { return reply; });
    server.endAfterReply(RawServer::End::Fin);
    Program program;
    QVERIFY(program.run(record(server.url(), {QStringLiteral("--json"), QStringLiteral("--max-redirects"),
                                              QStringLiteral("0")})) != 0);
    const QByteArray printed = program.output() + program.errors();
    QVERIFY(!printed.isEmpty());
    QCOMPARE(withVisibleControls(printed), printed);
    for (const char *format : {"text", "jsonl", "har"}) {
        Program exporting;
        QCOMPARE(exporting.run(
                     {QStringLiteral("export"), capture(), QStringLiteral("--format"), QString::fromLatin1(format)}),
                 0);
        const QByteArray exported = exporting.output();
        QVERIFY(!exported.isEmpty());
        QCOMPARE(withVisibleControls(exported), exported);
    }
}

void BadInputTest::keepsARefusalsBody()
{
    RawServer server;
    server.setReply([](const QByteArray &) {
        return QByteArray(
            "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nno ticket, 7");
    });
    Program program;
    // The connection stays open: what the length announces is all there is to wait for.
    expectFailure(program, record(server.url()), NoConnection, "403");
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QCOMPARE(recorded.value().connections.first().responseBody, "no ticket, 7");
    QVERIFY(recorded.value().connections.first().responseHead.startsWith("HTTP/1.1 403 Forbidden\r\n"));
}

void BadInputTest::waitsForSilenceInVain()
{
    RawServer server;
    server.setReply([](const QByteArray &) { return QByteArray(); });
    Program program;
    QElapsedTimer timer;
    timer.start();
    expectFailure(program, record(server.url()), NoConnection, "127.0.0.1");
    QVERIFY2(timer.elapsed() >= 9'000 && timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    expectRecordedFailure(EndKind::HandshakeFailed);
}

void BadInputTest::refusesCertificates_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<bool>("expired");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("unknown authority") << QStringLiteral("DNS:localhost,IP:127.0.0.1") << false << false;
    QTest::newRow("expired") << QStringLiteral("DNS:localhost,IP:127.0.0.1") << true << true;
    QTest::newRow("other host") << QStringLiteral("DNS:other.example") << false << true;
}

void BadInputTest::refusesCertificates()
{
    QFETCH(QString, names);
    QFETCH(bool, expired);
    QFETCH(bool, trusted);
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TestCa::Certificate certificate =
        ca.issue(names, expired ? TestCa::Validity::Expired : TestCa::Validity::Valid);
    const PeerCommand command = echoPeer(QStringLiteral("websocketpp"));
    if (!command.isAvailable() && !peersAreRequired())
        QSKIP("websocket++ is not installed");
    PeerProcess peer;
    QVERIFY2(peer.start(command, {QStringLiteral("--tls"), certificate.certificateFile, certificate.keyFile}),
             qPrintable(peer.errorText()));
    Program program;
    QStringList more;
    if (trusted)
        more = {QStringLiteral("--ca"), ca.caFile()};
    expectFailure(program, record(peer.url(QStringLiteral("wss")), more), NoConnection, "certificate");
    expectRecordedFailure(EndKind::ConnectFailed);
}

void BadInputTest::acceptsACertificateIfToldTo()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TestCa::Certificate certificate = ca.issueLocal();
    const PeerCommand command = echoPeer(QStringLiteral("websocketpp"));
    if (!command.isAvailable() && !peersAreRequired())
        QSKIP("websocket++ is not installed");
    PeerProcess peer;
    QVERIFY2(peer.start(command, {QStringLiteral("--tls"), certificate.certificateFile, certificate.keyFile}),
             qPrintable(peer.errorText()));
    const QList<QStringList> ways{{QStringLiteral("--ca"), ca.caFile()}, {QStringLiteral("--insecure")}};
    for (const QStringList &way : ways) {
        QFile::remove(capture());
        Program program;
        const QStringList exchange{QStringLiteral("--send"), QStringLiteral("hello"), QStringLiteral("--count"),
                                   QStringLiteral("1")};
        QCOMPARE(program.run(record(peer.url(QStringLiteral("wss")), way + exchange)), 0);
        const Result<Recorded> recorded = readCapture(capture());
        QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
        QCOMPARE(recorded.value().messages(Direction::In), QList<QByteArray>{"hello"});
    }
}

void BadInputTest::refusesFilesThatAreNoCaptures_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("this is no capture, and it is long enough to hold a header, surely more than "
                                        "the one hundred bytes that SQLite's header takes");
    QTest::newRow("truncated") << QByteArray("truncate");
}

void BadInputTest::refusesFilesThatAreNoCaptures()
{
    QFETCH(QByteArray, content);
    if (content == "truncate") {
        RawServer server;
        server.setReply([](const QByteArray &head) {
            return RawServer::acceptReply(head) + QByteArray("\x81\x00", 2).repeated(10'000) +
                   QByteArray("\x88\x02\x03\xe8", 4);
        });
        Program program;
        QVERIFY2(program.run(record(server.url())) == 0, program.errors().constData());
        QFile whole(capture());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        content = whole.read(whole.size() / 2);
    }
    QFile file(m_directory->filePath(QStringLiteral("bad.sockeye")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    Program program;
    const int code =
        program.run({QStringLiteral("export"), file.fileName(), QStringLiteral("--format"), QStringLiteral("jsonl"),
                     QStringLiteral("-o"), m_directory->filePath(QStringLiteral("out.jsonl"))});
    QVERIFY(code > 0);
    QVERIFY2(program.errors().contains("bad.sockeye"), program.errors().constData());
    QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("out.jsonl"))));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void BadInputTest::tellsWhatCannotBeWritten_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("no such folder") << QStringLiteral("/no/such/folder/a.sockeye");
    QTest::newRow("no right to write") << QStringLiteral("/proc/a.sockeye");
}

void BadInputTest::tellsWhatCannotBeWritten()
{
    QFETCH(QString, target);
    RawServer server;
    Program program;
    expectFailure(program, {QStringLiteral("record"), server.url(), QStringLiteral("-o"), target}, NotWritten,
                  target.toUtf8());
    QCOMPARE(server.connectionCount(), 0);
}

/// A copy of a capture that is being recorded, without its WAL: what is there is exported, and said to be a part.
void BadInputTest::tellsOfAPart()
{
    RawServer server;
    Program recording;
    recording.start(record(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(capture() + QStringLiteral("-wal")).size() > 0, 30'000);
    const QString part = m_directory->filePath(QStringLiteral("part.sockeye"));
    QVERIFY(QFile::copy(capture(), part));
    for (const QString &target : {m_directory->filePath(QStringLiteral("out.jsonl")), QStringLiteral("-")}) {
        Program program;
        expectFailure(program,
                      {QStringLiteral("export"), part, QStringLiteral("--format"), QStringLiteral("jsonl"),
                       QStringLiteral("-o"), target},
                      NotWritten, "part.sockeye-wal");
    }
    QVERIFY(QFile::exists(m_directory->filePath(QStringLiteral("out.jsonl"))));
    recording.kill();
}

void BadInputTest::keepsTheTargetOfAFailedExport()
{
    QFile target(m_directory->filePath(QStringLiteral("out.jsonl")));
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write("yesterday's export");
    target.close();
    Program program;
    const int code =
        program.run({QStringLiteral("export"), m_directory->filePath(QStringLiteral("missing.sockeye")),
                     QStringLiteral("--format"), QStringLiteral("jsonl"), QStringLiteral("-o"), target.fileName()});
    QVERIFY(code > 0);
    QVERIFY2(program.errors().contains("missing.sockeye"), program.errors().constData());
    QVERIFY(target.open(QIODevice::ReadOnly));
    QCOMPARE(target.readAll(), "yesterday's export");
}

SOCKEYE_TEST(BadInputTest, QCoreApplication)
#include "tst_badinput.moc"
