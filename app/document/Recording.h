#pragma once

#include "connection/Session.h"
#include "document/CaptureSource.h"

#include <QTimer>

#include <memory>

namespace sockeye {

/// A new capture's writer and the session that fills it: what a live tab and the command line record with. Its signals
/// are the writer's, emitted in the owner's thread.
class Recording final : public CaptureSource
{
    Q_OBJECT

public:
    /// How many files and sockets a recording that is connected and shown has open, about.
    static constexpr int Files = 16;

    /// Begins a capture at `path`; the clock outlives the recording. The file is made in the background: connecting
    /// does not wait for it, and goes on if it cannot be made.
    Recording(const QString &path, const Clock &clock, const DiskLimits &limits);
    /// Begins a capture and makes its file at once, for whoever has no use for a connection that is not recorded.
    [[nodiscard]] static Result<std::unique_ptr<Recording>> create(const QString &path, const Clock &clock,
                                                                   const DiskLimits &limits);
    ~Recording() override;

    [[nodiscard]] QString path() const override;
    [[nodiscard]] bool isCreated() const override { return m_isCreated; }
    [[nodiscard]] bool isLive() const override { return true; }
    /// False, too, once nothing is recorded any more.
    bool annotate(const AnnotationMap &annotations) override;

    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] const Session &session() const { return *m_session; }

    /// After failed(): goes on recording into the same file, with these limits. failed() may come again.
    void resume(const DiskLimits &limits);
    /// It stopped because the capture is as large as it may be.
    [[nodiscard]] bool hasReachedMaxSize() const;

    /// The last entry that a reader of the file can see now.
    [[nodiscard]] EntryId committed() const;
    /// Writes out what has been recorded so far, and waits for it.
    void flush();
    /// Brings the capture into its closed form and waits for it; for a command, once its session has closed.
    [[nodiscard]] Result<> finish();
    /// Ends the session and hands over the writer, so that another thread can wait for its end.
    [[nodiscard]] std::shared_ptr<CaptureWriter> endSession();

Q_SIGNALS:
    /// Emitted once a second after failed(), while more entries are lost: how many so far.
    void lost(qint64 entries);
    /// Recording goes on after failed().
    void resumed();

private:
    Recording(std::unique_ptr<CaptureWriter> writer, bool isCreated, const Clock &clock);
    void followWriter();
    void takeCreated();
    void takeAdvanced(EntryId last);
    void announce();
    void watchLosses();

    // Shared with the thread that finishes it, once the session is gone.
    std::shared_ptr<CaptureWriter> m_writer;
    std::unique_ptr<Session> m_session;
    bool m_isCreated = false;
    const Clock &m_clock;
    QTimer m_batch;
    QTimer m_losses;
    qint64 m_lost = 0;
    EntryId m_last;
};

} // namespace sockeye
