#include "widgets/library/Age.h"

#include <QCoreApplication>
#include <QLocale>

namespace sockeye {

QString ageText(const QDateTime &then, const QDateTime &now)
{
    constexpr qint64 Minute = 60;
    constexpr qint64 Hour = 60 * Minute;
    constexpr qint64 Day = 24 * Hour;
    constexpr qint64 Week = 7 * Day;
    // A time in the future, left by a clock that was set back, counts as now.
    const qint64 seconds = qMax(qint64(0), then.secsTo(now));
    if (seconds < Minute)
        return QCoreApplication::translate("Age", "now");
    if (seconds < Hour)
        return QCoreApplication::translate("Age", "%1 min").arg(seconds / Minute);
    if (seconds < Day)
        return QCoreApplication::translate("Age", "%1 h").arg(seconds / Hour);
    if (seconds < Week)
        return QCoreApplication::translate("Age", "%1 d").arg(seconds / Day);
    return QLocale().toString(then.date(), QLocale::ShortFormat);
}

} // namespace sockeye
