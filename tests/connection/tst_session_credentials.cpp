// What a session answers to a peer that wants to know who asks (401).

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class SessionCredentialsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void sendsBasicAtOnceIfTold();
    void refuses_data();
    void refuses();
    void leavesAHeaderOfTheUsersAlone();
    void goesOnlySoFar();

private:
    [[nodiscard]] static Endpoint withUser(const SessionFixture &f)
    {
        Endpoint endpoint = f.endpoint();
        endpoint.url.replace(u"ws://"_s, u"ws://me:s3cret@"_s);
        return endpoint;
    }
};

namespace {
QByteArray demand(const QByteArray &challenge)
{
    return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge + "\r\nContent-Length: 0\r\n\r\n";
}

/// Asks for credentials until they come.
RawServer::Reply asking(const QByteArray &challenge)
{
    return [challenge](const QByteArray &head) {
        return head.contains("\r\nAuthorization: ") ? RawServer::acceptReply(head) : demand(challenge);
    };
}
} // namespace

void SessionCredentialsTest::answers_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("Basic") << QByteArray("Basic realm=\"r\"") << QByteArray("Basic bWU6czNjcmV0\r\n");
    QTest::newRow("Digest") << QByteArray("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
                            << QByteArray("Digest username=\"me\", realm=\"r\", nonce=\"n\", uri=\"/\"");
    QTest::newRow("SHA-256") << QByteArray("Basic realm=\"r\", Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256")
                             << QByteArray("Digest username=\"me\"");
}

void SessionCredentialsTest::answers()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QByteArray, answer);
    SessionFixture f;
    f.server.setReply(asking(challenge));
    QVERIFY2(f.open(withUser(f)), qPrintable(f.session->status().endText));
    // Each attempt is a connection of its own.
    QCOMPARE(f.server.connectionCount(), 2);
    QVERIFY(!f.record(1).requestHead.contains("Authorization"));
    QCOMPARE(f.record(1).endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.record(1).endText.startsWith(u"The peer wants credentials (401), by "_s),
             qPrintable(f.record(1).endText));
    QVERIFY2(f.record(2).requestHead.contains("\r\nAuthorization: " + answer), f.record(2).requestHead.constData());
    QVERIFY(!f.record(2).url.contains(u"s3cret"_s));
}

void SessionCredentialsTest::sendsBasicAtOnceIfTold()
{
    SessionFixture f;
    f.server.setReply(asking("Basic"));
    Endpoint endpoint = withUser(f);
    endpoint.basicAtOnce = true;
    QVERIFY(f.open(endpoint));
    QCOMPARE(f.server.connectionCount(), 1);

    // Digest is a second chance.
    SessionFixture g;
    g.server.setReply([](const QByteArray &head) {
        return head.contains("Authorization: Digest ") ? RawServer::acceptReply(head)
                                                       : demand("Digest realm=\"r\", nonce=\"n\"");
    });
    endpoint.url = withUser(g).url;
    QVERIFY(g.open(endpoint));
    QCOMPARE(g.server.connectionCount(), 2);
}

void SessionCredentialsTest::refuses_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<bool>("hasUser");
    QTest::addColumn<int>("connections");
    QTest::addColumn<QString>("says");
    QTest::newRow("no user") << QByteArray("Basic realm=\"r\"") << false << 1
                             << u"It wants a user and a password, by Basic (realm “r”)."_s;
    QTest::newRow("wrong password") << QByteArray("Basic realm=\"r\"") << true << 2
                                    << u"It did not take the credentials"_s;
    QTest::newRow("wrong password for Digest")
        << QByteArray("Digest realm=\"r\", nonce=\"n\"") << true << 2 << u"It did not take the credentials"_s;
    QTest::newRow("others") << QByteArray("Bearer realm=\"r\", NTLM") << true << 1
                            << u"It wants credentials by Bearer (realm “r”), NTLM;"_s;
    QTest::newRow("nothing") << QByteArray() << true << 1 << u"does not say which credentials"_s;
}

void SessionCredentialsTest::refuses()
{
    QFETCH(QByteArray, challenge);
    QFETCH(bool, hasUser);
    QFETCH(int, connections);
    QFETCH(QString, says);
    SessionFixture f;
    f.server.setReply([challenge](const QByteArray &) { return demand(challenge); });
    QVERIFY(f.session->open(hasUser ? withUser(f) : f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), connections);
    QCOMPARE(f.session->status().httpStatus, 401);
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(says), qPrintable(f.session->status().endText));
    QVERIFY(!f.session->status().endText.contains(u"s3cret"_s));
    QVERIFY(f.worksAgain());
}

void SessionCredentialsTest::leavesAHeaderOfTheUsersAlone()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return demand("Basic"); });
    Endpoint endpoint = withUser(f);
    endpoint.headers = {{u"authorization"_s, u"Bearer x"_s}};
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 1);
    QVERIFY(f.record().requestHead.contains("authorization: Bearer x\r\n"));
}

void SessionCredentialsTest::goesOnlySoFar()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return demand("Digest realm=\"r\", nonce=\"n\", stale=true"); });
    QVERIFY(f.session->open(withUser(f)));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 4);
}

SOCKEYE_TEST(SessionCredentialsTest, QCoreApplication)
#include "tst_session_credentials.moc"
