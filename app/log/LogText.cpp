#include "log/LogText.h"

#include "base/CombiningMarks.h"
#include "base/LocalTime.h"
#include "base/Time.h"
#include "base/Units.h"
#include "record/EntryText.h"
#include "secrets/EntryMask.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye::logtext {

namespace {

struct LogTextWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::LogText)
};

/// "15:20:00.123 456", with at least so many digits for the hours.
QString clockText(Nanoseconds duration, int hourDigits)
{
    const qint64 micros = std::abs(duration.count()) / 1000;
    const qint64 seconds = micros / 1'000'000;
    const auto padded = [](qint64 value, int digits) {
        return QString::number(value).rightJustified(digits, QLatin1Char('0'));
    };
    return QStringLiteral("%1%2:%3:%4.%5 %6")
        .arg(duration.count() < 0 ? QStringLiteral("-") : QString(), padded(seconds / 3600, hourDigits),
             padded(seconds / 60 % 60, 2), padded(seconds % 60, 2), padded(micros / 1000 % 1000, 3),
             padded(micros % 1000, 3));
}

} // namespace

QString kind(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Text:
        return LogTextWords::tr("text");
    case EntryKind::Binary:
        return LogTextWords::tr("binary");
    case EntryKind::Close:
        return LogTextWords::tr("close");
    case EntryKind::Ping:
        return LogTextWords::tr("ping");
    case EntryKind::Pong:
        return LogTextWords::tr("pong");
    case EntryKind::Event:
        return LogTextWords::tr("event");
    case EntryKind::Raw:
        break;
    }
    return LogTextWords::tr("raw");
}

QStringList kinds()
{
    QStringList words;
    for (const EntryKind one : {EntryKind::Text, EntryKind::Binary, EntryKind::Ping, EntryKind::Pong, EntryKind::Close,
                                EntryKind::Raw, EntryKind::Event})
        words += kind(one);
    return words;
}

QString direction(Direction direction)
{
    switch (direction) {
    case Direction::In:
        return LogTextWords::tr("in");
    case Direction::Out:
        return LogTextWords::tr("out");
    case Direction::None:
        break;
    }
    return LogTextWords::tr("none");
}

QString time(Timestamp time, const CellStyle &style)
{
    switch (style.time) {
    case TimeFormat::Utc: {
        const auto day = std::chrono::floor<std::chrono::days>(time);
        const QString date = style.showsDate ? QString::fromLatin1(toIsoUtc(time).first(10)) + u' ' : QString();
        return date + clockText(time - day, 2) + u'Z';
    }
    case TimeFormat::Relative:
        return style.start ? clockText(time - *style.start, 1) : QString();
    case TimeFormat::Epoch: {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
        return QStringLiteral("%1.%2")
            .arg(seconds.time_since_epoch().count())
            .arg((time - seconds).count() / 1000, 6, 10, QLatin1Char('0'));
    }
    case TimeFormat::Local:
        break;
    }
    return style.showsDate ? toLocalDate(time) + u' ' + toLocalTimeOfDay(time) : toLocalTimeOfDay(time);
}

qsizetype unchangedTime(QStringView time, QStringView above)
{
    const qsizetype fraction = time.lastIndexOf(u'.');
    return fraction > 0 && above.lastIndexOf(u'.') == fraction && above.first(fraction) == time.first(fraction)
               ? fraction
               : 0;
}

bool isSameDay(Timestamp a, Timestamp b, TimeFormat format)
{
    switch (format) {
    case TimeFormat::Local:
        return isSameLocalDay(a, b);
    case TimeFormat::Utc:
        return std::chrono::floor<std::chrono::days>(a) == std::chrono::floor<std::chrono::days>(b);
    case TimeFormat::Relative:
    case TimeFormat::Epoch:
        break;
    }
    return true;
}

QString longestTime(const CellStyle &style)
{
    const QString date = style.showsDate ? QStringLiteral("0000-00-00 ") : QString();
    switch (style.time) {
    case TimeFormat::Relative:
        return QStringLiteral("00:00:00.000 000");
    case TimeFormat::Epoch:
        return QStringLiteral("0000000000.000000");
    case TimeFormat::Utc:
        return date + QStringLiteral("00:00:00.000 000Z");
    case TimeFormat::Local:
        break;
    }
    return date + QStringLiteral("00:00:00.000 000");
}

QString fullTime(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const QDateTime local = QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count());
    return LogTextWords::tr("%1 %2 (%3)\n%4")
        .arg(local.toString(QStringLiteral("yyyy-MM-dd")), toLocalTimeOfDay(time),
             local.timeZone().displayName(local, QTimeZone::OffsetName), QString::fromLatin1(toIsoUtc(time)));
}

QString delta(Timestamp from, Timestamp to)
{
    const Nanoseconds passed = to - from;
    return passed.count() < 0 ? durationText(passed) : QLatin1Char('+') + durationText(passed);
}

QString shortDelta(Timestamp from, Timestamp to)
{
    struct Unit
    {
        QStringView name;
        double ns;
        /// From here on the next unit is used.
        double end;
        /// Below ten. A tenth of a second matters, one of a millisecond does not.
        int decimals;
    };
    static constexpr std::array units{Unit{u"µs", 1e3, 999.5, 0}, Unit{u"ms", 1e6, 999.5, 0}, Unit{u"s", 1e9, 59.5, 1},
                                      Unit{u"min", 60e9, 59.5, 1}, Unit{u"h", 3600e9, 0, 1}};
    constexpr double Ten = 9.95;
    const qint64 ns = (to - from).count();
    const double size = std::abs(double(ns));
    const Unit &unit =
        *std::find_if(units.begin(), units.end() - 1, [size](const Unit &one) { return size / one.ns < one.end; });
    const double value = size / unit.ns;
    return (ns < 0 ? u'-' : u'+') + QString::number(value, 'f', value < Ten ? unit.decimals : 0) + unit.name.toString();
}

QString connection(ConnectionId id, const CellStyle &style)
{
    return withFewMarks(style.lanes.value(id, QString::number(id.value())));
}

QString size(const Entry &entry)
{
    return entry.kind == EntryKind::Event ? QString() : sizeText(entry.size);
}

QString wireSize(const Entry &entry)
{
    return entry.kind == EntryKind::Event ? QString() : sizeText(entry.wireSize);
}

QString ratio(const Entry &entry)
{
    if (!entry.compressed || entry.wireSize <= 0)
        return {};
    const double ratio = double(entry.size) / double(entry.wireSize);
    return QStringLiteral("%1 : 1").arg(QString::number(ratio, 'f', ratio < 99.95 ? 1 : 0));
}

QString latency(const Entry &entry)
{
    return entry.latency.count() < 0 ? QString() : durationText(entry.latency);
}

QString preview(const Entry &entry)
{
    const QString text = withFewMarks(maskedPreview(entry));
    if (entry.latency.count() < 0)
        return text;
    const QString latency = LogTextWords::tr("%1 after its ping").arg(durationText(entry.latency));
    return text.isEmpty() ? latency : QStringLiteral("%1 · %2").arg(text, latency);
}

QString findings(const Entry &entry)
{
    if (entry.findingCount == 0)
        return {};
    const QString count = entry.findingCount == 1 ? LogTextWords::tr("1 finding")
                                                  : LogTextWords::tr("%1 findings").arg(entry.findingCount);
    switch (entry.severity) {
    case Severity::Error:
        return LogTextWords::tr("error, %1").arg(count);
    case Severity::Warning:
        return LogTextWords::tr("warning, %1").arg(count);
    case Severity::Note:
        break;
    }
    return LogTextWords::tr("note, %1").arg(count);
}

QString longestFindings()
{
    return LogTextWords::tr("warning, %1").arg(LogTextWords::tr("%1 findings").arg(99));
}

} // namespace sockeye::logtext
