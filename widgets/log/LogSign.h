#pragma once

#include "widgets/style/Theme.h"

#include <QPainterPath>

namespace sockeye {

/// The sign before an entry's preview. Each has a shape of its own, so that it does not depend on colour alone.
enum class LogSign : quint8 {
    None,
    Trouble, ///< a broken rule, a failed or broken connection, a close because of a problem: a full triangle
    Warning, ///< a less severe finding: the triangle's outline
    Note,    ///< unusual but allowed: a ring
    Redirect ///< the peer redirects to another URL: an arrow
};

[[nodiscard]] LogSign signOf(const Entry &entry);
/// Whether the entry tells of something that went wrong.
[[nodiscard]] bool isTrouble(const Entry &entry);
[[nodiscard]] QPainterPath signPath(LogSign sign, const QRectF &place);
[[nodiscard]] QColor signColor(LogSign sign, const ThemeColors &colors);

} // namespace sockeye
