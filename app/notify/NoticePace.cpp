#include "notify/NoticePace.h"

#include <algorithm>
#include <utility>

namespace sockeye {

void NoticePace::add(const Notice &notice)
{
    const auto isSame = [&notice](const Notice &waiting) {
        return waiting.connection == notice.connection && waiting.kind == notice.kind;
    };
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(), isSame);
    if (found == m_waiting.end()) {
        m_waiting.append(notice);
        return;
    }
    const Notice before = *found;
    Notice sum = notice.isWeighty() ? notice : before;
    sum.name = notice.name;
    sum.time = before.time;
    sum.count = before.count + notice.count;
    // Last, so that of an end and a return the later one comes after the other.
    m_waiting.erase(found);
    m_waiting.append(sum);
}

QList<Notice> NoticePace::take(Timestamp now)
{
    // Of a clock that was set back.
    if (m_shown && now < *m_shown)
        m_shown = now;
    const std::optional<Nanoseconds> left = wait(now);
    if (!left || *left > Nanoseconds(0))
        return {};
    m_shown = now;
    QList<Notice> taken = std::exchange(m_waiting, {});
    std::stable_partition(taken.begin(), taken.end(), [](const Notice &notice) { return notice.isWeighty(); });
    return taken;
}

std::optional<Nanoseconds> NoticePace::wait(Timestamp now) const
{
    if (m_waiting.isEmpty())
        return std::nullopt;
    if (!m_shown)
        return Nanoseconds(0);
    return std::clamp(*m_shown + m_pause - now, Nanoseconds(0), m_pause);
}

void NoticePace::forget(WatchedId connection)
{
    m_waiting.removeIf([connection](const Notice &notice) { return notice.connection == connection; });
}

} // namespace sockeye
