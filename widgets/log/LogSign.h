#pragma once

#include "widgets/style/Theme.h"

#include <QPainterPath>

#include <optional>

namespace sockeye {

/// The sign before an entry's preview. Each has a shape of its own, so that it does not depend on colour alone.
enum class LogSign : quint8 {
    None,
    Trouble, ///< a broken rule, a failed connection: a full triangle
    Warning, ///< a less severe finding, a peer's error code, an interrupted connection: the triangle's outline
    Note,    ///< unusual but allowed: a ring
    Redirect ///< the peer redirects to another URL: an arrow
};

/// How grave it is what the entry tells: the weightiest of its findings, or the end that it is about. `end` is what the
/// end of the entry's connection amounts to (endSeverity()); none if that is not known.
[[nodiscard]] Severity severityOf(const Entry &entry, std::optional<Severity> end);
[[nodiscard]] LogSign signOf(const Entry &entry, std::optional<Severity> end);
[[nodiscard]] QPainterPath signPath(LogSign sign, const QRectF &place);
[[nodiscard]] QColor signColor(LogSign sign, const ThemeColors &colors);

} // namespace sockeye
