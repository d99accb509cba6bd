#pragma once

#include "reading/CaptureReader.h"
#include "capture/CaptureWriter.h"

#include <QRandomGenerator>

#include <functional>

namespace sockeye {

/// Random entries, and random filters with what they mean said a second time: without SQL, entry by entry. The same
/// seed gives the same.
class FilterSamples final
{
public:
    static constexpr qint64 Start = 1'795'363'200'000'000'000; // 2026-11-22T16:00:00Z
    static constexpr int Connections = 3;

    struct Sample
    {
        qint64 id = 0;
        NewEntry entry;
        Annotation annotation;
    };
    using Holds = std::function<bool(const Sample &)>;
    struct Filter
    {
        QString text;
        Holds holds;
    };

    explicit FilterSamples(quint32 seed)
        : m_random(seed)
    {
    }

    /// The next entry; some seconds have passed since the last, or none, or the clock was set back.
    [[nodiscard]] Sample sample();
    /// Terms put together by all that the language has.
    [[nodiscard]] Filter filter(int depth = 3) { return any(depth); }
    [[nodiscard]] Filter timeTerm();

private:
    [[nodiscard]] int below(int end) { return m_random.bounded(end); }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
    template<typename List>
    [[nodiscard]] auto oneOf(const List &list)
    {
        return *(std::begin(list) + below(int(std::size(list))));
    }

    [[nodiscard]] QByteArray payload(EntryKind kind);
    [[nodiscard]] QByteArray json();

    [[nodiscard]] Filter any(int depth);
    [[nodiscard]] Filter all(int depth);
    [[nodiscard]] Filter unary(int depth);
    [[nodiscard]] Filter term();

    [[nodiscard]] Filter named();
    [[nodiscard]] Filter number();
    [[nodiscard]] Filter words();
    [[nodiscard]] Filter regex();
    [[nodiscard]] Filter hex();
    [[nodiscard]] Filter rule();
    [[nodiscard]] Filter jsonTerm();

    QRandomGenerator m_random;
    qint64 m_count = 0;
    qint64 m_now = Start;
};

} // namespace sockeye
