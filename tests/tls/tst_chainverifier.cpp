#include "tls/ChainVerifier.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QTest>

#include <openssl/x509_vfy.h>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class ChainVerifierTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trustsWhatTheAnchorsSay_data();
    void trustsWhatTheAnchorsSay();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void tellsAllThatIsWrong();
    void tellsOfNoCertificate();
    void takesWeakKeysAtALowerLevel();

private:
    /// The codes of what is wrong.
    [[nodiscard]] QList<int> verify(const QStringList &chain, const QString &anchorFile, int level = 2);

    OpenSslFiles m_files;
};

void ChainVerifierTest::initTestCase()
{
    const QByteArray ca = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n";
    const QByteArray server = "subjectAltName=DNS:localhost\n";
    const bool made =
        m_files.makeRoot(u"root"_s) && m_files.makeRoot(u"other"_s) && m_files.issue(u"inter"_s, u"root"_s, ca) &&
        m_files.issue(u"leaf"_s, u"inter"_s, server) && m_files.issue(u"direct"_s, u"root"_s, server) &&
        m_files.issue(u"below"_s, u"direct"_s, server) && m_files.issue(u"weak"_s, u"root"_s, server, u"rsa:1024"_s) &&
        m_files.issue(u"sha1"_s, u"root"_s, server, u"rsa:2048"_s, u"-days 2 -sha1"_s) &&
        m_files.issue(u"client"_s, u"root"_s, server + "extendedKeyUsage=clientAuth\n") &&
        m_files.issue(u"critical"_s, u"root"_s, server + "1.2.3.4=critical,ASN1:NULL\n") &&
        m_files.issue(u"nopath"_s, u"root"_s, "basicConstraints=critical,CA:TRUE,pathlen:0\n") &&
        m_files.issue(u"deeper"_s, u"nopath"_s, ca) && m_files.issue(u"deep"_s, u"deeper"_s, server) &&
        m_files.issue(u"narrow"_s, u"root"_s, ca + "nameConstraints=critical,permitted;DNS:example.com\n") &&
        m_files.issue(u"outside"_s, u"narrow"_s, server) && m_files.issue(u"weakca"_s, u"root"_s, ca, u"rsa:1024"_s) &&
        m_files.issue(u"byweak"_s, u"weakca"_s, server) &&
        m_files.run(u"req -x509 -key leaf.key -subj /CN=self -days 2 -addext subjectAltName=DNS:localhost -out "
                    "self.pem"_s) &&
        m_files.run(u"x509 -in root.pem -addreject serverAuth -trustout -out rejected.pem"_s) &&
        m_files.run(u"x509 -in root.pem -addtrust clientAuth -trustout -out forclients.pem"_s) &&
        m_files.run(u"x509 -in root.pem -addtrust serverAuth -trustout -out forservers.pem"_s);
    QVERIFY2(made, qPrintable(m_files.errorText()));
    // The last byte of a certificate is one of its signature's.
    QByteArray der = m_files.certificate(u"direct.pem"_s).toDer();
    der[der.size() - 1] = static_cast<char>(der.back() ^ 1);
    QVERIFY(m_files.write(u"altered.pem"_s,
                          "-----BEGIN CERTIFICATE-----\n" + der.toBase64() + "\n-----END CERTIFICATE-----\n"));
}

QList<int> ChainVerifierTest::verify(const QStringList &chain, const QString &anchorFile, int level)
{
    QList<QSslCertificate> certificates;
    for (const QString &name : chain)
        certificates += m_files.certificate(name + u".pem"_s);
    TrustAnchors anchors;
    if (!anchorFile.isEmpty())
        anchors = TrustAnchors::fromFile(m_files.path(anchorFile + u".pem"_s)).value();
    QList<int> codes;
    for (const CertificateProblem &problem : ChainVerifier(anchors, level).verify(certificates))
        codes += problem.code;
    return codes;
}

void ChainVerifierTest::trustsWhatTheAnchorsSay_data()
{
    QTest::addColumn<QStringList>("chain");
    QTest::addColumn<QString>("anchor");
    QTest::newRow("the root") << QStringList{u"direct"_s} << u"root"_s;
    QTest::newRow("the root, over an intermediate") << QStringList{u"leaf"_s, u"inter"_s} << u"root"_s;
    QTest::newRow("the root, which is sent too") << QStringList{u"leaf"_s, u"inter"_s, u"root"_s} << u"root"_s;
    QTest::newRow("the intermediate, which is sent") << QStringList{u"leaf"_s, u"inter"_s} << u"inter"_s;
    QTest::newRow("the intermediate, which is not sent") << QStringList{u"leaf"_s} << u"inter"_s;
    QTest::newRow("the server's own") << QStringList{u"leaf"_s} << u"leaf"_s;
    QTest::newRow("the server's own, self-signed") << QStringList{u"self"_s} << u"self"_s;
    QTest::newRow("a root trusted for servers") << QStringList{u"direct"_s} << u"forservers"_s;
}

void ChainVerifierTest::trustsWhatTheAnchorsSay()
{
    QFETCH(QStringList, chain);
    QFETCH(QString, anchor);
    QCOMPARE(verify(chain, anchor), QList<int>());
    // And not without it.
    QVERIFY(!verify(chain, {}).isEmpty());
    QVERIFY(!verify(chain, u"other"_s).isEmpty());
}

void ChainVerifierTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("chain");
    QTest::addColumn<QString>("anchor");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown root") << QStringList{u"direct"_s} << u"other"_s
                                  << X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    QTest::newRow("unknown root, which is sent")
        << QStringList{u"direct"_s, u"root"_s} << u"other"_s << X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN;
    QTest::newRow("self-signed") << QStringList{u"self"_s} << u"other"_s << X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
    QTest::newRow("missing intermediate")
        << QStringList{u"leaf"_s} << u"root"_s << X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    QTest::newRow("weak key") << QStringList{u"weak"_s} << u"root"_s << X509_V_ERR_EE_KEY_TOO_SMALL;
    QTest::newRow("weak key of an authority")
        << QStringList{u"byweak"_s, u"weakca"_s} << u"root"_s << X509_V_ERR_CA_KEY_TOO_SMALL;
    QTest::newRow("SHA-1") << QStringList{u"sha1"_s} << u"root"_s << X509_V_ERR_CA_MD_TOO_WEAK;
    QTest::newRow("a client's") << QStringList{u"client"_s} << u"root"_s << X509_V_ERR_INVALID_PURPOSE;
    QTest::newRow("unknown critical extension")
        << QStringList{u"critical"_s} << u"root"_s << X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION;
    QTest::newRow("issued by a server") << QStringList{u"below"_s, u"direct"_s} << u"root"_s << X509_V_ERR_INVALID_CA;
    QTest::newRow("path length") << QStringList{u"deep"_s, u"deeper"_s, u"nopath"_s} << u"root"_s
                                 << X509_V_ERR_PATH_LENGTH_EXCEEDED;
    QTest::newRow("name constraints") << QStringList{u"outside"_s, u"narrow"_s} << u"root"_s
                                      << X509_V_ERR_PERMITTED_VIOLATION;
    QTest::newRow("altered") << QStringList{u"altered"_s} << u"root"_s << X509_V_ERR_CERT_SIGNATURE_FAILURE;
    QTest::newRow("rejected for servers") << QStringList{u"direct"_s} << u"rejected"_s << X509_V_ERR_CERT_REJECTED;
    QTest::newRow("trusted for clients only")
        << QStringList{u"direct"_s} << u"forclients"_s << X509_V_ERR_CERT_REJECTED;
}

void ChainVerifierTest::tellsWhatIsWrong()
{
    QFETCH(QStringList, chain);
    QFETCH(QString, anchor);
    QFETCH(int, code);
    const QList<int> codes = verify(chain, anchor);
    QVERIFY2(codes.contains(code), qPrintable(QDebug::toString(codes)));
}

void ChainVerifierTest::tellsAllThatIsWrong()
{
    const QList<int> codes = verify({u"weak"_s}, u"other"_s);
    QVERIFY2(codes.contains(X509_V_ERR_EE_KEY_TOO_SMALL), qPrintable(QDebug::toString(codes)));
    QVERIFY2(codes.contains(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY), qPrintable(QDebug::toString(codes)));
}

void ChainVerifierTest::tellsOfNoCertificate()
{
    QCOMPARE(verify({}, u"root"_s), QList<int>{CertificateProblem::NoCertificate});
}

void ChainVerifierTest::takesWeakKeysAtALowerLevel()
{
    QCOMPARE(verify({u"weak"_s}, u"root"_s, 0), QList<int>());
    QCOMPARE(verify({u"sha1"_s}, u"root"_s, 0), QList<int>());
}

SOCKEYE_TEST(ChainVerifierTest, QCoreApplication)
#include "tst_chainverifier.moc"
