#include "conformance/ConformanceClient.h"

#include "conformance/ServerTrial.h"

namespace sockeye::conformance {

void ConformanceClient::run(const QUrl &url, const ConformanceCase &one)
{
    auto *trial = new ServerTrial(one, m_patience, this);
    ++m_running;
    connect(trial, &ServerTrial::finished, this, [this, trial](const ConformanceResult &result) {
        --m_running;
        trial->deleteLater();
        Q_EMIT finished(result);
    });
    trial->start(url);
}

} // namespace sockeye::conformance
