#pragma once

#include <QString>

namespace sockeye {

/// The most combining marks in a row that are shown: what the Stream-Safe Text Format allows (UAX 15, section 13). No
/// language writes more, and to lay out thousands of them on one letter takes seconds.
inline constexpr qsizetype MaxMarksInARow = 30;

/// Stands for the marks of a row that are left out: U+25CC, on which Unicode shows a mark that has no letter.
inline constexpr QChar SurplusMarksSign(0x25cc);

/// A part of a text, in UTF-16 code units.
struct MarkRange
{
    qsizetype start = 0;
    qsizetype size = 0;

    [[nodiscard]] qsizetype end() const { return start + size; }
    friend bool operator==(const MarkRange &, const MarkRange &) = default;
};

/// The first combining marks at `from` or behind it that follow MaxMarksInARow others; a range of no size at the text's
/// end if there are none. A joiner between marks does not end their row.
[[nodiscard]] MarkRange surplusMarks(QStringView text, qsizetype from = 0);

/// The text as it is shown: SurplusMarksSign in place of the marks that are too many in a row. For whatever comes from
/// outside; what is copied and what is shown as bytes stays exact.
[[nodiscard]] QString withFewMarks(const QString &text);

} // namespace sockeye
