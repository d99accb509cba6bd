#include "wire/HttpAuthentication.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class HttpAuthenticationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersBasic();
    void answersDigest_data();
    void answersDigest();
    void takesTheStrongest();
    void quotesWhatItRepeats();
    void refusesToRepeatItself_data();
    void refusesToRepeatItself();
    void knowsWhatItCannotAnswer_data();
    void knowsWhatItCannotAnswer();
    void makesNoTwoCnoncesAlike();
};

namespace {
QList<HttpChallenge> challenges(const QByteArray &value)
{
    HttpHead head;
    head.fields = {{"WWW-Authenticate", value}};
    return challengesIn(head, "WWW-Authenticate");
}

QByteArray answer(const QByteArray &value, const QByteArray &previous = {}, const QString &user = u"Mufasa"_s)
{
    return answerChallenges(challenges(value), {user, u"Circle of Life"_s},
                            {.method = "GET",
                             .target = "/dir/index.html",
                             .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                             .previous = previous})
        .value_or("none");
}

/// The challenge of RFC 7616 section 3.9.1, without qop and algorithm.
const QByteArray Example = "Digest realm=\"http-auth@example.org\", "
                           "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                           "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
} // namespace

void HttpAuthenticationTest::answersBasic()
{
    // RFC 7617 sections 2 and 2.1.
    QCOMPARE(basicCredentials(u"Aladdin"_s, u"open sesame"_s), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    QCOMPARE(basicCredentials(u"test"_s, u"123£"_s), "Basic dGVzdDoxMjPCow==");
    QCOMPARE(answer("Basic realm=\"x\"", {}, u"Aladdin"_s), basicCredentials(u"Aladdin"_s, u"Circle of Life"_s));
    QCOMPARE(answer("NTLM, basic realm=\"x\""), basicCredentials(u"Mufasa"_s, u"Circle of Life"_s));
    QCOMPARE(answer("Basic", {}, u"a:b"_s), "none");
    QVERIFY(!answerChallenges(challenges("Basic"), {}, {}));
}

void HttpAuthenticationTest::answersDigest_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<bool>("hasCnonce");
    // The first two are RFC 7616 section 3.9.1's own.
    QTest::newRow("MD5") << QByteArray(", qop=\"auth, auth-int\", algorithm=MD5")
                         << QByteArray("8ca523f5e9506fed4657c9700eebdbec") << true;
    QTest::newRow("SHA-256") << QByteArray(", qop=\"auth, auth-int\", algorithm=SHA-256")
                             << QByteArray("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1") << true;
    QTest::newRow("no algorithm") << QByteArray(", qop=auth") << QByteArray("8ca523f5e9506fed4657c9700eebdbec") << true;
    QTest::newRow("without qop") << QByteArray() << QByteArray("7b2cc3b30e75b4777ea31027084363fd") << false;
    QTest::newRow("SHA-256 without qop") << QByteArray(", algorithm=sha-256") << QByteArray("a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363") << false;
    QTest::newRow("MD5-sess") << QByteArray(", qop=auth, algorithm=MD5-sess") << QByteArray("e783283f46242139c486a698fec7211d") << true;
    QTest::newRow("SHA-256-sess") << QByteArray(", qop=auth, algorithm=SHA-256-SESS") << QByteArray("2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7") << true;
    QTest::newRow("auth-int alone") << QByteArray(", qop=auth-int") << QByteArray("8804a53d3640a40a4f73cea12c5ba451") << true;
}

void HttpAuthenticationTest::answersDigest()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, response);
    QFETCH(bool, hasCnonce);
    const QByteArray value = answer(Example + more);
    QVERIFY2(value.startsWith("Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"7ypf/"), value.constData());
    QVERIFY2(value.contains(", uri=\"/dir/index.html\""), value.constData());
    QVERIFY2(value.contains(", response=\"" + response + '"'), value.constData());
    QVERIFY2(value.endsWith(", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""), value.constData());
    QCOMPARE(value.contains(", nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\""), hasCnonce);
    QCOMPARE(value.contains("algorithm="), more.contains("algorithm="));
}

void HttpAuthenticationTest::takesTheStrongest()
{
    const QByteArray both = "Basic realm=\"b\", " + Example + ", algorithm=MD5, qop=auth, " + Example +
                            ", algorithm=SHA-256, qop=auth, Digest realm=x, nonce=n, algorithm=SHA-512-256";
    QVERIFY2(answer(both).contains("algorithm=SHA-256, response"), answer(both).constData());
    QVERIFY(answer("Basic realm=\"b\", " + Example).startsWith("Digest "));
    QVERIFY(answer("Digest realm=x, nonce=n, algorithm=SHA-512-256, Basic realm=\"b\"").startsWith("Basic "));
}

void HttpAuthenticationTest::quotesWhatItRepeats()
{
    const QByteArray value = answer("Digest realm=\"a \\\"b\\\" \\\\c\", nonce=\"n,1\"", {}, u"me\"\\"_s);
    QVERIFY2(value.startsWith("Digest username=\"me\\\"\\\\\", realm=\"a \\\"b\\\" \\\\c\", nonce=\"n,1\""), value.constData());
    // Nothing that would begin a line of its own.
    QCOMPARE(answer("Digest realm=\"r\", nonce=\"a\rX: 1\""), "none");
    QCOMPARE(answer("Digest realm=\"r\", nonce=\"n\"", {}, u"me\r\nX: 1"_s), "none");
}

void HttpAuthenticationTest::refusesToRepeatItself_data()
{
    QTest::addColumn<QByteArray>("previous");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("starts");
    const QByteArray digest = "Digest username=\"Mufasa\"";
    QTest::newRow("Basic after Basic") << QByteArray("Basic x") << QByteArray("Basic") << QByteArray("none");
    QTest::newRow("Digest after Basic") << QByteArray("Basic x") << "Basic, " + Example << QByteArray("Digest ");
    QTest::newRow("Digest after Digest") << digest << Example << QByteArray("none");
    QTest::newRow("Basic after Digest") << digest << QByteArray("Basic") << QByteArray("none");
    QTest::newRow("both after Digest") << digest << "Basic, " + Example << QByteArray("none");
    QTest::newRow("stale") << digest << Example + ", stale=TRUE" << QByteArray("Digest ");
    QTest::newRow("not stale") << digest << Example + ", stale=false" << QByteArray("none");
}

void HttpAuthenticationTest::refusesToRepeatItself()
{
    QFETCH(QByteArray, previous);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, starts);
    QVERIFY2(answer(value, previous).startsWith(starts), answer(value, previous).constData());
}

void HttpAuthenticationTest::knowsWhatItCannotAnswer_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("can");
    QTest::newRow("Basic") << QByteArray("NTLM, Basic realm=\"x\"") << true;
    QTest::newRow("Digest") << Example << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("others") << QByteArray("NTLM, Negotiate, Bearer realm=\"x\"") << false;
    QTest::newRow("algorithm") << Example + ", algorithm=SHA-512-256" << false;
    QTest::newRow("qop") << Example + ", qop=\"other\"" << false;
    QTest::newRow("no nonce") << QByteArray("Digest realm=\"x\"") << false;
    QTest::newRow("no realm") << QByteArray("Digest nonce=\"x\"") << false;
}

void HttpAuthenticationTest::knowsWhatItCannotAnswer()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, can);
    QCOMPARE(canAnswer(challenges(value)), can);
    QCOMPARE(answer(value) != "none", can);
}

void HttpAuthenticationTest::makesNoTwoCnoncesAlike()
{
    QCOMPARE(newCnonce().size(), 32);
    QVERIFY(newCnonce() != newCnonce());
}

SOCKEYE_TEST(HttpAuthenticationTest, QCoreApplication)
#include "tst_httpauthentication.moc"
