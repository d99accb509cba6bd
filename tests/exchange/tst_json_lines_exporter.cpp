#include "exchange/ExporterContract.h"

#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestJsonLinesExporter final : public ExporterContract
{
    Q_OBJECT

protected:
    [[nodiscard]] QString exporterName() const override { return u"jsonl"_s; }
    void verifyWellFormed(const QByteArray &out) const override;
    [[nodiscard]] QByteArray payloadOf(const QByteArray &out, int message) const override;
    [[nodiscard]] QByteArray annotationAsWritten() const override
    {
        return ",\"bookmarked\":true,\"colour\":2,\"note\":\"see \\\"this\\\"\\nws://h/?token=***\"}\n";
    }

private Q_SLOTS:
    void writesTheDocumentedLine();
    void keepsTheOrderOfKeys();
    void writesFramesAsOnTheWire();
    void writesFindings();
    void writesLatencies();
    void writesCloses();
    void choosesTextOrBase64();
    void writesEvents();
    void masksEventsOnly();

private:
    [[nodiscard]] static QList<QJsonObject> lines(const QByteArray &out);
};

QList<QJsonObject> TestJsonLinesExporter::lines(const QByteArray &out)
{
    QList<QJsonObject> objects;
    const QList<QByteArray> lines = out.split('\n');
    for (const QByteArray &line : lines.mid(0, lines.size() - 1))
        objects += QJsonDocument::fromJson(line).object();
    return objects;
}

void TestJsonLinesExporter::verifyWellFormed(const QByteArray &out) const
{
    QVERIFY(out.isEmpty() || out.endsWith('\n'));
    const QList<QByteArray> lines = out.split('\n');
    for (const QByteArray &line : lines.mid(0, lines.size() - 1)) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(line, &error);
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
        QVERIFY(document.isObject());
    }
}

QByteArray TestJsonLinesExporter::payloadOf(const QByteArray &out, int message) const
{
    const QList<QJsonObject> objects = lines(out);
    for (const QJsonObject &object : objects) {
        if (object.value(u"connection"_s) != 1 || object.value(u"kind"_s) == u"event"_s || message-- > 0)
            continue;
        const QJsonValue text = object.value(u"text"_s);
        if (text.isString())
            return text.toString().toUtf8();
        return QByteArray::fromBase64(object.value(u"base64"_s).toString().toLatin1());
    }
    return "no such message";
}

void TestJsonLinesExporter::writesTheDocumentedLine()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    capture.addMessage(connection, Direction::In, Opcode::Text, "hello");
    capture.addMessage(connection, Direction::Out, Opcode::Binary, QByteArray("\x00\xff\x10", 3));
    const QByteArray expected =
        R"({"entry":1,"connection":1,"time":"2026-11-22T15:20:00.123456789Z","direction":"in","kind":"text","size":5,)"
        R"("text":"hello","compressed":false,)"
        R"("frames":[{"opcode":1,"fin":true,"rsv":0,"masked":false,"header":"8105","payload_size":5}],"findings":[],)"
        R"("wire_size":7,"complete":true})"
        "\n"
        R"({"entry":2,"connection":1,"time":"2026-11-22T15:20:00.124456789Z","direction":"out","kind":"binary","size":3,)"
        R"("base64":"AP8Q","compressed":false,)"
        R"("frames":[{"opcode":2,"fin":true,"rsv":0,"masked":true,"header":"828301020304","payload_size":3}],)"
        R"("findings":[],"wire_size":9,"complete":true})"
        "\n";
    QCOMPARE(exported(capture), expected);
}

void TestJsonLinesExporter::keepsTheOrderOfKeys()
{
    SampleCapture capture;
    capture.addEverything();
    const QList<QByteArray> all = exported(capture).split('\n');
    for (const QByteArray &line : all.mid(0, all.size() - 1)) {
        // A payload in "text" escapes its quotes, so these can only be the keys.
        const bool isText = line.contains("\"text\":\"");
        qsizetype at = -1;
        for (const QByteArray &key : {QByteArray("entry"), QByteArray("connection"), QByteArray("time"),
                                      QByteArray("direction"), QByteArray("kind"), QByteArray("size"),
                                      QByteArray(isText && !line.contains("\"base64\":") ? "text" : "base64"),
                                      QByteArray("compressed"), QByteArray("frames"), QByteArray("findings")}) {
            const qsizetype next = line.indexOf("\"" + key + "\":");
            QVERIFY2(next > at, (key + " in " + line).constData());
            at = next;
        }
    }
}

void TestJsonLinesExporter::writesFramesAsOnTheWire()
{
    SampleCapture capture;
    capture.addEverything();
    const QJsonObject fragmented = lines(exported(capture)).at(7);
    const QJsonArray expected{QJsonObject{{u"opcode"_s, 1},
                                          {u"fin"_s, false},
                                          {u"rsv"_s, 4},
                                          {u"masked"_s, false},
                                          {u"header"_s, u"411e"_s},
                                          {u"payload_size"_s, 30}},
                              QJsonObject{{u"opcode"_s, 0},
                                          {u"fin"_s, true},
                                          {u"rsv"_s, 0},
                                          {u"masked"_s, false},
                                          {u"header"_s, u"800a"_s},
                                          {u"payload_size"_s, 10}}};
    QCOMPARE(fragmented.value(u"frames"_s).toArray(), expected);
    QCOMPARE(fragmented.value(u"compressed"_s), QJsonValue(true));
    QCOMPARE(fragmented.value(u"size"_s), QJsonValue(2000));
    QCOMPARE(fragmented.value(u"wire_size"_s), QJsonValue(44));
}

void TestJsonLinesExporter::writesFindings()
{
    SampleCapture capture;
    capture.addEverything();
    const QJsonArray expected{QJsonObject{{u"severity"_s, u"error"_s},
                                          {u"rule"_s, u"message.utf8"_s},
                                          {u"section"_s, u"RFC 6455 8.1"_s},
                                          {u"text"_s, u"Byte 4 is not UTF-8."_s},
                                          {u"offset"_s, 4}}};
    QCOMPARE(lines(exported(capture)).at(8).value(u"findings"_s).toArray(), expected);
}

void TestJsonLinesExporter::writesLatencies()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    for (const qint64 latency : {-1, 0, 1'234'567}) {
        Message pong;
        pong.opcode = Opcode::Pong;
        pong.latency = Nanoseconds(latency);
        capture.add(NewEntry::fromMessage(connection, std::move(pong)));
    }
    const QList<QJsonObject> all = lines(exported(capture));
    QVERIFY(!all.at(0).contains(u"latency_ns"_s));
    QCOMPARE(all.at(1).value(u"latency_ns"_s), QJsonValue(0));
    QCOMPARE(all.at(2).value(u"latency_ns"_s), QJsonValue(1'234'567));
}

void TestJsonLinesExporter::writesCloses()
{
    SampleCapture capture;
    capture.addEverything();
    const QList<QJsonObject> all = lines(exported(capture));
    QCOMPARE(all.at(11).value(u"kind"_s), QJsonValue(u"close"_s));
    QCOMPARE(all.at(11).value(u"code"_s), QJsonValue(1000));
    QCOMPARE(all.at(11).value(u"reason"_s), QJsonValue(u"bye, \"friend\""_s));
    QCOMPARE(all.at(13).value(u"code"_s), QJsonValue(1005));
    QCOMPARE(all.at(13).value(u"reason"_s), QJsonValue(QString()));
    QCOMPARE(all.at(13).value(u"text"_s), QJsonValue(QString()));
    QVERIFY(!all.at(2).contains(u"code"_s));
}

void TestJsonLinesExporter::choosesTextOrBase64()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    const QByteArray ascii = "plain";
    const QByteArray bytes = QByteArray("\xff\x00", 2);
    capture.addMessage(connection, Direction::In, Opcode::Text, ascii);
    capture.addMessage(connection, Direction::In, Opcode::Text, bytes);
    capture.addMessage(connection, Direction::In, Opcode::Ping, ascii);
    capture.addMessage(connection, Direction::In, Opcode::Ping, bytes);
    capture.addMessage(connection, Direction::In, Opcode::Binary, ascii);
    capture.addMessage(connection, Direction::In, Opcode(0x3), ascii);
    QStringList keys;
    for (const QJsonObject &line : lines(exported(capture))) {
        QVERIFY(line.contains(u"text"_s) != line.contains(u"base64"_s));
        keys += line.contains(u"text"_s) ? u"text"_s : u"base64"_s;
    }
    QCOMPARE(keys, QStringList({u"text"_s, u"base64"_s, u"text"_s, u"base64"_s, u"base64"_s, u"base64"_s}));
}

void TestJsonLinesExporter::writesEvents()
{
    SampleCapture capture;
    capture.addEverything();
    const QJsonObject event = lines(exported(capture)).at(1);
    QCOMPARE(event.value(u"kind"_s), QJsonValue(u"event"_s));
    QCOMPARE(event.value(u"direction"_s), QJsonValue(u"none"_s));
    QCOMPARE(event.value(u"text"_s), QJsonValue(u"Connected"_s));
    QCOMPARE(event.value(u"event"_s), QJsonValue(u"open"_s));
    QCOMPARE(event.value(u"frames"_s), QJsonValue(QJsonArray()));
}

void TestJsonLinesExporter::masksEventsOnly()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    const QString url = u"ws://u:pa55w0rd@h/?token=t0k3n"_s;
    capture.addEvent(connection, EventKind::Connecting, u"To "_s + url + u" now"_s);
    capture.addMessage(connection, Direction::In, Opcode::Text, url.toUtf8());
    const QList<QJsonObject> all = lines(exported(capture));
    QCOMPARE(all.at(0).value(u"text"_s), QJsonValue(u"To ws://u:***@h/?token=*** now"_s));
    QCOMPARE(all.at(1).value(u"text"_s), QJsonValue(url));
}

SOCKEYE_TEST(TestJsonLinesExporter, QCoreApplication)
#include "tst_json_lines_exporter.moc"
