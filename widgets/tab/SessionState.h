#pragma once

#include "base/Result.h"
#include "document/TabState.h"

#include <QByteArray>
#include <QList>

namespace sockeye {

/// What a window holds, kept while the program runs and found again by the next one: a JSON file.
struct SessionState
{
    QList<TabState> tabs;
    /// The tab in front; -1 for none.
    int current = -1;
    /// The program that wrote it came to its end, rather than being killed.
    bool isClosed = false;

    [[nodiscard]] QByteArray toJson() const;
    /// What can be read of it: a tab that makes no sense is left out. An error for what is no session at all.
    [[nodiscard]] static Result<SessionState> fromJson(const QByteArray &json);

    friend bool operator==(const SessionState &, const SessionState &) = default;
};

} // namespace sockeye
