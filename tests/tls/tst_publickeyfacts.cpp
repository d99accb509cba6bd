#include "tls/PublicKeyFacts.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QCryptographicHash>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class PublicKeyFactsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsPinAndKind_data();
    void tellsPinAndKind();
    void tellsNothingOfNoCertificate();
    void pinsAllowWhatTheyName();

private:
    OpenSslFiles m_files;
};

void PublicKeyFactsTest::tellsPinAndKind_data()
{
    QTest::addColumn<QString>("newKey");
    QTest::addColumn<QString>("text");
    QTest::newRow("RSA") << u"rsa:2048"_s << u"RSA, 2048 bits"_s;
    QTest::newRow("EC") << u"ec -pkeyopt ec_paramgen_curve:P-384"_s << u"EC, 384 bits"_s;
#ifdef SOCKEYE_OPENSSL
    QTest::newRow("RSA-PSS") << u"rsa-pss"_s << u"RSA-PSS, 2048 bits"_s;
    QTest::newRow("Ed25519") << u"ed25519"_s << u"Ed25519"_s;
    QTest::newRow("Ed448") << u"ed448"_s << u"Ed448"_s;
#endif
}

void PublicKeyFactsTest::tellsPinAndKind()
{
    QFETCH(QString, newKey);
    QFETCH(QString, text);
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QVERIFY2(m_files.run(u"req -x509 -newkey %1 -nodes -days 2 -subj /CN=k -keyout k.key -out k.pem"_s.arg(newKey)) &&
                 m_files.run(u"pkey -in k.key -pubout -outform DER -out k.pub"_s),
             qPrintable(m_files.errorText()));
    const QSslCertificate certificate = m_files.certificate(u"k.pem"_s);
    const QByteArray hash = QCryptographicHash::hash(m_files.read(u"k.pub"_s), QCryptographicHash::Sha256);
    QCOMPARE(publicKeyPin(certificate), u"sha256//"_s + QString::fromLatin1(hash.toBase64()));
    QCOMPARE(publicKeyText(certificate), text);
}

void PublicKeyFactsTest::tellsNothingOfNoCertificate()
{
    QCOMPARE(publicKeyPin(QSslCertificate()), QString());
    QCOMPARE(publicKeyText(QSslCertificate()), u"of a kind that is not known here"_s);
}

void PublicKeyFactsTest::pinsAllowWhatTheyName()
{
    const QString pin = u"sha256//"_s + u"A"_s.repeated(43) + u'=';
    const QString other = u"sha256//"_s + u"B"_s.repeated(42) + u"A="_s;
    QVERIFY(isAllowedByPins(pin, {}));
    QVERIFY(isAllowedByPins(QString(), {}));
    QVERIFY(isAllowedByPins(pin, {other, pin}));
    // The same key in hex.
    QVERIFY(isAllowedByPins(pin, {u"00"_s.repeated(32)}));
    QVERIFY(!isAllowedByPins(other, {pin}));
    QVERIFY(!isAllowedByPins(QString(), {pin}));
    // What is no pin allows nothing.
    QVERIFY(!isAllowedByPins(pin, {QString()}));
    QVERIFY(!isAllowedByPins(QString(), {QString()}));
}

SOCKEYE_TEST(PublicKeyFactsTest, QCoreApplication)
#include "tst_publickeyfacts.moc"
