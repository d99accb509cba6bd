// What is read where Qt's TLS is not the OpenSSL that we are linked to. Here Qt may well be; what it reads is the same.

#include "tls/QtIdentity.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class QtIdentityTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takesUsualForms_data();
    void takesUsualForms();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();

private:
    [[nodiscard]] Result<ClientIdentity> identity(const QString &certificate, const QString &key,
                                                  const QString &passphrase) const;

    OpenSslFiles m_files;
};

void QtIdentityTest::initTestCase()
{
    QVERIFY2(m_files.makeRoot(u"ec"_s) &&
                 m_files.run(u"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=rsa -keyout rsa.key -out rsa.pem"_s),
             qPrintable(m_files.errorText()));
    for (const QString &name : {u"rsa"_s, u"ec"_s}) {
        QVERIFY2(m_files.run(u"x509 -in %1.pem -outform DER -out %1.der"_s.arg(name)) &&
                     m_files.run(u"pkey -in %1.key -traditional -outform DER -out %1.key.der"_s.arg(name)) &&
                     m_files.run(u"pkcs8 -topk8 -in %1.key -out %1.enc -passout pass:pw"_s.arg(name)) &&
                     m_files.run(u"pkcs12 -export -inkey %1.key -in %1.pem -out %1.p12 -passout pass:pw"_s.arg(name)) &&
                     m_files.write(name + u".both"_s, m_files.read(name + u".key"_s) + m_files.read(name + u".pem"_s)),
                 qPrintable(m_files.errorText()));
    }
    QVERIFY(m_files.write(u"words"_s, "Hello, these are words."));
}

Result<ClientIdentity> QtIdentityTest::identity(const QString &certificate, const QString &key,
                                                const QString &passphrase) const
{
    TlsOptions options;
    options.certificateFile = m_files.path(certificate);
    options.keyFile = key.isEmpty() ? QString() : m_files.path(key);
    options.passphrase = passphrase;
    return qtIdentity(options);
}

void QtIdentityTest::takesUsualForms_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    for (const QString &name : {u"rsa"_s, u"ec"_s}) {
        const auto row = [&name](const char *form, const QString &certificate, const QString &key) {
            QTest::addRow("%s, %s", qPrintable(name), form)
                << name << name + certificate << (key.isEmpty() ? QString() : name + key);
        };
        row("PEM", u".pem"_s, u".key"_s);
        row("DER", u".der"_s, u".key.der"_s);
        row("encrypted", u".pem"_s, u".enc"_s);
        row("both in one", u".both"_s, {});
        row("PKCS#12", u".p12"_s, {});
    }
}

void QtIdentityTest::takesUsualForms()
{
    QFETCH(QString, name);
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    const auto result = identity(certificate, key, u"pw"_s);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QCOMPARE(result->chain, QList{m_files.certificate(name + u".pem"_s)});
    QCOMPARE(result->key.algorithm(), name == u"rsa" ? QSsl::Rsa : QSsl::Ec);
}

void QtIdentityTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QString &certificate, const QString &key, const QString &passphrase,
                        const QString &says) { QTest::newRow(name) << certificate << key << passphrase << says; };
    row("no passphrase", u"ec.pem"_s, u"ec.enc"_s, {}, u"has a passphrase. Enter it"_s);
    row("another passphrase", u"ec.pem"_s, u"ec.enc"_s, u"guess"_s, u"the passphrase is another one, or"_s);
    row("PKCS#12, another passphrase", u"ec.p12"_s, {}, u"guess"_s, u"the passphrase is another one, or"_s);
    row("no key", u"ec.pem"_s, {}, {}, u"holds no private key"_s);
    row("no certificate", u"ec.key"_s, {}, {}, u"holds no client certificate"_s);
    row("words", u"words"_s, {}, {}, u"holds no client certificate"_s);
    row("words for a key", u"ec.pem"_s, u"words"_s, {},
        u"is broken, or of a kind that this TLS library does not take"_s);
    row("not there", u"none.pem"_s, {}, {}, u"could not be read: "_s);
}

void QtIdentityTest::tellsWhatIsWrong()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    QFETCH(QString, says);
    const auto result = identity(certificate, key, passphrase);
    QVERIFY(!result.ok());
    QVERIFY2(result.message().contains(says), qPrintable(result.message()));
}

SOCKEYE_TEST(QtIdentityTest, QCoreApplication)
#include "tst_qtidentity.moc"
