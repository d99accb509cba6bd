#include "widgets/timeline/TimelineText.h"

#include "base/LocalTime.h"
#include "base/Units.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// How near to an event's mark the pointer must be, in pixels.
constexpr double MarkReach = 4;
constexpr qsizetype MaxEvents = 5;

} // namespace

QString TimelineText::spanText(TimeSpan span, bool withDate)
{
    const bool isFine = span.length() % 1s != 0s;
    const Nanoseconds step = isFine ? Nanoseconds(1ms) : Nanoseconds(1s);
    const auto text = withDate || !isSameLocalDay(span.first, span.last) ? TimelineGeometry::dateTimeText
                                                                         : TimelineGeometry::timeText;
    return tr("%1 to %2").arg(text(span.first, step), text(span.last, step));
}

QString TimelineText::bucketText(const TimelineBucket &bucket, Nanoseconds width, bool withDate)
{
    const auto line = [width](const QString &text, qint64 count, qint64 bytes) {
        return text.arg(countText(count), sizeText(bytes),
                        TimelinePainter::rateText(TimelinePainter::rate(count, width), TimelineUnit::Messages),
                        TimelinePainter::rateText(TimelinePainter::rate(bytes, width), TimelineUnit::Bytes));
    };
    return spanText({bucket.start, bucket.start + width}, withDate) + u'\n' +
           line(bucket.inCount == 1 ? tr("Received: %1 message, %2 (%3, %4)")
                                    : tr("Received: %1 messages, %2 (%3, %4)"),
                bucket.inCount, bucket.inBytes) +
           u'\n' +
           line(bucket.outCount == 1 ? tr("Sent: %1 message, %2 (%3, %4)") : tr("Sent: %1 messages, %2 (%3, %4)"),
                bucket.outCount, bucket.outBytes);
}

QString TimelineText::textAt(const TimelineScene &scene, const TimelinePainter::Places &places, QPoint point)
{
    if (!scene.hasBuckets())
        return {};
    if (places.scale.contains(point))
        return scene.heights.squareRoot ? tr("What the height of a bar means. Heights are square roots, so that a "
                                             "spike does not hide the rest")
                                        : tr("What the height of a bar means");
    if (places.now.contains(point))
        return tr("What came and what left within the last second");
    if (TimelinePainter::crossPlace(scene, places).contains(point))
        return tr("Choose no stretch of time any more (Esc)");
    QStringList events;
    const TimeSpan range = scene.geometry.range();
    const bool withDate = !isSameLocalDay(range.first, range.last);
    const auto dateOf = [withDate](Timestamp time) { return withDate ? toLocalDate(time) + u' ' : QString(); };
    for (const TimelineMark &mark : *scene.marks) {
        if (std::abs(scene.geometry.xOf(mark.time) - point.x()) <= MarkReach && events.size() < MaxEvents)
            events.append(dateOf(mark.time) + toLocalTimeOfDay(mark.time) + u' ' + mark.text);
    }
    TimelineBucket pointed;
    pointed.start = scene.bucketAt(scene.geometry.timeAt(point.x())).first;
    const QList<TimelineBucket> &list = scene.buckets->list;
    const auto found = std::lower_bound(list.begin(), list.end(), pointed.start,
                                        [](const TimelineBucket &one, Timestamp start) { return one.start < start; });
    if (found != list.end() && found->start == pointed.start)
        pointed = *found;
    events.append(bucketText(pointed, scene.buckets->width, withDate));
    return events.join(u'\n');
}

QString TimelineText::sentence(const TimelineScene &scene)
{
    if (scene.geometry.isEmpty() || !scene.buckets)
        return tr("Nothing yet");
    const TimeSpan range = scene.geometry.range();
    TimelineBucket sum;
    TimelineBucket most;
    for (const TimelineBucket &bucket : scene.buckets->list) {
        if (bucket.start < range.first || bucket.start >= range.last)
            continue;
        sum.inCount += bucket.inCount;
        sum.outCount += bucket.outCount;
        most.inCount = std::max(most.inCount, bucket.inCount);
        most.outCount = std::max(most.outCount, bucket.outCount);
    }
    const auto rateOf = [&scene](qint64 count) {
        return TimelinePainter::rateText(TimelinePainter::rate(count, scene.buckets->width), TimelineUnit::Messages);
    };
    QString text = tr("%1: %2 messages received, at most %3; %4 sent, at most %5.")
                       .arg(spanText({range.first, range.last}), countText(sum.inCount), rateOf(most.inCount),
                            countText(sum.outCount), rateOf(most.outCount));
    if (scene.now)
        text += u' ' + tr("Within the last second: %1 received, %2 sent.")
                           .arg(TimelinePainter::rateText(double(scene.now->messagesIn), TimelineUnit::Messages),
                                TimelinePainter::rateText(double(scene.now->messagesOut), TimelineUnit::Messages));
    if (scene.selection)
        text += u' ' + tr("Chosen: %1.").arg(spanText(*scene.selection));
    return text;
}

} // namespace sockeye
