#include "exchange/EntryFields.h"

#include "base/Bytes.h"

namespace sockeye {

using namespace Qt::StringLiterals;

QLatin1StringView severityName(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note"_L1;
    case Severity::Warning:
        return "warning"_L1;
    case Severity::Error:
        break;
    }
    return "error"_L1;
}

QLatin1StringView eventName(EventKind event)
{
    switch (event) {
    case EventKind::Connecting:
        return "connecting"_L1;
    case EventKind::Open:
        return "open"_L1;
    case EventKind::Failed:
        return "failed"_L1;
    case EventKind::Closed:
        return "closed"_L1;
    case EventKind::Broken:
        return "broken"_L1;
    case EventKind::Redirect:
        return "redirect"_L1;
    case EventKind::None:
    case EventKind::Notice:
        break;
    }
    return "notice"_L1;
}

bool mayBeText(EntryKind kind)
{
    return kind != EntryKind::Binary && kind != EntryKind::Raw;
}

bool isReadableClose(const Entry &entry)
{
    return entry.size == 0 || (entry.size >= 2 && entry.isWhole() && isValidUtf8(QByteArrayView(entry.head).sliced(2)));
}

QByteArrayView IsoTimes::at(Timestamp time)
{
    constexpr qsizetype FractionEnd = 28;
    constexpr int Digits = 9;
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (m_text.isEmpty() || second != m_second) {
        m_second = second;
        m_text = toIsoUtc(time);
        return m_text;
    }
    auto rest = (time - second).count();
    char *digit = m_text.data() + FractionEnd;
    for (int i = 0; i < Digits; ++i, rest /= 10)
        *digit-- = static_cast<char>('0' + rest % 10);
    return m_text;
}

} // namespace sockeye
