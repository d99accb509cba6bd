#pragma once

#include "base/OpenFiles.h"
#include "connection/Session.h"

#include <QObject>

#include <memory>

namespace sockeye {

class CaptureLibrary;
class Recording;
class RecordingCloser;

/// What a tab connects with. The first connection begins a recording in the library, further ones go on in it; the
/// closer ends it when this goes. Lives in the window's thread and never waits.
class LiveCapture final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    LiveCapture(const CaptureLibrary &library, const Clock &clock, RecordingCloser &closer, QObject *parent = nullptr);
    ~LiveCapture() override;

    /// Hold for the next recording, and for this one once it was stopped and goes on.
    void setDiskLimits(const DiskLimits &limits) { m_limits = limits; }
    /// Checks the endpoint and starts to connect; an error means that nothing was dialled. A URL that cannot be
    /// understood leaves no file behind.
    [[nodiscard]] Result<> connectTo(const Endpoint &endpoint, const Session::Options &options);
    /// Sends when open; an error says why not.
    [[nodiscard]] Result<> send(const Outgoing &message);
    /// Starts the closing handshake; while connecting or waiting it gives up.
    void close(quint16 code = 1000, const QString &reason = {});
    /// Cuts TCP off without a closing handshake; while waiting it gives up.
    void abort();
    /// While waiting: connects again at once.
    void retryNow();

    /// Null before the first connection.
    [[nodiscard]] Recording *recording() const { return m_recording.get(); }
    [[nodiscard]] const SessionStatus &status() const;
    /// Whether there is a connection to end, or one about to be made.
    [[nodiscard]] bool isActive() const { return status().isActive(); }
    /// Closed, and about to connect again by itself.
    [[nodiscard]] bool isWaiting() const { return status().state == SessionStatus::State::Waiting; }

Q_SIGNALS:
    /// Emitted when recording() has come; its file follows.
    void begun();
    /// Emitted before begun() if the recording cannot be where captures go; says where it is.
    void recordedElsewhere(const QString &message);
    /// As those of the session.
    void statusChanged();
    void opened();

private:
    [[nodiscard]] Result<> begin(const QString &url);
    [[nodiscard]] Result<QString> newPath(const QString &url);

    const CaptureLibrary &m_library;
    const Clock &m_clock;
    RecordingCloser &m_closer;
    DiskLimits m_limits;
    /// What the recording and its readers will open.
    OpenFilesShare m_files;
    std::unique_ptr<Recording> m_recording;
};

} // namespace sockeye
