// One open() that becomes several connections of the capture: redirects and reconnects.

#include "connection/SessionFixture.h"
#include "endpoint/UrlParser.h"

#include "peers/TlsServer.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class SessionAgainTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsRedirects();
    void leavesHeadersBehind();
    void staysWithoutLeave();
    void tellsOfRedirects_data();
    void tellsOfRedirects();
    void givesUpBetweenHops();
    void triesAgain();
    void triesAgainByCloseCode_data();
    void triesAgainByCloseCode();
    void triesAgainAfterSilence();
    void acceptsARefusal();
    void doesNotInsist_data();
    void doesNotInsist();
    void runsOutOfAttempts();
    void canBeCalledOff_data();
    void canBeCalledOff();
    void canBeHurried();
    void staysClosedByTheUser();
    void staysClosedAtTheCount();
};

namespace {
bool waitState(const Session &session, SessionStatus::State state)
{
    return QTest::qWaitFor([&] { return session.status().state == state; }, 10'000);
}

QByteArray redirectTo(const QByteArray &location, int status = 302)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Elsewhere\r\nLocation: " + location +
           "\r\nContent-Length: 0\r\n\r\n";
}

QByteArray refusal(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " No\r\nContent-Length: 0\r\n\r\n";
}

QByteArray targetOf(const QByteArray &head)
{
    return head.split(' ').value(1);
}

QList<EventKind> events(SessionFixture &f)
{
    QList<EventKind> kinds;
    for (const Entry &entry : f.entries()) {
        if (entry.kind == EntryKind::Event)
            kinds += entry.event;
    }
    return kinds;
}

/// Reconnects quickly, so that the tests need not wait.
Endpoint persistent(const SessionFixture &f)
{
    Endpoint endpoint = f.endpoint();
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = 1ms;
    endpoint.reconnect.jitter = 0;
    endpoint.reconnect.attempts = 4;
    return endpoint;
}

/// Waits for so long that the test ends first.
Endpoint patient(const SessionFixture &f)
{
    Endpoint endpoint = persistent(f);
    endpoint.reconnect.first = 1h;
    endpoint.reconnect.maximum = 1h;
    return endpoint;
}
} // namespace

void SessionAgainTest::followsRedirects()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) {
        const QByteArray target = targetOf(head);
        if (target == "/a/start")
            return redirectTo("next", 301);
        if (target == "/a/next")
            return redirectTo("/feed?x=1", 308);
        return RawServer::acceptReply(head);
    });
    QSignalSpy closed(f.session.get(), &Session::closed);
    QSignalSpy opened(f.session.get(), &Session::opened);
    Endpoint endpoint = f.endpoint();
    endpoint.url += u"a/start"_s;
    endpoint.maxRedirects = 2;
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitState(*f.session, SessionStatus::State::Open), qPrintable(f.session->status().endText));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(f.session->status().connection, ConnectionId(3));
    QCOMPARE(events(f), (QList{EventKind::Connecting, EventKind::Redirect, EventKind::Connecting, EventKind::Redirect,
                               EventKind::Connecting, EventKind::Open}));
    QCOMPARE(f.entries()[1].head, "Redirected with 301 to " + f.server.url().toUtf8() + "a/next");
    QCOMPARE(f.entries()[1].connection, ConnectionId(1));
    QVERIFY(f.record(1).requestHead.startsWith("GET /a/start "));
    QVERIFY(f.record(1).responseHead.startsWith("HTTP/1.1 301 "));
    QCOMPARE(f.record(1).endKind, EndKind::HandshakeFailed);
    QVERIFY(f.record(2).requestHead.startsWith("GET /a/next "));
    QVERIFY(f.record(3).requestHead.startsWith("GET /feed?x=1 "));
    QCOMPARE(f.record(3).url, f.server.url() + u"feed?x=1"_s);
}

void SessionAgainTest::leavesHeadersBehind()
{
    SessionFixture f;
    RawServer other;
    f.server.setReply([&](const QByteArray &head) {
        return redirectTo(targetOf(head) == "/" ? QByteArray("/here") : other.url().toUtf8());
    });
    Endpoint endpoint = f.endpoint();
    endpoint.maxRedirects = 5;
    endpoint.headers = {
        {u"Authorization"_s, u"Bearer x"_s}, {u"X-A"_s, u"1"_s}, {u"User-Agent"_s, u"me"_s}, {u"cookie"_s, u"s=1"_s}};
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitState(*f.session, SessionStatus::State::Open), qPrintable(f.session->status().endText));
    const QByteArray stayed = f.record(2).requestHead;
    QVERIFY2(stayed.startsWith("GET /here ") && stayed.contains("Authorization: Bearer x\r\n"), stayed.constData());
    const QByteArray moved = other.requestHead();
    QVERIFY2(moved.contains("User-Agent: me\r\n") && !moved.contains("X-A"), moved.constData());
    QVERIFY2(!moved.toLower().contains("authorization") && !moved.toLower().contains("cookie"), moved.constData());
}

void SessionAgainTest::staysWithoutLeave()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return redirectTo("/feed"); });
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().httpStatus, 302);
    QCOMPARE(f.session->status().redirect, parseUrl(f.server.url() + u"feed"_s).value());
    QVERIFY2(f.session->status().endText.contains(u"let redirects be followed"_s),
             qPrintable(f.session->status().endText));
    QCOMPARE(f.server.connectionCount(), 1);
    QCOMPARE(events(f), (QList{EventKind::Connecting, EventKind::Failed}));
}

void SessionAgainTest::tellsOfRedirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<int>("connections");
    QTest::addColumn<QString>("says");
    QTest::newRow("loop") << QByteArray("/") << 1 << u"a loop"_s;
    QTest::newRow("too many") << QByteArray("#") << 4 << u"the limit of 3"_s;
    QTest::newRow("nowhere") << QByteArray("") << 1 << u"without a Location"_s;
    QTest::newRow("mail") << QByteArray("mailto:a@b") << 1 << u"no WebSocket address"_s;
}

void SessionAgainTest::tellsOfRedirects()
{
    QFETCH(QByteArray, location);
    QFETCH(int, connections);
    QFETCH(QString, says);
    SessionFixture f;
    int count = 0;
    f.server.setReply([&](const QByteArray &) {
        ++count;
        return redirectTo(location == "#" ? '/' + QByteArray::number(count) : location);
    });
    QSignalSpy closed(f.session.get(), &Session::closed);
    Endpoint endpoint = f.endpoint();
    endpoint.maxRedirects = 3;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(closed.size(), 1);
    QCOMPARE(count, connections);
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(says), qPrintable(f.session->status().endText));
    QCOMPARE(f.record(connections).endText, f.session->status().endText);
}

void SessionAgainTest::givesUpBetweenHops()
{
    SessionFixture f;
    QSignalSpy closed(f.session.get(), &Session::closed);
    f.server.setReply([&f](const QByteArray &head) {
        if (targetOf(head) != "/")
            return QByteArray();
        f.session->close();
        return redirectTo("/silent");
    });
    Endpoint endpoint = f.endpoint();
    endpoint.maxRedirects = 3;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(closed.size(), 1);
    QCOMPARE(f.server.connectionCount(), 1);
}

void SessionAgainTest::triesAgain()
{
    SessionFixture f;
    int count = 0;
    f.server.setReply(
        [&count](const QByteArray &head) { return ++count < 3 ? refusal(503) : RawServer::acceptReply(head); });
    QSignalSpy closed(f.session.get(), &Session::closed);
    QVERIFY(f.session->open(persistent(f)));
    QVERIFY2(waitState(*f.session, SessionStatus::State::Open), qPrintable(f.session->status().endText));
    QCOMPARE(count, 3);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(f.session->status().connection, ConnectionId(3));
    QCOMPARE(f.session->status().attempt, 0);
    QCOMPARE(events(f), (QList{EventKind::Connecting, EventKind::Failed, EventKind::Notice, EventKind::Connecting,
                               EventKind::Failed, EventKind::Notice, EventKind::Connecting, EventKind::Open}));
    QCOMPARE(f.entries()[2].head, "Trying again in 0.0 s (attempt 1 of 4)");
    QCOMPARE(f.entries()[5].head, "Trying again in 0.0 s (attempt 2 of 4)");

    // Once open, attempts count anew.
    f.server.end(RawServer::End::Reset);
    QTRY_COMPARE(f.session->status().connection, ConnectionId(4));
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    QCOMPARE(f.record(3).endKind, EndKind::Dropped);
    const QList<Entry> entries = f.entries();
    QVERIFY(std::any_of(entries.cbegin() + 8, entries.cend(),
                        [](const Entry &e) { return e.head == "Trying again in 0.0 s (attempt 1 of 4)"; }));
}

void SessionAgainTest::triesAgainByCloseCode_data()
{
    QTest::addColumn<QList<quint16>>("codes");
    QTest::addColumn<quint16>("code");
    QTest::addColumn<bool>("again");
    QTest::newRow("any but 1000: 1001") << QList<quint16>{} << quint16(1001) << true;
    QTest::newRow("any but 1000: 1000") << QList<quint16>{} << quint16(1000) << false;
    QTest::newRow("1012: 1012") << QList<quint16>{1012} << quint16(1012) << true;
    QTest::newRow("1012: 1011") << QList<quint16>{1012} << quint16(1011) << false;
}

void SessionAgainTest::triesAgainByCloseCode()
{
    QFETCH(QList<quint16>, codes);
    QFETCH(quint16, code);
    QFETCH(bool, again);
    SessionFixture f;
    Endpoint endpoint = persistent(f);
    endpoint.reconnect.closeCodes = codes;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    f.server.send(serverFrame(Opcode::Close, QByteArray{1, char(code >> 8)} + char(code & 0xff)));
    f.server.end(RawServer::End::Fin);
    if (again) {
        QTRY_COMPARE(f.session->status().connection, ConnectionId(2));
        QVERIFY(waitState(*f.session, SessionStatus::State::Open));
        QCOMPARE(f.record(1).closeCode, code);
    } else {
        QVERIFY(f.waitClosed());
        QCOMPARE(f.server.connectionCount(), 1);
        QVERIFY(f.entries().constLast().head.startsWith("Not trying again: close code"));
    }
}

/// Our code decides, not the one with which the peer answers.
void SessionAgainTest::triesAgainAfterSilence()
{
    SessionFixture f;
    Endpoint endpoint = persistent(f);
    endpoint.timeouts.idle = 50ms;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    QVERIFY(waitState(*f.session, SessionStatus::State::Closing));
    f.server.send(serverFrame(Opcode::Close, QByteArray("\x03\xe8")));
    f.server.end(RawServer::End::Fin);
    QTRY_COMPARE(f.session->status().connection, ConnectionId(2));
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    QCOMPARE(f.record(1).closeCode, CloseCode::Normal);
}

void SessionAgainTest::acceptsARefusal()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return refusal(403); });
    QVERIFY(f.session->open(persistent(f)));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 1);
    QCOMPARE(f.session->status().httpStatus, 403);
    QVERIFY2(f.entries().constLast().head.startsWith("Not trying again: the peer refused us with 403"),
             f.entries().constLast().head.constData());
}

void SessionAgainTest::doesNotInsist_data()
{
    QTest::addColumn<QString>("caFile");
    QTest::newRow("certificate") << QString();
    QTest::newRow("option that cannot be used") << QCoreApplication::applicationFilePath();
}

void SessionAgainTest::doesNotInsist()
{
    QFETCH(QString, caFile);
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server(
        {.certificate = ca.issueLocal(), .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = persistent(f);
    endpoint.url = server.url();
    endpoint.tls.caFile = caFile;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().connection, ConnectionId(1));
    QCOMPARE(f.entries().constLast().head, "Not trying again: it would fail in the same way.");
}

void SessionAgainTest::runsOutOfAttempts()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return refusal(500); });
    QSignalSpy closed(f.session.get(), &Session::closed);
    QVERIFY(f.session->open(persistent(f)));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 5);
    QCOMPARE(closed.size(), 1);
    QVERIFY(f.entries().constLast().head.startsWith("Not trying again: attempt 4 of 4"));
}

void SessionAgainTest::canBeCalledOff_data()
{
    QTest::addColumn<bool>("byAbort");
    QTest::newRow("close") << false;
    QTest::newRow("abort") << true;
}

void SessionAgainTest::canBeCalledOff()
{
    QFETCH(bool, byAbort);
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return refusal(503); });
    QSignalSpy closed(f.session.get(), &Session::closed);
    QVERIFY(f.session->open(patient(f)));
    QVERIFY(waitState(*f.session, SessionStatus::State::Waiting));
    QVERIFY(f.session->status().isActive());
    QCOMPARE(f.session->status().attempt, 1);
    QCOMPARE(f.session->status().attempts, 4);
    QVERIFY(f.session->status().retry.remainingTimeAsDuration() > 30min);
    QCOMPARE(f.session->status().httpStatus, 503);
    QVERIFY(!f.session->open(f.endpoint()));
    QCOMPARE(closed.size(), 0);
    byAbort ? f.session->abort() : f.session->close();
    QCOMPARE(closed.size(), 1);
    QCOMPARE(f.session->status().state, SessionStatus::State::Closed);
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QCOMPARE(f.entries().constLast().head, "Not trying again: called off.");
    // And the tab is usable again.
    f.server.setReply([](const QByteArray &head) { return RawServer::acceptReply(head); });
    QVERIFY(f.open());
    QCOMPARE(f.server.connectionCount(), 2);
}

void SessionAgainTest::canBeHurried()
{
    SessionFixture f;
    int count = 0;
    f.server.setReply(
        [&count](const QByteArray &head) { return ++count < 2 ? refusal(503) : RawServer::acceptReply(head); });
    QVERIFY(f.session->open(patient(f)));
    f.session->retryNow(); // nothing to hurry yet
    QVERIFY(waitState(*f.session, SessionStatus::State::Waiting));
    f.session->retryNow();
    QCOMPARE(f.session->status().state, SessionStatus::State::Connecting);
    QCOMPARE(f.session->status().attempt, 1);
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    QCOMPARE(count, 2);
}

void SessionAgainTest::staysClosedByTheUser()
{
    SessionFixture f;
    Endpoint endpoint = persistent(f);
    endpoint.reconnect.closeCodes = {1000, 1006};
    QVERIFY(f.session->open(endpoint));
    QVERIFY(waitState(*f.session, SessionStatus::State::Open));
    f.session->close();
    QTRY_VERIFY(!f.server.received().isEmpty());
    f.server.end(RawServer::End::Reset);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 1);
}

void SessionAgainTest::staysClosedAtTheCount()
{
    SessionFixture f;
    Endpoint endpoint = persistent(f);
    endpoint.reconnect.closeCodes = {1000, 1006};
    f.server.setReply(
        [](const QByteArray &head) { return RawServer::acceptReply(head) + serverFrame(Opcode::Text, "1"); });
    QVERIFY(f.session->open(endpoint, {.echo = false, .closeAfterMessages = 1, .lenient = false}));
    QTRY_VERIFY(!f.server.received().isEmpty());
    f.server.end(RawServer::End::Reset);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.server.connectionCount(), 1);
}

SOCKEYE_TEST(SessionAgainTest, QCoreApplication)
#include "tst_session_again.moc"
