#pragma once

#include "connection/Session.h"

#include <QEventLoopLocker>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// What a live tab records with: a new capture's writer and the session that fills it. Its advanced() is the writer's,
/// told in the window's thread and at most 60 times a second.
class Recording final : public QObject
{
    Q_OBJECT

public:
    /// Creates the capture at `path`; the clock outlives the recording.
    [[nodiscard]] static Result<std::unique_ptr<Recording>> create(const QString &path, const Clock &clock);
    ~Recording() override;

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] const Session &session() const { return *m_session; }

Q_SIGNALS:
    void advanced(sockeye::EntryId last);
    /// A connection's record was written anew.
    void connectionsChanged();
    void failed(const QString &message);

private:
    friend class RecordingCloser;
    Recording(std::unique_ptr<CaptureWriter> writer, const Clock &clock);
    void announce();

    QString m_path;
    // Shared with the thread that finishes it, once the session is gone.
    std::shared_ptr<CaptureWriter> m_writer;
    std::unique_ptr<Session> m_session;
    QTimer m_batch;
    EntryId m_last;
};

/// Ends recordings that nobody looks at any more, so that the window never waits: says goodbye to the peer for a
/// moment, then brings the capture into its closed form in a pool thread. A capture without entries is removed. While
/// anything is left to do the program does not quit.
class RecordingCloser final : public QObject
{
    Q_OBJECT

public:
    explicit RecordingCloser(QObject *parent = nullptr);
    /// Cuts off what is left and waits for the files, for some seconds at most.
    ~RecordingCloser() override;

    void take(std::unique_ptr<Recording> recording);
    [[nodiscard]] bool isIdle() const { return m_closing.empty() && m_finishing.isEmpty(); }
    /// Whether the capture at this path is still being written.
    [[nodiscard]] bool isBusy(const QString &path) const;

Q_SIGNALS:
    /// The capture at this path is closed, or gone if nothing had been recorded.
    void finished(const QString &path);

private:
    void finish(Recording *recording);
    void takeFinished(const QString &path);

    std::vector<std::unique_ptr<Recording>> m_closing;
    QStringList m_finishing;
    std::optional<QEventLoopLocker> m_lock;
    std::unique_ptr<QThreadPool> m_pool;
};

} // namespace sockeye
