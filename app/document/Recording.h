#pragma once

#include "connection/Session.h"

#include <QEventLoopLocker>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// What a live tab records with: a new capture's writer and the session that fills it. Its signals are the writer's,
/// told in the window's thread; advanced() at most 60 times a second.
class Recording final : public QObject
{
    Q_OBJECT

public:
    /// Begins a capture at `path`; the clock outlives the recording. The file is made in the background: connecting
    /// does not wait for it, and goes on if it cannot be made.
    Recording(const QString &path, const Clock &clock);
    ~Recording() override;

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] const Session &session() const { return *m_session; }
    /// Sets or removes what stands at these entries; false, and nothing is done, once nothing is recorded any more.
    bool annotate(const AnnotationMap &annotations);

Q_SIGNALS:
    /// The file is there and can be read.
    void created();
    void advanced(sockeye::EntryId last);
    /// A connection's record was written anew.
    void connectionsChanged();
    /// What annotate() was given before is in the file now.
    void annotated();
    /// Nothing is recorded any more; the connection goes on.
    void failed(const QString &message);
    /// How many entries were lost since then, told once a second while more are.
    void lost(qint64 entries);

private:
    friend class RecordingCloser;
    void announce();
    void watchLosses();

    QString m_path;
    // Shared with the thread that finishes it, once the session is gone.
    std::shared_ptr<CaptureWriter> m_writer;
    std::unique_ptr<Session> m_session;
    QTimer m_batch;
    QTimer m_losses;
    qint64 m_lost = 0;
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
