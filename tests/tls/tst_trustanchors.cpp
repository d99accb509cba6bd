#include "tls/TrustAnchors.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TrustAnchorsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void readsEveryForm_data();
    void readsEveryForm();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();

private:
    OpenSslFiles m_files;
};

void TrustAnchorsTest::initTestCase()
{
    const bool made =
        m_files.makeRoot(u"root"_s) && m_files.issue(u"inter"_s, u"root"_s, "basicConstraints=critical,CA:TRUE\n") &&
        m_files.run(u"x509 -in root.pem -outform DER -out root.der"_s) &&
        m_files.run(u"x509 -in inter.pem -outform DER -out inter.der"_s) &&
        m_files.run(u"x509 -in root.pem -addtrust serverAuth -trustout -out trusted.pem"_s) &&
        m_files.run(u"crl2pkcs7 -nocrl -certfile root.pem -certfile inter.pem -out both.p7"_s) &&
        m_files.run(u"crl2pkcs7 -nocrl -certfile root.pem -certfile inter.pem -outform DER -out both.p7b"_s) &&
        m_files.run(u"crl2pkcs7 -nocrl -outform DER -out none.p7b"_s) &&
        m_files.run(u"pkcs8 -topk8 -in root.key -outform DER -passout pass:x -out encrypted.der"_s) &&
        m_files.run(u"pkey -in root.key -outform DER -out key.der"_s) &&
        m_files.run(u"pkcs12 -export -nokeys -in root.pem -passout pass: -out root.p12"_s);
    QVERIFY2(made, qPrintable(m_files.errorText()));
    const QByteArray root = m_files.read(u"root.pem"_s);
    const QByteArray inter = m_files.read(u"inter.pem"_s);
    QVERIFY(m_files.write(u"two.pem"_s, "Two of them\n\n" + root + "\nand\n" + inter + "end\n"));
    QVERIFY(m_files.write(u"bom.pem"_s, "\xef\xbb\xbf" + root));
    QVERIFY(m_files.write(u"crlf.pem"_s, QByteArray(root).replace("\n", "\r\n")));
    QVERIFY(m_files.write(u"withkey.pem"_s, m_files.read(u"root.key"_s) + root));
    QVERIFY(m_files.write(u"old.pem"_s, QByteArray(root).replace(" CERTIFICATE", " X509 CERTIFICATE")));
    QVERIFY(m_files.write(u"two.der"_s, m_files.read(u"root.der"_s) + m_files.read(u"inter.der"_s)));
    QVERIFY(m_files.write(u"empty"_s, {}));
    QVERIFY(m_files.write(u"words"_s, "Hello, these are words."));
    // The body of the second is cut off; that of the third is no certificate.
    QVERIFY(m_files.write(u"cut.pem"_s, root + inter.first(inter.size() / 2)));
    QVERIFY(m_files.write(u"wrong.pem"_s, root + "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n"));
    QVERIFY(m_files.write(u"cut.der"_s, m_files.read(u"root.der"_s).chopped(10)));
}

void TrustAnchorsTest::readsEveryForm_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("needsOpenSsl");
    QTest::newRow("PEM") << u"root.pem"_s << 1 << false;
    QTest::newRow("several, words between") << u"two.pem"_s << 2 << false;
    QTest::newRow("byte order mark") << u"bom.pem"_s << 1 << false;
    QTest::newRow("CR LF") << u"crlf.pem"_s << 1 << false;
    QTest::newRow("with its key") << u"withkey.pem"_s << 1 << false;
    QTest::newRow("X509 CERTIFICATE") << u"old.pem"_s << 1 << true;
    QTest::newRow("TRUSTED CERTIFICATE") << u"trusted.pem"_s << 1 << true;
    QTest::newRow("DER") << u"root.der"_s << 1 << false;
    QTest::newRow("several in DER") << u"two.der"_s << 2 << false;
    QTest::newRow("PKCS#7 in PEM") << u"both.p7"_s << 2 << true;
    QTest::newRow("PKCS#7 in DER") << u"both.p7b"_s << 2 << true;
}

void TrustAnchorsTest::readsEveryForm()
{
    QFETCH(QString, file);
    QFETCH(int, count);
    QFETCH(bool, needsOpenSsl);
#ifdef SOCKEYE_OPENSSL
    Q_UNUSED(needsOpenSsl)
#else
    if (needsOpenSsl)
        QSKIP("Qt does not read it");
#endif
    const auto anchors = TrustAnchors::fromFile(m_files.path(file));
    QVERIFY2(anchors.ok(), qPrintable(anchors.message()));
    QCOMPARE(anchors->certificates().size(), count);
    QCOMPARE(anchors->forQt().size(), count);
    QVERIFY(anchors->forQt().contains(m_files.certificate(u"root.pem"_s)));
    if (count == 2)
        QVERIFY(anchors->forQt().contains(m_files.certificate(u"inter.pem"_s)));
}

void TrustAnchorsTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("says");
#ifdef SOCKEYE_OPENSSL
    QTest::newRow("empty") << u"empty"_s << u"it is empty"_s;
    QTest::newRow("words") << u"words"_s << u"it holds no certificate, neither as PEM nor as DER or PKCS#7 ("_s;
    QTest::newRow("request") << u"inter.csr"_s << u"it holds CERTIFICATE REQUEST, but no certificate"_s;
    QTest::newRow("key") << u"root.key"_s << u"it holds PRIVATE KEY, but no certificate"_s;
    QTest::newRow("key in DER") << u"key.der"_s << u"it holds a private key, but no certificate"_s;
    QTest::newRow("encrypted key in DER") << u"encrypted.der"_s << u"it holds no certificate"_s;
    QTest::newRow("PKCS#12") << u"root.p12"_s << u"it is a PKCS#12 file; “openssl pkcs12 -nokeys”"_s;
    QTest::newRow("PKCS#7 without") << u"none.p7b"_s << u"it is a PKCS#7 message without certificates"_s;
    QTest::newRow("cut off") << u"cut.pem"_s << u"its PEM text is broken (bad end line)"_s;
    QTest::newRow("no certificate inside") << u"wrong.pem"_s << u"its certificate no. 2 is broken (wrong tag"_s;
    QTest::newRow("cut off in DER") << u"cut.der"_s << u"(too long"_s;
#else
    QTest::newRow("words") << u"words"_s << u"it holds no certificate"_s;
#endif
}

void TrustAnchorsTest::refusesWhatIsNone()
{
    QFETCH(QString, file);
    QFETCH(QString, says);
    const auto anchors = TrustAnchors::fromFile(m_files.path(file));
    QVERIFY(!anchors.ok());
    QVERIFY2(anchors.message().contains(says), qPrintable(anchors.message()));
    QVERIFY2(anchors.message().contains(m_files.path(file)), qPrintable(anchors.message()));
}

SOCKEYE_TEST(TrustAnchorsTest, QCoreApplication)
#include "tst_trustanchors.moc"
