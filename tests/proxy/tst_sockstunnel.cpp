#include "proxy/SocksTunnel.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using Event = ProxyTunnel::Event;

class SocksTunnelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opens_data();
    void opens();
    void logsIn();
    void refuses_data();
    void refuses();
    void namesReplies_data();
    void namesReplies();
    void saysWhyItEndedEarly();
    void refusesTooLongCredentials();
};

namespace {
const HttpCredentials SocksUser{u"me"_s, u"s3cret"_s};

SocksTunnel socksTo(const QString &host, const HttpCredentials &credentials = {})
{
    return SocksTunnel({u"proxy.test:1080"_s, host, 443, credentials});
}

/// Sends the answers in turn, each when the tunnel has sent something, in pieces of `step` bytes.
QList<Event> runSocks(SocksTunnel &tunnel, const QByteArrayList &answers, qsizetype step,
                      QByteArrayList *sent = nullptr, QByteArray *rest = nullptr)
{
    QList<Event> events;
    for (const QByteArray &answer : answers) {
        const QByteArray output = tunnel.takeOutput({});
        if (sent)
            *sent += output;
        for (qsizetype at = 0; at < answer.size(); at += step) {
            QByteArrayView input = QByteArrayView(answer).sliced(at, std::min(step, answer.size() - at));
            if (const Event event = tunnel.feed(input, {}); event != Event::NeedsMore)
                events += event;
            if (rest && !events.isEmpty() && events.last() == Event::Opened) {
                *rest = input.toByteArray() + answer.sliced(std::min(at + step, answer.size()));
                return events;
            }
        }
    }
    return events;
}
} // namespace

void SocksTunnelTest::opens_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("reply");
    const QByteArray four = QByteArray::fromHex("05000001 7f000001 0050");
    QTest::newRow("name") << u"peer.test"_s
                          << QByteArray::fromHex("05010003 09") + "peer.test" + QByteArray::fromHex("01bb") << four;
    QTest::newRow("IDN") << u"ä.test"_s
                         << QByteArray::fromHex("05010003 0c") + "xn--4ca.test" + QByteArray::fromHex("01bb") << four;
    QTest::newRow("IPv4") << u"192.0.2.7"_s << QByteArray::fromHex("05010001 c0000207 01bb") << four;
    QTest::newRow("IPv6") << u"2001:db8::1"_s << QByteArray::fromHex("05010004 20010db8000000000000000000000001 01bb")
                          << QByteArray::fromHex("05000004 20010db8000000000000000000000001 01bb");
    QTest::newRow("bound to a name") << u"192.0.2.7"_s << QByteArray::fromHex("05010001 c0000207 01bb")
                                     << QByteArray::fromHex("05000003 03") + "abc" + QByteArray::fromHex("0050");
    QTest::newRow("bound to an empty name")
        << u"192.0.2.7"_s << QByteArray::fromHex("05010001 c0000207 01bb") << QByteArray::fromHex("05000003 00 0050");
}

void SocksTunnelTest::opens()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, reply);
    for (qsizetype step = 1; step <= reply.size() + 5; ++step) {
        SocksTunnel tunnel = socksTo(host);
        QByteArrayList sent;
        QByteArray rest;
        QCOMPARE(runSocks(tunnel, {QByteArray::fromHex("0500"), reply + "peer"}, step, &sent, &rest),
                 (QList<Event>{Event::Send, Event::Opened}));
        QCOMPARE(sent, (QByteArrayList{QByteArray::fromHex("050100"), request}));
        QCOMPARE(rest, "peer");
        QVERIFY(tunnel.steps().isEmpty());
    }
}

void SocksTunnelTest::logsIn()
{
    for (const char *verdict : {"0100", "0500"}) {
        SocksTunnel tunnel = socksTo(u"peer.test"_s, SocksUser);
        QByteArrayList sent;
        QByteArray rest;
        QCOMPARE(runSocks(tunnel,
                          {QByteArray::fromHex("0502"), QByteArray::fromHex(verdict),
                           QByteArray::fromHex("0500000100000000 0000")},
                          100, &sent, &rest),
                 (QList<Event>{Event::Send, Event::Send, Event::Opened}));
        QCOMPARE(sent[0], QByteArray::fromHex("05020002"));
        QCOMPARE(sent[1], QByteArray::fromHex("0102") + "me" + QByteArray::fromHex("06") + "s3cret");
        QVERIFY(!tunnel.takeNotices().join(u' ').contains(u"s3cret"_s));
    }
}

void SocksTunnelTest::refuses_data()
{
    QTest::addColumn<HttpCredentials>("credentials");
    QTest::addColumn<QByteArrayList>("answers");
    QTest::addColumn<QString>("says");
    const auto hex = [](const char *bytes) { return QByteArray::fromHex(bytes); };
    QTest::newRow("no credentials") << HttpCredentials() << QByteArrayList{hex("05ff")}
                                    << u"wants a user and a password"_s;
    QTest::newRow("asks unoffered") << HttpCredentials() << QByteArrayList{hex("0502")}
                                    << u"wants a user and a password"_s;
    QTest::newRow("neither") << SocksUser << QByteArrayList{hex("05ff")} << u"method 255"_s;
    QTest::newRow("GSSAPI") << SocksUser << QByteArrayList{hex("0501")} << u"method 1"_s;
    QTest::newRow("wrong password") << SocksUser << QByteArrayList{hex("0502"), hex("0101")}
                                    << u"did not take the user “me” with this password"_s;
    QTest::newRow("HTTP") << SocksUser << QByteArrayList{"HTTP/1.1 400 Bad Request\r\n"} << u"speaks HTTP"_s;
    QTest::newRow("SOCKS4") << SocksUser << QByteArrayList{hex("005b")} << u"does not speak SOCKS5"_s;
    QTest::newRow("garbage for a verdict")
        << SocksUser << QByteArrayList{hex("0502"), "zz"} << u"does not speak SOCKS5"_s;
    QTest::newRow("garbage for a reply") << SocksUser << QByteArrayList{hex("0500"), "HTTP/1.1"}
                                         << u"does not speak SOCKS5"_s;
}

void SocksTunnelTest::refuses()
{
    QFETCH(HttpCredentials, credentials);
    QFETCH(QByteArrayList, answers);
    QFETCH(QString, says);
    SocksTunnel tunnel = socksTo(u"peer.test"_s, credentials);
    QCOMPARE(runSocks(tunnel, answers, 100).last(), Event::Refused);
    QVERIFY2(tunnel.refusalText().contains(says), qPrintable(tunnel.refusalText()));
    QVERIFY(!tunnel.refusalText().contains(u"s3cret"_s));
    QCOMPARE(tunnel.refusalStatus(), 0);
}

void SocksTunnelTest::namesReplies_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const QStringList says{
        u"general failure"_s, u"not allowed"_s, u"network unreachable"_s,   u"host unreachable"_s,
        u"refused"_s,         u"TTL expired"_s, u"command not supported"_s, u"address type not supported"_s,
        u"no RFC knows"_s};
    for (int code = 1; code <= says.size(); ++code)
        QTest::addRow("%d", code) << code << says[code - 1];
    QTest::newRow("255") << 255 << u"reply 255"_s;
}

void SocksTunnelTest::namesReplies()
{
    QFETCH(int, code);
    QFETCH(QString, says);
    SocksTunnel tunnel = socksTo(u"::1"_s);
    // Without the rest of the reply, which some proxies leave out.
    QCOMPARE(runSocks(tunnel, {QByteArray::fromHex("0500"), QByteArray("\x05") + char(code)}, 1).last(),
             Event::Refused);
    QVERIFY2(tunnel.refusalText().contains(says), qPrintable(tunnel.refusalText()));
    QVERIFY2(tunnel.refusalText().contains(u"[::1]:443"_s), qPrintable(tunnel.refusalText()));
}

void SocksTunnelTest::saysWhyItEndedEarly()
{
    SocksTunnel silent = socksTo(u"peer.test"_s, SocksUser);
    QCOMPARE(silent.ended({}), Event::Refused);
    QVERIFY(silent.refusalText().contains(u"closed the connection before"_s));
    SocksTunnel login = socksTo(u"peer.test"_s, SocksUser);
    QCOMPARE(runSocks(login, {QByteArray::fromHex("0502")}, 1), QList<Event>{Event::Send});
    QCOMPARE(login.ended({}), Event::Refused);
    QVERIFY2(login.refusalText().contains(u"when it got the user “me”"_s), qPrintable(login.refusalText()));
    QCOMPARE(login.ended(u"reset"_s), Event::Refused);
    QVERIFY(login.refusalText().endsWith(u": reset."_s));
}

void SocksTunnelTest::refusesTooLongCredentials()
{
    SocksTunnel tunnel = socksTo(u"peer.test"_s, {u"me"_s, QString(256, u'x')});
    QCOMPARE(runSocks(tunnel, {QByteArray::fromHex("0502")}, 1).last(), Event::Refused);
    QVERIFY(tunnel.refusalText().contains(u"255"_s));
}

SOCKEYE_TEST(SocksTunnelTest, QCoreApplication)
#include "tst_sockstunnel.moc"
