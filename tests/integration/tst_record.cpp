#include "endpoint/EndpointFields.h"
#include "integration/HarRules.h"
#include "integration/Program.h"
#include "integration/Recorded.h"
#include "peers/PeerProcess.h"
#include "peers/RawServer.h"
#include "support/OpenFiles.h"
#include "support/TestProgram.h"
#include "wire/CloseCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include <csignal>

using namespace sockeye;
using namespace sockeye::test;

namespace {

enum Exit { Done = 0, Usage = 1, NoConnection = 2, Broken = 3, NotWritten = 4 };

[[nodiscard]] QList<QJsonObject> jsonLines(const QByteArray &text)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : text.trimmed().split('\n'))
        objects += QJsonDocument::fromJson(line).object();
    return objects;
}

} // namespace

/// `sockeye record` and `sockeye export` as a script uses them: the real program, real servers, no display.
class RecordTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void recordsAndExports();
    void exportsHar();
    void exportsToStandardOutput();
    void sendsFiles();
    void echoes();
    void answersWhatComesWithTheHandshake();
    void stopsWhenTheTimeIsUp();
    void stopsWhenTheCaptureIsLarge();
    void stopsOnInterrupt();
    void endsWithThePeer();
    void tellsABrokenConnection_data();
    void tellsABrokenConnection();
    void tellsTheResultAsJson();
    void printsNoPassword();
    void sendsHeadersAndSubprotocols();
    void keepsAnExistingFile();
    void listsAFlagForEachField();
    void filesAreTheirOwnersAlone();
    void endsWithWhatMatches();

private:
    [[nodiscard]] QString capture() const { return m_directory->filePath(QStringLiteral("a.sockeye")); }
    [[nodiscard]] QStringList record(const QString &url, const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("record"), url, QStringLiteral("-o"), capture()} + more;
    }
    [[nodiscard]] QStringList exportAs(const QString &format) const
    {
        return {QStringLiteral("export"), capture(), QStringLiteral("--format"), format};
    }
    void recordTwoMessages();

    std::unique_ptr<QTemporaryDir> m_directory;
    PeerProcess m_peer;
};

#define RUN(program, arguments, expected)                                                                              \
    do {                                                                                                               \
        const int code = (program).run(arguments);                                                                     \
        QVERIFY2(code == (expected),                                                                                   \
                 qPrintable(QStringLiteral("exit code %1: %2%3")                                                       \
                                .arg(code)                                                                             \
                                .arg(QString::fromUtf8((program).output()), QString::fromUtf8((program).errors()))));  \
    } while (false)
#define READ(recorded)                                                                                                 \
    const Result<Recorded> recorded##Result = readCapture(capture());                                                  \
    QVERIFY2(recorded##Result.ok(), qPrintable(recorded##Result.message()));                                           \
    const Recorded &recorded = recorded##Result.value();                                                               \
    QCOMPARE(headerProblem(recorded), QString())

void RecordTest::initTestCase()
{
    const PeerCommand command = echoPeer(QStringLiteral("websocketpp"));
    if (!command.isAvailable()) {
        QVERIFY2(!peersAreRequired(), "websocket++ is not installed, though it is required here");
        QSKIP("websocket++ is not installed");
    }
    QVERIFY2(m_peer.start(command), qPrintable(m_peer.errorText()));
}

void RecordTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void RecordTest::recordTwoMessages()
{
    Program program;
    RUN(program,
        record(m_peer.url(), {QStringLiteral("--send"), QStringLiteral("hello"), QStringLiteral("--send-hex"),
                              QStringLiteral("00ff10"), QStringLiteral("--count"), QStringLiteral("2")}),
        Done);
    // One file when closed: nothing of SQLite's is left beside it.
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList{QStringLiteral("a.sockeye")});
}

void RecordTest::recordsAndExports()
{
    recordTwoMessages();
    const QString target = m_directory->filePath(QStringLiteral("a.jsonl"));
    Program program;
    RUN(program, exportAs(QStringLiteral("jsonl")) + QStringList({QStringLiteral("-o"), target}), Done);
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QJsonObject> lines = jsonLines(file.readAll());

    QHash<QString, QList<QJsonObject>> data;
    qint64 entry = 0;
    for (const QJsonObject &line : lines) {
        QCOMPARE(line[u"entry"].toInteger(), ++entry);
        QCOMPARE(line[u"connection"].toInteger(), 1);
        const QString kind = line[u"kind"].toString();
        if (kind == u"text" || kind == u"binary")
            data[line[u"direction"].toString()] += line;
    }
    for (const QString &direction : {QStringLiteral("out"), QStringLiteral("in")}) {
        const QList<QJsonObject> &messages = data[direction];
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages.at(0)[u"kind"].toString(), QStringLiteral("text"));
        QCOMPARE(messages.at(0)[u"text"].toString(), QStringLiteral("hello"));
        QCOMPARE(messages.at(1)[u"kind"].toString(), QStringLiteral("binary"));
        QCOMPARE(QByteArray::fromBase64(messages.at(1)[u"base64"].toString().toLatin1()),
                 QByteArray::fromHex("00ff10"));
        for (const QJsonObject &message : messages) {
            QCOMPARE(message[u"frames"].toArray().size(), 1);
            const QJsonObject frame = message[u"frames"].toArray().first().toObject();
            FrameHeader header;
            QVERIFY(FrameHeader::parse(QByteArray::fromHex(frame[u"header"].toString().toLatin1()), header));
            QCOMPARE(int(header.opcode), frame[u"opcode"].toInt());
            QCOMPARE(header.opcode, message[u"kind"] == u"text"_qs ? Opcode::Text : Opcode::Binary);
            QCOMPARE(header.fin, frame[u"fin"].toBool());
            QCOMPARE(int(header.rsv), frame[u"rsv"].toInt());
            QCOMPARE(header.masked, frame[u"masked"].toBool());
            QCOMPARE(header.masked, direction == u"out");
            QCOMPARE(qint64(header.payloadSize), frame[u"payload_size"].toInteger());
            QCOMPARE(qint64(header.payloadSize), message[u"size"].toInteger());
        }
    }
    READ(recorded);
    QCOMPARE(recorded.of(EntryKind::Close, Direction::Out).size(), 1);
    QCOMPARE(parseCloseBody(recorded.of(EntryKind::Close, Direction::Out).first().payload).code, CloseCode::Normal);
    QCOMPARE(recorded.connections.first().endKind, EndKind::Clean);
}

void RecordTest::exportsHar()
{
    recordTwoMessages();
    const QString target = m_directory->filePath(QStringLiteral("a.har"));
    Program program;
    RUN(program, exportAs(QStringLiteral("har")) + QStringList({QStringLiteral("-o"), target}), Done);
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray har = file.readAll();
    QCOMPARE(harProblem(har), QString());

    const QJsonArray entries = QJsonDocument::fromJson(har)[u"log"][u"entries"].toArray();
    QCOMPARE(entries.size(), 1);
    const QJsonObject entry = entries.first().toObject();
    QCOMPARE(entry[u"request"][u"url"].toString(), m_peer.url());
    QCOMPARE(entry[u"response"][u"status"].toInt(), 101);
    QStringList messages;
    for (const QJsonValue &message : entry[u"_webSocketMessages"].toArray()) {
        if (message[u"opcode"].toInt() <= 2)
            messages += message[u"type"].toString() + u' ' + message[u"data"].toString();
    }
    messages.sort();
    QCOMPARE(messages, QStringList({QStringLiteral("receive AP8Q"), QStringLiteral("receive hello"),
                                    QStringLiteral("send AP8Q"), QStringLiteral("send hello")}));
}

void RecordTest::exportsToStandardOutput()
{
    recordTwoMessages();
    for (const char *format : {"jsonl", "csv", "text", "har"}) {
        Program program;
        RUN(program, exportAs(QString::fromLatin1(format)), Done);
        QVERIFY2(program.output().contains("hello"), format);
        QVERIFY2(program.errors().isEmpty(), program.errors().constData());
    }
}

void RecordTest::sendsFiles()
{
    QFile file(m_directory->filePath(QStringLiteral("message.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("from a file");
    file.close();
    Program program;
    RUN(program,
        record(m_peer.url(),
               {QStringLiteral("--send"), u'@' + file.fileName(), QStringLiteral("--count"), QStringLiteral("1")}),
        Done);
    READ(recorded);
    QCOMPARE(recorded.messages(Direction::In), QList<QByteArray>{"from a file"});
}

/// --until and --filter ask what messages say, in the same words.
void RecordTest::endsWithWhatMatches()
{
    const QString wanted = QStringLiteral("field:n=2");
    Program program;
    RUN(program,
        record(m_peer.url(),
               {QStringLiteral("--send"), QStringLiteral(R"({"n":1})"), QStringLiteral("--send"),
                QStringLiteral(R"({"n":2})"), QStringLiteral("--until"), QStringLiteral("dir:in ") + wanted}),
        Done);
    READ(recorded);
    QCOMPARE(recorded.messages(Direction::In).size(), 2);
    QCOMPARE(recorded.connections.first().endKind, EndKind::Clean);
    Program exporting;
    RUN(exporting, exportAs(QStringLiteral("jsonl")) + QStringList({QStringLiteral("--filter"), wanted}), Done);
    const QList<QJsonObject> lines = jsonLines(exporting.output());
    QCOMPARE(lines.size(), 2);
    for (const QJsonObject &line : lines)
        QVERIFY(QString::fromUtf8(QJsonDocument(line).toJson()).contains(QStringLiteral("\\\"n\\\":2")));
}

void RecordTest::echoes()
{
    RawServer server;
    Program program;
    program.start(record(server.url(), {QStringLiteral("--echo"), QStringLiteral("--count"), QStringLiteral("2")}));
    QSignalSpy requested(&server, &RawServer::requestReceived);
    QVERIFY(requested.wait(20'000));
    QTRY_VERIFY(program.output().contains("101"));
    server.send(QByteArray("\x81\x03one", 5));
    server.send(QByteArray("\x82\x02\x00\xff", 4));
    // Two echoed messages and our close, each with a mask.
    QTRY_VERIFY2(server.received().size() >= 9 + 8 + 8,
                 (server.received().toHex(' ') + program.output() + program.errors()).constData());
    server.send(QByteArray("\x88\x02\x03\xe8", 4));
    server.end(RawServer::End::Fin);
    QVERIFY(program.wait());
    QCOMPARE(program.exitCode(), int(Done));
    READ(recorded);
    QCOMPARE(recorded.messages(Direction::In), QList<QByteArray>({"one", QByteArray("\x00\xff", 2)}));
    QCOMPARE(recorded.messages(Direction::Out), recorded.messages(Direction::In));
}

void RecordTest::answersWhatComesWithTheHandshake()
{
    RawServer server;
    server.setReply([](const QByteArray &head) { return RawServer::acceptReply(head) + QByteArray("\x81\x03one", 5); });
    Program program;
    program.start(record(server.url(), {QStringLiteral("--echo"), QStringLiteral("--count"), QStringLiteral("1")}));
    QTRY_VERIFY_WITH_TIMEOUT(server.received().size() >= 9 + 8, 20'000);
    server.send(QByteArray("\x88\x02\x03\xe8", 4));
    server.end(RawServer::End::Fin);
    QVERIFY(program.wait());
    QCOMPARE(program.exitCode(), int(Done));
    READ(recorded);
    QCOMPARE(recorded.messages(Direction::Out), QList<QByteArray>{"one"});
    QCOMPARE(recorded.connections.first().endKind, EndKind::Clean);
}

void RecordTest::stopsWhenTheCaptureIsLarge()
{
    QFile file(m_directory->filePath(QStringLiteral("large.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(2'000'000, 'x'));
    file.close();
    Program program;
    RUN(program,
        record(m_peer.url(),
               {QStringLiteral("--send"), u'@' + file.fileName(), QStringLiteral("--max-size"), QStringLiteral("1MB")}),
        Done);
    READ(recorded);
    QVERIFY(!recorded.messages(Direction::Out).isEmpty());
    Program wrong;
    RUN(wrong, record(m_peer.url(), {QStringLiteral("--max-size"), QStringLiteral("large")}), Usage);
    QVERIFY2(wrong.errors().contains("--max-size takes a size such as 500MB"), wrong.errors().constData());
}

void RecordTest::stopsWhenTheTimeIsUp()
{
    Program program;
    QElapsedTimer timer;
    timer.start();
    RUN(program, record(m_peer.url(), {QStringLiteral("--for"), QStringLiteral("1")}), Done);
    QVERIFY(timer.elapsed() >= 1000);
    READ(recorded);
    QCOMPARE(recorded.connections.first().endKind, EndKind::Clean);
}

void RecordTest::stopsOnInterrupt()
{
#ifdef Q_OS_UNIX
    Program program;
    program.start(record(m_peer.url(), {QStringLiteral("--send"), QStringLiteral("hello")}));
    // It prints what happens as it happens: the echo shows that all is under way.
    QTRY_VERIFY_WITH_TIMEOUT(program.output().count("hello") >= 2, 20'000);
    ::kill(static_cast<pid_t>(program.processId()), SIGINT);
    QVERIFY(program.wait());
    QCOMPARE(program.exitCode(), int(Done));
    READ(recorded);
    QCOMPARE(recorded.messages(Direction::In), QList<QByteArray>{"hello"});
    QCOMPARE(recorded.connections.first().endKind, EndKind::Clean);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList{QStringLiteral("a.sockeye")});
#else
    QSKIP("There are no signals here");
#endif
}

void RecordTest::endsWithThePeer()
{
    Program program;
    RUN(program, record(m_peer.url(), {QStringLiteral("--send"), QStringLiteral("close 4001 bye")}), Done);
    READ(recorded);
    QCOMPARE(recorded.connections.first().closeCode, quint16(4001));
    QCOMPARE(recorded.connections.first().closeReason, QStringLiteral("bye"));
}

void RecordTest::tellsABrokenConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("reset");
    QTest::newRow("FIN without a close") << QByteArray() << false;
    QTest::newRow("RST") << QByteArray() << true;
    QTest::newRow("FIN inside a frame") << QByteArray("\x81\x05he", 4) << false;
    QTest::newRow("masked frame") << QByteArray("\x81\x81\x01\x02\x03\x04\x60", 7) << false;
    QTest::newRow("reserved opcode") << QByteArray("\x83\x00", 2) << false;
    QTest::newRow("invalid UTF-8") << QByteArray("\x81\x02\xc3\x28", 4) << false;
}

void RecordTest::tellsABrokenConnection()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, reset);
    RawServer server;
    server.setReply([&bytes](const QByteArray &head) { return RawServer::acceptReply(head) + "\x81\x02ok" + bytes; });
    Program program;
    program.start(record(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(program.output().contains("ok") || !program.isRunning(), 20'000);
    server.end(reset ? RawServer::End::Reset : RawServer::End::Fin);
    QVERIFY(program.wait());
    QVERIFY2(program.exitCode() == Broken, (program.output() + program.errors()).constData());
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QCOMPARE(recorded.value().messages(Direction::In).value(0), "ok");
    QCOMPARE(recorded.value().lastEvent(), EventKind::Broken);
    const EndKind end = recorded.value().connections.first().endKind;
    QVERIFY2(end == EndKind::Dropped || end == EndKind::RuleBroken, qPrintable(QString::number(int(end))));
}

void RecordTest::tellsTheResultAsJson()
{
    Program program;
    RUN(program,
        record(m_peer.url(), {QStringLiteral("--send"), QStringLiteral("close 4001 bye"), QStringLiteral("--json")}),
        Done);
    const QJsonObject result = program.lastLine();
    QCOMPARE(result[u"url"].toString(), m_peer.url());
    QVERIFY(result.contains(u"state"));
    READ(recorded);
    QCOMPARE(result[u"entries"].toInteger(), recorded.entries.size());
    QVERIFY2(program.output().contains("4001"), program.output().constData());
    QVERIFY2(QJsonDocument(result).toJson().contains("bye"), program.output().constData());
    QVERIFY2(QJsonDocument(result).toJson().contains("a.sockeye"), program.output().constData());
}

void RecordTest::printsNoPassword()
{
    Program program;
    QString url = m_peer.url();
    url.insert(url.indexOf(u"//") + 2, QStringLiteral("me:s3cret@"));
    RUN(program, record(url, {QStringLiteral("--send"), QStringLiteral("close 1000"), QStringLiteral("--json")}), Done);
    QVERIFY2(program.lastLine()[u"url"].toString().contains(u"//***@"), program.output().constData());
    QVERIFY2(!program.output().contains("s3cret"), program.output().constData());
    QVERIFY2(!program.output().contains("//me@"), program.output().constData());
}

void RecordTest::sendsHeadersAndSubprotocols()
{
    RawServer server;
    server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head, "Sec-WebSocket-Protocol: v2\r\n") + QByteArray("\x88\x02\x03\xe8", 4);
    });
    Program program;
    RUN(program,
        record(server.url() + QStringLiteral("feed?x=1"),
               {QStringLiteral("--header"), QStringLiteral("X-First: 1"), QStringLiteral("--header"),
                QStringLiteral("x-second: two words"), QStringLiteral("--subprotocol"), QStringLiteral("v1"),
                QStringLiteral("--subprotocol"), QStringLiteral("v2")}),
        Done);
    const QByteArray head = server.requestHead();
    QVERIFY2(head.startsWith("GET /feed?x=1 HTTP/1.1\r\n"), head.constData());
    QVERIFY2(head.contains("\r\nX-First: 1\r\n"), head.constData());
    QVERIFY2(head.contains("\r\nx-second: two words\r\n"), head.constData());
    QVERIFY2(head.contains("\r\nSec-WebSocket-Protocol: v1, v2\r\n"), head.constData());
    QCOMPARE(head.count("\r\nHost: "), 1);
    READ(recorded);
    QCOMPARE(recorded.connections.first().requestHead, head);
    QCOMPARE(recorded.connections.first().subprotocol, QStringLiteral("v2"));
}

void RecordTest::keepsAnExistingFile()
{
    QFile file(capture());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("dear old data");
    file.close();
    Program program;
    RUN(program, record(m_peer.url(), {QStringLiteral("--for"), QStringLiteral("1")}), NotWritten);
    QVERIFY2(program.errors().contains("a.sockeye"), program.errors().constData());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "dear old data");
}

void RecordTest::listsAFlagForEachField()
{
    Program program;
    RUN(program, QStringList({QStringLiteral("record"), QStringLiteral("--help")}), Done);
    const QString help = QString::fromUtf8(program.output()).simplified();
    for (const EndpointField &field : endpointFields()) {
        if (field.flag)
            QVERIFY2(help.contains(QStringLiteral(" --%1 ").arg(QString::fromLatin1(field.flag))), field.flag);
        QVERIFY2(help.contains(field.helpText()), field.json.data());
    }
}

/// What is recorded and what is exported, whatever the umask; the folders that are made for it too.
void RecordTest::filesAreTheirOwnersAlone()
{
#ifndef Q_OS_UNIX
    QSKIP("Modes exist on Unix.");
#endif
    const OpenUmask umask;
    Program program;
    RUN(program,
        (QStringList{QStringLiteral("record"), m_peer.url(), QStringLiteral("-q"), QStringLiteral("--for"),
                     QStringLiteral("0.2")}),
        Done);
    const QString folder = program.home(QStringLiteral("data/sockeye/captures"));
    const QStringList captures = QDir(folder).entryList({QStringLiteral("*.sockeye")});
    QCOMPARE(captures.size(), 1);
    for (const QString &format :
         {QStringLiteral("jsonl"), QStringLiteral("har"), QStringLiteral("text"), QStringLiteral("csv")}) {
        RUN(program,
            (QStringList{QStringLiteral("export"), folder + QLatin1Char('/') + captures.constFirst(),
                         QStringLiteral("--format"), format, QStringLiteral("-o"), program.home(format)}),
            Done);
    }
    QCOMPARE(openToOthers(program.home({})), QStringList());

    // What is replaced keeps its mode, unless it is to hold secrets.
    const QString text = program.home(QStringLiteral("text"));
    const auto shared = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
    const auto again = QStringList{QStringLiteral("export"),   folder + QLatin1Char('/') + captures.constFirst(),
                                   QStringLiteral("--format"), QStringLiteral("text"),
                                   QStringLiteral("-o"),       text};
    QVERIFY(QFile::setPermissions(text, shared));
    RUN(program, again, Done);
    QVERIFY(QFile::permissions(text) & QFileDevice::ReadGroup);
    RUN(program, again + QStringList{QStringLiteral("--keep-secrets")}, Done);
    QCOMPARE(openToOthers(program.home({})), QStringList());
}

SOCKEYE_TEST(RecordTest, QCoreApplication)
#include "tst_record.moc"
