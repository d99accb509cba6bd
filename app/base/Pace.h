#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace sockeye {

/// Decides when something that changes again and again is refreshed: at once after silence, and from then on no more
/// often than people can follow. While nobody looks it rests, and the next look brings what was missed. Lives in one
/// thread.
class Pace final : public QObject
{
    Q_OBJECT

public:
    /// Of rows that come: after silence the first is seen at once, and ten times a second is fast to the eye.
    static constexpr std::chrono::milliseconds Rows{100};
    /// Of figures and pictures beside them, which nobody reads faster.
    static constexpr std::chrono::milliseconds Figures{250};

    explicit Pace(std::chrono::milliseconds interval, QObject *parent = nullptr);

    /// Something has changed. Emits due() at once if the last time is an interval ago; else it is emitted when the
    /// interval is over, once for all changes until then.
    void request();
    /// Emits due() now if something has changed since the last time.
    void flush();
    /// Forgets what has changed.
    void cancel();
    /// While it rests, changes are only kept in mind; waking emits due() for them.
    void setResting(bool resting);
    [[nodiscard]] bool isResting() const { return m_isResting; }
    [[nodiscard]] bool isPending() const { return m_isPending; }
    void setInterval(std::chrono::milliseconds interval) { m_interval = interval; }

Q_SIGNALS:
    /// Now is the time to refresh.
    void due();

private:
    void refresh();

    std::chrono::milliseconds m_interval;
    QTimer m_timer;
    /// Since the last due(); not valid before the first.
    QElapsedTimer m_sinceDue;
    bool m_isPending = false;
    bool m_isResting = false;
};

} // namespace sockeye
