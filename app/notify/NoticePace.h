#pragma once

#include "notify/Notice.h"

#include <QList>

#include <optional>

namespace sockeye {

/// Decides when notices may be shown: the first one at once, and never more than one in a pause, whatever they are
/// about. What comes in between is summed up, an entry for each connection and kind, and is not lost. Pure: the time
/// comes in as an argument.
class NoticePace final
{
public:
    static constexpr Nanoseconds Pause = std::chrono::seconds(5);

    explicit NoticePace(Nanoseconds pause = Pause)
        : m_pause(pause)
    {
    }

    void add(const Notice &notice);
    /// All that may be shown now as one notice, ends and returns first, in their order; nothing if nothing waits or it
    /// is too early.
    [[nodiscard]] QList<Notice> take(Timestamp now);
    /// How long what waits has to wait from now on; none if nothing waits.
    [[nodiscard]] std::optional<Nanoseconds> wait(Timestamp now) const;
    /// Drops what waits of a connection: the user has seen it.
    void forget(WatchedId connection);

private:
    Nanoseconds m_pause;
    std::optional<Timestamp> m_shown;
    QList<Notice> m_waiting;
};

} // namespace sockeye
