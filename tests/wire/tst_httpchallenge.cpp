#include "wire/HttpChallenge.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class HttpChallengeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsSeveralFields();
    void survivesAnything();
    void namesThem();
};

namespace {
using Parameters = QList<std::pair<QByteArray, QByteArray>>;

QList<HttpChallenge> parsedChallenges(const QByteArray &value)
{
    HttpHead head;
    head.fields = {{"WWW-Authenticate", value}};
    return challengesIn(head, "WWW-Authenticate");
}
} // namespace

void HttpChallengeTest::reads_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QList<HttpChallenge>>("expected");
    using List = QList<HttpChallenge>;
    const HttpChallenge basic{"Basic", {{"realm", "r"}}};
    QTest::newRow("one") << QByteArray("Basic realm=\"r\"") << List{basic};
    QTest::newRow("a token for a value") << QByteArray("Basic realm=r") << List{basic};
    QTest::newRow("blanks around =") << QByteArray("Basic realm = \"r\"") << List{basic};
    QTest::newRow("scheme alone") << QByteArray("NTLM") << List{{"NTLM", {}}};
    QTest::newRow("token68") << QByteArray("Negotiate YIIabc==") << List{{"Negotiate", {}}};
    QTest::newRow("parameters")
        << QByteArray("Digest realm=\"a, \\\"b\\\"\", NONCE=\"n=1\", qop=\"auth,auth-int\", stale=TRUE,algorithm=MD5")
        << List{{"Digest",
                 {{"realm", "a, \"b\""},
                  {"nonce", "n=1"},
                  {"qop", "auth,auth-int"},
                  {"stale", "TRUE"},
                  {"algorithm", "MD5"}}}};
    QTest::newRow("several in one field")
        << QByteArray("NTLM, Basic realm=\"r\", Digest realm=\"d\", nonce=\"n\" , Negotiate")
        << List{{"NTLM", {}}, basic, {"Digest", {{"realm", "d"}, {"nonce", "n"}}}, {"Negotiate", {}}};
    QTest::newRow("empty value") << QByteArray("Digest realm=\"\"") << List{{"Digest", {{"realm", ""}}}};
    QTest::newRow("quote without end") << QByteArray("Basic realm=\"r") << List{basic};
    QTest::newRow("a parameter of nothing") << QByteArray("realm=\"r\", Basic realm=\"r\"") << List{basic};
    QTest::newRow("no scheme") << QByteArray("\"x\", , ()") << List{};
    QTest::newRow("nothing") << QByteArray() << List{};
}

void HttpChallengeTest::reads()
{
    QFETCH(QByteArray, value);
    QFETCH(QList<HttpChallenge>, expected);
    QCOMPARE(parsedChallenges(value), expected);
}

void HttpChallengeTest::readsSeveralFields()
{
    HttpHead head;
    head.fields = {{"Proxy-Authenticate", "NTLM"}, {"proxy-authenticate", "Basic realm=\"r\""}, {"Other", "Digest"}};
    const QList<HttpChallenge> all = challengesIn(head, "Proxy-Authenticate");
    QCOMPARE(all.size(), 2);
    QVERIFY(all[0].is("ntlm"));
    QCOMPARE(all[1].parameter("realm"), std::optional<QByteArray>("r"));
    QVERIFY(!all[1].parameter("nonce"));
}

void HttpChallengeTest::survivesAnything()
{
    // Every beginning of a good value, and of what is none.
    for (const QByteArray &whole : {QByteArray("Digest realm=\"a\\\"b\", nonce==\"x\", =, a = , Basic"),
                                    QByteArray("===,,,\"\\\"\\,= =\"=\t \x00\xff\x01,a==b", 25)}) {
        for (qsizetype size = 0; size <= whole.size(); ++size) {
            const QList<HttpChallenge> all = parsedChallenges(whole.left(size));
            QVERIFY(all.size() < 5);
            for (const HttpChallenge &one : all)
                QVERIFY(isHttpToken(one.scheme));
        }
    }
}

void HttpChallengeTest::namesThem()
{
    QCOMPARE(
        challengesText(parsedChallenges("Digest realm=\"cam\", nonce=n, algorithm=SHA-256, NTLM, Basic realm=\"\"")),
        u"Digest (SHA-256, realm “cam”), NTLM, Basic"_s);
    QCOMPARE(challengesText(parsedChallenges("Digest nonce=n")), u"Digest (MD5)"_s);
    QCOMPARE(challengesText({}), QString());
    const QString text = challengesText(parsedChallenges("Basic realm=\"" + QByteArray(5'000, 'x') + "\""));
    QVERIFY2(text.size() < 100 && text.contains(u'…'), qPrintable(text));
    QVERIFY(challengesText(QList<HttpChallenge>(500, {"A", {}})).size() < 100);
}

SOCKEYE_TEST(HttpChallengeTest, QCoreApplication)
#include "tst_httpchallenge.moc"
