#include "base/CombiningMarks.h"

#include <algorithm>

namespace sockeye {
namespace {

/// No mark comes before this one in Unicode.
constexpr char16_t FirstMark = 0x0300;
constexpr char32_t ZeroWidthNonJoiner = 0x200c;
constexpr char32_t ZeroWidthJoiner = 0x200d;

/// The code units of the mark or joiner at this place; 0 for anything else.
qsizetype markSize(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.unicode() < FirstMark)
        return 0;
    const bool isPair = c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    const char32_t character = isPair ? QChar::surrogateToUcs4(c, text[at + 1]) : c.unicode();
    if (!QChar::isMark(character) && character != ZeroWidthJoiner && character != ZeroWidthNonJoiner)
        return 0;
    return isPair ? 2 : 1;
}

/// Behind the marks that begin at `at`, no more than `max` of them.
qsizetype passMarks(QStringView text, qsizetype at, qsizetype max)
{
    for (qsizetype count = 0; at < text.size() && count < max; ++count) {
        const qsizetype size = markSize(text, at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

} // namespace

MarkRange surplusMarks(QStringView text, qsizetype from)
{
    for (qsizetype at = from; at < text.size();) {
        const qsizetype start = passMarks(text, at, MaxMarksInARow);
        const qsizetype end = passMarks(text, start, text.size());
        if (end > start)
            return {start, end - start};
        at = std::max(end, at + 1);
    }
    return {text.size(), 0};
}

QString withFewMarks(const QString &text)
{
    MarkRange surplus = surplusMarks(text);
    if (surplus.size == 0)
        return text;
    QString shown;
    qsizetype from = 0;
    for (; surplus.size > 0; surplus = surplusMarks(text, from)) {
        shown += QStringView(text).sliced(from, surplus.start - from);
        shown += SurplusMarksSign;
        from = surplus.end();
    }
    shown += QStringView(text).sliced(from);
    return shown;
}

} // namespace sockeye
