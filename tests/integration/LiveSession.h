#pragma once

#include "connection/Session.h"
#include "integration/Recorded.h"

#include <QTemporaryDir>

namespace sockeye::test {

/// A real session that records into a capture of its own.
class LiveSession final
{
public:
    LiveSession();

    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] const SessionStatus &status() const { return m_session->status(); }
    [[nodiscard]] CaptureWriter &writer() { return *m_writer; }
    [[nodiscard]] QString path() const { return m_directory.filePath(QStringLiteral("live.sockeye")); }

    /// Ends the session, closes the capture and reads it.
    [[nodiscard]] Result<Recorded> finish();

private:
    QTemporaryDir m_directory;
    SystemClock m_clock;
    std::unique_ptr<CaptureWriter> m_writer;
    std::unique_ptr<Session> m_session;
};

} // namespace sockeye::test
