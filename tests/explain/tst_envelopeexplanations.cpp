#include "explain/EnvelopeExplanations.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;

class EnvelopeExplanationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explains_data();
    void explains();
};

void EnvelopeExplanationsTest::explains_data()
{
    using Kind = EnvelopePart::Kind;
    QTest::addColumn<EnvelopePart::Kind>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](Kind kind, const char *bytes, const char *words) {
        QTest::newRow(words) << kind << QByteArray(bytes) << QString::fromLatin1(words);
    };
    row(Kind::SocketIo, "42", "Socket.IO event");
    row(Kind::SocketIo, "40/admin,", "Socket.IO connect, namespace /admin");
    row(Kind::SocketIo, "43/a-b,17", "Socket.IO acknowledgement, namespace /a-b, id 17");
    row(Kind::SocketIo, "452-/n,3", "Socket.IO event with binary data, attachments: 2, namespace /n, id 3");
    row(Kind::SocketIo, "44", "Socket.IO connect error");
    row(Kind::SocketIo, "4", "Socket.IO packet");
    row(Kind::EngineIo, "0", "Engine.IO handshake");
    row(Kind::EngineIo, "4", "Engine.IO message");
    row(Kind::SockJs, "a", "SockJS messages");
    row(Kind::SockJs, "c", "SockJS close");
    row(Kind::StompHead, "SEND\n\n", "STOMP frame");
    row(Kind::Json, "{}", "");
}

void EnvelopeExplanationsTest::explains()
{
    QFETCH(EnvelopePart::Kind, kind);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QCOMPARE(envelopeExplanation(kind, bytes), words);
}

SOCKEYE_TEST(EnvelopeExplanationsTest, QCoreApplication)
#include "tst_envelopeexplanations.moc"
