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

SOCKEYE_TEST(TestEndpoint, QCoreApplication)
#include "tst_endpoint.moc"
