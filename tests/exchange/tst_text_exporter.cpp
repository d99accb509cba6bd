#include "exchange/ExporterContract.h"

#include "support/TestProgram.h"

#include <QRegularExpression>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestTextExporter final : public ExporterContract
{
    Q_OBJECT

protected:
    [[nodiscard]] QString exporterName() const override { return u"text"_s; }
    void verifyWellFormed(const QByteArray &out) const override;
    [[nodiscard]] QByteArray payloadOf(const QByteArray &out, int message) const override;
    [[nodiscard]] QByteArray annotationAsWritten() const override
    {
        return "\n    # bookmark, colour 2, note: see \"this\"\n        ws://h/?token=***\n";
    }
    [[nodiscard]] QByteArray asWritten(const QByteArray &payload) const override;

private Q_SLOTS:
    void readsAsALog();
    void writesBothHeads();
    void dumpsABodyThatIsNoText();
    void tellsOfTheProxy();
    void peersCannotForgeEntries();
    void writesCloses();
    void writesFindings();
    void marksDaysAndConnections();

private:
    struct Block
    {
        QByteArray kind;
        QByteArray first;
        QList<QByteArray> further;
    };
    [[nodiscard]] static QList<Block> blocks(const QByteArray &out);
    [[nodiscard]] static QByteArray undump(const QList<QByteArray> &lines);
};

/// The entries: a line that begins with a time, and the indented lines after it.
QList<TestTextExporter::Block> TestTextExporter::blocks(const QByteArray &out)
{
    static const QRegularExpression start(
        u"^\\d\\d:\\d\\d:\\d\\d\\.\\d{6}  [↓↑–]  (\\w+) +[\\d.,]+ [kMG]?B(?:  )?(?:\\[[^\\]]*\\] ?)*"_s);
    QList<Block> blocks;
    const QList<QByteArray> lines = out.split('\n');
    for (const QByteArray &line : lines) {
        // The line's beginning only: a text may have megabytes.
        const QRegularExpressionMatch match = start.match(QString::fromUtf8(line.left(100)));
        if (match.hasMatch())
            blocks += Block{match.captured(1).toLatin1(), line.mid(match.captured().toUtf8().size()), {}};
        else if (!blocks.isEmpty() && line.startsWith("    "))
            blocks.last().further += line.mid(4);
    }
    return blocks;
}

QByteArray TestTextExporter::undump(const QList<QByteArray> &lines)
{
    QByteArray bytes;
    for (const QByteArray &line : lines) {
        if (line.startsWith('!'))
            continue;
        if (line.left(8).toLongLong(nullptr, 16) != bytes.size())
            return "wrong offset";
        bytes += QByteArray::fromHex(line.mid(8, 51));
    }
    return bytes;
}

void TestTextExporter::verifyWellFormed(const QByteArray &out) const
{
    QVERIFY(out.startsWith("Sockeye capture sample.sockeye, times in UTC\n"));
    QVERIFY(out.endsWith('\n'));
    for (const char c : out)
        QVERIFY(c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

QByteArray TestTextExporter::payloadOf(const QByteArray &out, int message) const
{
    const QList<Block> all = blocks(out);
    for (const Block &block : all) {
        if (block.kind == "event" || message-- > 0)
            continue;
        if (!block.first.isEmpty())
            return (QList<QByteArray>{block.first} + block.further).join('\n');
        return undump(block.further);
    }
    return "no such message";
}

QByteArray TestTextExporter::asWritten(const QByteArray &payload) const
{
    if (payload != SampleCapture::trickyText())
        return payload;
    return "{\"a\": \"\xc3\xa9\\\", 1}\nsecond\tline\\x01\\x1b[2J\\x00\\x7f.";
}

void TestTextExporter::readsAsALog()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.url = u"ws://localhost:9001/"_s;
    record.started = capture.nextTime();
    record.peerAddress = u"127.0.0.1:9001"_s;
    const ConnectionId connection = capture.addConnection(record);
    capture.addMessage(connection, Direction::In, Opcode::Text, "hello");
    capture.addMessage(connection, Direction::Out, Opcode::Binary, QByteArray("\x00\xff\x10", 3));
    capture.addMessage(connection, Direction::In, Opcode::Binary, "0123456789abcdefg");
    const QByteArray expected = R"(Sockeye capture sample.sockeye, times in UTC

Connection 1: ws://localhost:9001/
    Started       2026-11-22 15:20:00.123456 UTC
    Peer          127.0.0.1:9001
    Ended         not yet, or not recorded

2026-11-22
15:20:00.124456  ↓  text        5 B  hello
15:20:00.125456  ↑  binary      3 B
    00000000  00 ff 10                                          |...|
15:20:00.126456  ↓  binary     17 B
    00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|
    00000010  67                                                |g|
)";
    QCOMPARE(QString::fromUtf8(exported(capture)), QString::fromUtf8(expected));
}

void TestTextExporter::writesBothHeads()
{
    SampleCapture capture;
    capture.addEverything();
    const QByteArray out = exported(capture);
    QVERIFY(out.contains("    Request\n        GET /feed?token=***&x=1 HTTP/1.1\n        Host: example.com:9001\n"));
    QVERIFY(out.contains("        authorization: ***\n        Cookie: ***\n        X-Plain: one\n"));
    QVERIFY(out.contains("    Reply\n        HTTP/1.1 101 Switching Protocols\n"));
    QVERIFY(out.contains("    How           Closed by the peer: 1000 normal closure, “bye”.\n"));
    QVERIFY(out.contains("        HTTP/1.1 403 Forbidden\n"));
    QVERIFY(out.contains("    Body\n        go away\n"));
}

void TestTextExporter::dumpsABodyThatIsNoText()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.responseHead = "HTTP/1.1 200 OK\r\n\r\n";
    record.responseBody = QByteArray("\x89PNG\x00", 5);
    capture.addConnection(record);
    QVERIFY(exported(capture).contains("    Body\n        00000000  89 50 4e 47 00 "));
}

void TestTextExporter::tellsOfTheProxy()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.proxySteps = {{u"127.0.0.1:3128"_s, {}, {},
                          "CONNECT h:443 HTTP/1.1\r\nProxy-Authorization: Basic c2VjcmV0\r\n\r\n",
                          "HTTP/1.1 403 Forbidden\r\n\r\n", "go away"}};
    capture.addConnection(record);
    const QByteArray out = exported(capture);
    QVERIFY2(out.contains("    Request to the proxy 127.0.0.1:3128\n        CONNECT h:443 HTTP/1.1\n        "
                          "Proxy-Authorization: ***\n    Reply of the proxy\n        HTTP/1.1 403 Forbidden\n    "
                          "Body of the proxy's reply\n        go away\n"),
             out.constData());
}

void TestTextExporter::peersCannotForgeEntries()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    const QByteArray forged = "15:20:00.124456  \xe2\x86\x93  text        5 B  forged";
    for (const QByteArray &lineBreak : {QByteArray("\n"), QByteArray("\r\n"), QByteArray("\r"), QByteArray("\n\n")})
        capture.addMessage(connection, Direction::In, Opcode::Text, "a" + lineBreak + forged);
    capture.addMessage(connection, Direction::In, Opcode::Close,
                       encodeCloseBody(1000, u"\n15:20:00.124456  ↓  text  5 B  x"));
    capture.addEvent(connection, EventKind::Notice, u"said:\n15:20:00.124456  ↓  text  5 B  x"_s);
    QCOMPARE(blocks(exported(capture)).size(), 6);
}

void TestTextExporter::writesCloses()
{
    SampleCapture capture;
    capture.addEverything();
    const QList<Block> all = blocks(exported(capture));
    QCOMPARE(all.at(11).first, QByteArray("1000 normal closure · bye, \"friend\""));
    QCOMPARE(all.at(12).first, QByteArray("1000 normal closure"));
    QVERIFY2(all.at(13).first.startsWith("1005 "), all.at(13).first.constData());
    QCOMPARE(undump(all.at(14).further), QByteArray("\x03"));
}

void TestTextExporter::writesFindings()
{
    SampleCapture capture;
    capture.addEverything();
    const QList<Block> all = blocks(exported(capture));
    QCOMPARE(all.at(8).further.last(), QByteArray("! error message.utf8: Byte 4 is not UTF-8. (RFC 6455 8.1)"));
    QCOMPARE(undump(all.at(8).further), QByteArray("bad \xff\xfe end \xe2\x82"));
}

void TestTextExporter::marksDaysAndConnections()
{
    SampleCapture capture;
    const ConnectionId first = capture.addConnection({});
    const ConnectionId second = capture.addConnection({});
    const ConnectionId silent = capture.addConnection({});
    NewEntry entry = NewEntry::fromEvent(first, capture.nextTime(), EventKind::Notice, u"one"_s);
    capture.add(entry);
    entry.time += std::chrono::hours(24);
    capture.add(entry);
    entry.connection = second;
    capture.add(entry);
    entry.connection = first;
    capture.add(entry);
    const QByteArray out = exported(capture);
    QCOMPARE(out.count("2026-11-22\n"), 1);
    QCOMPARE(out.count("2026-11-23\n"), 2);
    QCOMPARE(out.count("Connection 1: "), 1);
    QCOMPARE(out.count("Connection 1 goes on\n"), 1);
    QCOMPARE(out.count("Connection " + QByteArray::number(silent.value()) + ": "), 1);
}

SOCKEYE_TEST(TestTextExporter, QCoreApplication)
#include "tst_text_exporter.moc"
