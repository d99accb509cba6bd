#pragma once

#include "conformance/ConformanceServer.h"
#include "integration/Program.h"

#include <QThread>

#include <map>

namespace sockeye::test {

/// How the program did in a case: by the server's account, and by its own.
struct ClientOutcome
{
    conformance::ConformanceResult result;
    int exitCode = -1;
    /// What it printed to both channels.
    QByteArray said;
    QString capture;
};

/// Runs `sockeye record URL --echo` against the cases of a conformance server, some at once, in order. The server has a
/// thread of its own, so that it never waits for the test.
class ClientPool final : public QObject
{
    Q_OBJECT

public:
    explicit ClientPool(const QList<conformance::ConformanceCase> &cases);
    ~ClientPool() override;

    [[nodiscard]] Result<> listen();
    /// Runs on until the case's outcome is there; cases before `id` that have not begun are left out.
    [[nodiscard]] ClientOutcome outcome(const QString &id);

private:
    struct Client
    {
        std::unique_ptr<Program> program;
        ClientOutcome outcome;
        bool isJudged = false;
    };

    void takeResult(const conformance::ConformanceResult &result);
    void skipTo(const QString &id);
    /// Notes which clients have ended, and starts others in their place.
    void turn();
    void startNext();

    QTemporaryDir m_directory;
    QThread m_thread;
    conformance::ConformanceServer *m_server;
    QStringList m_waiting;
    std::map<QString, Client> m_running;
    std::map<QString, ClientOutcome> m_done;
};

} // namespace sockeye::test
