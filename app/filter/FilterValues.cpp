#include "filter/FilterValues.h"

#include "base/LocalTime.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

constexpr qint64 SecondNs = 1'000'000'000;
/// Nanoseconds since 1970 end in 2262; these seconds are in 2255.
constexpr qint64 Farthest = 9'000'000'000;
/// Whole numbers up to here, and no further, are exact in a double; nanoseconds of a hundred days stay below.
constexpr double MaxNumber = 9e15;

std::optional<double> decimal(QStringView text)
{
    const bool isNumber = !text.isEmpty() && std::all_of(text.begin(), text.end(),
                                                         [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; });
    bool ok = false;
    const double value = isNumber ? text.toString().toDouble(&ok) : 0;
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<qint64> scaled(QStringView number, double factor)
{
    const std::optional<double> value = decimal(number);
    if (!value || *value * factor > MaxNumber)
        return std::nullopt;
    return std::llround(*value * factor);
}

/// What stands in a literal, piece by piece.
struct Pieces
{
    QDate day;
    std::optional<QTime> time;
    qint64 fractionNs = 0;
    /// How long what it names lasts.
    qint64 unitNs = 0;
    /// Seconds east of Greenwich; local without it.
    std::optional<int> zone;
};

/// ".25" is 250,000,000 ns, known to 10,000,000.
void readFraction(QStringView digits, Pieces &pieces)
{
    qint64 unit = SecondNs;
    for (const QChar digit : digits) {
        unit /= 10;
        pieces.fractionNs += digit.digitValue() * unit;
    }
    pieces.unitNs = unit;
}

std::optional<int> zoneOffset(QStringView zone)
{
    if (zone.compare(u'Z', Qt::CaseInsensitive) == 0)
        return 0;
    const int hours = zone.sliced(1, 2).toInt();
    const int minutes = zone.last(2).toInt();
    if (hours > 14 || minutes > 59)
        return std::nullopt;
    return (zone.front() == u'-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

std::optional<Pieces> takeApart(QStringView text)
{
    static const QRegularExpression form(
        u"^(?:(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ](?=\\d)|$))?(?:(\\d{1,2})(?::(\\d\\d)(?::(\\d\\d)(?:\\.([\\d ]+))?)?)?)?"
        " ?(Z|[+-]\\d\\d:?\\d\\d)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text.toString());
    if (!match.hasMatch() || text.isEmpty())
        return std::nullopt;
    Pieces pieces;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    if (match.hasCaptured(1)) {
        pieces.day = QDate(number(1), number(2), number(3));
        // Nanoseconds since 1970 end in 2262.
        if (!pieces.day.isValid() || pieces.day.year() < 1971 || pieces.day.year() > 2200)
            return std::nullopt;
    }
    if (match.hasCaptured(4)) {
        pieces.time = QTime(number(4), number(5), number(6));
        if (!pieces.time->isValid())
            return std::nullopt;
        pieces.unitNs = (match.hasCaptured(6) ? 1 : match.hasCaptured(5) ? 60 : 3600) * SecondNs;
    }
    if (match.hasCaptured(7)) {
        const QString digits = match.captured(7).remove(u' '); // As the log shows it: "12:00:01.250 123".
        if (digits.size() > 9)
            return std::nullopt;
        readFraction(digits, pieces);
    }
    if (match.hasCaptured(8)) {
        pieces.zone = zoneOffset(match.capturedView(8));
        if (!pieces.zone || !pieces.time)
            return std::nullopt;
    }
    return pieces;
}

constexpr qint64 MsNs = 1'000'000;

QDate localDay(std::optional<Timestamp> time)
{
    return time ? QDateTime::fromMSecsSinceEpoch(toNs(*time) / MsNs).date() : QDate::currentDate();
}

/// The day of the capture's first entry, where the pieces' zone is.
QDate firstDay(const Pieces &pieces, const FilterContext &context)
{
    if (!pieces.zone || !context.first)
        return localDay(context.first);
    return QDateTime::fromMSecsSinceEpoch(toNs(*context.first) / MsNs, Qt::OffsetFromUTC, *pieces.zone).date();
}

/// A time on a day.
TimeLiteral momentOn(QDate day, const Pieces &pieces)
{
    const LocalMoment moment =
        pieces.zone ? LocalMoment{QDateTime(day, *pieces.time, Qt::OffsetFromUTC, *pieces.zone).toMSecsSinceEpoch(), 0}
                    : localMoment(day, *pieces.time);
    TimeLiteral literal;
    literal.day = day;
    literal.begin = moment.ms * MsNs + pieces.fractionNs;
    literal.end = literal.begin + pieces.unitNs;
    literal.againAfter = moment.againAfterMs * MsNs;
    return literal;
}

/// The first day of the capture on which the time lies within it. Where there is none, the first day.
TimeLiteral momentWithin(const Pieces &pieces, const FilterContext &context)
{
    const QDate first = firstDay(pieces, context);
    const TimeLiteral literal = momentOn(first, pieces);
    if (!context.first || !context.last || literal.end + literal.againAfter > toNs(*context.first))
        return literal;
    TimeLiteral next = momentOn(first.addDays(1), pieces);
    next.isNextDay = true;
    return next.begin <= toNs(*context.last) ? next : literal;
}

/// A calendar's day: 23 or 25 hours when the clocks change.
TimeLiteral wholeDay(QDate day)
{
    TimeLiteral literal;
    literal.isDay = true;
    literal.day = day;
    literal.begin = day.startOfDay().toMSecsSinceEpoch() * MsNs;
    literal.end = day.addDays(1).startOfDay().toMSecsSinceEpoch() * MsNs;
    return literal;
}

/// "1795360800.123456", as the log shows it.
std::optional<TimeLiteral> secondsSince1970(QStringView text)
{
    static const QRegularExpression form(u"^(\\d{9,10})(?:\\.(\\d{1,9}))?$"_s);
    const QRegularExpressionMatch match = form.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    Pieces pieces;
    pieces.unitNs = SecondNs;
    if (match.hasCaptured(2))
        readFraction(match.capturedView(2), pieces);
    TimeLiteral literal;
    // Nine digits end before nanoseconds do; ten may not.
    const qint64 seconds = std::min(match.capturedView(1).toLongLong(), Farthest);
    literal.begin = seconds * SecondNs + pieces.fractionNs;
    literal.end = literal.begin + pieces.unitNs;
    literal.day = localDay(timestampFromNs(literal.begin));
    return literal;
}

std::optional<TimeLiteral> relative(QStringView text, const FilterContext &context)
{
    const bool isAfter = text.front() == u'+';
    const std::optional<Timestamp> from = isAfter ? context.first : context.last;
    const std::optional<qint64> distance = durationNs(text.sliced(1));
    if (!from || !distance)
        return std::nullopt;
    TimeLiteral literal;
    literal.begin = toNs(*from) + (isAfter ? *distance : -*distance);
    literal.end = literal.begin + 1;
    literal.day = localDay(timestampFromNs(literal.begin));
    return literal;
}

} // namespace

std::optional<qint64> byteCount(QStringView text)
{
    if (text.endsWith(u'b', Qt::CaseInsensitive))
        text.chop(1);
    double factor = 1;
    if (!text.isEmpty()) {
        const auto unit = u"kmg"_s.indexOf(text.back().toLower());
        if (unit >= 0) {
            factor = std::pow(1000.0, double(unit + 1));
            text.chop(1);
        }
    }
    return scaled(text, factor);
}

std::optional<qint64> durationNs(QStringView text)
{
    struct Unit
    {
        QStringView name;
        double factor;
    };
    // The longer ones first: "ms" ends in "s". A micro sign and a Greek mu look alike.
    static constexpr std::array units{Unit{u"ns", 1},        Unit{u"us", 1e3}, Unit{u"\u00b5s", 1e3},
                                      Unit{u"\u03bcs", 1e3}, Unit{u"ms", 1e6}, Unit{u"min", 60e9},
                                      Unit{u"s", 1e9},       Unit{u"m", 60e9}, Unit{u"h", 3600e9}};
    for (const Unit &unit : units) {
        if (text.endsWith(unit.name, Qt::CaseInsensitive))
            return scaled(text.chopped(unit.name.size()), unit.factor);
    }
    return std::nullopt;
}

std::optional<qint64> ordinal(QStringView text)
{
    bool ok = false;
    const qlonglong number = text.toLongLong(&ok);
    return ok && number >= 1 && double(number) <= MaxNumber ? std::optional<qint64>(number) : std::nullopt;
}

std::optional<TimeLiteral> timeLiteral(QStringView text, const FilterContext &context, QDate day)
{
    if (text.startsWith(u'+') || text.startsWith(u'-'))
        return relative(text, context);
    if (const std::optional<TimeLiteral> literal = secondsSince1970(text))
        return literal;
    const std::optional<Pieces> pieces = takeApart(text);
    if (!pieces)
        return std::nullopt;
    if (!pieces->time)
        return pieces->day.isValid() ? std::optional(wholeDay(pieces->day)) : std::nullopt;
    if (pieces->day.isValid())
        return momentOn(pieces->day, *pieces);
    TimeLiteral literal = day.isValid() ? momentOn(day, *pieces) : momentWithin(*pieces, context);
    literal.isTimeOfDay = true;
    return literal;
}

} // namespace sockeye::filter
