#include "FieldSamples.h"
#include "endpoint/EndpointCheck.h"
#include "support/TestProgram.h"

#include <QTemporaryFile>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class EndpointCheckTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEndpointOfValidFieldsIsValid();
    void boundsAreKept_data();
    void boundsAreKept();
    void rulesAreKept_data();
    void rulesAreKept();
    void tellsOfEachField();
    void checksFilesApart();
};

namespace {
Endpoint valid()
{
    Endpoint endpoint;
    endpoint.url = u"wss://example.com/"_s;
    return endpoint;
}

/// A number as the field holds it.
FieldValue numberFor(const EndpointField &field, double number)
{
    switch (field.kind) {
    case EndpointField::Kind::Integer:
        return static_cast<qint64>(number);
    case EndpointField::Kind::Duration:
        return std::chrono::milliseconds(static_cast<qint64>(number));
    case EndpointField::Kind::Bytes:
        return QByteArray(static_cast<qsizetype>(number), 'x');
    default:
        return number;
    }
}
} // namespace

void EndpointCheckTest::anEndpointOfValidFieldsIsValid()
{
    Endpoint all = valid();
    for (const EndpointField &field : endpointFields())
        field.setValue(all, sampleValue(field));
    QCOMPARE(checkEndpoint(all).message(), QString());
    QCOMPARE(checkEndpoint(valid()).message(), QString());
}

void EndpointCheckTest::boundsAreKept_data()
{
    QTest::addColumn<const EndpointField *>("field");
    for (const EndpointField &field : endpointFields()) {
        // Any close code of 16 bits is in bounds.
        if (hasBounds(field) && field.kind != EndpointField::Kind::CloseCodes)
            QTest::newRow(field.json.data()) << &field;
    }
}

void EndpointCheckTest::boundsAreKept()
{
    QFETCH(const EndpointField *, field);
    QList<double> wrong{field->bounds.highest + 1};
    if (field->kind != EndpointField::Kind::Bytes)
        wrong += field->bounds.lowest - 1;
    for (const double number : wrong) {
        Endpoint endpoint = valid();
        field->setValue(endpoint, numberFor(*field, number));
        const QString text = problemOf(endpointProblems(endpoint), *field);
        QVERIFY2(text.startsWith(u'“' + field->name() + u'”'), qPrintable(text));
        QCOMPARE(checkEndpoint(endpoint).message(), text);
    }
}

void EndpointCheckTest::rulesAreKept_data()
{
    QTest::addColumn<Endpoint>("endpoint");
    QTest::addColumn<const EndpointField *>("field");
    QTest::addColumn<QString>("says");
    Endpoint endpoint;
    const auto row = [&endpoint](const EndpointField &field, const QString &says) {
        QTest::addRow("%s: %s", field.json.data(), qPrintable(says)) << endpoint << &field << says;
        endpoint = valid();
    };
    row(fieldOf(&Endpoint::url), u"There is no URL."_s);
    endpoint.subprotocols = {u"a b"_s};
    row(fieldOf(&Endpoint::subprotocols), u"cannot be offered"_s);
    endpoint.headers = {{u"X-A"_s, u"1\r\nX-B: 2"_s, true}};
    row(fieldOf(&Endpoint::headers), u"holds a line break"_s);
    endpoint.tls.keyFile = u"k.pem"_s;
    row(fieldOf(&Endpoint::tls, &TlsOptions::keyFile),
        u"A private key needs its certificate. Choose one, or clear the key."_s);
    endpoint.tls.serverName = u"127.0.0.1"_s;
    row(fieldOf(&Endpoint::tls, &TlsOptions::serverName), u"“127.0.0.1” is an address."_s);
    endpoint.tls.serverName = u"a..b"_s;
    row(fieldOf(&Endpoint::tls, &TlsOptions::serverName), u"“a..b” is not the name of a host."_s);
    endpoint.tls.alpn = {u"http/1.1 h2"_s};
    row(fieldOf(&Endpoint::tls, &TlsOptions::alpn), u"has a space"_s);
    endpoint.tls.alpn = {QString(256, u'x')};
    row(fieldOf(&Endpoint::tls, &TlsOptions::alpn), u"255 bytes are the most"_s);
    endpoint.tls.alpn = {QString()};
    row(fieldOf(&Endpoint::tls, &TlsOptions::alpn), u"has no name"_s);
    endpoint.tls.trustedFingerprint = u"00:11"_s;
    row(fieldOf(&Endpoint::tls, &TlsOptions::trustedFingerprint), u"64 hex digits"_s);
    endpoint.tls.pinnedKeys = {u"ab"_s.repeated(32), u"sha256//AAAA"_s};
    row(fieldOf(&Endpoint::tls, &TlsOptions::pinnedKeys), u"“sha256//AAAA” is no SHA-256 of a public key"_s);
    endpoint.proxy = u"ftp://me:secret@h"_s;
    row(fieldOf(&Endpoint::proxy), u"“ftp://” is no proxy that Sockeye knows"_s);
    endpoint.proxy = u"http://"_s;
    row(fieldOf(&Endpoint::proxy), u"names no host"_s);
    endpoint.proxy = u"http://a%3Ab:p@h"_s;
    row(fieldOf(&Endpoint::proxy), u"must not have a colon"_s);
    endpoint.proxy = u"socks5://:p@h"_s;
    row(fieldOf(&Endpoint::proxy), u"password needs its user"_s);
    endpoint.connectTo = u"h:http"_s;
    row(fieldOf(&Endpoint::connectTo), u"“http” is not a number"_s);
    endpoint.url = u"ws+unix:///run/a.sock"_s;
    endpoint.connectTo = u"h:1"_s;
    row(fieldOf(&Endpoint::connectTo), u"names the socket to dial"_s);
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = std::chrono::minutes(1);
    row(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::maximum), u"shorter than the first one"_s);
}

void EndpointCheckTest::rulesAreKept()
{
    QFETCH(Endpoint, endpoint);
    QFETCH(const EndpointField *, field);
    QFETCH(QString, says);
    const QString text = problemOf(endpointProblems(endpoint), *field);
    QVERIFY2(text.contains(says), qPrintable(text));
    QVERIFY2(!text.contains(u"secret"), qPrintable(text));
    QCOMPARE(endpointProblems(endpoint).size(), 1);
    QCOMPARE(checkEndpoint(endpoint).message(), text);
}

void EndpointCheckTest::tellsOfEachField()
{
    Endpoint endpoint = valid();
    endpoint.maxRedirects = 101;
    endpoint.connectTo = u":"_s;
    endpoint.limits.headLines = 0;
    const QList<EndpointProblem> problems = endpointProblems(endpoint);
    QCOMPARE(problems.size(), 3);
    QCOMPARE(problemOf(problems, fieldOf(&Endpoint::maxRedirects)),
             u"“Redirects” is 101. Choose a number from 0 to 100."_s);
    QCOMPARE(problemOf(problems, fieldOf(&Endpoint::proxy)), QString());
    QCOMPARE(checkEndpoint(endpoint).message(), problems.constFirst().text);
}

void EndpointCheckTest::checksFilesApart()
{
    Endpoint endpoint = valid();
    QTemporaryFile file;
    QVERIFY(file.open());
    endpoint.tls.caFile = file.fileName();
    QVERIFY(checkEndpointFiles(endpoint).ok());
    endpoint.tls.certificateFile = u"/no/such/me.pem"_s;
    QVERIFY(checkEndpoint(endpoint).ok());
    QVERIFY(checkEndpointFiles(endpoint).message().contains(u"/no/such/me.pem"));
}

SOCKEYE_TEST(EndpointCheckTest, QCoreApplication)
#include "tst_endpointcheck.moc"
