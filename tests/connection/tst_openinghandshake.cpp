#include "connection/OpeningHandshake.h"

#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"
#include "wire/ServerHandshake.h"

#include <QTest>

using namespace sockeye;
using Event = OpeningHandshake::Event;

class OpeningHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opens();
    void opensLeniently();
    void skipsInterimReplies();
    void skipsOnlySoManyInterimReplies();
    void collectsTheBodyOfARefusal();
    void refusesWithoutABody();
    void refusesWhatIsNoHead_data();
    void refusesWhatIsNoHead();
    void saysWhyItEndedEarly();
};

namespace {
constexpr char Interim[] = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";

HandshakeRequest request()
{
    HandshakeRequest request;
    request.host = "example.com";
    request.key = "dGhlIHNhbXBsZSBub25jZQ==";
    return request;
}

OpeningHandshake handshake(bool lenient = false)
{
    return {
        parseUrl(QStringLiteral("ws://example.com/")).value(), request(), {.maxBytes = 2'000, .maxLines = 20}, lenient};
}

/// What comes of all the bytes, fed `step` at a time.
QList<Event> eventsOf(OpeningHandshake opening, const QByteArray &bytes, qsizetype step)
{
    QList<Event> events;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        QByteArrayView input = QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at));
        Event event = Event::NeedsMore;
        while ((event = opening.feed(input)) != Event::NeedsMore) {
            events += event;
            if (event == Event::Opened || event == Event::Refused || event == Event::Unreadable)
                return events;
        }
    }
    return events;
}
} // namespace

void OpeningHandshakeTest::opens()
{
    OpeningHandshake opening = handshake();
    QVERIFY(opening.requestHead().startsWith("GET / HTTP/1.1\r\nHost: example.com\r\n"));
    const QByteArray bytes = composeReply({.key = request().key}) + "frames";
    QByteArrayView input = bytes;
    QVERIFY(opening.feed(input) == Event::Opened);
    QCOMPARE(input.toByteArray(), QByteArray("frames"));
    QVERIFY(opening.verdict().accepted());
    QVERIFY(!opening.isOpenedLeniently());
    QVERIFY(!opening.isDeclined());
    QCOMPARE(opening.reply().status(), 101);
}

void OpeningHandshakeTest::opensLeniently()
{
    const QByteArray wrong = composeReply({.key = "another"});
    QCOMPARE(eventsOf(handshake(), wrong, 1'000), (QList<Event>{Event::Declined, Event::Refused}));
    OpeningHandshake lenient = handshake(true);
    QByteArrayView input = wrong;
    QVERIFY(lenient.feed(input) == Event::Opened);
    QVERIFY(lenient.isOpenedLeniently());
    // There is no connection to be studied behind a 403.
    QCOMPARE(eventsOf(handshake(true), "HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx", 1),
             (QList<Event>{Event::Declined, Event::Refused}));
}

void OpeningHandshakeTest::skipsInterimReplies()
{
    const QByteArray bytes = Interim + QByteArray(Interim) + composeReply({.key = request().key});
    const QList<Event> expected{Event::Interim, Event::Interim, Event::Opened};
    QCOMPARE(eventsOf(handshake(), bytes, bytes.size()), expected);
    QCOMPARE(eventsOf(handshake(), bytes, 1), expected);

    OpeningHandshake opening = handshake();
    QByteArrayView input = bytes;
    QVERIFY(opening.feed(input) == Event::Interim);
    QCOMPARE(opening.headBytes(), QByteArray(Interim));
    QCOMPARE(opening.finding().rule, QStringLiteral("http.interim"));
    QVERIFY(opening.finding().severity == Severity::Note);
}

void OpeningHandshakeTest::skipsOnlySoManyInterimReplies()
{
    const QByteArray bytes = QByteArray(Interim).repeated(9);
    const QList<Event> events = eventsOf(handshake(), bytes, bytes.size());
    QCOMPARE(events.size(), 10);
    QVERIFY(events[7] == Event::Interim);
    QVERIFY(events[8] == Event::Declined);
    QVERIFY(events[9] == Event::Refused);
}

void OpeningHandshakeTest::collectsTheBodyOfARefusal()
{
    const QByteArray bytes = "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nnever";
    const QList<Event> expected{Event::Declined, Event::Refused};
    QCOMPARE(eventsOf(handshake(), bytes, bytes.size()), expected);
    QCOMPARE(eventsOf(handshake(), bytes, 1), expected);

    OpeningHandshake opening = handshake();
    QByteArrayView input = QByteArrayView(bytes).chopped(1);
    QVERIFY(opening.feed(input) == Event::Declined);
    QVERIFY(opening.isDeclined());
    QVERIFY(opening.feed(input) == Event::NeedsMore);
    QCOMPARE(opening.body(), QByteArray("neve"));
    // Also of a body that was not waited for.
    QVERIFY2(opening.refusalText().contains(u"403 Forbidden"), qPrintable(opening.refusalText()));
    input = QByteArrayView(bytes).last(1);
    QVERIFY(opening.feed(input) == Event::Refused);
    QCOMPARE(opening.body(), QByteArray("never"));
}

void OpeningHandshakeTest::refusesWithoutABody()
{
    OpeningHandshake opening = handshake();
    const QByteArray wrong = composeReply({.key = "another"});
    QByteArrayView input = wrong;
    QVERIFY(opening.feed(input) == Event::Declined);
    QVERIFY(opening.feed(input) == Event::Refused);
    QVERIFY2(opening.refusalText().contains(u"Sec-WebSocket-Accept"), qPrintable(opening.refusalText()));
}

void OpeningHandshakeTest::refusesWhatIsNoHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("word");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH\r\n") << QStringLiteral("http.not-http")
                         << QStringLiteral("SSH-2.0-OpenSSH");
    QTest::newRow("large") << QByteArray("HTTP/1.1 101 Yes\r\nX: " + QByteArray(3'000, 'x'))
                           << QStringLiteral("http.too-large") << QStringLiteral("too large");
    QTest::newRow("long") << QByteArray("HTTP/1.1 101 Yes\r\n" + QByteArray("X: y\r\n").repeated(30))
                          << QStringLiteral("http.too-many-lines") << QStringLiteral("20 lines");
}

void OpeningHandshakeTest::refusesWhatIsNoHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, rule);
    QFETCH(QString, word);
    OpeningHandshake opening = handshake();
    QByteArrayView input = bytes;
    QVERIFY(opening.feed(input) == Event::Unreadable);
    QCOMPARE(opening.finding().rule, rule);
    QVERIFY2(opening.finding().text.contains(word), qPrintable(opening.finding().text));
    QVERIFY(!opening.headBytes().isEmpty());
}

void OpeningHandshakeTest::saysWhyItEndedEarly()
{
    OpeningHandshake opening = handshake();
    QVERIFY(opening.endedEarlyText(TcpEnd::PeerFin, {}).contains(u"without an answer"));
    QVERIFY(opening.endedEarlyText(TcpEnd::PeerReset, {}).contains(u"RST"));
    QVERIFY(opening.endedEarlyText(TcpEnd::Failed, QStringLiteral("cable pulled")).contains(u"cable pulled"));
    QByteArrayView input = "HTTP/1.1 1";
    QVERIFY(opening.feed(input) == Event::NeedsMore);
    QVERIFY(opening.endedEarlyText(TcpEnd::PeerFin, {}).contains(u"in the middle"));
}

SOCKEYE_TEST(OpeningHandshakeTest, QCoreApplication)
#include "tst_openinghandshake.moc"
