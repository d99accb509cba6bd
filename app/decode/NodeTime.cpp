#include "decode/NodeTime.h"

#include "base/LocalTime.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qint64 FirstSecond = 1'000'000'000;
constexpr qint64 LastSecond = 4'102'444'799;
constexpr int NsDigits = 9;

bool areDigits(QByteArrayView digits)
{
    return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<Timestamp> momentOf(QByteArrayView number)
{
    const qsizetype point = number.indexOf('.');
    const QByteArrayView whole = point < 0 ? number : number.first(point);
    const QByteArrayView decimals = point < 0 ? QByteArrayView() : number.sliced(point + 1);
    constexpr qsizetype SecondDigits = 10;
    const qsizetype unit = whole.size() - SecondDigits;
    const bool hasUnit = unit == 0 || unit == 3 || unit == 6 || unit == NsDigits;
    if (!hasUnit || !areDigits(whole) || !areDigits(decimals) || (unit > 0 && point >= 0))
        return {};
    const qint64 seconds = whole.first(SecondDigits).toLongLong();
    if (seconds < FirstSecond || seconds > LastSecond)
        return {};
    const QByteArray fraction = (whole.sliced(SecondDigits).toByteArray() +
                                 decimals.first(std::min<qsizetype>(decimals.size(), NsDigits)).toByteArray())
                                    .leftJustified(NsDigits, '0');
    return timestampFromNs(seconds * 1'000'000'000 + fraction.toLongLong());
}

QString momentText(Timestamp moment)
{
    // "10:12:33.123 456": the clock, and decimals of which those that are 0 say nothing.
    const QString offset = ambiguousOffset(moment);
    QString clock = toLocalTimeOfDay(moment).remove(u' ');
    clock.chop(offset.size());
    while (clock.endsWith(u"000"))
        clock.chop(3);
    if (clock.endsWith(u'.'))
        clock.chop(1);
    return u"%1 %2%3"_s.arg(toLocalDate(moment), clock, offset);
}

} // namespace sockeye
