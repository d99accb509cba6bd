#pragma once

#include "library/RecentCaptures.h"

#include <QDateTime>

namespace sockeye {

/// What a list shows beside a capture's title.
struct RecentName
{
    /// How long ago it was written to ("2 h"); of several captures of one title the time of day, and the date before
    /// today.
    QString when;
    /// How many entries it has, of several of one title; empty otherwise, and where it is not known.
    QString count;
    /// Whether there are several of this title, told apart by the two above.
    bool isOneOfSeveral = false;

    /// Both in one: "41,200 · 9:12".
    [[nodiscard]] QString text() const;
    /// The title, with what tells the capture from others of the same one: "ticks (9:12, 41,200 entries)".
    [[nodiscard]] QString titled(const QString &title) const;
};

/// Of the captures, in their order.
[[nodiscard]] QList<RecentName> recentNames(const QList<RecentCapture> &captures, const QDateTime &now);

} // namespace sockeye
