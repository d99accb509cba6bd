#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

namespace sockeye {

/// How many captures the library keeps, chosen by the user. Pure: it says what to remove and removes nothing.
///
/// What is protected (open, live, named, bookmarked or annotated, left by a crash, not readable) is never removed and
/// does not count: else a hundred captures with bookmarks would leave no room for the one just made.
class RetentionPolicy final
{
public:
    struct Limits
    {
        /// 0 for no limit.
        int count = 0;
        qint64 bytes = 0;

        friend bool operator==(const Limits &, const Limits &) = default;
    };
    struct Candidate
    {
        QString path;
        QDateTime modified;
        qint64 size = 0;
        bool isProtected = false;

        friend bool operator==(const Candidate &, const Candidate &) = default;
    };

    /// What goes so that the rest is within the limits, the oldest first. The newest capture always stays.
    [[nodiscard]] static QList<Candidate> toRemove(const Limits &limits, QList<Candidate> captures);
};

} // namespace sockeye
