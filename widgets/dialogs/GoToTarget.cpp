#include "widgets/dialogs/GoToTarget.h"

#include "base/LocalTime.h"
#include "base/Units.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct GoToTargetWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::GoToDialog)
};

/// A stretch of time that was typed: "12:00:01" is a second long.
struct Stretch
{
    Timestamp begin;
    Nanoseconds length{1};
};

constexpr qint64 NsPerSecond = 1'000'000'000;

/// "204" after a point: in nanoseconds, and how long its last digit is.
struct Fraction
{
    Nanoseconds value{0};
    Nanoseconds precision{NsPerSecond};
};

Fraction fractionOf(QString digits)
{
    digits.remove(u' ');
    digits.truncate(9);
    Fraction fraction;
    for (qsizetype n = digits.size(); n > 0; --n)
        fraction.precision /= 10;
    fraction.value = Nanoseconds(digits.leftJustified(9, u'0').toLongLong());
    return fraction;
}

QString shown(Timestamp time, const GoToContext &context)
{
    CellStyle style;
    style.time = context.format;
    if (context.span) {
        style.start = context.span->first;
        style.showsDate = !logtext::isSameDay(context.span->first, context.span->last, context.format);
    }
    return logtext::time(time, style);
}

GoToTarget checked(const Stretch &stretch, const GoToContext &context)
{
    if (!context.span)
        return GoToTargetWords::tr("There are no entries yet.");
    if (stretch.begin + stretch.length <= context.span->first)
        return GoToTargetWords::tr("That is before the first entry, which came at %1.")
            .arg(shown(context.span->first, context));
    if (stretch.begin > context.span->last)
        return GoToTargetWords::tr("That is after the last entry, which came at %1.")
            .arg(shown(context.span->last, context));
    return std::max(stretch.begin, context.span->first);
}

GoToTarget checkedNumber(qint64 number, const GoToContext &context)
{
    if (context.last.value() == 0)
        return GoToTargetWords::tr("There are no entries yet.");
    if (number < 1 || number > context.last.value())
        return GoToTargetWords::tr("There is no entry %1: they go from 1 to %2.")
            .arg(countText(number), countText(context.last.value()));
    return EntryId(number);
}

GoToTarget sinceBeginning(const QRegularExpressionMatch &match, const GoToContext &context)
{
    static const QHash<QString, qint64> units{{u""_s, NsPerSecond},         {u"s"_s, NsPerSecond},
                                              {u"ms"_s, 1'000'000},         {u"m"_s, 60 * NsPerSecond},
                                              {u"min"_s, 60 * NsPerSecond}, {u"h"_s, 3600 * NsPerSecond}};
    if (!context.span)
        return GoToTargetWords::tr("There are no entries yet.");
    const QString number = QString(match.captured(1)).replace(u',', u'.');
    const double unit = double(units.value(match.captured(2)));
    // Beyond a thousand years nothing is added up any more.
    const double ns = std::min(number.toDouble() * unit, 1e18 * 4);
    const auto decimals = number.contains(u'.') ? number.size() - number.indexOf(u'.') - 1 : 0;
    double precision = unit;
    for (qsizetype n = 0; n < decimals; ++n)
        precision /= 10;
    return checked({context.span->first + Nanoseconds(qint64(ns)), Nanoseconds(std::max(qint64(precision), qint64(1)))},
                   context);
}

/// "Z", "+02:00": seconds east of Greenwich.
int offsetOf(const QString &zone)
{
    if (zone.size() < 5)
        return 0;
    const int seconds = zone.mid(1, 2).toInt() * 3600 + zone.right(2).toInt() * 60;
    return zone.startsWith(u'-') ? -seconds : seconds;
}

/// Without a zone, a time that comes twice means the first one.
Timestamp moment(const QDate &date, const QTime &time, const QString &zone, const GoToContext &context)
{
    const bool isLocal = zone.isEmpty() && context.format != TimeFormat::Utc;
    const qint64 ms = isLocal ? localMoment(date, time).ms
                              : QDateTime(date, time, Qt::OffsetFromUTC, offsetOf(zone)).toMSecsSinceEpoch();
    return timestampFromNs(ms * 1'000'000);
}

QDate dateOf(Timestamp time, const GoToContext &context)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const bool isUtc = context.format == TimeFormat::Utc;
    return (isUtc ? QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc()) : QDateTime::fromSecsSinceEpoch(seconds))
        .date();
}

/// "12:00:01.204", with or without a date before it.
GoToTarget clockTime(const QRegularExpressionMatch &match, const GoToContext &context)
{
    if (!context.span)
        return GoToTargetWords::tr("There are no entries yet.");
    const QString first = match.captured(2);
    const QString seconds = match.captured(4);
    const Fraction fraction = fractionOf(match.captured(5));
    const bool hasSeconds = !seconds.isEmpty();
    const Nanoseconds precision = hasSeconds ? fraction.precision : Nanoseconds(60 * NsPerSecond);
    if (context.format == TimeFormat::Relative && match.captured(1).isEmpty()) {
        const qint64 passed = first.toLongLong() * 3600 + match.captured(3).toLongLong() * 60 + seconds.toLongLong();
        return checked({context.span->first + Nanoseconds(passed * NsPerSecond) + fraction.value, precision}, context);
    }
    const QString zone = match.captured(6);
    const QTime time(first.toInt(), match.captured(3).toInt(), seconds.toInt());
    if (!time.isValid())
        return GoToTargetWords::tr("%1 is no time of the day.").arg(match.captured(0));
    if (!match.captured(1).isEmpty()) {
        const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
        if (!date.isValid())
            return GoToTargetWords::tr("%1 is no date. Write it as 2026-11-22.").arg(match.captured(1));
        return checked({moment(date, time, zone, context) + fraction.value, precision}, context);
    }
    const QDate day = dateOf(context.span->first, context);
    GoToTarget target = checked({moment(day, time, zone, context) + fraction.value, precision}, context);
    // On the first day it may have been before the capture began: then the next one is meant.
    if (std::holds_alternative<QString>(target) && day < dateOf(context.span->last, context))
        target = checked({moment(day.addDays(1), time, zone, context) + fraction.value, precision}, context);
    return target;
}

} // namespace

GoToTarget parseGoTo(const QString &typed, const GoToContext &context)
{
    static const QRegularExpression number(uR"(^#?\s*(\d[\d,.' \x{a0}\x{2019}\x{202f}]*)$)"_s);
    static const QRegularExpression epoch(uR"(^(\d{9,12})(?:[.,](\d[\d ]*))?$)"_s);
    static const QRegularExpression since(uR"(^\+\s*(\d{1,15}(?:[.,]\d{1,9})?)\s*(ms|s|min|m|h|)$)"_s);
    static const QRegularExpression clock(
        uR"(^(?:(\d{4}-\d{2}-\d{2})[T ]\s*)?(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,](\d[\d ]*))?)? ?([Zz]|[+-]\d{2}:?\d{2})?$)"_s);
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return GoToTargetWords::tr("Type an entry's number or a time.");
    if (const auto match = since.match(text); match.hasMatch())
        return sinceBeginning(match, context);
    if (const auto match = clock.match(text); match.hasMatch())
        return clockTime(match, context);
    if (context.format == TimeFormat::Epoch) {
        if (const auto match = epoch.match(text); match.hasMatch()) {
            const Fraction fraction = fractionOf(match.captured(2));
            constexpr qint64 Farthest = 9'000'000'000;
            const Nanoseconds seconds(std::min(match.captured(1).toLongLong(), Farthest) * NsPerSecond);
            return checked({Timestamp(seconds) + fraction.value, fraction.precision}, context);
        }
    }
    if (const auto match = number.match(text); match.hasMatch()) {
        QString digits;
        for (const QChar c : match.captured(1)) {
            if (c.isDigit())
                digits += c;
        }
        constexpr qsizetype MaxDigits = 18;
        return checkedNumber(digits.first(std::min(digits.size(), MaxDigits)).toLongLong(), context);
    }
    const QString example = context.span ? shown(context.span->first, context) : u"12:00:01.204"_s;
    return GoToTargetWords::tr("“%1” is neither an entry's number nor a time such as %2.").arg(text, example);
}

} // namespace sockeye
