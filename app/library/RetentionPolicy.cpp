#include "library/RetentionPolicy.h"

#include <algorithm>

namespace sockeye {

QList<RetentionPolicy::Candidate> RetentionPolicy::toRemove(const Limits &limits, QList<Candidate> captures)
{
    captures.removeIf([](const Candidate &capture) { return capture.isProtected; });
    std::stable_sort(captures.begin(), captures.end(),
                     [](const Candidate &a, const Candidate &b) { return a.modified > b.modified; });
    // From the newest on as many as there is room for; a capture larger than the limit by itself is kept if it is the
    // newest, for somebody has just made it.
    QList<Candidate> removed;
    qint64 bytes = 0;
    for (qsizetype i = 0; i < captures.size(); ++i) {
        bytes += captures[i].size;
        const bool isTooMany = limits.count > 0 && i >= limits.count;
        const bool isTooLarge = limits.bytes > 0 && bytes > limits.bytes;
        if (i > 0 && (isTooMany || isTooLarge))
            removed.prepend(captures[i]);
    }
    return removed;
}

} // namespace sockeye
