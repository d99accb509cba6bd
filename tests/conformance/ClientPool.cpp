#include "conformance/ClientPool.h"

#include <QtTest>

#include <algorithm>

namespace sockeye::test {

namespace {
constexpr size_t ClientsAtOnce = 3;
constexpr int ClientPatience = 90'000;
} // namespace

ClientPool::ClientPool(const QList<conformance::ConformanceCase> &cases)
    : m_server(new conformance::ConformanceServer(cases))
{
    for (const conformance::ConformanceCase &one : cases)
        m_waiting += one.id;
    m_server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    connect(m_server, &conformance::ConformanceServer::finished, this, &ClientPool::takeResult);
    m_thread.start();
}

ClientPool::~ClientPool()
{
    m_running.clear();
    m_thread.quit();
    m_thread.wait();
}

Result<> ClientPool::listen()
{
    Result<> listening;
    QMetaObject::invokeMethod(
        m_server, [this, &listening] { listening = m_server->listen(); }, Qt::BlockingQueuedConnection);
    return listening;
}

ClientOutcome ClientPool::outcome(const QString &id)
{
    skipTo(id);
    const bool isDone = QTest::qWaitFor(
        [this, &id] {
            turn();
            return m_done.contains(id);
        },
        ClientPatience);
    if (!isDone)
        return {{id, conformance::Verdict::Failed, QStringLiteral("the program did not end"), {}, {}}, -1, {}, {}};
    return m_done.at(id);
}

void ClientPool::takeResult(const conformance::ConformanceResult &result)
{
    const auto running = m_running.find(result.id);
    if (running == m_running.end())
        return;
    running->second.outcome.result = result;
    running->second.isJudged = true;
}

void ClientPool::skipTo(const QString &id)
{
    if (!m_done.contains(id) && !m_running.contains(id))
        m_waiting.remove(0, std::max<qsizetype>(m_waiting.indexOf(id), 0));
}

void ClientPool::turn()
{
    for (auto it = m_running.begin(); it != m_running.end();) {
        Client &client = it->second;
        // A program that never came as far as the server ends without a verdict.
        const bool mayBeJudged = client.program->exitCode() != 1 && client.program->exitCode() != 4;
        if (client.program->isRunning() || (!client.isJudged && mayBeJudged)) {
            ++it;
            continue;
        }
        client.outcome.exitCode = client.program->exitCode();
        client.outcome.said = client.program->output() + client.program->errors();
        m_done.insert_or_assign(it->first, client.outcome);
        it = m_running.erase(it);
    }
    while (m_running.size() < ClientsAtOnce && !m_waiting.isEmpty())
        startNext();
}

void ClientPool::startNext()
{
    const QString id = m_waiting.takeFirst();
    Client &client = m_running[id];
    client.outcome.result = {
        id, conformance::Verdict::Failed, QStringLiteral("the program did not reach the server"), {}, {}};
    client.outcome.capture = m_directory.filePath(id + QStringLiteral(".sockeye"));
    client.program = std::make_unique<Program>();
    client.program->start({QStringLiteral("record"), m_server->url(id), QStringLiteral("--echo"), QStringLiteral("-o"),
                           client.outcome.capture});
}

} // namespace sockeye::test
