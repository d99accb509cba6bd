#pragma once

#include "record/Entry.h"

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QApplication;

namespace sockeye {

/// The colours of one scheme, by role. What has a meaning in the data has a name here; nothing else in the window names
/// a colour.
struct ThemeColors
{
    QColor window, base, alternateRow, line;
    QColor text, dimText, selectedRow;
    QColor accent, accentHover, accentText;
    QColor received, sent, control;
    QColor error, ok;
    /// A peer's error codes, and what was interrupted.
    QColor warning;
    /// Hover and pressed surface of flat controls.
    QColor hover, pressed;
    /// Backgrounds of fields in the hex view, taken in turn.
    std::array<QColor, 4> fields;
    /// Bytes that are no characters of ASCII one sees.
    QColor controlByte, highByte;
    /// Behind selected characters and bytes, which need more contrast than a whole selected row.
    QColor selectedText;
    /// Behind what the filter or a search has found.
    QColor match;
    /// The same hue for a mark that stands alone, without text before it.
    QColor matchMark;
    /// Of entries that the user has given a colour (Annotation::colour, from 1 on): behind the row, and of its bar.
    std::array<QColor, 6> tints, tintBars;
};

namespace theme {

enum class Scheme : quint8 { System, Light, Dark };

/// The 8-pixel rhythm, in device-independent pixels.
inline constexpr int Gap = 8;
inline constexpr int RowHeight = 24;
inline constexpr int CompactRowHeight = 18;
/// A window narrower than this is small: what it shows stands closer, and what can be folded is.
inline constexpr int SmallWindowWidth = 1100;

/// Puts the scheme on the program: Fusion, palette and style sheet. System follows the desktop, now and when it
/// changes.
void apply(QApplication &app, Scheme scheme);
[[nodiscard]] bool isDark(const QPalette &palette);
/// The colours that go with a widget's palette: pass widget->palette().
[[nodiscard]] const ThemeColors &colors(const QPalette &palette);
/// The colour of an entry's direction, kind or trouble.
[[nodiscard]] QColor entryColor(const ThemeColors &colors, Direction direction, EntryKind kind, EventKind event,
                                Severity severity);
/// "Red", "Blue", ...: what an entry's colour is called; empty for 0.
[[nodiscard]] QString tintName(int colour);
/// The colour that stands between two others, this share of the way from the first to the second.
[[nodiscard]] QColor mixed(const QColor &from, const QColor &to, double share);
/// The font that the user has chosen for data (DataFont.h), or the system's fixed font, at the interface's size.
[[nodiscard]] QFont dataFont();

} // namespace theme
} // namespace sockeye
