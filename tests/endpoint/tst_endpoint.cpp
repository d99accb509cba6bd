#include "endpoint/Endpoint.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestEndpoint final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEnabledHeadersOnly();
    void readsFingerprints();
    void readsPins_data();
    void readsPins();
    void refusesWhatIsNoPin_data();
    void refusesWhatIsNoPin();
};

void TestEndpoint::sendsEnabledHeadersOnly()
{
    Endpoint endpoint;
    endpoint.headers = {{u"X-B"_s, u"é"_s, true},
                        {u"X-Off"_s, u"1"_s, false},
                        {QString(), QString(), true},
                        {u"x-b"_s, QString(), true},
                        {QString(), u"value"_s, true}};
    const HeaderFields expected{{"X-B", "\xc3\xa9"}, {"x-b", ""}, {"", "value"}};
    QCOMPARE(enabledHeaders(endpoint), expected);
}

void TestEndpoint::readsFingerprints()
{
    const QString plain = u"0123456789abcdef"_s.repeated(4);
    QCOMPARE(parseFingerprint(plain).value(), plain);
    QCOMPARE(parseFingerprint(u" 01:23:45:67:89:AB:CD:EF:"_s + plain.mid(16).toUpper()).value(), plain);
    QCOMPARE(parseFingerprint({}).value(), QString());
    QVERIFY(!parseFingerprint(plain.mid(1)).ok());
    QVERIFY(!parseFingerprint(plain + u'0').ok());
    QVERIFY(!parseFingerprint(QString(64, u'g')).ok());
}

void TestEndpoint::readsPins_data()
{
    QTest::addColumn<QString>("text");
    const QByteArray hash = QByteArray::fromHex("fbff3e").repeated(10) + "\x01\x02";
    const QString hex = QString::fromLatin1(hash.toHex());
    const QString base64 = QString::fromLatin1(hash.toBase64());
    QTest::newRow("as curl writes it") << u"sha256//"_s + base64;
    QTest::newRow("another case") << u"SHA256//"_s + base64;
    QTest::newRow("base64") << base64;
    QTest::newRow("hex") << hex;
    QTest::newRow("capitals") << hex.toUpper();
    QTest::newRow("colons") << QString::fromLatin1(hash.toHex(':'));
    QTest::newRow("spaces around") << u" sha256//"_s + base64 + u'\n';
}

void TestEndpoint::readsPins()
{
    QFETCH(QString, text);
    const auto pin = parsePin(text);
    QVERIFY2(pin.ok(), qPrintable(pin.message()));
    QCOMPARE(pin.value(), u"sha256//+/8++/8++/8++/8++/8++/8++/8++/8++/8++/8+AQI="_s);
}

void TestEndpoint::refusesWhatIsNoPin_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const QString base64 = u"A"_s.repeated(43) + u'=';
    QTest::newRow("nothing") << QString() << u"is no SHA-256 of a public key"_s;
    QTest::newRow("prefix alone") << u"sha256//"_s << u"is no SHA-256"_s;
    QTest::newRow("short") << u"sha256//"_s + u"A"_s.repeated(40) << u"is no SHA-256"_s;
    QTest::newRow("long") << u"sha256//AAAA"_s + base64 << u"is no SHA-256"_s;
    QTest::newRow("short hex") << u"a"_s.repeated(62) << u"is no SHA-256"_s;
    QTest::newRow("no base64") << u"sha256//-_"_s + base64.sliced(2) << u"is no SHA-256"_s;
    QTest::newRow("another hash") << u"sha1//"_s + base64 << u"is no SHA-256"_s;
    QTest::newRow("several") << u"sha256//"_s + base64 + u";sha256//"_s + base64 << u"Give each one by itself"_s;
}

void TestEndpoint::refusesWhatIsNoPin()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    QVERIFY2(parsePin(text).message().contains(says), qPrintable(parsePin(text).message()));
}

SOCKEYE_TEST(TestEndpoint, QCoreApplication)
#include "tst_endpoint.moc"
