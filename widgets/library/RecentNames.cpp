#include "widgets/library/RecentNames.h"

#include "base/Units.h"
#include "widgets/library/Age.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString timeText(const QDateTime &time, const QDateTime &now, bool withSeconds)
{
    const QString clock = withSeconds ? u"HH:mm:ss"_s : u"HH:mm"_s;
    return QLocale().toString(time, time.date() == now.date() ? clock : u"d MMM "_s + clock);
}

} // namespace

QString RecentName::text() const
{
    return count.isEmpty() ? when : u"%1 · %2"_s.arg(count, when);
}

QString RecentName::titled(const QString &title) const
{
    if (!isOneOfSeveral)
        return title;
    if (count.isEmpty())
        return u"%1 (%2)"_s.arg(title, when);
    return (count == u"1" ? QCoreApplication::translate("RecentName", "%1 (%2, %3 entry)")
                          : QCoreApplication::translate("RecentName", "%1 (%2, %3 entries)"))
        .arg(title, when, count);
}

QList<RecentName> recentNames(const QList<RecentCapture> &captures, const QDateTime &now)
{
    QHash<QString, int> titles;
    // Of those written to within one minute the minute tells nothing.
    QHash<QString, int> minutes;
    const auto minuteOf = [&now](const CaptureLibrary::Item &item) {
        return item.title + u'\n' + timeText(item.modified, now, false);
    };
    for (const RecentCapture &capture : captures) {
        ++titles[capture.item.title];
        ++minutes[minuteOf(capture.item)];
    }
    QList<RecentName> names;
    for (const RecentCapture &capture : captures) {
        RecentName name;
        if (titles.value(capture.item.title) == 1) {
            name.when = ageText(capture.item.modified, now);
        } else {
            name.isOneOfSeveral = true;
            name.when = timeText(capture.item.modified, now, minutes.value(minuteOf(capture.item)) > 1);
            if (capture.summary && capture.summary->problem.isEmpty())
                name.count = countText(capture.summary->entries);
        }
        names += name;
    }
    return names;
}

} // namespace sockeye
