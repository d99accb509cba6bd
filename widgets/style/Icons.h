#pragma once

#include <QIcon>
#include <QPalette>

namespace sockeye::icons {

/// The icon of that name (a file resources/icons/NAME.svg), drawn in the palette's text colour, dimmed when disabled.
[[nodiscard]] QIcon get(const QString &name, const QPalette &palette);
/// What SVG elements draw in a square of 16, in this colour for "currentColor".
[[nodiscard]] QIcon drawn(const QByteArray &elements, const QColor &color);
/// A round dot of the colour.
[[nodiscard]] QIcon dot(const QColor &color);
/// The program's icon.
[[nodiscard]] QIcon application();

} // namespace sockeye::icons
