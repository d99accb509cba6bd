#pragma once

#include <QIcon>
#include <QPalette>

namespace sockeye::icons {

/// The icon of that name (a file resources/icons/NAME.svg), drawn in the palette's text colour, dimmed when disabled.
[[nodiscard]] QIcon get(const QString &name, const QPalette &palette);
/// A round dot of the colour: a connection's state in a tab or list.
[[nodiscard]] QIcon dot(const QColor &color);
/// The program's icon.
[[nodiscard]] QIcon application();

} // namespace sockeye::icons
