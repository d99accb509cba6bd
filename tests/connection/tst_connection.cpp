#include "connection/Connection.h"

#include "connection/SessionFixture.h"
#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class ConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWhereQWebSocketTakesNothing_data();
    void endsWhereQWebSocketTakesNothing();
    void countsOnOnceAStatusIsTaken();
};

void ConnectionTest::endsWhereQWebSocketTakesNothing_data()
{
    QTest::addColumn<Outgoing>("message");
    QTest::newRow("text") << Outgoing{Opcode::Text, "lost"};
    QTest::newRow("binary") << Outgoing{Opcode::Binary, "lost"};
    QTest::newRow("empty") << Outgoing{Opcode::Text, ""};
    QTest::newRow("pong") << Outgoing{Opcode::Pong, "lost"};
    QTest::newRow("raw") << Outgoing::raw(QByteArray::fromHex("8a00"));
}

/// An order whose message never came would wait for the next message.
void ConnectionTest::endsWhereQWebSocketTakesNothing()
{
    QFETCH(Outgoing, message);
    SessionFixture f;
    const SystemClock clock;
    Connection connection(*f.writer, clock, {});
    SessionStatus status;
    connect(&connection, &Connection::statusChanged, this, [&](const SessionStatus &changed) { status = changed; });
    connect(&connection, &Connection::ended, this, [&](const SessionStatus &ended) { status = ended; });
    connection.open(RedirectTrail(parseUrl(f.server.url()).value(), 0), f.endpoint(), {});
    QTRY_COMPARE(status.state, SessionStatus::State::Open);

    // Cut off without a word to the connection.
    auto *socket = connection.findChild<QWebSocket *>();
    QVERIFY(socket);
    socket->disconnect();
    socket->abort();
    connection.send(message);
    QTRY_COMPARE(status.state, SessionStatus::State::Closed);
    QCOMPARE(status.endKind, EndKind::Dropped);
    QVERIFY2(status.endText.contains(u"127.0.0.1"), qPrintable(status.endText));
    QStringList notices;
    for (const Entry &entry : f.entries()) {
        if (entry.event == EventKind::Notice)
            notices += QString::fromUtf8(entry.head);
    }
    QCOMPARE(notices.size(), 1);
    QVERIFY2(notices[0].contains(u"was not sent"), qPrintable(notices[0]));
    QVERIFY(f.messages().isEmpty());
    QVERIFY(f.server.received().isEmpty());
}

/// A thread that takes none for a while finds one, and not one for each sixtieth of a second.
void ConnectionTest::countsOnOnceAStatusIsTaken()
{
    SessionFixture f;
    const SystemClock clock;
    Connection connection(*f.writer, clock, {});
    SessionStatus status;
    connect(&connection, &Connection::statusChanged, this, [&](const SessionStatus &changed) { status = changed; });
    connection.open(RedirectTrail(parseUrl(f.server.url()).value(), 0), f.endpoint(), {});
    QTRY_COMPARE(status.state, SessionStatus::State::Open);
    for (int sent = 1; sent <= 3; ++sent) {
        connection.send({Opcode::Text, "counted"});
        QTRY_COMPARE(f.messages().size(), sent);
        QCOMPARE(status.messagesOut, 0);
    }
    connection.noteTaken();
    QTRY_COMPARE(status.messagesOut, 3);
}

SOCKEYE_TEST(ConnectionTest, QCoreApplication)
#include "tst_connection.moc"
