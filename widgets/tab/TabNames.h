#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace sockeye {

/// What a tab is called by itself.
struct TabTitle
{
    /// A name, or a URL as it may be shown.
    QString text;
    /// A URL can be cut down to what tells it from others; a name stays whole.
    bool isUrl = false;

    friend bool operator==(const TabTitle &, const TabTitle &) = default;
};

/// The titles, in the same order, as they tell tabs apart: of several URLs only that part of each in which it differs
/// from the others, and its last one ("…/ticks", "…/bin"); of one URL host and path. What is equal all the same is
/// numbered.
[[nodiscard]] QStringList toldApart(const QList<TabTitle> &titles);

} // namespace sockeye
