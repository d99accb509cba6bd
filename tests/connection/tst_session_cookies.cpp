// The cookies that a peer sets on the way, and what is withheld from another origin.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {
/// A log-in that sends on to /feed, which wants the cookie.
QByteArray loginReply(const QByteArray &head)
{
    if (head.startsWith("GET /login "))
        return "HTTP/1.1 302 Found\r\nSet-Cookie: sid=42; Path=/\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n";
    return head.contains("sid=42") ? RawServer::acceptReply(head)
                                   : QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
}

QStringList eventTextsOf(SessionFixture &f)
{
    QStringList texts;
    for (const Entry &entry : f.entries()) {
        if (entry.kind == EntryKind::Event)
            texts += QString::fromUtf8(entry.head);
    }
    return texts;
}
} // namespace

class SessionCookiesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goAlongARedirect();
    void goBesideTheUsersOwn();
    void goAlongAReconnect();
    void stayBehindIfToldSo();
    void secretsStayWithTheirOrigin();

private:
    [[nodiscard]] static Endpoint login(const SessionFixture &f)
    {
        Endpoint endpoint = f.endpoint();
        endpoint.url = f.server.url() + (f.server.url().endsWith(u'/') ? u"login"_s : u"/login"_s);
        endpoint.maxRedirects = 3;
        return endpoint;
    }
};

void SessionCookiesTest::goAlongARedirect()
{
    SessionFixture f;
    f.server.setReply(&loginReply);
    QVERIFY2(f.open(login(f)), qPrintable(f.session->status().endText));
    QVERIFY(!f.record(1).requestHead.contains("Cookie"));
    QVERIFY2(f.record(2).requestHead.contains("\r\nCookie: sid=42\r\n"), f.record(2).requestHead.constData());
    // Said by its name, and not by its value.
    const QString events = eventTextsOf(f).join(u'\n');
    QVERIFY2(events.contains(u"Cookies that the server has set go along: sid"_s), qPrintable(events));
    QVERIFY2(!events.contains(u"sid=42"_s), qPrintable(events));
}

void SessionCookiesTest::goBesideTheUsersOwn()
{
    SessionFixture f;
    f.server.setReply(&loginReply);
    Endpoint endpoint = login(f);
    endpoint.headers = {{u"cookie"_s, u"theme=dark"_s}};
    QVERIFY(f.open(endpoint));
    QVERIFY2(f.record(2).requestHead.contains("\r\ncookie: theme=dark; sid=42\r\n"),
             f.record(2).requestHead.constData());
}

/// Of a load balancer, which a 101 tells where to come back to.
void SessionCookiesTest::goAlongAReconnect()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) { return RawServer::acceptReply(head, "Set-Cookie: lb=a\r\n"); });
    Endpoint endpoint = f.endpoint();
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = std::chrono::milliseconds(1);
    QVERIFY(f.open(endpoint));
    f.server.end(RawServer::End::Reset);
    QTRY_COMPARE(f.server.connectionCount(), 2);
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Open);
    QTRY_VERIFY(f.record(2).requestHead.contains("\r\nCookie: lb=a\r\n"));
}

void SessionCookiesTest::stayBehindIfToldSo()
{
    SessionFixture f;
    f.server.setReply(&loginReply);
    Endpoint endpoint = login(f);
    endpoint.cookies = false;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().httpStatus, 403);
    QVERIFY(!f.record(2).requestHead.contains("Cookie"));
}

void SessionCookiesTest::secretsStayWithTheirOrigin()
{
    RawServer other;
    SessionFixture f;
    f.server.setReply([&other](const QByteArray &) {
        return "HTTP/1.1 302 Found\r\nSet-Cookie: sid=42\r\nLocation: " + other.url().toUtf8() +
               "\r\nContent-Length: 0\r\n\r\n";
    });
    Endpoint endpoint = login(f);
    endpoint.headers = {{u"X-Session"_s, u"s3cret"_s}, {u"User-Agent"_s, u"me"_s}};
    endpoint.subprotocols = {u"chat"_s, u"base64url.bearer.phx.s3cret"_s};
    QVERIFY2(f.open(endpoint), qPrintable(f.session->status().endText));
    const QByteArray asked = f.record(2).requestHead;
    QVERIFY2(!asked.contains("s3cret") && asked.contains("User-Agent: me\r\n") &&
                 asked.contains("Sec-WebSocket-Protocol: chat\r\n"),
             asked.constData());
    const QString events = eventTextsOf(f).join(u'\n');
    QVERIFY2(events.contains(u"another origin: X-Session, a subprotocol that looks like a token"_s),
             qPrintable(events));
    QVERIFY(!events.contains(u"s3cret"_s));
}

SOCKEYE_TEST(SessionCookiesTest, QCoreApplication)
#include "tst_session_cookies.moc"
