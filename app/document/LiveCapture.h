#pragma once

#include "base/OpenFiles.h"
#include "connection/Session.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

class CaptureLibrary;
class Recording;
class RecordingCloser;

/// What a tab connects with. The first connection begins a recording in the library, further ones go on in it or begin
/// another; the closer ends a recording that is left or when this goes. Lives in the window's thread and never waits.
class LiveCapture final : public QObject
{
    Q_OBJECT

public:
    /// Which capture a connection is recorded into.
    enum class Into : quint8 {
        SameCapture, ///< the one that there is, if any
        NewCapture
    };

    /// All outlive it.
    LiveCapture(const CaptureLibrary &library, const Clock &clock, RecordingCloser &closer, QObject *parent = nullptr);
    ~LiveCapture() override;

    /// Hold for the next recording, and for this one once it was stopped and goes on.
    void setDiskLimits(const DiskLimits &limits) { m_limits = limits; }
    /// Checks the endpoint and starts to connect; an error means that nothing was dialled, and that what is connected
    /// stays so. A URL that cannot be understood leaves no file behind. A live connection is closed: in the same
    /// capture the next one is dialled once that has been done, for a new one at once.
    [[nodiscard]] Result<> connectTo(const Endpoint &endpoint, const Session::Options &options,
                                     Into into = Into::SameCapture);
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
    /// Where the connection was asked to go that there is or was last, as it was typed; empty before the first one.
    [[nodiscard]] QString url() const { return m_url; }
    /// Likewise, of the one that is dialled once this one has closed, if there is such.
    [[nodiscard]] QString nextUrl() const { return m_next ? m_next->endpoint.url : m_url; }
    /// Whether there is a connection to end, or one about to be made.
    [[nodiscard]] bool isActive() const { return status().isActive(); }
    /// Closed, and about to connect again by itself.
    [[nodiscard]] bool isWaiting() const { return status().state == SessionStatus::State::Waiting; }

Q_SIGNALS:
    /// Emitted before recording() goes to the closer because another one begins: whoever reads it lets go of it.
    void aboutToLeave();
    /// Emitted when recording() has come; its file follows.
    void begun();
    /// Emitted before begun() if the recording cannot be where captures go; says where it is.
    void recordedElsewhere(const QString &message);
    /// Emitted when the next connection could not be dialled although the one before it was closed for it; says why.
    void failed(const QString &message);
    /// As those of the session.
    void statusChanged();
    void opened();

private:
    /// What is connected to once the live connection has closed.
    struct Next
    {
        Endpoint endpoint;
        Session::Options options;
    };

    [[nodiscard]] Result<> begin(const QString &url);
    void leave();
    [[nodiscard]] Result<> dial(const Endpoint &endpoint, const Session::Options &options);
    void takeClosed();
    [[nodiscard]] Result<QString> newPath(const QString &url);

    const CaptureLibrary &m_library;
    const Clock &m_clock;
    RecordingCloser &m_closer;
    DiskLimits m_limits;
    /// What the recording and its readers will open.
    OpenFilesShare m_files;
    std::unique_ptr<Recording> m_recording;
    QString m_url;
    std::optional<Next> m_next;
};

} // namespace sockeye
