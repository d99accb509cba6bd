#pragma once

#include <QFont>
#include <QString>

namespace sockeye::theme {

/// The family that the user has chosen for data (dataFont()): messages, URLs, bytes. Empty for the system's fixed font.
[[nodiscard]] QString dataFamily();
/// Shows what is shown in the data font in this family from now on. One that is not installed counts as empty.
void setDataFamily(const QString &family);
/// Whether a widget that has this font shows data, whatever the family is by now.
[[nodiscard]] inline bool isDataFont(const QFont &font)
{
    return font.styleHint() == QFont::Monospace;
}

} // namespace sockeye::theme
