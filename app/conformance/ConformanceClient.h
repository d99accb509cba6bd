#pragma once

#include "conformance/ConformanceCase.h"

#include <QObject>
#include <QUrl>

#include <chrono>

namespace sockeye::conformance {

/// A WebSocket client that puts servers to the test: plays a case to a server that echoes data messages, over plain
/// TCP, and judges it. It shares no code with the rest of the program. Any number of runs at once. Belongs to the
/// thread it lives in.
///
///     for (const ConformanceCase &one : builtInCases(Subject::Server).value())
///         client.run(url, one);                   // finished(result) for each, in any order
class ConformanceClient final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Against ws://HOST[:PORT]/PATH. Ends with finished(), also if there is no server or it says nothing.
    void run(const QUrl &url, const ConformanceCase &one);
    /// How many runs have not ended.
    [[nodiscard]] int running() const { return m_running; }
    /// For the runs from now on: how long a server may do nothing before it has failed; 30 s unless set.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

Q_SIGNALS:
    /// A run has ended, and this came of it.
    void finished(const sockeye::conformance::ConformanceResult &result);

private:
    std::chrono::milliseconds m_patience{30'000};
    int m_running = 0;
};

} // namespace sockeye::conformance
