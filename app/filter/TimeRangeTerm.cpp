#include "filter/TimeRangeTerm.h"

#include "base/LocalTime.h"

#include <QDateTime>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

QString timeText(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const QDateTime local = QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count());
    QString text = local.toString(u"yyyy-MM-ddTHH:mm:ss"_s);
    if (const auto fraction = qint64((time - seconds).count()); fraction != 0) {
        text += u'.' + QString::number(fraction).rightJustified(9, u'0');
        while (text.endsWith(u'0'))
            text.chop(1);
    }
    return text + ambiguousOffset(time);
}

/// The end of the word that begins at `start`: what is in quotes, slashes or parentheses belongs together.
qsizetype wordEnd(QStringView text, qsizetype start)
{
    int depth = 0;
    QChar closing;
    qsizetype at = start;
    for (; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (!closing.isNull()) {
            if (c == u'\\')
                ++at;
            else if (c == closing)
                closing = QChar();
        } else if (c == u'"' || (c == u'/' && (at == start || text.at(at - 1) == u'-' || text.at(at - 1) == u'('))) {
            closing = c;
        } else if (c == u'(') {
            ++depth;
        } else if (c == u')') {
            --depth;
        } else if (c.isSpace() && depth <= 0) {
            break;
        }
    }
    return std::min(at, text.size());
}

/// What stands beside each other: terms, groups and the words between them.
QStringList wordsOf(const QString &filter)
{
    QStringList words;
    for (qsizetype at = 0; at < filter.size();) {
        if (filter.at(at).isSpace()) {
            ++at;
            continue;
        }
        const qsizetype end = wordEnd(filter, at);
        words.append(filter.sliced(at, end - at));
        at = end;
    }
    return words;
}

bool isOr(const QString &word)
{
    return word.compare("or"_L1, Qt::CaseInsensitive) == 0;
}

bool isTimeRange(const QString &word)
{
    return word.startsWith("time:"_L1) && word.contains(".."_L1);
}

} // namespace

QString timeRangeTerm(TimeSpan range)
{
    return u"time:%1..%2"_s.arg(timeText(range.first), timeText(range.last));
}

QString withTimeRange(const QString &filter, const std::optional<TimeSpan> &range)
{
    QStringList words = wordsOf(filter);
    const bool hasAlternatives = std::any_of(words.cbegin(), words.cend(), isOr);
    // Among alternatives a range is somebody's own; taking it out would change what the others mean.
    if (!hasAlternatives)
        words.removeIf(isTimeRange);
    QString rest = words.join(u' ');
    if (!range)
        return hasAlternatives ? filter : rest;
    if (hasAlternatives)
        rest = u'(' + rest + u')';
    return rest.isEmpty() ? timeRangeTerm(*range) : rest + u' ' + timeRangeTerm(*range);
}

} // namespace sockeye
