#pragma once

#include <QByteArrayView>
#include <QObject>

#include <atomic>

namespace sockeye::cli {

/// Standard output for whoever prints without end. It notices that its reader has left ("record | head"), also while
/// nothing is written.
class StandardOutput final : public QObject
{
    Q_OBJECT

public:
    explicit StandardOutput(QObject *parent = nullptr);
    StandardOutput(const StandardOutput &) = delete;
    StandardOutput &operator=(const StandardOutput &) = delete;

    /// Writes all of it and waits for a reader that is slow. Thread-safe. False once nothing can be written any more.
    bool write(QByteArrayView bytes);
    /// False once the reader has left or writing has failed. Thread-safe.
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

Q_SIGNALS:
    /// Emitted once, in the thread that noticed it.
    void readerLeft();
    /// Emitted once, likewise: why nothing more can be written, for one with a full disk.
    void failed(const QString &reason);

private:
    void watchReader();
    void leave();
    void fail(int error);

    std::atomic<bool> m_isOpen{true};
};

} // namespace sockeye::cli
