#include "tls/ServerCheck.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"
#include "tls/PublicKeyFacts.h"

#include <QCryptographicHash>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class ServerCheckTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void acceptsAndRefuses_data();
    void acceptsAndRefuses();
    void tellsTheOtherPin();
    void takesAnyOfThePins();
    void notesAnOutdatedName();

private:
    [[nodiscard]] ServerCheck::Verdict judge(const TlsOptions &options, bool trusted = true,
                                             const QString &name = u"localhost"_s, const QString &file = u"leaf"_s);
    [[nodiscard]] QString pin(const QString &file) { return publicKeyPin(m_files.certificate(file + u".pem"_s)); }

    OpenSslFiles m_files;
};

void ServerCheckTest::initTestCase()
{
    QVERIFY2(m_files.makeRoot(u"root"_s) && m_files.issue(u"leaf"_s, u"root"_s, "subjectAltName=DNS:localhost\n") &&
                 m_files.issue(u"other"_s, u"root"_s, "subjectAltName=DNS:localhost\n") &&
                 m_files.issue(u"localhost"_s, u"root"_s, "basicConstraints=CA:FALSE\n"),
             qPrintable(m_files.errorText()));
}

/// Where Qt's verdict counts, it is what Qt would say.
ServerCheck::Verdict ServerCheckTest::judge(const TlsOptions &options, bool trusted, const QString &name,
                                            const QString &file)
{
    const auto anchors = trusted ? TrustAnchors::fromFile(m_files.path(u"root.pem"_s)) : TrustAnchors();
    const QSslCertificate certificate = m_files.certificate(file + u".pem"_s);
    QList<QSslError> errors;
    if (!trusted)
        errors += QSslError(QSslError::UnableToGetLocalIssuerCertificate, certificate);
    if (name != u"localhost")
        errors += QSslError(QSslError::HostNameMismatch, certificate);
    return ServerCheck(options, anchors.value(), name).judge({certificate}, errors);
}

void ServerCheckTest::acceptsAndRefuses_data()
{
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<bool>("verify");
    QTest::addColumn<QString>("fingerprintOf");
    QTest::addColumn<QString>("pinOf");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("errors");
    const QString leaf = u"leaf"_s;
    const QString other = u"other"_s;
    QTest::newRow("in order") << true << true << QString() << QString() << true << 0;
    QTest::newRow("unknown authority") << false << true << QString() << QString() << false << 1;
    QTest::newRow("not verified") << false << false << QString() << QString() << true << 1;
    QTest::newRow("exception for it") << false << true << leaf << QString() << true << 1;
    QTest::newRow("exception for another") << false << true << other << QString() << false << 2;
    QTest::newRow("in order, exception for another") << true << true << other << QString() << true << 0;
    QTest::newRow("in order, pinned") << true << true << QString() << leaf << true << 0;
    QTest::newRow("in order, another pinned") << true << true << QString() << other << false << 1;
    // A pin vouches for nothing.
    QTest::newRow("unknown authority, pinned") << false << true << QString() << leaf << false << 1;
    QTest::newRow("unknown authority, another pinned") << false << true << QString() << other << false << 2;
    // And no exception is made from it.
    QTest::newRow("not verified, another pinned") << false << false << QString() << other << false << 2;
    QTest::newRow("exception for it, another pinned") << false << true << leaf << other << false << 2;
    QTest::newRow("exception for it, pinned") << false << true << leaf << leaf << true << 1;
}

void ServerCheckTest::acceptsAndRefuses()
{
    QFETCH(bool, trusted);
    QFETCH(bool, verify);
    QFETCH(QString, fingerprintOf);
    QFETCH(QString, pinOf);
    QFETCH(bool, accepted);
    QFETCH(int, errors);
    TlsOptions options;
    options.verify = verify;
    if (!fingerprintOf.isEmpty()) {
        const QSslCertificate certificate = m_files.certificate(fingerprintOf + u".pem"_s);
        options.trustedFingerprint = QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
    }
    if (!pinOf.isEmpty())
        options.pinnedKeys = {pin(pinOf)};
    const ServerCheck::Verdict verdict = judge(options, trusted);
    QCOMPARE(verdict.accepted, accepted);
    QVERIFY2(verdict.errors.size() == errors, qPrintable(verdict.errors.join(u'\n')));
    QCOMPARE(verdict.advice.isEmpty(), errors == 0);
}

void ServerCheckTest::tellsTheOtherPin()
{
    TlsOptions options;
    options.pinnedKeys = {pin(u"other"_s)};
    const ServerCheck::Verdict verdict = judge(options);
    QCOMPARE(verdict.errors,
             QStringList{
                 u"Its public key is none of those that this connection is pinned to, but %1."_s.arg(pin(u"leaf"_s))});
    QVERIFY2(verdict.advice.contains(u"pin the new one under Connection options > TLS"), qPrintable(verdict.advice));
}

void ServerCheckTest::takesAnyOfThePins()
{
    const QByteArray hash = QByteArray::fromBase64(pin(u"leaf"_s).sliced(8).toLatin1());
    TlsOptions options;
    options.pinnedKeys = {pin(u"other"_s), QString::fromLatin1(hash.toHex(':')).toUpper()};
    QVERIFY(judge(options).accepted);
}

void ServerCheckTest::notesAnOutdatedName()
{
    const ServerCheck::Verdict verdict = judge({}, true, u"localhost"_s, u"localhost"_s);
    QVERIFY2(verdict.accepted, qPrintable(verdict.errors.join(u'\n')));
    QVERIFY2(verdict.outdatedName.contains(u"“localhost” only as its common name"), qPrintable(verdict.outdatedName));
    QCOMPARE(judge({}).outdatedName, QString());
    // Of one that is refused there is worse to be told.
    QCOMPARE(judge({}, false, u"localhost"_s, u"localhost"_s).outdatedName, QString());
}

SOCKEYE_TEST(ServerCheckTest, QCoreApplication)
#include "tst_servercheck.moc"
