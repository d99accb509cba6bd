#include "widgets/timeline/TimelineScene.h"

#include <cmath>

namespace sockeye {

double TimelineHeights::share(double rate) const
{
    if (top <= 0 || rate <= 0)
        return 0;
    const double linear = rate / top;
    return squareRoot ? std::sqrt(linear) : linear;
}

bool TimelineScene::hasBuckets() const
{
    return !geometry.isEmpty() && buckets && buckets->width.count() > 0;
}

TimeSpan TimelineScene::bucketAt(Timestamp time) const
{
    const Nanoseconds width = buckets->width;
    const Timestamp start = timestampFromNs(toNs(time) / width.count() * width.count());
    return {start, start + width};
}

} // namespace sockeye
