// The part of LogModel that says what stands in cells. Rows and pages are in LogModel.cpp.
#include "log/LogModel.h"

#include "reading/CaptureReader.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "log/EntrySearch.h"

#include <algorithm>

namespace sockeye {

namespace {

QVariant alignmentOf(int column, const CellStyle &style)
{
    const bool isName = column == LogModel::ConnectionColumn && !style.lanes.isEmpty();
    return QVariant::fromValue(
        Qt::Alignment((isNumberColumn(column) && !isName ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

} // namespace

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section, m_style);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const bool spoken = role == Qt::AccessibleTextRole;
    switch (section) {
    case EntryColumn:
        return spoken ? tr("Number") : tr("#");
    case ConnectionColumn:
        if (!m_style.lanes.isEmpty())
            return tr("Lane");
        return spoken ? tr("Connection") : tr("Conn.");
    case TimeColumn:
        return timeTitle();
    case DeltaColumn:
        return m_deltaFrom == DeltaFrom::Selected ? tr("From selected") : tr("Delta");
    case DirectionColumn:
        return spoken ? tr("Direction") : QString();
    case TypeColumn:
        return tr("Type");
    case SizeColumn:
        return tr("Size");
    case WireSizeColumn:
        return spoken ? tr("Size on the wire") : tr("On wire");
    case RatioColumn:
        return spoken ? tr("Compression ratio") : tr("Ratio");
    case LatencyColumn:
        return spoken ? tr("Latency from ping to pong") : tr("Latency");
    case FindingsColumn:
        return tr("Findings");
    default:
        return tr("Preview");
    }
}

QString LogModel::timeTitle() const
{
    switch (m_style.time) {
    case TimeFormat::Utc:
        return tr("Time (UTC)");
    case TimeFormat::Relative:
        return tr("Since start");
    case TimeFormat::Epoch:
        return tr("Unix time");
    case TimeFormat::Local:
        break;
    }
    return tr("Time");
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row(index.row());
    const EntryId id = entryAt(row);
    switch (role) {
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column(), m_style);
    case EntryIdRole:
        return id.value();
    case BookmarkedRole:
    case ColourRole:
    case NoteRole:
        return annotationValue(id, role);
    case MatchedRole:
        return m_mode == FilterMode::Mark && m_marks->found().contains(id);
    case Qt::AccessibleTextRole:
        return accessibleText(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() != TimeColumn)
            return {};
        break;
    case Qt::DisplayRole:
    case LoadedRole:
    case DirectionRole:
    case KindRole:
    case EventRole:
    case SeverityRole:
    case FindingsRole:
        break;
    default:
        return {};
    }
    if (role == Qt::DisplayRole && index.column() == EntryColumn)
        return QString::number(id.value());
    if (const Entry *entry = m_cache.find(id))
        return cellValue(row, *entry, index.column(), role);
    request(id);
    return role == LoadedRole ? QVariant(false) : QVariant();
}

QVariant LogModel::annotationValue(EntryId id, int role) const
{
    static const Annotation none;
    const Annotation *found = m_annotations ? m_annotations->find(id) : nullptr;
    const Annotation &annotation = found ? *found : none;
    switch (role) {
    case BookmarkedRole:
        return annotation.bookmarked;
    case ColourRole:
        return annotation.colour;
    default:
        return annotation.note;
    }
}

QVariant LogModel::cellValue(Row row, const Entry &entry, int column, int role) const
{
    switch (role) {
    case LoadedRole:
        return true;
    case DirectionRole:
        return int(entry.direction);
    case KindRole:
        return int(entry.kind);
    case EventRole:
        return int(entry.event);
    case SeverityRole:
        return entry.findingCount > 0 ? int(entry.severity) : -1;
    case FindingsRole:
        return logtext::findings(entry);
    case Qt::ToolTipRole:
        return logtext::fullTime(entry.time);
    default:
        return column == DeltaColumn ? deltaText(row, entry) : logtext::cell(entry, column, m_style);
    }
}

EntryId LogModel::deltaOrigin(Row row) const
{
    return m_deltaFrom == DeltaFrom::Selected ? m_reference : entryAt(row - 1);
}

QString LogModel::deltaText(Row row, const Entry &entry) const
{
    const EntryId from = deltaOrigin(row);
    if (from.value() == 0)
        return {};
    if (from == m_reference && m_referenceTime)
        return logtext::delta(*m_referenceTime, entry.time);
    if (const Entry *origin = m_cache.find(from))
        return logtext::delta(origin->time, entry.time);
    request(from);
    return {};
}

QVariant LogModel::accessibleText(Row row, int column) const
{
    const EntryId id = entryAt(row);
    const EntryId origin = column == DeltaColumn ? deltaOrigin(row) : EntryId();
    for (const EntryId needed : {origin, id}) {
        if (needed.value() > 0 && !m_cache.find(needed))
            readNow(needed);
    }
    const Entry *entry = m_cache.find(id);
    if (!entry)
        return column == EntryColumn ? QVariant(QString::number(id.value())) : QVariant();
    return column == DirectionColumn ? logtext::direction(entry->direction)
                                     : cellValue(row, *entry, column, Qt::DisplayRole);
}

// What cells depend on

void LogModel::setTimeFormat(TimeFormat format)
{
    if (m_style.time == format)
        return;
    m_style.time = format;
    readStart();
    columnChanged(TimeColumn);
    Q_EMIT headerDataChanged(Qt::Horizontal, TimeColumn, TimeColumn);
}

/// The capture's first entry tells the time from which a relative one counts.
void LogModel::readStart()
{
    if (m_startAsked || m_last.value() == 0 || m_style.time != TimeFormat::Relative)
        return;
    m_startAsked = true;
    m_loader.read(
        this, [](const CaptureReader &capture) { return capture.entry(EntryId(1)); },
        [this](const Result<Entry> &first) {
            if (!first)
                return Q_EMIT failed(first.message());
            m_style.start = first->time;
            columnChanged(TimeColumn);
        });
}

void LogModel::setDeltaFrom(DeltaFrom from)
{
    if (m_deltaFrom == from)
        return;
    m_deltaFrom = from;
    readReference();
    columnChanged(DeltaColumn);
    Q_EMIT headerDataChanged(Qt::Horizontal, DeltaColumn, DeltaColumn);
}

void LogModel::setDeltaReference(EntryId id)
{
    if (m_reference == id)
        return;
    m_reference = id;
    m_referenceTime.reset();
    readReference();
    if (m_deltaFrom == DeltaFrom::Selected)
        columnChanged(DeltaColumn);
}

void LogModel::readReference()
{
    if (m_deltaFrom != DeltaFrom::Selected || m_reference.value() == 0 || m_referenceTime)
        return;
    if (const Entry *entry = m_cache.find(m_reference)) {
        m_referenceTime = entry->time;
        return;
    }
    m_loader.read(
        this, [id = m_reference](const CaptureReader &capture) { return capture.entry(id); },
        [this](const Result<Entry> &entry) {
            if (!entry || entry->id != m_reference)
                return;
            m_referenceTime = entry->time;
            columnChanged(DeltaColumn);
        });
}

void LogModel::setLanes(const QHash<ConnectionId, QString> &lanes)
{
    if (m_style.lanes == lanes)
        return;
    m_style.lanes = lanes;
    columnChanged(ConnectionColumn);
    Q_EMIT headerDataChanged(Qt::Horizontal, ConnectionColumn, ConnectionColumn);
}

void LogModel::columnChanged(int column)
{
    if (const int rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, column), index(rows - 1, column));
}

void LogModel::setAnnotations(Annotations *annotations)
{
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    if (annotations) {
        connect(annotations, &Annotations::changed, this, &LogModel::annotationsChanged);
        connect(annotations, &QObject::destroyed, this, [this] { setAnnotations(nullptr); });
    }
    m_matcher->setAnnotations(annotations);
    annotationsChanged(EntryId(1), m_last);
}

void LogModel::annotationsChanged(EntryId first, EntryId last)
{
    const int top = std::max(rowOf(first).value(), 0);
    const int bottom = rowOf(last).value();
    if (bottom >= top)
        Q_EMIT dataChanged(index(top, 0), index(bottom, ColumnCount - 1), {BookmarkedRole, ColourRole, NoteRole});
}

} // namespace sockeye
