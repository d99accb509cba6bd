#include "peers/PeerProcess.h"
#include "server/EchoServer.h"
#include "support/TestProgram.h"

#include <QProcess>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

/// Clients of other makers at the echo server, each as far as its API goes: 4 MiB of text and binary, compressed and
/// not, split characters, pings, subprotocols, all close codes.
class EchoPeersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoes_data();
    void echoes();
};

void EchoPeersTest::echoes_data()
{
    QTest::addColumn<QString>("peer");
    // What its API sends, and waits for an answer.
    QTest::addColumn<QByteArrayList>("codes");
    const QByteArrayList all{"1000", "1001", "1002", "1003", "1007", "1008", "1009", "1010",
                             "1011", "1012", "1013", "1014", "3000", "3999", "4000", "4999"};
    QTest::newRow("node") << QStringLiteral("node") << all;
    QTest::newRow("python") << QStringLiteral("python") << all;
    QTest::newRow("websocketpp") << QStringLiteral("websocketpp")
                                 << QByteArrayList{"1000", "1001", "1003", "1010", "3000", "3999", "4000", "4999"};
    // Those with a browser's API.
    const QByteArrayList few{"1000", "3000", "3999", "4000", "4999"};
    for (const char *name : {"Node 24", "undici", "Bun", "Deno", "Chromium", "Firefox"})
        QTest::newRow(name) << QString::fromLatin1(name) << few;
}

void EchoPeersTest::echoes()
{
    QFETCH(QString, peer);
    QFETCH(QByteArrayList, codes);
    const PeerCommand command = clientPeer(peer);
    if (!command.isAvailable()) {
        QVERIFY2(!peersAreRequired(), "the peer is not there");
        QSKIP("the peer is not there");
    }
    EchoServer server;
    const auto started = server.start();
    QVERIFY2(started, qPrintable(started.message()));
    QProcess client;
    client.setProcessEnvironment(command.environment);
    client.setProcessChannelMode(QProcess::MergedChannels);
    client.start(command.program, command.arguments + QStringList{server.url().toString()});
    QVERIFY(client.waitForFinished(110'000));
    const QByteArray said = client.readAll();
    // It fails instead where the client is required.
    constexpr int NotHere = 77;
    if (client.exitStatus() == QProcess::NormalExit && client.exitCode() == NotHere)
        QSKIP(said.constData());
    QVERIFY2(client.exitCode() == 0 && said.endsWith("done\n"), said.constData());
    for (const QByteArray &code : std::as_const(codes))
        QVERIFY2(said.contains(' ' + code), (code + " was not tried: " + said).constData());
}

SOCKEYE_TEST(EchoPeersTest, QCoreApplication)
#include "tst_echopeers.moc"
