#pragma once

#include <QEventLoopLocker>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

class Recording;

/// Ends recordings that nobody looks at any more, so that the window never waits: starts the closing handshake and
/// gives the peer a moment to answer, then brings the capture into its closed form in a pool thread. A capture without
/// entries is removed. While anything is left to do the program does not quit.
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
    /// Emitted when the capture at this path is closed, or removed because nothing had been recorded.
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
