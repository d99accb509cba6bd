#include "peers/PeerProcess.h"

#include <QElapsedTimer>

namespace sockeye::test {
namespace {

constexpr int StartTimeoutMs = 20'000;

[[nodiscard]] PeerCommand script(const QString &interpreter, const QString &name)
{
    if (interpreter.isEmpty())
        return {};
    return {interpreter, {QStringLiteral(SOCKEYE_PEERS_DIR "/") + name}};
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

PeerCommand floodServer()
{
    return {QStringLiteral(SOCKEYE_PEER_FLOOD), {}};
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
    const QByteArray output = waitForLine(StartTimeoutMs);
    if (output.startsWith("listening "))
        m_port = output.mid(10).trimmed().toUShort();
    if (m_port == 0) {
        m_process.waitForFinished(1000);
        m_errorText = command.program + QStringLiteral(": ") + m_process.errorString() + u' ' +
                      QString::fromUtf8(output + m_process.readAllStandardError());
        stop();
    }
    return m_port != 0;
}

QByteArray PeerProcess::waitForLine(int timeoutMs)
{
    QElapsedTimer timer;
    timer.start();
    m_process.setReadChannel(QProcess::StandardOutput);
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
