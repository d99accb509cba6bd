#include "support/TestProgram.h"
#include "widgets/payload/FormattedJson.h"
#include "widgets/payload/FormattedPayload.h"

#include <QTest>

using namespace sockeye;

class FormattedPayloadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheEnvelope_data();
    void showsTheEnvelope();
    void refusesWhatIsNoJson();
    void limitsTheLength();
    void coloursNoEnvelope();
};

void FormattedPayloadTest::showsTheEnvelope_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("formatted");
    const auto row = [](const char *title, const QByteArray &payload, const char *formatted) {
        QTest::newRow(title) << payload << QString::fromUtf8(formatted);
    };
    const QByteArray nul(1, '\0');
    row("none", "[1]", "[\n  1\n]");
    row("SignalR", "{}\x1e{\"type\":6}\x1e",
        "{}\n— record separator (1e)\n{\n  \"type\": 6\n}\n— record separator (1e)");
    row("Socket.IO", "42/n,7[\"a\"]", "— 42/n,7 (Socket.IO event, namespace /n, id 7)\n[\n  \"a\"\n]");
    row("Engine.IO", "0{}", "— 0 (Engine.IO handshake)\n{}");
    row("SockJS", "a[\"x\",\"{\\\"y\\\":1}\"]",
        "— a (SockJS messages)\n[\n  \"x\",\n  \"{\\\"y\\\":1}\"\n]\n— message 2 of the frame:\n{\n  \"y\": 1\n}");
    row("STOMP", "SEND\r\na:b\r\n\r\n{}" + nul + "\nRECEIPT\n\nbye" + nul,
        "— STOMP frame:\n— SEND\n— a:b\n{}\n— end of the frame (00)\n— STOMP frame:\n— RECEIPT\n— bye\n"
        "— end of the frame (00)");
    row("byte order mark", "\xef\xbb\xbf{}", "— byte order mark (ef bb bf)\n{}");
    row("guard", "for(;;);{}", "— for(;;); (guard against being run as a script)\n{}");
    row("JSON Lines", "{}\n[]\n\"x\"\n5\n", "{}\n[]\n\"x\"\n5");
}

void FormattedPayloadTest::showsTheEnvelope()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, formatted);
    QCOMPARE(formattedPayload(payload, 10'000), formatted);
}

void FormattedPayloadTest::refusesWhatIsNoJson()
{
    for (const char *text :
         {"", "hello", "{}\nhello", "{} x", "42", "42[", "40/admin,", "\"x\"", "{}\x1e{", "a[1", "{}\n1 2"})
        QVERIFY2(!formattedPayload(text, 10'000), text);
}

void FormattedPayloadTest::limitsTheLength()
{
    const QByteArray line = "{\"a\":[1]}\n";
    QVERIFY(!formattedPayload(line.repeated(1000), 10'000));
    QVERIFY(formattedPayload(line.repeated(1000), 100'000));
}

void FormattedPayloadTest::coloursNoEnvelope()
{
    QVERIFY(jsonTokens(u"— 42 (Socket.IO event)").isEmpty());
}

SOCKEYE_TEST(FormattedPayloadTest, QCoreApplication)
#include "tst_formattedpayload.moc"
