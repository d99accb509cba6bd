#include "exchange/SecretCount.h"

#include "exchange/SampleCapture.h"
#include "support/TestProgram.h"

#include <QBuffer>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Payloads: as they are unless they are to be masked; what is counted before is what is masked then.
class TestSecretCount final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void payloadsAreMaskedIfWanted_data();
    void payloadsAreMaskedIfWanted();
    void countsWhatWillBeMasked();
    void stopsWhenCancelled();

private:
    SampleCapture m_capture;
};

void TestSecretCount::initTestCase()
{
    ConnectionRecord record;
    record.url = u"ws://h/"_s;
    const ConnectionId id = m_capture.addConnection(record);
    m_capture.addMessage(id, Direction::In, Opcode::Text, R"({"token":"hidden-1","note":"plain-1"})");
    m_capture.addMessage(id, Direction::Out, Opcode::Binary, R"({"password":"hidden-2","note":"plain-2"})");
    // More than one part, and the secret at a border of two.
    const qsizetype part = 3 * 256 * 1024;
    m_capture.addMessage(id, Direction::In, Opcode::Text,
                         "{\"fill\":\"" + QByteArray(part - 40, 'x') + "\",\"api_key\":\"" + QByteArray(200, 'h') +
                             "hidden-3\",\"note\":\"plain-3\"}");
    m_capture.addMessage(id, Direction::In, Opcode::Text, "no secret");
}

void TestSecretCount::payloadsAreMaskedIfWanted_data()
{
    QTest::addColumn<QString>("format");
    for (const Exporter *exporter : exporters())
        QTest::newRow(qPrintable(exporter->name())) << exporter->name();
}

void TestSecretCount::payloadsAreMaskedIfWanted()
{
    QFETCH(QString, format);
    const auto reader = CaptureReader::open(m_capture.path());
    QVERIFY2(reader.ok(), qPrintable(reader.message()));
    const auto written = [&](bool mask) {
        QBuffer out;
        out.open(QIODevice::WriteOnly);
        ExportOptions options;
        options.maskPayloads = mask;
        const auto result = findExporter(format)->write(*reader.value(), out, options, CancelToken(), {});
        // Binary messages are in base64 or hex.
        return result ? out.data() : QByteArray();
    };
    const QByteArray plain = written(false);
    QVERIFY(plain.contains("hidden-1") && plain.contains("hidden-3"));
    const QByteArray masked = written(true);
    QVERIFY(masked.contains("plain-1") && masked.contains("plain-3") && masked.contains("no secret"));
    const QByteArray base64 = QByteArray(R"({"password":"***","note":"plain-2"})").toBase64();
    QVERIFY(masked.contains(base64) || format == u"text");
    for (const QByteArray &secret : {QByteArray("hidden-1"), QByteArray("hidden-2"), QByteArray("hidden-3"),
                                     QByteArray("hhhh"), QByteArray("aGlkZGVuLTI")})
        QVERIFY2(!masked.contains(secret), secret.constData());
}

void TestSecretCount::countsWhatWillBeMasked()
{
    const auto count = countPayloadSecrets(m_capture.path(), {}, CancelToken(), {});
    QVERIFY2(count.ok(), qPrintable(count.message()));
    QCOMPARE(count.value(), 3);
}

void TestSecretCount::stopsWhenCancelled()
{
    CancelToken cancel;
    cancel.cancel();
    QVERIFY(!countPayloadSecrets(m_capture.path(), {}, cancel, {}).ok());
    QVERIFY(!countPayloadSecrets(u"/no/such.sockeye"_s, {}, CancelToken(), {}).ok());
}

SOCKEYE_TEST(TestSecretCount, QCoreApplication)
#include "tst_secret_count.moc"
