#pragma once

#include <QList>

#include <optional>

namespace sockeye {

/// What was sent from an editor, oldest first, and the draft that stood in the editor before old ones were recalled:
/// the draft's place is behind the newest. Values are compared with ==, and each is kept once.
template<typename T>
class SentHistory final
{
public:
    static constexpr qsizetype MaxSize = 100;

    void remember(const T &sent)
    {
        m_sent.removeAll(sent);
        m_sent.append(sent);
        if (m_sent.size() > MaxSize)
            m_sent.removeFirst();
        m_place = m_sent.size();
    }

    /// The editor was changed: what stands in it is the draft.
    void edited() { m_place = m_sent.size(); }

    /// Calls `show` with the value `step` places on (negative for older ones); does nothing beyond the ends. `current`
    /// is what stands in the editor, nothing if that cannot be kept as a draft. `show` may call edited().
    template<typename Show>
    void recall(int step, const std::optional<T> &current, Show show)
    {
        const qsizetype place = m_place + step;
        const bool isDraft = m_place == m_sent.size();
        if (place < 0 || place > m_sent.size() || (isDraft && !current))
            return;
        if (isDraft)
            m_draft = *current;
        show(place == m_sent.size() ? T(m_draft) : T(m_sent[place]));
        m_place = place;
    }

private:
    QList<T> m_sent;
    T m_draft{};
    qsizetype m_place = 0;
};

} // namespace sockeye
