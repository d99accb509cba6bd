#include "exchange/ExporterContract.h"

#include "support/TestProgram.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestHarExporter final : public ExporterContract
{
    Q_OBJECT

protected:
    [[nodiscard]] QString exporterName() const override { return u"har"_s; }
    void verifyWellFormed(const QByteArray &out) const override;
    [[nodiscard]] QByteArray payloadOf(const QByteArray &out, int message) const override;
    [[nodiscard]] QByteArray annotationAsWritten() const override
    {
        return ",\"_bookmarked\":true,\"_colour\":2,\"comment\":\"see \\\"this\\\"\\nws://h/?token=***\"}";
    }

private Q_SLOTS:
    void writesTheRequest();
    void writesTheResponse();
    void writesTimings();
    void writesMessages();
    void keepsBytesOfInvalidText();
    void replacesNothingThatIsValid();
    void writesFailedConnections();
    void keepsTheUrlAsItWasSent();
    void putsChunksTogether();
    void readsLargeHeads();
    void tellsOfTheProxy();
    void keepsConnectionsApart();
    void writesMaskedHeaders();

private:
    [[nodiscard]] static QJsonArray entries(const QByteArray &out);
    [[nodiscard]] QJsonObject entryOf(bool keepSecrets, int connection) const;
    static void verifyEntry(const QJsonObject &entry);
    static void verifyMembers(const QJsonObject &object, const QList<std::pair<QString, QJsonValue::Type>> &members);
    [[nodiscard]] static QString header(const QJsonObject &message, const QString &name);
};

QJsonArray TestHarExporter::entries(const QByteArray &out)
{
    return QJsonDocument::fromJson(out).object().value(u"log"_s).toObject().value(u"entries"_s).toArray();
}

QJsonObject TestHarExporter::entryOf(bool keepSecrets, int connection) const
{
    SampleCapture capture;
    capture.addEverything();
    ExportOptions options;
    options.keepSecrets = keepSecrets;
    return entries(exported(capture, options)).at(connection - 1).toObject();
}

void TestHarExporter::verifyMembers(const QJsonObject &object,
                                    const QList<std::pair<QString, QJsonValue::Type>> &members)
{
    for (const auto &[name, type] : members)
        QVERIFY2(object.value(name).type() == type, qPrintable(name));
}

/// The members that HAR 1.2 requires, with their types.
void TestHarExporter::verifyEntry(const QJsonObject &entry)
{
    const auto text = QJsonValue::String;
    const auto number = QJsonValue::Double;
    const auto list = QJsonValue::Array;
    const auto object = QJsonValue::Object;
    verifyMembers(entry, {{u"startedDateTime"_s, text},
                          {u"time"_s, number},
                          {u"request"_s, object},
                          {u"response"_s, object},
                          {u"cache"_s, object},
                          {u"timings"_s, object},
                          {u"_webSocketMessages"_s, list}});
    verifyMembers(entry.value(u"request"_s).toObject(), {{u"method"_s, text},
                                                         {u"url"_s, text},
                                                         {u"httpVersion"_s, text},
                                                         {u"cookies"_s, list},
                                                         {u"headers"_s, list},
                                                         {u"queryString"_s, list},
                                                         {u"headersSize"_s, number},
                                                         {u"bodySize"_s, number}});
    const QJsonObject response = entry.value(u"response"_s).toObject();
    verifyMembers(response, {{u"status"_s, number},
                             {u"statusText"_s, text},
                             {u"httpVersion"_s, text},
                             {u"cookies"_s, list},
                             {u"headers"_s, list},
                             {u"content"_s, object},
                             {u"redirectURL"_s, text},
                             {u"headersSize"_s, number},
                             {u"bodySize"_s, number}});
    verifyMembers(response.value(u"content"_s).toObject(), {{u"size"_s, number}, {u"mimeType"_s, text}});
    verifyMembers(entry.value(u"timings"_s).toObject(),
                  {{u"send"_s, number}, {u"wait"_s, number}, {u"receive"_s, number}});
    QVERIFY(QDateTime::fromString(entry.value(u"startedDateTime"_s).toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(entry.value(u"_resourceType"_s), QJsonValue(u"websocket"_s));
    const QJsonArray messages = entry.value(u"_webSocketMessages"_s).toArray();
    for (const QJsonValue &message : messages) {
        verifyMembers(message.toObject(),
                      {{u"type"_s, text}, {u"time"_s, number}, {u"opcode"_s, number}, {u"data"_s, text}});
    }
}

void TestHarExporter::verifyWellFormed(const QByteArray &out) const
{
    QJsonParseError error;
    const QJsonObject log = QJsonDocument::fromJson(out, &error).object().value(u"log"_s).toObject();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QCOMPARE(log.value(u"version"_s), QJsonValue(u"1.2"_s));
    QCOMPARE(log.value(u"creator"_s).toObject(),
             QJsonObject({{u"name"_s, u"Sockeye"_s}, {u"version"_s, u"" SOCKEYE_VERSION ""_s}}));
    QVERIFY(log.value(u"entries"_s).isArray());
    const QJsonArray list = entries(out);
    for (const QJsonValue &entry : list)
        verifyEntry(entry.toObject());
}

QByteArray TestHarExporter::payloadOf(const QByteArray &out, int message) const
{
    const QJsonObject found =
        entries(out).at(0).toObject().value(u"_webSocketMessages"_s).toArray().at(message).toObject();
    const QString data = found.value(u"data"_s).toString();
    if (found.contains(u"_base64"_s))
        return QByteArray::fromBase64(found.value(u"_base64"_s).toString().toLatin1());
    return found.value(u"opcode"_s) == 1 ? data.toUtf8() : QByteArray::fromBase64(data.toLatin1());
}

QString TestHarExporter::header(const QJsonObject &message, const QString &name)
{
    const QJsonArray headers = message.value(u"headers"_s).toArray();
    for (const QJsonValue &header : headers) {
        if (header.toObject().value(u"name"_s) == name)
            return header.toObject().value(u"value"_s).toString();
    }
    return u"no such header"_s;
}

void TestHarExporter::writesTheRequest()
{
    const QJsonObject entry = entryOf(true, 1);
    QCOMPARE(entry.value(u"startedDateTime"_s), QJsonValue(u"2026-11-22T15:20:00.123Z"_s));
    QCOMPARE(entry.value(u"serverIPAddress"_s), QJsonValue(u"203.0.113.7"_s));
    QCOMPARE(entry.value(u"comment"_s), QJsonValue(u"Closed by the peer: 1000 normal closure, “bye”."_s));
    const QJsonObject request = entry.value(u"request"_s).toObject();
    QCOMPARE(request.value(u"method"_s), QJsonValue(u"GET"_s));
    QCOMPARE(request.value(u"url"_s), QJsonValue(u"ws://ann:pa55w0rd@example.com:9001/feed?token=t0k3n&x=1"_s));
    QCOMPARE(request.value(u"httpVersion"_s), QJsonValue(u"HTTP/1.1"_s));
    QCOMPARE(request.value(u"headers"_s).toArray().size(), 9);
    QCOMPARE(header(request, u"authorization"_s), u"Bearer b3ar3r"_s);
    QCOMPARE(request.value(u"queryString"_s).toArray(),
             QJsonArray({QJsonObject{{u"name"_s, u"token"_s}, {u"value"_s, u"t0k3n"_s}},
                         QJsonObject{{u"name"_s, u"x"_s}, {u"value"_s, u"1"_s}}}));
    QCOMPARE(request.value(u"cookies"_s).toArray(),
             QJsonArray({QJsonObject{{u"name"_s, u"id"_s}, {u"value"_s, u"c00k13"_s}},
                         QJsonObject{{u"name"_s, u"theme"_s}, {u"value"_s, u"dark"_s}}}));
    QVERIFY(request.value(u"headersSize"_s).toInt() > 200);
    QCOMPARE(request.value(u"bodySize"_s), QJsonValue(0));
}

void TestHarExporter::writesTheResponse()
{
    const QJsonObject response = entryOf(true, 1).value(u"response"_s).toObject();
    QCOMPARE(response.value(u"status"_s), QJsonValue(101));
    QCOMPARE(response.value(u"statusText"_s), QJsonValue(u"Switching Protocols"_s));
    QCOMPARE(header(response, u"Sec-WebSocket-Accept"_s), u"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_s);
    QCOMPARE(response.value(u"cookies"_s).toArray(), QJsonArray({QJsonObject{{u"name"_s, u"sid"_s},
                                                                             {u"value"_s, u"c00k13"_s},
                                                                             {u"path"_s, u"/feed"_s},
                                                                             {u"secure"_s, true},
                                                                             {u"httpOnly"_s, true}}}));
    QCOMPARE(response.value(u"bodySize"_s), QJsonValue(0));
}

void TestHarExporter::writesTimings()
{
    const QJsonObject entry = entryOf(false, 1);
    const QJsonObject timings = entry.value(u"timings"_s).toObject();
    QCOMPARE(timings, QJsonObject({{u"blocked"_s, -1},
                                   {u"dns"_s, 1.5},
                                   {u"connect"_s, 50.25},
                                   {u"ssl"_s, 30},
                                   {u"send"_s, 0},
                                   {u"wait"_s, 40},
                                   {u"receive"_s, 0}}));
    QCOMPARE(entry.value(u"time"_s), QJsonValue(91.75));
}

void TestHarExporter::writesMessages()
{
    SampleCapture capture;
    capture.addEverything();
    const QByteArray out = exported(capture);
    QVERIFY(out.contains(R"({"type":"receive","time":1795360800.125456,"opcode":1,"data":"hello"})"));
    QVERIFY(out.contains(R"({"type":"receive","time":1795360800.127456,"opcode":2,"data":"AP8Q"})"));

    QStringList kinds;
    const QJsonArray messages = entries(out).at(0).toObject().value(u"_webSocketMessages"_s).toArray();
    for (const QJsonValue &message : messages) {
        kinds += u"%1 %2"_s.arg(message.toObject().value(u"type"_s).toString(),
                                QString::number(message.toObject().value(u"opcode"_s).toInt()));
    }
    QCOMPARE(kinds, QStringList({u"receive 1"_s, u"send 1"_s, u"receive 2"_s, u"receive 9"_s, u"send 10"_s,
                                 u"receive 1"_s, u"receive 1"_s, u"receive 11"_s, u"receive 8"_s, u"send 8"_s,
                                 u"receive 8"_s, u"receive 8"_s}));
}

void TestHarExporter::keepsBytesOfInvalidText()
{
    const QJsonObject message = entryOf(false, 1).value(u"_webSocketMessages"_s).toArray().at(6).toObject();
    QCOMPARE(QByteArray::fromBase64(message.value(u"_base64"_s).toString().toLatin1()),
             QByteArray("bad \xff\xfe end \xe2\x82"));
    const QString data = message.value(u"data"_s).toString();
    QVERIFY2(data.startsWith(u"bad \ufffd\ufffd end \ufffd"_s), qPrintable(data));
}

void TestHarExporter::replacesNothingThatIsValid()
{
    // Longer than a part, so that a part's end cuts a character, and invalid at its very end only.
    SampleCapture capture;
    const QByteArray valid = "a" + QByteArray("\xe2\x82\xac").repeated(300'000);
    capture.addMessage(capture.addConnection({}), Direction::In, Opcode::Text, valid + "\xff");
    const QJsonArray messages = entries(exported(capture)).at(0).toObject().value(u"_webSocketMessages"_s).toArray();
    QVERIFY(messages.at(0).toObject().value(u"data"_s).toString() == QString::fromUtf8(valid) + u'\ufffd');
}

void TestHarExporter::writesFailedConnections()
{
    const QJsonObject unreachable = entryOf(false, 2);
    QCOMPARE(unreachable.value(u"_error"_s), QJsonValue(u"localhost refused the connection on port 1."_s));
    QVERIFY(!unreachable.contains(u"serverIPAddress"_s));
    const QJsonObject none = unreachable.value(u"response"_s).toObject();
    QCOMPARE(none.value(u"status"_s), QJsonValue(0));
    QCOMPARE(none.value(u"statusText"_s), QJsonValue(QString()));
    QCOMPARE(none.value(u"headersSize"_s), QJsonValue(-1));
    QCOMPARE(unreachable.value(u"request"_s).toObject().value(u"method"_s), QJsonValue(u"GET"_s));
    QCOMPARE(unreachable.value(u"timings"_s).toObject().value(u"connect"_s), QJsonValue(-1));
    QCOMPARE(unreachable.value(u"timings"_s).toObject().value(u"wait"_s), QJsonValue(0));
    QCOMPARE(unreachable.value(u"time"_s), QJsonValue(0));

    const QJsonObject refused = entryOf(true, 3);
    QCOMPARE(refused.value(u"serverIPAddress"_s), QJsonValue(u"::1"_s));
    const QJsonObject response = refused.value(u"response"_s).toObject();
    QCOMPARE(response.value(u"status"_s), QJsonValue(403));
    QCOMPARE(response.value(u"redirectURL"_s), QJsonValue(u"/login?token=t0k3n"_s));
    QCOMPARE(response.value(u"content"_s).toObject(),
             QJsonObject({{u"size"_s, 7}, {u"mimeType"_s, u"text/plain"_s}, {u"text"_s, u"go away"_s}}));
}

/// Decoded, "%2B" and "+" would be the same, and "%0d%0a" would be gone from sight.
void TestHarExporter::keepsTheUrlAsItWasSent()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.url = u"ws://h/a%2fb/../%41?t=00%3a00+%2B&empty=&&alone&a=b=c#f"_s;
    capture.addConnection(record);
    const QJsonObject request = entries(exported(capture))[0].toObject().value(u"request"_s).toObject();
    QCOMPARE(request.value(u"url"_s), QJsonValue(record.url));
    const auto item = [](const QString &name, const QString &value) {
        return QJsonObject{{u"name"_s, name}, {u"value"_s, value}};
    };
    QCOMPARE(request.value(u"queryString"_s).toArray(),
             QJsonArray(
                 {item(u"t"_s, u"00%3a00+%2B"_s), item(u"empty"_s, {}), item(u"alone"_s, {}), item(u"a"_s, u"b=c"_s)}));
}

void TestHarExporter::putsChunksTogether()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.responseHead = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: Chunked\r\n\r\n";
    record.responseBody = "3\r\ngo \r\n4\r\naway\r\n0\r\n\r\n";
    capture.addConnection(record);
    const QJsonObject response = entries(exported(capture))[0].toObject().value(u"response"_s).toObject();
    const QJsonObject content = response.value(u"content"_s).toObject();
    QCOMPARE(content.value(u"text"_s), QJsonValue(u"go away"_s));
    QCOMPARE(content.value(u"size"_s), QJsonValue(7));
    QCOMPARE(response.value(u"bodySize"_s), QJsonValue(record.responseBody.size()));
}

/// The limits of a head are the user's to raise: what was recorded is within them.
void TestHarExporter::readsLargeHeads()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.responseHead = "HTTP/1.1 403 Forbidden\r\n" +
                          QByteArray("X: " + QByteArray(300, 'x') + "\r\n").repeated(2000) + "X-Last: here\r\n\r\n";
    capture.addConnection(record);
    const QJsonObject response = entries(exported(capture))[0].toObject().value(u"response"_s).toObject();
    QCOMPARE(header(response, u"X-Last"_s), u"here"_s);
}

void TestHarExporter::tellsOfTheProxy()
{
    SampleCapture capture;
    ConnectionRecord record;
    record.started = timestampFromNs(1);
    record.proxySteps = {{u"127.0.0.1:3128"_s, timestampFromNs(1'700'000'000'123'000'000), {},
                          "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nProxy-Authorization: Basic c2VjcmV0\r\n\r\n",
                          "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n",
                          "7\r\ngo away\r\n0\r\n\r\n"}};
    capture.addConnection(record);
    capture.addConnection({});
    const QByteArray out = exported(capture);
    QVERIFY(!out.contains("c2VjcmV0"));
    QVERIFY(!entries(out)[1].toObject().contains(u"_proxy"_s));
    const QJsonArray steps = entries(out)[0].toObject().value(u"_proxy"_s).toArray();
    QCOMPARE(steps.size(), 1);
    const QJsonObject step = steps[0].toObject();
    QCOMPARE(step.value(u"proxy"_s), QJsonValue(u"127.0.0.1:3128"_s));
    QCOMPARE(step.value(u"startedDateTime"_s), QJsonValue(u"2023-11-14T22:13:20.123Z"_s));
    const QJsonObject request = step.value(u"request"_s).toObject();
    QCOMPARE(request.value(u"method"_s), QJsonValue(u"CONNECT"_s));
    QCOMPARE(request.value(u"url"_s), QJsonValue(u"h:443"_s));
    QCOMPARE(header(request, u"Proxy-Authorization"_s), u"***"_s);
    const QJsonObject response = step.value(u"response"_s).toObject();
    QCOMPARE(response.value(u"status"_s), QJsonValue(403));
    QCOMPARE(response.value(u"content"_s).toObject().value(u"text"_s), QJsonValue(u"go away"_s));
}

void TestHarExporter::keepsConnectionsApart()
{
    SampleCapture capture;
    const ConnectionId first = capture.addConnection({});
    const ConnectionId second = capture.addConnection({});
    const ConnectionId silent = capture.addConnection({});
    for (int i = 0; i < 10; ++i)
        capture.addMessage(i % 2 == 0 ? first : second, Direction::In, Opcode::Text, QByteArray::number(i));
    const QJsonArray list = entries(exported(capture));
    QCOMPARE(list.size(), static_cast<qsizetype>(silent.value()));
    QStringList data;
    for (const QJsonValue &entry : list) {
        const QJsonArray messages = entry.toObject().value(u"_webSocketMessages"_s).toArray();
        QString joined;
        for (const QJsonValue &message : messages)
            joined += message.toObject().value(u"data"_s).toString();
        data += joined;
    }
    QCOMPARE(data, QStringList({u"02468"_s, u"13579"_s, QString()}));
}

void TestHarExporter::writesMaskedHeaders()
{
    const QJsonObject entry = entryOf(false, 1);
    const QJsonObject request = entry.value(u"request"_s).toObject();
    QCOMPARE(request.value(u"url"_s), QJsonValue(u"ws://ann:***@example.com:9001/feed?token=***&x=1"_s));
    QCOMPARE(header(request, u"authorization"_s), u"***"_s);
    QCOMPARE(header(request, u"X-Plain"_s), u"one"_s);
    QCOMPARE(request.value(u"cookies"_s).toArray(), QJsonArray());
    QCOMPARE(request.value(u"queryString"_s).toArray().at(0).toObject().value(u"value"_s), QJsonValue(u"***"_s));
    QCOMPARE(header(entry.value(u"response"_s).toObject(), u"Set-Cookie"_s), u"***"_s);
}

SOCKEYE_TEST(TestHarExporter, QCoreApplication)
#include "tst_har_exporter.moc"
