#pragma once

#include "base/StrongId.h"
#include "base/Time.h"

#include <QString>

namespace sockeye {

/// A connection that the user is told of, with a number of its own while the program runs.
using WatchedId = StrongId<struct WatchedIdTag>;

/// What the user is to be told of a connection: an event, or several of one kind.
struct Notice
{
    enum class Kind : quint8 {
        Matched, ///< entries matched the filter
        Ended,
        Returned
    };

    Kind kind = Kind::Matched;
    WatchedId connection = {};
    /// What the connection is called, as it may be shown.
    QString name = {};
    qint64 count = 1;
    /// When the first of them was.
    Timestamp time = {};
    /// The first entry that matched.
    EntryId entry = {};
    /// In words, without secrets: of the first entry that matched, or of the latest end.
    QString text = {};

    /// An end or a return weighs more than entries.
    [[nodiscard]] bool isWeighty() const { return kind != Kind::Matched; }
    friend bool operator==(const Notice &, const Notice &) = default;
};

} // namespace sockeye
