#include "record/EntryLines.h"

#include "base/ControlCharacters.h"
#include "base/Units.h"

#include <algorithm>
#include <array>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

/// What toLocalTimeOfDay() has before the fraction of a second ("15:20:00.") and with it ("15:20:00.123 456").
constexpr qsizetype BeforeFraction = 9;
constexpr qsizetype WithFraction = 16;
constexpr qsizetype KindWidth = 6;
constexpr qsizetype SizeWidth = 8;
constexpr QByteArrayView EllipsisUtf8 = "…";

constexpr char digit(qint64 value)
{
    return static_cast<char>('0' + value % 10);
}

QByteArrayView arrow(Direction direction)
{
    static const std::array<QByteArray, 3> arrows{directionArrow(Direction::In).toUtf8(),
                                                  directionArrow(Direction::Out).toUtf8(),
                                                  directionArrow(Direction::None).toUtf8()};
    return direction == Direction::In ? arrows[0] : direction == Direction::Out ? arrows[1] : arrows[2];
}

/// Whether each byte is a character that stands for nothing but itself. Without a branch per byte, so that the compiler
/// looks at many at once.
bool isPlain(QByteArrayView bytes)
{
    unsigned special = 0;
    for (const char byte : bytes)
        special |= static_cast<unsigned>(static_cast<quint8>(byte - 0x20) >= 0x7f - 0x20);
    return special == 0;
}

} // namespace

void EntryLines::append(const Entry &entry)
{
    appendTime(entry.time);
    m_bytes.append("  ").append(arrow(entry.direction)).append(' ');
    const QLatin1StringView kind = kindName(entry.kind);
    m_bytes.append(kind.data(), kind.size()).append(std::max<qsizetype>(KindWidth - kind.size(), 0), ' ');
    m_bytes.append("  ");
    appendSize(entry);
    m_bytes.append("  ");
    appendPreview(entry);
    m_bytes.append('\n');
}

void EntryLines::appendTime(Timestamp time)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (second.time_since_epoch() != m_second) {
        m_second = second.time_since_epoch();
        const QByteArray text = toLocalTimeOfDay(time).toUtf8();
        m_beforeFraction = text.first(BeforeFraction);
        m_afterFraction = text.sliced(WithFraction);
    }
    const qint64 micros = (time - second).count() / 1000;
    const std::array fraction{digit(micros / 100'000), digit(micros / 10'000), digit(micros / 1000), ' ',
                              digit(micros / 100),     digit(micros / 10),     digit(micros)};
    m_bytes.append(m_beforeFraction).append(fraction.data(), qsizetype(fraction.size())).append(m_afterFraction);
}

void EntryLines::appendSize(const Entry &entry)
{
    if (entry.kind == EntryKind::Event) {
        m_bytes.append(SizeWidth, ' ');
        return;
    }
    if (entry.size != m_size) {
        m_size = entry.size;
        m_sizeText = sizeText(entry.size).rightJustified(SizeWidth).toUtf8();
    }
    m_bytes.append(m_sizeText);
}

/// The preview, which is asked for all that is not copied as it is.
void EntryLines::appendPreview(const Entry &entry)
{
    const bool hasMore = !entry.isWhole();
    const QByteArrayView head = entry.head;
    // A line break at the cut may be two bytes for one space, and so make it fit: all that may fit is looked at.
    if (entry.kind != EntryKind::Text || !isPlain(head.first(std::min<qsizetype>(head.size(), PreviewChars)))) {
        m_bytes.append(withVisibleControls(m_preview(entry, PreviewChars).toUtf8()));
        return;
    }
    const bool isCut = head.size() + (hasMore ? 1 : 0) > PreviewChars;
    m_bytes.append(isCut ? head.first(PreviewChars - 1) : head);
    if (hasMore || isCut)
        m_bytes.append(EllipsisUtf8);
}

} // namespace sockeye
