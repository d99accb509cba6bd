#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>

namespace sockeye::test {

/// How to start a peer: its program and first arguments. No program: this machine lacks what the peer needs.
struct PeerCommand
{
    QString program;
    QStringList arguments;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// The line by which the peer tells that it accepts connections. It captures the port, unless `port` is given.
    QRegularExpression ready{QStringLiteral("^listening (\\d+)")};
    quint16 port = 0;
    /// Whether its lines are those of its standard error.
    bool speaksOnStandardError = false;

    [[nodiscard]] bool isAvailable() const { return !program.isEmpty(); }
};

/// "websocketpp", "python" or "node".
[[nodiscard]] PeerCommand echoPeer(const QString &name);
/// The clients of the same names, which put the echo server at a URL to the test (README.md), or one with a browser's
/// API by its name in clients/survey, e.g. "Node 24": it exits with 77 where it is not installed.
[[nodiscard]] PeerCommand clientPeer(const QString &name);
[[nodiscard]] PeerCommand floodServer();
/// The MQTT broker, for anyone, on a free port of 127.0.0.1; its files are put into the directory. It logs all that
/// it does.
[[nodiscard]] PeerCommand mosquittoPeer(const QString &directory);
/// Squid for the user "me" with the password "s3cret" by "basic" or "digest", on a free port of 127.0.0.1, to this
/// machine only; its files are put into the directory. It denies blocked.localhost.
[[nodiscard]] PeerCommand squidPeer(const QString &directory, const QString &scheme);
/// Chromium without a window; what it keeps is put into the directory. readyLine() ends with its DevTools endpoint.
[[nodiscard]] PeerCommand chromiumPeer(const QString &directory);
/// A protocol's own client library, whose WebSocket is ours, with a server to talk to (README.md, libraries):
/// "socketio".
[[nodiscard]] PeerCommand libraryPeer(const QString &name);
/// Whether it is a failure, too, if what comes from npm is missing, as it is in CI.
[[nodiscard]] bool npmIsRequired();
/// Whether a missing peer is a failure rather than a reason to skip, as it is under scripts/test.
[[nodiscard]] bool peersAreRequired();

/// A peer in a process of its own, ended with this object.
class PeerProcess final
{
public:
    PeerProcess() = default;
    ~PeerProcess();
    PeerProcess(const PeerProcess &) = delete;
    PeerProcess &operator=(const PeerProcess &) = delete;

    /// Starts the command with further arguments and waits until it has said that it is ready.
    [[nodiscard]] bool start(const PeerCommand &command, const QStringList &arguments = {});
    void stop();
    /// The next line the peer prints; empty if none comes in time.
    [[nodiscard]] QByteArray waitForLine(int timeoutMs);
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString readyLine() const { return m_readyLine; }
    /// scheme://127.0.0.1:PORT/
    [[nodiscard]] QString url(const QString &scheme = QStringLiteral("ws")) const;
    /// Why start() failed: what the program wrote.
    [[nodiscard]] QString errorText() const { return m_errorText; }

private:
    void waitUntilReady(const PeerCommand &command);

    QProcess m_process;
    quint16 m_port = 0;
    QString m_readyLine;
    QString m_errorText;
};

} // namespace sockeye::test
