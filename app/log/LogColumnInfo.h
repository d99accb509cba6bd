#pragma once

#include "log/LogText.h"

#include <QStringList>

#include <span>

namespace sockeye {

/// What a cell's text is made from.
struct CellSource
{
    const Entry &entry;
    const CellStyle &style;
    /// The time of the entry from which the delta is measured; none if there is none, or if it is not loaded.
    std::optional<Timestamp> origin = std::nullopt;
};

/// Which of the theme's colours a cell's text has.
enum class CellTone : quint8 {
    Plain,
    Dim,
    Kind,     ///< the colour of the entry's direction and kind
    Severity, ///< the colour of errors if the entry's findings are errors
    Trouble   ///< the colour of errors if the entry tells of something that went wrong
};

/// A column of the log: everything that the table, its header, copies and settings know about it. A new column is a
/// value of LogTable::Column and a row of the table in LogColumnInfo.cpp.
struct LogColumnInfo
{
    using Title = QString (*)(const CellStyle &);
    using Text = QString (*)(const CellSource &);

    LogTable::Column id;
    /// The column's name in the settings, which must stay the same.
    const char *name;
    /// Whether a log shows it until the user chooses.
    bool isShown;
    CellTone tone;
    Qt::Alignment alignment;
    /// Whether the text is what a peer sent, which a copy as Markdown must not take for Markdown.
    bool isPayload;
    /// The title in the header, and in full for menus and screen readers (null: the same).
    Title title;
    Title fullTitle;
    /// Texts as wide as the column needs to be, for entry numbers of so many digits; none for the column that takes
    /// the room that is left.
    QStringList (*widthSamples)(const CellStyle &style, int digits);
    /// Whether texts may be wider than the samples: the column becomes as wide as what it has shown.
    bool growsWithContent = false;
    Text text;
    /// What a screen reader says (null: the text).
    Text spokenText = nullptr;
    /// Null for none.
    Text toolTip = nullptr;
    /// The text of an entry that is not loaded (null: there is none).
    QString (*idText)(EntryId id) = nullptr;
    /// Whether the text depends on CellSource::origin, whatever the style.
    bool needsOrigin = false;

    /// All columns, each at the place of its id, which is the order in which a log shows them until the user chooses.
    [[nodiscard]] static std::span<const LogColumnInfo> all();
    [[nodiscard]] static const LogColumnInfo &of(int column);
    /// Null if no column has this name.
    [[nodiscard]] static const LogColumnInfo *named(QStringView name);

    [[nodiscard]] QString titleFor(const CellStyle &style) const { return title(style); }
    [[nodiscard]] QString fullTitleFor(const CellStyle &style) const { return (fullTitle ? fullTitle : title)(style); }
    [[nodiscard]] QString spokenTextOf(const CellSource &cell) const { return (spokenText ? spokenText : text)(cell); }
    /// Whether the text depends on CellSource::origin.
    [[nodiscard]] bool needsOriginFor(const CellStyle &style) const
    {
        return needsOrigin || (id == LogTable::SizeColumn && style.mergesDelta);
    }
    [[nodiscard]] bool isNumber() const { return alignment.testFlag(Qt::AlignRight); }
    /// As the header and the cells have it: names of connections stand to the left, unlike their numbers.
    [[nodiscard]] Qt::Alignment alignmentFor(const CellStyle &style) const;
};

} // namespace sockeye
