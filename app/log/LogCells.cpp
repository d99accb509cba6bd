#include "log/LogCells.h"

namespace sockeye {

namespace {

QVariant toolTip(const LogColumnInfo &info, const CellSource &cell)
{
    const QString text = info.toolTip ? info.toolTip(cell) : QString();
    return text.isEmpty() ? QVariant() : QVariant(text);
}

} // namespace

QVariant LogCells::header(int column, int role) const
{
    const LogColumnInfo &info = LogColumnInfo::of(column);
    switch (role) {
    case Qt::DisplayRole:
        return info.titleFor(m_style);
    case Qt::AccessibleTextRole:
        return info.fullTitleFor(m_style);
    case Qt::TextAlignmentRole:
        return alignment(column);
    default:
        return {};
    }
}

QVariant LogCells::alignment(int column) const
{
    return QVariant::fromValue(LogColumnInfo::of(column).alignmentFor(m_style));
}

bool LogCells::needsEntry(int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return !LogColumnInfo::of(column).idText;
    case Qt::ToolTipRole:
        return LogColumnInfo::of(column).toolTip;
    case LogTable::LoadedRole:
    case LogTable::DirectionRole:
    case LogTable::KindRole:
    case LogTable::EventRole:
    case LogTable::SeverityRole:
    case LogTable::FindingsRole:
        return true;
    default:
        return false;
    }
}

QVariant LogCells::withoutEntry(EntryId id, int column, int role)
{
    const LogColumnInfo &info = LogColumnInfo::of(column);
    if ((role == Qt::DisplayRole || role == Qt::AccessibleTextRole) && info.idText)
        return info.idText(id);
    return role == LogTable::LoadedRole ? QVariant(false) : QVariant();
}

QVariant LogCells::value(const Entry &entry, int column, int role, std::optional<Timestamp> origin) const
{
    const LogColumnInfo &info = LogColumnInfo::of(column);
    switch (role) {
    case Qt::DisplayRole:
        return info.text({entry, m_style, origin});
    case Qt::AccessibleTextRole:
        return info.spokenTextOf({entry, m_style, origin});
    case Qt::ToolTipRole:
        return toolTip(info, {entry, m_style, origin});
    case LogTable::LoadedRole:
        return true;
    case LogTable::DirectionRole:
        return int(entry.direction);
    case LogTable::KindRole:
        return int(entry.kind);
    case LogTable::EventRole:
        return int(entry.event);
    case LogTable::SeverityRole:
        return entry.findingCount > 0 ? int(entry.severity) : -1;
    case LogTable::FindingsRole:
        return logtext::findings(entry);
    default:
        return {};
    }
}

} // namespace sockeye
