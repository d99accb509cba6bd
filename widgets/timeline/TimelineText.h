#pragma once

#include "widgets/timeline/TimelinePainter.h"

#include <QCoreApplication>

namespace sockeye {

/// What a timeline shows, in words: for tool tips and screen readers.
class TimelineText final
{
    Q_DECLARE_TR_FUNCTIONS(TimelineText)

public:
    /// "16:00:01 to 16:00:04"; with their dates if the two are of different days, or if `withDate`.
    [[nodiscard]] static QString spanText(TimeSpan span, bool withDate = false);
    /// What is at the point: events, the bucket's messages and rates, or what the cross does. Empty without buckets.
    [[nodiscard]] static QString textAt(const TimelineScene &scene, const TimelinePainter::Places &places,
                                        QPoint point);
    /// The part of the session in view, as one sentence.
    [[nodiscard]] static QString sentence(const TimelineScene &scene);

private:
    [[nodiscard]] static QString bucketText(const TimelineBucket &bucket, Nanoseconds width, bool withDate);
};

} // namespace sockeye
