#pragma once

#include <QDateTime>
#include <QString>

namespace sockeye {

/// How long ago, in the shortest words: "now", "2 min", "5 h", "3 d", then the date.
[[nodiscard]] QString ageText(const QDateTime &then, const QDateTime &now);

} // namespace sockeye
