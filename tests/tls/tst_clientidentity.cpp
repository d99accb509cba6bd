// Client certificates as people have them: each is shown to an "openssl s_server" that wants one.

#include "tls/ClientIdentity.h"

#include "peers/OpenSslServer.h"
#include "support/TestProgram.h"

#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class ClientIdentityTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void takesEveryForm_data();
    void takesEveryForm();
    void takesEveryCipher_data();
    void takesEveryCipher();
    void takesBothInOneFile_data();
    void takesBothInOneFile();
    void takesPkcs12_data();
    void takesPkcs12();
    void bringsTheChainAlong();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void doesNotBlameThePassphrase();
    void tellsOfAWeakKey();
    void knowsAnyWrongPassphrase_data();
    void knowsAnyWrongPassphrase();

private:
    [[nodiscard]] Result<ClientIdentity> identity(const QString &certificate, const QString &key,
                                                  const QString &passphrase = {}) const;
    /// Whether the server takes it; the name that it saw.
    [[nodiscard]] QString shownTo(const ClientIdentity &identity) const;

    OpenSslFiles m_files;
    OpenSslServer m_server;
};

namespace {
const QStringList &algorithms()
{
    static const QStringList all{u"rsa"_s, u"pss"_s, u"ec"_s, u"ec521"_s, u"ed25519"_s, u"ed448"_s};
    return all;
}

QString newKeyOf(const QString &algorithm)
{
    if (algorithm == u"rsa")
        return u"rsa:2048"_s;
    if (algorithm == u"pss")
        return u"rsa-pss"_s;
    if (algorithm == u"ec")
        return u"ec -pkeyopt ec_paramgen_curve:P-256"_s;
    return algorithm == u"ec521" ? u"ec -pkeyopt ec_paramgen_curve:P-521"_s : algorithm;
}
} // namespace

void ClientIdentityTest::initTestCase()
{
    QVERIFY2(m_files.makeRoot(u"root"_s) && m_files.issue(u"server"_s, u"root"_s, "subjectAltName=DNS:localhost\n") &&
                 m_files.issue(u"inter"_s, u"root"_s, "basicConstraints=critical,CA:TRUE\n") &&
                 m_files.issue(u"below"_s, u"inter"_s, "basicConstraints=CA:FALSE\n"),
             qPrintable(m_files.errorText()));
    for (const QString &algorithm : algorithms()) {
        QVERIFY2(m_files.issue(algorithm, u"root"_s, "basicConstraints=CA:FALSE\n", newKeyOf(algorithm)),
                 qPrintable(m_files.errorText()));
    }
    QVERIFY2(m_server.start(m_files, u"server"_s,
                            {u"-CAfile"_s, u"root.pem"_s, u"-Verify"_s, u"3"_s, u"-verify_return_error"_s}),
             m_server.said().constData());
}

Result<ClientIdentity> ClientIdentityTest::identity(const QString &certificate, const QString &key,
                                                    const QString &passphrase) const
{
    TlsOptions options;
    options.certificateFile = m_files.path(certificate);
    options.keyFile = key.isEmpty() ? QString() : m_files.path(key);
    options.passphrase = passphrase;
    return clientIdentity(options);
}

QString ClientIdentityTest::shownTo(const ClientIdentity &identity) const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(identity.chain);
    configuration.setPrivateKey(identity.key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSslSocket socket;
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_server.port());
    if (!socket.waitForEncrypted())
        return socket.errorString();
    socket.write("GET / HTTP/1.0\r\n\r\n");
    QByteArray page;
    while (!page.toLower().contains("</html>") && socket.waitForReadyRead(5'000))
        page += socket.readAll();
    const QRegularExpression subject(u"Client certificate.*Subject: CN ?= ?(\\w+)"_s,
                                     QRegularExpression::DotMatchesEverythingOption);
    return subject.match(QString::fromUtf8(page)).captured(1);
}

void ClientIdentityTest::takesEveryForm_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("convert");
    QTest::addColumn<QString>("passphrase");
    for (const QString &a : algorithms()) {
        const auto row = [&a](const char *form, const QString &convert, const QString &passphrase = {}) {
            QTest::addRow("%s, %s", qPrintable(a), form) << a << convert << passphrase;
        };
        row("PEM", u"pkey -in %1.key -out k"_s);
        row("DER", u"pkey -in %1.key -outform DER -out k"_s);
        row("PKCS#8 DER", u"pkcs8 -topk8 -nocrypt -in %1.key -outform DER -out k"_s);
        row("encrypted PEM", u"pkcs8 -topk8 -in %1.key -out k -passout pass:pw"_s, u"pw"_s);
        row("encrypted DER", u"pkcs8 -topk8 -in %1.key -outform DER -out k -passout pass:pw"_s, u"pw"_s);
        row("UTF-8 passphrase", u"pkcs8 -topk8 -in %1.key -out k -passout pass:pässwörd☃"_s, u"pässwörd☃"_s);
    }
    for (const QString &a : {u"rsa"_s, u"ec"_s}) {
        const auto row = [&a](const char *form, const QString &convert, const QString &passphrase = {}) {
            QTest::addRow("%s, %s", qPrintable(a), form) << a << convert << passphrase;
        };
        row("traditional PEM", u"pkey -traditional -in %1.key -out k"_s);
        row("traditional DER", u"pkey -traditional -in %1.key -outform DER -out k"_s);
        row("traditional, AES", u"pkey -traditional -aes256 -in %1.key -out k -passout pass:pw"_s, u"pw"_s);
        row("traditional, 3DES", u"pkey -traditional -des3 -in %1.key -out k -passout pass:pw"_s, u"pw"_s);
    }
    QTest::newRow("ec, with its parameters") << u"ec"_s << u"ecparam -name P-256 -out parameters"_s << QString();
}

void ClientIdentityTest::takesEveryForm()
{
    QFETCH(QString, algorithm);
    QFETCH(QString, convert);
    QFETCH(QString, passphrase);
    QVERIFY2(m_files.run(convert.contains(u"%1") ? convert.arg(algorithm) : convert), qPrintable(m_files.errorText()));
    if (convert.startsWith(u"ecparam"))
        QVERIFY(m_files.write(u"k"_s, m_files.read(u"parameters"_s) + m_files.read(u"ec.key"_s)));
    const auto result = identity(algorithm + u".pem"_s, u"k"_s, passphrase);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QCOMPARE(shownTo(result.value()), algorithm);
    // DER certificates go with any key.
    QVERIFY2(m_files.run(u"x509 -in %1.pem -outform DER -out c.der"_s.arg(algorithm)), qPrintable(m_files.errorText()));
    const auto der = identity(u"c.der"_s, u"k"_s, passphrase);
    QVERIFY2(der.ok(), qPrintable(der.message()));
    QCOMPARE(der->chain, result->chain);
    if (passphrase.isEmpty())
        return;
    const auto without = identity(algorithm + u".pem"_s, u"k"_s);
    QVERIFY2(without.message().contains(u"has a passphrase. Enter it"), qPrintable(without.message()));
    const auto wrong = identity(algorithm + u".pem"_s, u"k"_s, u"guess"_s);
    QVERIFY2(wrong.message().contains(u"The passphrase does not open the private key in "),
             qPrintable(wrong.message()));
}

void ClientIdentityTest::takesEveryCipher_data()
{
    QTest::addColumn<QString>("convert");
    const QString pkcs8 = u"pkcs8 -topk8 -in rsa.key -out k -passout pass:pw -provider default -provider legacy "_s;
    for (const char *cipher : {"aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3", "des", "camellia256",
                               "aria-256-cbc", "rc2-64-cbc", "rc2-128", "bf-cbc", "cast5-cbc", "seed-cbc"})
        QTest::addRow("PBES2 %s", cipher) << pkcs8 + u"-v2 "_s + QString::fromLatin1(cipher);
    for (const char *digest : {"hmacWithSHA1", "hmacWithSHA384", "hmacWithSHA512"})
        QTest::addRow("PBES2 %s", digest) << pkcs8 + u"-v2 aes256 -v2prf "_s + QString::fromLatin1(digest);
    QTest::newRow("scrypt") << pkcs8 + u"-scrypt"_s;
    for (const char *scheme :
         {"PBE-MD5-DES", "PBE-SHA1-DES", "PBE-SHA1-RC2-64", "PBE-MD5-RC2-64", "PBE-SHA1-RC4-128", "PBE-SHA1-RC4-40",
          "PBE-SHA1-3DES", "PBE-SHA1-2DES", "PBE-SHA1-RC2-128", "PBE-SHA1-RC2-40"})
        QTest::addRow("%s", scheme) << pkcs8 + u"-v1 "_s + QString::fromLatin1(scheme);
    const QString traditional =
        u"rsa -traditional -in rsa.key -out k -passout pass:pw -provider default -provider legacy "_s;
    for (const char *cipher : {"aes128", "camellia128", "aria256", "des3", "des", "idea", "seed", "rc2", "bf", "cast"})
        QTest::addRow("traditional %s", cipher) << traditional + u'-' + QString::fromLatin1(cipher);
}

void ClientIdentityTest::takesEveryCipher()
{
    QFETCH(QString, convert);
    if (!m_files.run(convert)) {
        // This OpenSSL does not have it, so neither does Sockeye.
        QVERIFY2(m_files.errorText().contains(u"nsupported") || m_files.errorText().contains(u"nknown"),
                 qPrintable(m_files.errorText()));
        QSKIP("OpenSSL was built without this cipher");
    }
    const auto result = identity(u"rsa.pem"_s, u"k"_s, u"pw"_s);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QCOMPARE(shownTo(result.value()), u"rsa"_s);
    const auto wrong = identity(u"rsa.pem"_s, u"k"_s, u"guess"_s);
    QVERIFY2(wrong.message().contains(u"The passphrase does not open the private key in "),
             qPrintable(wrong.message()));
}

void ClientIdentityTest::takesBothInOneFile_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QStringList>("parts");
    for (const QString &a : algorithms()) {
        QTest::addRow("%s, key first", qPrintable(a)) << a << QStringList{a + u".key"_s, a + u".pem"_s};
        QTest::addRow("%s, certificate first", qPrintable(a)) << a << QStringList{a + u".pem"_s, a + u".key"_s};
        QTest::addRow("%s, issuer first", qPrintable(a))
            << a << QStringList{u"root.pem"_s, a + u".key"_s, a + u".pem"_s};
    }
}

void ClientIdentityTest::takesBothInOneFile()
{
    QFETCH(QString, algorithm);
    QFETCH(QStringList, parts);
    QByteArray content;
    for (const QString &part : parts)
        content += "Bag Attributes\n" + m_files.read(part);
    QVERIFY(m_files.write(u"both.pem"_s, content));
    const auto result = identity(u"both.pem"_s, {});
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QCOMPARE(shownTo(result.value()), algorithm);
}

void ClientIdentityTest::takesPkcs12_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("passphrase");
    for (const QString &a : algorithms()) {
        QTest::addRow("%s", qPrintable(a)) << a << QString() << u"pw"_s;
        QTest::addRow("%s, legacy", qPrintable(a)) << a << u"-legacy"_s << u"pw"_s;
    }
    QTest::newRow("no passphrase") << u"rsa"_s << QString() << QString();
    QTest::newRow("no passphrase, legacy") << u"rsa"_s << u"-legacy"_s << QString();
    QTest::newRow("UTF-8 passphrase") << u"ec"_s << QString() << u"pässwörd☃"_s;
    QTest::newRow("nothing encrypted") << u"ec"_s << u"-keypbe NONE -certpbe NONE"_s << u"pw"_s;
    QTest::newRow("no MAC") << u"ec"_s << u"-nomac"_s << u"pw"_s;
    QTest::newRow("no MAC, legacy") << u"ec"_s << u"-nomac -legacy"_s << u"pw"_s;
    QTest::newRow("no MAC, no passphrase") << u"ec"_s << u"-nomac"_s << QString();
    QTest::newRow("3DES") << u"ec"_s << u"-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"_s << u"pw"_s;
    QTest::newRow("RC4") << u"ec"_s << u"-legacy -keypbe PBE-SHA1-RC4-128 -certpbe PBE-SHA1-RC4-128"_s << u"pw"_s;
    QTest::newRow("with the chain") << u"ec"_s << u"-certfile root.pem"_s << u"pw"_s;
}

void ClientIdentityTest::takesPkcs12()
{
    QFETCH(QString, algorithm);
    QFETCH(QString, more);
    QFETCH(QString, passphrase);
    QVERIFY2(m_files.run(u"pkcs12 -export -inkey %1.key -in %1.pem -out i.p12 -passout pass:%2 %3"_s.arg(
                 algorithm, passphrase, more)),
             qPrintable(m_files.errorText()));
    const auto result = identity(u"i.p12"_s, {}, passphrase);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QCOMPARE(shownTo(result.value()), algorithm);
    // The key alone may be taken out of it, too.
    const auto key = identity(algorithm + u".pem"_s, u"i.p12"_s, passphrase);
    QVERIFY2(key.ok(), qPrintable(key.message()));
    if (more.contains(u"NONE"))
        return;
    const auto wrong = identity(u"i.p12"_s, {}, u"guess"_s);
    QVERIFY2(wrong.message().contains(u"The passphrase does not open the PKCS#12 file "), qPrintable(wrong.message()));
    if (!passphrase.isEmpty()) {
        const auto without = identity(u"i.p12"_s, {});
        QVERIFY2(without.message().contains(u"could not be opened without a passphrase"),
                 qPrintable(without.message()));
    }
}

/// The server knows the root only.
void ClientIdentityTest::bringsTheChainAlong()
{
    QVERIFY(m_files.write(u"chain.pem"_s, m_files.read(u"inter.pem"_s) + m_files.read(u"below.pem"_s)));
    const auto pem = identity(u"chain.pem"_s, u"below.key"_s);
    QVERIFY2(pem.ok(), qPrintable(pem.message()));
    QCOMPARE(shownTo(pem.value()), u"below"_s);
    QVERIFY2(m_files.run(u"crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out chain.p7b"_s) &&
                 m_files.run(u"pkcs12 -export -inkey below.key -in chain.pem -out chain.p12 -passout pass:pw"_s),
             qPrintable(m_files.errorText()));
    const auto pkcs7 = identity(u"chain.p7b"_s, u"below.key"_s);
    QVERIFY2(pkcs7.ok(), qPrintable(pkcs7.message()));
    QCOMPARE(shownTo(pkcs7.value()), u"below"_s);
    const auto pkcs12 = identity(u"chain.p12"_s, {}, u"pw"_s);
    QVERIFY2(pkcs12.ok(), qPrintable(pkcs12.message()));
    QCOMPARE(shownTo(pkcs12.value()), u"below"_s);
}

void ClientIdentityTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("says");
    QVERIFY2(m_files.run(u"pkcs12 -export -nokeys -in rsa.pem -out certificate.p12 -passout pass:pw"_s) &&
                 m_files.run(u"pkcs12 -export -nocerts -inkey rsa.key -in rsa.key -out key.p12 -passout pass:pw"_s) &&
                 m_files.run(u"x509 -in rsa.pem -outform DER -out rsa.der"_s) &&
                 m_files.run(u"pkcs8 -topk8 -nocrypt -in rsa.key -outform DER -out rsapkcs8.der"_s) &&
                 m_files.run(u"pkey -in rsa.key -outform DER -out rsakey.der"_s),
             qPrintable(m_files.errorText()));
    QVERIFY(m_files.write(u"openssh"_s, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n"
                                        "-----END OPENSSH PRIVATE KEY-----\n"));
    QVERIFY(m_files.write(u"broken.key"_s, "-----BEGIN PRIVATE KEY-----\nMAMCAQE=\n-----END PRIVATE KEY-----\n"));
    const QByteArray unknown =
        m_files.read(u"rsapkcs8.der"_s)
            .replace(QByteArray::fromHex("2a864886f70d010101"), QByteArray::fromHex("2a864886f70d01017f"));
    QVERIFY(m_files.write(u"unknown.der"_s, unknown));
    QVERIFY(m_files.write(u"unknown.key"_s,
                          "-----BEGIN PRIVATE KEY-----\n" + unknown.toBase64() + "\n-----END PRIVATE KEY-----\n"));
    QVERIFY(m_files.write(u"cut.key"_s, m_files.read(u"rsa.key"_s).chopped(200)));
    QVERIFY(m_files.write(u"words"_s, "Hello, these are words."));
    QVERIFY(m_files.write(u"empty"_s, {}));
    const auto row = [](const char *name, const QString &certificate, const QString &key, const QString &says) {
        QTest::newRow(name) << certificate << key << says;
    };
    const QString rsa = u"rsa.pem"_s;
    row("another's key", rsa, u"ec.key"_s, u"does not belong to the certificate in "_s);
    row("another's key of the same kind", u"ec.pem"_s, u"below.key"_s, u"does not belong to the certificate in "_s);
    row("no key", rsa, {}, u"holds no private key, but CERTIFICATE"_s);
    row("no key, DER", u"rsa.der"_s, {}, u"holds no private key, but a certificate"_s);
    row("no certificate", u"rsa.key"_s, {}, u"it holds PRIVATE KEY, but no certificate"_s);
    row("no certificate, DER", u"rsakey.der"_s, {}, u"it holds a private key, but no certificate"_s);
    row("request", u"rsa.csr"_s, u"rsa.key"_s, u"it holds CERTIFICATE REQUEST, but no certificate"_s);
    row("certificate for a key", rsa, rsa, u"holds no private key, but CERTIFICATE"_s);
    row("certificate for a key, DER", rsa, u"rsa.der"_s, u"holds no private key, neither as PEM nor as DER"_s);
    row("OpenSSH's", rsa, u"openssh"_s, u"is in OpenSSH's own form"_s);
    row("no key inside", rsa, u"broken.key"_s, u"is broken, or of a kind that OpenSSL does not take here: "_s);
    row("cut off", rsa, u"cut.key"_s, u"is broken, or of a kind that OpenSSL does not take here: bad end line"_s);
    row("unknown algorithm", rsa, u"unknown.key"_s, u"or of a kind that OpenSSL does not take here: "_s);
    row("unknown algorithm, DER", rsa, u"unknown.der"_s, u"or of a kind that OpenSSL does not take here: "_s);
    row("words", rsa, u"words"_s, u"holds no private key, neither as PEM nor as DER"_s);
    row("empty", rsa, u"empty"_s, u"holds no private key, neither as PEM nor as DER"_s);
    row("not there", rsa, u"none.key"_s, u"could not be read: "_s);
    row("PKCS#12 without a key", u"certificate.p12"_s, {},
        u"holds no private key. Export the certificate with its key"_s);
    row("PKCS#12 without a certificate", u"key.p12"_s, {}, u"holds no client certificate"_s);
}

void ClientIdentityTest::tellsWhatIsWrong()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, says);
    const auto result = identity(certificate, key, u"pw"_s);
    QVERIFY(!result.ok());
    QVERIFY2(result.message().contains(says), qPrintable(result.message()));
    QVERIFY2(result.message().contains(m_files.directory()), qPrintable(result.message()));
    QVERIFY2(!result.message().contains(u"passphrase"), qPrintable(result.message()));
}

/// An algorithm that nobody knows, in place of AES-256 and of what it is derived by.
void ClientIdentityTest::doesNotBlameThePassphrase()
{
    const QByteArray aes = QByteArray::fromHex("060960864801650304012a");
    const QByteArray unknown = QByteArray::fromHex("060960864801650304017f");
    QVERIFY2(
        m_files.run(u"pkcs8 -topk8 -in rsa.key -outform DER -out known.der -passout pass:pw"_s) &&
            m_files.run(u"pkcs12 -export -inkey rsa.key -in rsa.pem -out known.p12 -passout pass:pw -certpbe NONE"_s),
        qPrintable(m_files.errorText()));
    QVERIFY(m_files.write(u"unknown.der"_s, m_files.read(u"known.der"_s).replace(aes, unknown)));
    const auto key = identity(u"rsa.pem"_s, u"unknown.der"_s, u"pw"_s);
    QVERIFY(!key.ok());
    QVERIFY2(key.message().contains(u"OpenSSL cannot decrypt the private key in "), qPrintable(key.message()));
    QVERIFY2(key.message().contains(u"The passphrase is not the reason."), qPrintable(key.message()));
    QVERIFY2(!key.message().contains(u"does not open"), qPrintable(key.message()));
    // The same in PEM, and in the older form.
    QVERIFY(m_files.write(u"unknown.pem"_s, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" +
                                                m_files.read(u"unknown.der"_s).toBase64() +
                                                "\n-----END ENCRYPTED PRIVATE KEY-----\n"));
    QCOMPARE(identity(u"rsa.pem"_s, u"unknown.pem"_s, u"pw"_s).message().replace(u".pem:"_s, u".der:"_s),
             key.message());
    QVERIFY2(m_files.run(u"pkey -traditional -aes256 -in rsa.key -out k -passout pass:pw"_s),
             qPrintable(m_files.errorText()));
    QVERIFY(m_files.write(u"k"_s, m_files.read(u"k"_s).replace("AES-256-CBC", "AES-257-CBC")));
    const auto old = identity(u"rsa.pem"_s, u"k"_s, u"pw"_s);
    QVERIFY2(old.message().contains(u"unsupported encryption"), qPrintable(old.message()));
    QVERIFY2(!old.message().contains(u"does not open"), qPrintable(old.message()));
}

void ClientIdentityTest::tellsOfAWeakKey()
{
    QVERIFY2(m_files.issue(u"weak"_s, u"root"_s, "basicConstraints=CA:FALSE\n", u"rsa:1024"_s),
             qPrintable(m_files.errorText()));
    const auto result = identity(u"weak.pem"_s, u"weak.key"_s);
    if (result.ok())
        QSKIP("This OpenSSL takes keys of 1,024 bits");
    QVERIFY2(result.message().contains(u"OpenSSL refuses the client certificate in ") &&
                 result.message().contains(u"key too small"),
             qPrintable(result.message()));
    TlsOptions options;
    options.certificateFile = m_files.path(u"weak.pem"_s);
    options.keyFile = m_files.path(u"weak.key"_s);
    options.minimumVersion = TlsVersion::Tls10;
    QVERIFY(clientIdentity(options).ok());
}

void ClientIdentityTest::knowsAnyWrongPassphrase_data()
{
    QTest::addColumn<QString>("convert");
    const QString providers = u" -provider default -provider legacy"_s;
    QTest::newRow("traditional") << u"pkey -traditional -aes256 -in rsa.key -out k -passout pass:pw"_s;
    QTest::newRow("PBES2") << u"pkcs8 -topk8 -in rsa.key -out k -passout pass:pw -iter 1"_s;
    QTest::newRow("legacy") << u"pkcs8 -topk8 -in rsa.key -out k -passout pass:pw -iter 1 -v1 PBE-SHA1-RC2-64"_s +
                                   providers;
    QTest::newRow("stream cipher")
        << u"pkcs8 -topk8 -in rsa.key -out k -passout pass:pw -iter 1 -v1 PBE-SHA1-RC4-128"_s + providers;
}

/// In one of 256 the padding is right by chance.
void ClientIdentityTest::knowsAnyWrongPassphrase()
{
    QFETCH(QString, convert);
    if (!m_files.run(convert))
        QSKIP("OpenSSL was built without this cipher");
    for (int i = 0; i < 1'500; ++i) {
        const auto result = identity(u"rsa.pem"_s, u"k"_s, QString::number(i));
        QVERIFY2(result.message().contains(u"The passphrase does not open the private key in "),
                 qPrintable(result.message()));
    }
}

SOCKEYE_TEST(ClientIdentityTest, QCoreApplication)
#include "tst_clientidentity.moc"
